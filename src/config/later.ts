import type { ConfigPath } from "../core/config/finding.ts";

type Later = {
  /** `*` stands for any one step. */
  readonly path: readonly string[];
  /** Values that are for later, and what to write instead; without them the whole key is. */
  readonly values?: readonly string[];
  readonly instead?: string;
};

/** What the plan of Loopdesk describes and this version does not do: refused by name, so that nobody waits for it. */
const LATER: readonly Later[] = [
  ...["sla", "calendars", "flows", "connectors", "webhooks", "devices", "customers", "models"].map(
    (key) => ({ path: [key] }),
  ),
  ...["telephony", "mini-program", "official-account", "wechat-kf", "email", "webhook"].map(
    (channel) => ({
      path: ["channels", channel],
    }),
  ),
  ...["skills", "capacity", "calendar"].map((key) => ({ path: ["agents", "*", key] })),
  ...["calendar", "fallback"].map((key) => ({ path: ["teams", "*", key] })),
  {
    path: ["teams", "*", "strategy"],
    values: ["round_robin", "least_loaded", "skill", "nearest", "affinity"],
    instead: "grab",
  },
];

/** Is this key, or this value of it, for a later version? `instead` is null where the key has to go. */
export function isLater(
  path: ConfigPath,
  value: unknown,
): { readonly instead: string | null } | null {
  const found = LATER.find(
    (later) =>
      later.path.length === path.length &&
      later.path.every((step, at) => step === "*" || step === path[at]) &&
      (later.values === undefined || (typeof value === "string" && later.values.includes(value))),
  );
  return found === undefined ? null : { instead: found.instead ?? null };
}
