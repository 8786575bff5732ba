import type { Block, Card } from "../card.ts";
import type { Policy, SummaryTimes } from "../config/policy.ts";
import { type Effect, laneOf } from "../effect.ts";
import { literal, type Text, t } from "../text.ts";
import { teamPlaces } from "./places.ts";
import type { TicketStatus } from "./ticket.ts";

/** How the work of a team stood when its summary was made. */
export type WorkFacts = {
  readonly waiting: number;
  readonly inProgress: number;
  readonly awaitingCustomer: number;
  readonly awaitingOthers: number;
  readonly overdue: number;
  readonly resolvedYesterday: number;
  readonly oldest: readonly {
    readonly number: number;
    readonly title: Text;
    readonly status: TicketStatus;
    readonly createdAt: number;
  }[];
};

/** A moment as the clocks on a wall show it. `day` is written 2026-11-24; 0 is Sunday. */
export type LocalTime = {
  readonly day: string;
  readonly weekday: number;
  readonly minute: number;
};

/** A summary that could not be sent in time is sent so much later at most, and on the same day. */
const LATE_MINUTES = 120;

/** Is it time for a team's summary, or not too long after? */
export function summaryDue({ minute, days }: SummaryTimes, now: LocalTime): boolean {
  const late = now.minute - minute;
  return days.includes(now.weekday) && late >= 0 && late < LATE_MINUTES;
}

/** The summary, in each place where the team's tickets stand. */
export function summaryEffects(
  {
    at,
    stream,
    day,
    work,
  }: {
    readonly at: number;
    readonly stream: string;
    readonly day: string;
    readonly work: WorkFacts;
  },
  policy: Policy,
): readonly Effect[] {
  const team = policy.teams.get(stream.slice("team:".length));
  if (team === undefined) return [];
  const card = summaryCard(team.name, day, work, at);
  return teamPlaces(team.id, policy).map(({ account, to, language }) => ({
    type: "message",
    lane: laneOf(account, to),
    account,
    to,
    language,
    inReplyTo: null,
    content: { type: "card", card },
  }));
}

function summaryCard(team: string, day: string, work: WorkFacts, at: number): Card<Text> {
  const counts = [
    ["waiting", work.waiting],
    ["in_progress", work.inProgress],
    ["awaiting_customer", work.awaitingCustomer],
    ["awaiting_others", work.awaitingOthers],
    ["overdue", work.overdue],
    ["resolved_yesterday", work.resolvedYesterday],
  ] as const;
  return {
    tone: work.overdue > 0 ? "warning" : "info",
    title: t("summary.title", { team }),
    subtitle: literal(day),
    blocks: [
      {
        type: "fields",
        fields: counts.map(([name, n]) => ({
          label: t(`summary.${name}`),
          value: literal(String(n)),
        })),
      },
      ...oldestBlocks(work, at),
    ],
    controls: [],
  };
}

const DAY = 86_400_000;

function oldestBlocks({ oldest }: WorkFacts, at: number): Block<Text>[] {
  if (oldest.length === 0) return [{ type: "note", text: t("summary.nothing_open") }];
  return [
    { type: "divider" },
    { type: "note", text: t("summary.oldest") },
    ...oldest.map(
      ({ number, title, status, createdAt }): Block<Text> => ({
        type: "paragraph",
        text: t("summary.ticket", {
          number,
          title,
          status: t(`status.${status}`),
          days: Math.max(0, Math.floor((at - createdAt) / DAY)),
        }),
      }),
    ),
  ];
}
