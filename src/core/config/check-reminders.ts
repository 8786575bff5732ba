import { URGENT_WAYS, type UrgentWay } from "../message.ts";
import { type Finding, warning } from "./finding.ts";
import { REMINDED } from "./remind.ts";
import type { Config } from "./schema.ts";

/** The urgent ways that each account has. */
export type WaysOf = (account: string) => readonly UrgentWay[];

/** Reminders: a way that a team asks for is one that some account of it has. */
export function checkReminders(config: Config, waysOf: WaysOf): Finding[] {
  return Object.entries(config.teams).flatMap(([id, { remind, chats }]) => {
    const has = new Set(chats.flatMap(({ bot }) => waysOf(bot)));
    return REMINDED.flatMap((what) =>
      remind[what].flatMap((way, at) => {
        const isUrgent = URGENT_WAYS.some((urgent) => urgent === way);
        if (!isUrgent || has.has(way as UrgentWay) || chats.length === 0) return [];
        return [
          warning("remind-way-missing", ["teams", id, "remind", what, at], {
            params: { name: way, known: [...has] },
          }),
        ];
      }),
    );
  });
}
