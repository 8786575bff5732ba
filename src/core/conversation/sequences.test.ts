import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectPressable } from "../../../test/support/card-rules.ts";
import { anyRun, carryOut, type Deed } from "../../../test/support/conversation-runs.ts";
import { createDesk, type Took } from "../../../test/support/desk.ts";
import { CLERK } from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { sameActor } from "../actor.ts";
import { canonicalJson } from "../canonical.ts";
import { relationsOf } from "../permission.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import { decideStep, type Step } from "../step.ts";
import { evolveTicket } from "../ticket/evolve.ts";
import { isOver, streamOf, type Ticket, type TicketEvent } from "../ticket/ticket.ts";
import type { Conversation, ConversationEvent, Form } from "./conversation.ts";
import { evolveConversation } from "./evolve.ts";
import { MAX_TRIES } from "./form.ts";
import { PROMPT_MS } from "./prompt.ts";

const POLICY = aPolicy();

/** Check a claim after each step of many runs. */
function holds(claim: (took: Took & { readonly step: Step }) => void, numRuns = 100): void {
  fc.assert(
    fc.property(anyRun, (deeds) => {
      const desk = createDesk({
        after: ({ step, ...took }) => {
          if (!isRefusal(step)) claim({ ...took, step });
        },
      });
      for (const deed of deeds) carryOut(desk, deed);
    }),
    { numRuns },
  );
}

function conversations(
  step: Step,
): { events: readonly ConversationEvent[]; after: Conversation }[] {
  return step.streams.flatMap(({ state, events }) =>
    state.kind === "conversation"
      ? [{ events: events as readonly ConversationEvent[], after: state.value }]
      : [],
  );
}

/** What a run comes to: types of events and codes of refusals. */
function happenings(deeds: readonly Deed[]): string[] {
  const steps: (Step | Refusal)[] = [];
  const desk = createDesk({ after: ({ step }) => steps.push(step) });
  for (const deed of deeds) carryOut(desk, deed);
  return steps.flatMap((step) =>
    isRefusal(step)
      ? [step.refused]
      : step.streams.flatMap(({ events }) => events.map(({ type }) => type)),
  );
}

/** Names of the fields that the intent of a form has. */
function fieldsOf(form: Form): string[] {
  return (POLICY.intents.get(form.intent)?.fields ?? []).map(({ name }) => name);
}

