import { describe, expect, it } from "vitest";
import { createDesk } from "../../test/support/desk.ts";
import {
  about,
  accepted,
  agent,
  aHeard,
  aNewTicket,
  article,
  CLERK,
  eventsOf,
  foldConversation,
  foldTicket,
  givenConversation,
  intent,
  keyOf,
  messagesOf,
  NOON,
  opened,
  saying,
} from "../../test/support/given.ts";
import { aPolicy, DAY, MINUTE } from "../../test/support/policy.ts";
import type { Command } from "./command.ts";
import { deriveId } from "./id.ts";
import { decideStep } from "./step.ts";

const policy = aPolicy();
const NOBODY = { conversation: null, ticket: null };
const LI = agent("li");

describe("hearing", () => {
  const heard = aHeard();
  const who = {
    key: "k1",
    account: "feishu/hq",
    to: { kind: "person", id: "ou_clerk" },
    party: CLERK,
    partyName: { ref: "n" },
    language: "en",
  } as const;
  const command: Command = { type: "hear", at: NOON, stream: "conversation:k1.2", ...who, heard };

  it("opens a conversation with the first message, and says nothing yet", () => {
    const step = accepted(decideStep(command, "c", NOBODY, policy));
    expect(step.streams).toHaveLength(1);
    expect(step.streams[0]).toMatchObject({
      stream: "conversation:k1.2",
      expectedVersion: 0,
      at: NOON,
      events: [
        { type: "opened", ...who },
        { type: "heard", heard },
      ],
      state: { kind: "conversation", value: { id: "k1.2", pending: heard, version: 2 } },
    });
    expect(step).toMatchObject({ effects: [], outcome: null });
  });

  it("adds to one that is open", () => {
    const conversation = foldConversation([opened()]);
    const step = accepted(decideStep(command, "c", { conversation, ticket: null }, policy));
    expect(step.streams[0]).toMatchObject({
      stream: "conversation:k1.1",
      expectedVersion: 1,
      events: [{ type: "heard", heard }],
    });
  });

  it("never goes back in time", () => {
    const conversation = foldConversation([[MINUTE, opened()]]);
    const step = accepted(decideStep(command, "c", { conversation, ticket: null }, policy));
    expect(step.streams[0]).toMatchObject({
      at: NOON + MINUTE,
      state: { value: { lastAt: NOON + MINUTE } },
    });
  });
});

describe("responding", () => {
  const respond: Command = { type: "respond", at: NOON, stream: "conversation:k1.1", number: 8 };

  it("does nothing where nothing is pending", () => {
    const nothing = { streams: [], effects: [], outcome: null };
    expect(decideStep(respond, "c", NOBODY, policy)).toEqual(nothing);
    expect(
      decideStep(
        respond,
        "c",
        { conversation: foldConversation([opened()]), ticket: null },
        policy,
      ),
    ).toEqual(nothing);
  });

  it("opens a ticket in the same step, in a stream of its own, and links the two", () => {
    const step = accepted(givenConversation([opened()]).whenHeard(saying("human")).step);
    const id = deriveId("cause-1", "ticket");
    expect(step.streams.map(({ stream, expectedVersion }) => [stream, expectedVersion])).toEqual([
      ["conversation:k1.1", 2],
      [`ticket:${id}`, 0],
    ]);
    expect(step.streams.map(({ state }) => state.value)).toMatchObject([
      { ticket: id },
      { id, number: 8, origin: { conversation: "k1.1" } },
    ]);
    expect(step.effects.map(({ type }) => type)).toEqual([
      "timer",
      "message",
      "surface",
      "surface",
      "surface",
      "refresh",
      "timer",
      "overdue",
    ]);
  });
});

describe("what a step makes", () => {
  const conversation = foldConversation([opened(), { type: "heard", heard: saying("human") }]);
  const respond: Command = { type: "respond", at: NOON, stream: "conversation:k1.1", number: 8 };

  it("is the same for the same cause, down to the ids", () => {
    const once = decideStep(respond, "cause-a", { conversation, ticket: null }, policy);
    expect(
      decideStep(
        structuredClone(respond),
        "cause-a",
        structuredClone({ conversation, ticket: null }),
        aPolicy(),
      ),
    ).toStrictEqual(once);
  });

  it("has other ids for another cause", () => {
    const ids = ["cause-a", "cause-b"].map(
      (cause) =>
        accepted(decideStep(respond, cause, { conversation, ticket: null }, policy)).streams[1]
          ?.stream,
    );
    expect(new Set(ids).size).toBe(2);
  });

  it("does not touch the world that it was given", () => {
    const world = { conversation, ticket: null };
    const before = structuredClone(world);
    decideStep(respond, "cause-a", world, policy);
    expect(world).toStrictEqual(before);
  });
});

