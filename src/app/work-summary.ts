import type { Command } from "../core/command.ts";
import { deriveId } from "../core/id.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep } from "../core/step.ts";
import { summaryDue, type WorkFacts } from "../core/ticket/summary.ts";
import type { InboxRow, TeamWork } from "../ports/store.ts";
import { finishNothing, finishOwn } from "./finish-own.ts";
import type { Hub } from "./hub.ts";
import { localTime, yesterday } from "./local-time.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import { TEAMS } from "./run-summaries.ts";
import type { Worked } from "./worked.ts";

/** Tell a team how its work stands now, unless that comes too late. */
export async function workSummary(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  const { policy } = hub.setup();
  const now = hub.clock.now();
  const stream = row.mailbox;
  const team = stream.slice(TEAMS.length);
  const { timezone } = policy.hub;
  const local = localTime(timezone, now);
  const times = policy.teams.get(team)?.summary ?? null;
  const isToday = local.day === localTime(timezone, row.receivedAt).day;
  if (times === null || !isToday || !summaryDue(times, local)) return finishNothing(hub, row, turn);
  const work = factsOf(await hub.store.teamWork(team, { now, ...yesterday(timezone, now) }));
  const command: Command = { type: "summarise", at: now, stream, day: local.day, work };
  const cause = deriveId(row.id, "summary");
  const world = { conversation: null, ticket: null };
  const step = decideStep(command, cause, world, policy);
  if (isRefusal(step)) return finishNothing(hub, row, turn);
  return finishOwn(hub, row, turn, {
    kind: "timer",
    command,
    cause,
    world,
    step,
    configHash: policy.hash,
  });
}

function factsOf({ resolved, oldest, ...counts }: TeamWork): WorkFacts {
  return {
    ...counts,
    resolvedYesterday: resolved,
    oldest: oldest.map(({ number, title, status, createdAt }) => ({
      number,
      title,
      status,
      createdAt,
    })),
  };
}
