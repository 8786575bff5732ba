/** Where something stands in the configuration: keys and positions from its root. */
export type ConfigPath = readonly (string | number)[];

/** Something that is wrong with a configuration of the right shape, or (a warning) that is probably not meant so. */
export type Finding = {
  readonly level: "error" | "warning";
  readonly code: FindingCode;
  readonly path: ConfigPath;
  /** The key is wrong, not its value. */
  readonly atKey?: boolean;
  /** A part of the text at `path`, where only that part is meant. */
  readonly within?: { readonly start: number; readonly end: number };
  /** `known` lists what would have been right; `other` is the path of the second party. */
  readonly params: Readonly<Record<string, string | number | readonly (string | number)[]>>;
};

export type FindingCode =
  | "unknown-channel"
  | "unknown-account"
  | "unknown-agent"
  | "unknown-team"
  | "same-identity"
  | "agent-without-team"
  | "agent-without-identity"
  | "member-twice"
  | "member-unreachable"
  | "chat-reaches-nobody"
  | "same-contact"
  | "remind-way-missing"
  | "account-disabled"
  | "chat-twice"
  | "chat-missing"
  | "board-has-one-chat"
  | "team-without-chats"
  | "team-without-members"
  | "duplicate-wording"
  | "duplicate-article"
  | "duplicate-label"
  | "second-store-field"
  | "thresholds-order"
  | "command-taken"
  | "duplicate-command"
  | "no-catch-all"
  | "unreachable-rule"
  | "condition-unknown"
  | "condition-type"
  | "condition-syntax"
  | "condition-not-boolean"
  | "condition-compares"
  | "duplicate-store-id"
  | "duplicate-store-name"
  | "more-duplicates";

type Extra = Partial<Pick<Finding, "params" | "within" | "atKey">>;

export function error(code: FindingCode, path: ConfigPath, extra: Extra = {}): Finding {
  return { level: "error", code, path, params: {}, ...extra };
}

export function warning(code: FindingCode, path: ConfigPath, extra: Extra = {}): Finding {
  return { level: "warning", code, path, params: {}, ...extra };
}
