import type { Team } from "../core/config/policy.ts";
import { deriveId } from "../core/id.ts";
import { summaryDue } from "../core/ticket/summary.ts";
import type { Hub } from "./hub.ts";
import { localTime } from "./local-time.ts";

/** How the stream of a team begins; its id is the rest. It has no events: its summaries are causes. */
export const TEAMS = "team:";

/**
 * Put the summary of the day into the mailbox of each team whose time has come. The row's id follows from team and day,
 * so there is one, whoever looks and how often. Resolves with how many were put there now.
 */
export async function runSummaries(hub: Hub): Promise<number> {
  const { policy } = hub.setup();
  const now = hub.clock.now();
  const teams = [...policy.teams.values()].filter(({ summary }) => summary !== null);
  if (teams.length === 0) return 0;
  const local = localTime(policy.hub.timezone, now);
  const due = teams.filter(({ summary }) => summary !== null && summaryDue(summary, local));
  const rung = await Promise.all(due.map((team) => ring(hub, team, local.day, now)));
  return rung.filter(Boolean).length;
}

async function ring(hub: Hub, { id: team }: Team, day: string, now: number): Promise<boolean> {
  const id = summaryId(team, day);
  if ((await hub.store.inboxRow(id)) !== null) return false;
  const mailbox = `${TEAMS}${team}`;
  const row = {
    id,
    account: "system",
    feed: "summary",
    dedupeKey: `${mailbox}@${day}`,
    mailbox,
    kind: "timer",
    receivedAt: now,
    body: mailbox,
  } as const;
  const rows = [{ type: "inbox", row }] as const;
  const result = await hub.store.commit({ cause: null, streams: [], rows, guards: [] });
  if (result === "ok") hub.queue.wake(mailbox);
  return result === "ok";
}

/** The one summary of a team on a day. */
function summaryId(team: string, day: string): string {
  return deriveId("summary", team, day);
}
