import { canonicalJson } from "../core/canonical.ts";
import type { Command } from "../core/command.ts";
import type { Effect } from "../core/effect.ts";
import { deriveId } from "../core/id.ts";
import type { Step, StreamStep, World } from "../core/step.ts";
import { streamOf } from "../core/ticket/ticket.ts";
import type { Batch, CauseRow, Guard, Row } from "../ports/batch.ts";

/** The version of the events' shapes that this program writes. */
export const EVENT_SCHEMA = 1;

export type StepContext = {
  /** Id of the cause: everything that the step makes derives its ids from it. */
  readonly cause: string;
  readonly kind: CauseRow["kind"];
  readonly command: Command;
  readonly actor: string;
  readonly configHash: string;
  /** Now, ms: when what follows from the step is due. */
  readonly now: number;
  /** The clicked surface, whose own refresh waits until the click's answer has left. */
  readonly hold: { readonly id: string; readonly until: number } | null;
  readonly rows: readonly Row[];
  readonly guards: readonly Guard[];
  /** What the decision read: a stream that it did not write must still be as it was. */
  readonly world: World;
};

/** The one batch that carries out a step: cause, events, folded states, and everything that must follow. */
export function batchOf(step: Step, context: StepContext): Batch {
  const { cause, kind, command, actor, configHash } = context;
  return {
    cause: { id: cause, kind, at: command.at, actor, configHash, input: canonicalJson(command) },
    streams: [
      ...step.streams.map(({ stream, expectedVersion, events, at }) => ({
        stream,
        expectedVersion,
        events: events.map((event) => eventRow(event, at)),
      })),
      ...readOnly(step, context.world),
    ],
    rows: [
      ...context.rows,
      ...step.streams.map(stateRow),
      ...step.effects.map((effect, ordinal) => effectRow(effect, ordinal, context)),
    ],
    guards: context.guards,
  };
}

function readOnly(step: Step, { conversation, ticket, others = [] }: World): Batch["streams"] {
  const read = [
    ...(conversation === null
      ? []
      : [
          {
            stream: `conversation:${conversation.id}`,
            expectedVersion: conversation.version,
            events: [],
          },
        ]),
    ...[...(ticket === null ? [] : [ticket]), ...others].map(({ id, version }) => ({
      stream: streamOf(id),
      expectedVersion: version,
      events: [],
    })),
  ];
  return read.filter(({ stream }) => !step.streams.some((written) => written.stream === stream));
}

export function eventRow(
  event: StreamStep["events"][number],
  at: number,
): { type: string; schema: number; at: number; data: string } {
  const { type, ...data } = event;
  return { type, schema: EVENT_SCHEMA, at, data: canonicalJson(data) };
}

function stateRow({ state }: StreamStep): Row {
  return state.kind === "conversation"
    ? { type: "conversation", value: state.value }
    : { type: "ticket", value: state.value };
}

function effectRow(effect: Effect, ordinal: number, { cause, now, hold }: StepContext): Row {
  switch (effect.type) {
    case "message": {
      const { lane, account, language, to, inReplyTo, content, urgent, about } = effect;
      const payload = JSON.stringify({ to, inReplyTo, content, urgent, about });
      return {
        type: "outbox",
        row: {
          id: deriveId(cause, "message", ordinal),
          lane,
          account,
          language,
          payload,
          createdAt: now,
        },
      };
    }
    case "surface": {
      const { ticket, account, to, audience, language } = effect;
      const id = deriveId("surface", ticket, account, to.kind, to.id, audience);
      return { type: "surface", row: { id, ticket, account, to, audience, language, at: now } };
    }
    case "refresh":
      return {
        type: "surfaces-dirty",
        ticket: effect.ticket,
        version: effect.version,
        turned: effect.turned,
        dueAt: now,
        hold,
      };
    case "overdue":
      return { type: "ticket-overdue", id: effect.ticket, at: effect.at };
    case "timer":
      return { type: "timer", stream: effect.stream, dueAt: effect.dueAt };
  }
}
