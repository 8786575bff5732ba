import { URGENT_WAYS, type UrgentWay } from "../message.ts";

/** `mention` is an @ in the team's chats, the others are an urgent message in person. */
export const REMIND_WAYS = ["mention", ...URGENT_WAYS] as const;
export type RemindWay = (typeof REMIND_WAYS)[number];

/** What a team is reminded of. */
export const REMINDED = ["queued", "urged", "escalated"] as const;
export type Reminded = (typeof REMINDED)[number];

export type Remind = Readonly<Record<Reminded, readonly RemindWay[]>>;

/** Quiet: nobody's phone rings unless the configuration says so. */
export const USUAL_REMIND: Remind = { queued: [], urged: ["mention"], escalated: ["mention"] };

/** The loudest urgent way among these; null where there is none. */
export function loudestOf(ways: readonly RemindWay[]): UrgentWay | null {
  return URGENT_WAYS.findLast((way) => ways.includes(way)) ?? null;
}

/** What to try in turn where `wanted` is asked for: that way and the quieter ones, as far as there are such. */
export function waysFrom(wanted: UrgentWay, has: readonly UrgentWay[]): readonly UrgentWay[] {
  const most = URGENT_WAYS.indexOf(wanted);
  return URGENT_WAYS.filter((way, at) => at <= most && has.includes(way)).reverse();
}
