import type { Text } from "./text.ts";

/** Why a command is not carried out. Its words are in the catalogs under `refusal.<code>`. */
export type Refusal = {
  readonly refused: RefusalCode;
  readonly params: Readonly<Record<string, Text | string | number>>;
};

export type RefusalCode =
  | "not_allowed"
  /** Somebody who is known to nobody here wants to work. */
  | "unknown_person"
  | "staff_only"
  | "unknown_ticket"
  | "unknown_action"
  | "unknown_agent"
  | "unknown_team"
  | "unknown_field"
  | "unknown_store"
  | "bad_value"
  | "already_there"
  | "resolution_required"
  | "open_children"
  | "link_to_itself"
  | "link_in_circle"
  | "has_parent"
  | "child_is_over"
  | "no_child"
  | "too_many_children"
  | "too_deep"
  | "already_claimed"
  | "already_yours"
  | "already_done"
  | "wrong_status"
  | "stale"
  | "empty_text"
  | "too_soon"
  | "too_late"
  | "conversation_over";

export function refuse(code: RefusalCode, params: Refusal["params"] = {}): Refusal {
  return { refused: code, params };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "refused" in value;
}