describe("whatever is said and pressed", () => {
  it("gets through every event, so that these runs prove something", () => {
    const seen = fc.sample(anyRun, { numRuns: 200, seed: 7 }).flatMap(happenings);
    const events =
      "opened heard greeted helped told answered deflected left_unsolved clarified not_understood intent_set " +
      "field_asked field_given form_cancelled ticket_opened relayed closed listed shown prompted prompt_ended";
    const refusals =
      "not_allowed already_done unknown_action conversation_over wrong_status unknown_person";
    const all = [...events.split(" "), ...refusals.split(" ")];
    expect(all.filter((one) => !seen.includes(one))).toEqual([]);
  });

  it("the same step comes of the same command, cause, world and policy", () => {
    holds(({ command, cause, world, step }) => {
      const again = decideStep(
        JSON.parse(canonicalJson(command)),
        cause,
        JSON.parse(canonicalJson(world)),
        aPolicy(),
      );
      expect(again).toStrictEqual(step);
    });
  });

  it("versions count events, and each stream goes on from where it was", () => {
    holds(({ world, step }) => {
      for (const { stream, expectedVersion, events, state } of step.streams) {
        expect(state.value.version).toBe(expectedVersion + events.length);
        expect(events.length).toBeGreaterThan(0);
        const tickets = [world.ticket, ...(world.others ?? [])];
        const before =
          state.kind === "conversation"
            ? world.conversation
            : tickets.find((ticket) => ticket?.id === state.value.id);
        if (expectedVersion > 0)
          expect(before).toMatchObject({ id: state.value.id, version: expectedVersion });
        expect(stream).toBe(`${state.kind}:${state.value.id}`);
      }
    });
  });

  it("states survive JSON exactly, and the logs give them again", () => {
    const logs = new Map<string, { at: number; event: unknown }[]>();
    holds(({ step }) => {
      for (const { stream, at, events, state, expectedVersion } of step.streams) {
        if (expectedVersion === 0) logs.set(stream, []);
        const log = logs.get(stream) ?? [];
        log.push(
          ...events.map((event) => ({ at, event: JSON.parse(canonicalJson(event)) as unknown })),
        );
        expect(JSON.parse(canonicalJson(state.value))).toStrictEqual(state.value);
        const { id } = state.value;
        const refolded =
          state.kind === "ticket"
            ? log.reduce<Ticket | null>(
                (past, { at: then, event }) => evolveTicket(past, event as TicketEvent, then, id),
                null,
              )
            : log.reduce<Conversation | null>(
                (past, { at: then, event }) =>
                  evolveConversation(past, event as ConversationEvent, then, id),
                null,
              );
        expect(refolded).toStrictEqual(state.value);
      }
    });
  });

  it("each message is responded to by words or a card, or goes on from one whose receipt was just given", () => {
    holds(({ command, world, step }) => {
      if (command.type !== "respond") return;
      expect(conversations(step)[0]?.after.pending).toBeNull();
      const answered = step.effects.some(
        (effect) => effect.type === "message" && effect.to.id === "ou_clerk",
      );
      const by = world.conversation?.pending?.by;
      const last = world.ticket?.comments.findLast((comment) => by && sameActor(comment.by, by));
      const goesOn = last !== undefined && command.at - last.at < 30_000;
      const relayed = conversations(step)[0]?.events.some(({ type }) => type === "relayed");
      expect(answered || (goesOn && relayed)).toBe(true);
    });
  });

  it("nobody is asked for one thing more than three times in a row", () => {
    holds(({ step }) => {
      for (const { after } of conversations(step))
        expect(after.form?.tries ?? 0).toBeLessThanOrEqual(MAX_TRIES);
    });
  });

  it("a command that was typed is one decision, and leaves the form and the open question where they were", () => {
    holds(({ command, world, step }) => {
      const before = world.conversation;
      const typed = before?.pending?.typed;
      if (command.type !== "respond" || typed === undefined || before === null) return;
      const [spoken, ...others] = conversations(step);
      expect(others).toEqual([]);
      if (typed.name === "cancel" || typed.name === "human") return;
      if (before.pending?.understood.safety === true) return;
      expect(spoken?.after.form).toEqual(before.form);
      expect(spoken?.after.prompt).toEqual(before.prompt);
    });
  });

  it("nobody changes a ticket by a command or an answer who may not", () => {
    holds(({ command, world, step }) => {
      const by = world.conversation?.pending?.by;
      if (command.type !== "respond" || by === undefined) return;
      const before = [world.ticket, ...(world.others ?? [])].flatMap((ticket) => ticket ?? []);
      for (const ticket of before) {
        const events = step.streams
          .filter(({ stream }) => stream === streamOf(ticket.id))
          .flatMap((stream) => stream.events);
        const ours = events.some((event) => "by" in event && sameActor(event.by, by));
        if (ours) expect(relationsOf(by, ticket, POLICY)).not.toEqual([]);
      }
    });
  });

  it("a question of the bot is put to one person, about one ticket, for a quarter of an hour", () => {
    holds(({ command, step }) => {
      for (const { events, after } of conversations(step)) {
        if (!events.some(({ type }) => type === "prompted")) continue;
        expect(after.prompt).toMatchObject({ until: command.at + PROMPT_MS });
        const said = step.effects.filter(({ type }) => type === "message");
        expect(said).toHaveLength(1);
      }
    });
  });

  it("a form always waits for a field of its intent", () => {
    holds(({ step }) => {
      for (const { after } of conversations(step)) {
        if (after.form !== null) expect(fieldsOf(after.form)).toContain(after.form.asking);
      }
    });
  });

  it("a closed conversation waits for nothing", () => {
    holds(({ step }) => {
      for (const { after } of conversations(step)) {
        if (after.status !== "closed") continue;
        expect(after).toMatchObject({ form: null, answer: null, menu: null, pending: null });
      }
    });
  });

  it("a conversation is never closed while its ticket is under way", () => {
    holds(({ world, step }) => {
      const closes = conversations(step).some(({ after }) => after.status === "closed");
      if (closes && world.ticket !== null) expect(isOver(world.ticket.status)).toBe(true);
    });
  });

  it("a ticket that is opened is the clerk's, in a team, and the conversation is about it", () => {
    holds(({ step }) => {
      for (const { events, after } of conversations(step)) {
        const news = events.find(({ type }) => type === "ticket_opened");
        if (news?.type !== "ticket_opened") continue;
        expect(after.ticket).toBe(news.ticket);
        const opened = step.streams.find(({ stream }) => stream === `ticket:${news.ticket}`);
        const team = opened?.state.kind === "ticket" ? opened.state.value.team : null;
        expect(opened).toMatchObject({
          expectedVersion: 0,
          state: { value: { requester: CLERK, number: news.number, status: "new" } },
        });
        expect(["cold", "repair"]).toContain(team);
      }
    });
  });

  it("every stream's timer is set once by each step that speaks, for a time not yet past", () => {
    holds(({ command, step }) => {
      if (command.type === "hear") return;
      for (const { stream } of step.streams) {
        const timers = step.effects.filter(
          (effect) => effect.type === "timer" && effect.stream === stream,
        );
        expect(timers).toHaveLength(1);
        const [timer] = timers;
        if (timer?.type === "timer" && timer.dueAt !== null)
          expect(timer.dueAt).toBeGreaterThan(command.at);
      }
    });
  });

  it("all cards can be pressed, and what was pressed once has nothing left to press, unless it is a list", () => {
    holds(({ step }) => {
      for (const effect of step.effects) {
        if (effect.type === "message" && effect.content.type === "card")
          expectPressable(effect.content.card);
      }
      const turned = conversations(step).some(({ events }) =>
        events.some(({ type }) => type === "listed"),
      );
      if (step.outcome?.card == null) return;
      if (turned) expectPressable(step.outcome.card);
      else expect(step.outcome.card.controls).toEqual([]);
    });
  });
});