describe("a timer", () => {
  const idle = [
    opened(),
    { type: "heard", heard: aHeard() },
    { type: "answered", article: "hours" },
  ] as const;

  it("closes a conversation at the end of the silence and not a millisecond before", () => {
    const given = givenConversation(idle);
    given.whenTicked(NOON + 30 * MINUTE - 1).gives([]);
    const outcome = given.whenTicked(NOON + 30 * MINUTE);
    outcome.gives([{ type: "closed", reason: "idle" }]);
    expect(accepted(outcome.step).effects).toEqual([
      { type: "timer", stream: "conversation:k1.1", dueAt: null },
    ]);
  });

  it("closes nothing twice, and nothing that is not there", () => {
    givenConversation([...idle, { type: "closed", reason: "idle" }])
      .whenTicked(NOON + DAY)
      .gives([]);
    for (const stream of ["conversation:no.1", "ticket:no"]) {
      expect(
        accepted(decideStep({ type: "tick", at: NOON, stream }, "c", NOBODY, policy)).streams,
      ).toEqual([]);
    }
  });

  it("leaves a conversation open while its ticket is under way or may be reopened", () => {
    const events = [...idle, { type: "ticket_opened", ticket: "t1", number: 7 }] as const;
    givenConversation(events, { ticket: foldTicket(aNewTicket()) })
      .whenTicked(NOON + DAY)
      .gives([]);
    const over = foldTicket([...aNewTicket(), { type: "cancelled", by: CLERK }]);
    const given = givenConversation(events, { ticket: over });
    const kept = given.whenTicked(NOON + DAY);
    kept.gives([]);
    expect(accepted(kept.step).effects).toEqual([
      { type: "timer", stream: "conversation:k1.1", dueAt: NOON + 7 * DAY },
    ]);
    given.whenTicked(NOON + 7 * DAY).gives([{ type: "closed", reason: "idle" }]);
  });

  it("drops a form that nobody went on with, without a word, where the conversation stays open", () => {
    const form = [
      ...idle,
      { type: "ticket_opened", ticket: "t1", number: 7 },
      { type: "intent_set", intent: "stock_order", about: "w", store: null },
      { type: "field_asked", field: "slip", tries: 1 },
    ] as const;
    const outcome = givenConversation(form, { ticket: foldTicket(aNewTicket()) }).whenTicked(
      NOON + DAY,
    );
    outcome.gives([{ type: "form_cancelled" }]);
    expect(outcome.said).toEqual([]);
    expect(accepted(outcome.step).effects).toEqual([
      { type: "timer", stream: "conversation:k1.1", dueAt: NOON + DAY + 30 * MINUTE },
    ]);
  });

  it("closes a ticket that nobody confirmed, and tells the requester", () => {
    const ticket = foldTicket([
      ...aNewTicket(),
      { type: "claimed", by: LI, owner: "li" },
      { type: "resolved", by: LI, text: null },
    ]);
    const step = accepted(
      decideStep(
        { type: "tick", at: NOON + 3 * DAY, stream: "ticket:t1" },
        "c",
        { conversation: null, ticket },
        policy,
      ),
    );
    expect(eventsOf(step, "ticket:")).toEqual([
      { type: "closed", by: { kind: "system" }, reason: "no_answer" },
    ]);
    expect(messagesOf(step.effects).map(keyOf)).toEqual(["tell.closed.no_answer"]);
  });
});

it("carries one request from the first word to the requester's yes", () => {
  const desk = createDesk();
  desk.say(saying("greeting"));
  desk.say(
    about([intent("equipment_repair", 0.5), article("hours", 0.3)], { text: "it is broken" }),
  );
  desk.press(desk.stream(), "choose_0", { version: desk.conversation()?.menu?.version ?? 0 });
  desk.say(aHeard({ stores: [{ id: "S001", name: "南京路店", region: "华东" }] }));
  desk.say(aHeard({ text: "leaks" }));
  const stream = `ticket:${desk.ticket()?.id}`;
  expect(desk.ticket()).toMatchObject({
    status: "new",
    team: "repair",
    description: { ref: "it is broken" },
  });
  desk.press(stream, "claim", { by: agent("chen") });
  desk.wait(3 * 60 * MINUTE);
  desk.tick(desk.stream());
  desk.say(saying("urge"));
  desk.press(stream, "resolve", { by: agent("chen"), text: "new seal" });
  desk.say(saying("unsolved"));
  expect(desk.ticket()).toMatchObject({
    status: "in_progress",
    owner: "chen",
    urges: 1,
    reopenings: 1,
  });
  desk.press(stream, "resolve", { by: agent("chen") });
  desk.say(saying("solved"));
  expect(desk.ticket()).toMatchObject({ status: "closed", closeReason: "confirmed" });
});
