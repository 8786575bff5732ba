import { describe, expect, it } from "vitest";
import {
  accepted,
  agent,
  aNewTicket,
  CLERK,
  eventsOf,
  foldTicket,
  NOON,
  OTHER_STORE,
  STORE,
} from "../../test/support/given.ts";
import { aPolicy } from "../../test/support/policy.ts";
import type { Command } from "./command.ts";
import { decideStep } from "./step.ts";
import type { TicketEvent } from "./ticket/ticket.ts";

const policy = aPolicy();
const NOBODY = { conversation: null, ticket: null };
const LI = agent("li");

describe("acting on a ticket", () => {
  const ticket = foldTicket([...aNewTicket(), { type: "claimed", by: LI, owner: "li" }]);

  function act(verb: string, over: Partial<Extract<Command, { type: "act" }>> = {}) {
    const action = { verb, subject: "ticket:t1", version: 3 };
    const command: Command = {
      type: "act",
      at: NOON,
      stream: "ticket:t1",
      by: LI,
      action,
      values: {},
      text: null,
      number: 8,
      ...over,
    };
    return decideStep(command, "c", { conversation: null, ticket }, policy);
  }

  it.each<[string, Partial<Extract<Command, { type: "act" }>>, TicketEvent[]]>([
    [
      "assign",
      { values: { to: "wang" } },
      [{ type: "assigned", by: LI, owner: "wang", team: "cold" }],
    ],
    [
      "assign",
      { values: { to: "team:repair" } },
      [{ type: "transferred", by: LI, team: "repair" }],
    ],
    [
      "pause",
      { values: { waiting: "external" }, text: "w" },
      [{ type: "paused", by: LI, waiting: "external", text: "w" }],
    ],
    ["resolve_with", { text: "w" }, [{ type: "resolved", by: LI, text: "w" }]],
    [
      "set_priority",
      { values: { priority: "low" } },
      [{ type: "field_set", by: LI, target: "priority", value: "low", old: "high" }],
    ],
    [
      "set",
      { values: { field: "store" }, stores: [OTHER_STORE] },
      [{ type: "field_set", by: LI, target: "store", value: OTHER_STORE, old: STORE }],
    ],
    ["watch", { by: agent("wang") }, [{ type: "watched", by: agent("wang"), watcher: "wang" }]],
    ["return", {}, [{ type: "returned", by: LI, team: "cold" }]],
    ["comment", { text: "w" }, [{ type: "replied_by_agent", by: LI, text: "w" }]],
    ["note", { text: "w" }, [{ type: "noted", by: LI, text: "w" }]],
    ["wait_customer", {}, [{ type: "paused", by: LI, waiting: "customer" }]],
    ["wait_external", {}, [{ type: "paused", by: LI, waiting: "external" }]],
    ["escalate", {}, [{ type: "escalated", by: LI, level: 1, to: "lin" }]],
    ["urge", { by: CLERK }, [{ type: "urged", by: CLERK, count: 1 }]],
    ["resolve", { text: "w" }, [{ type: "resolved", by: LI, text: "w" }]],
    ["cancel", { by: CLERK }, [{ type: "cancelled", by: CLERK }]],
    ["close", { by: agent("lin") }, [{ type: "closed", by: agent("lin"), reason: "by_agent" }]],
  ])("by the button %s", (verb, over, events) => {
    const step = accepted(act(verb, over));
    expect(eventsOf(step, "ticket:")).toEqual(events);
    expect(step.outcome).toEqual({
      text: { key: `done.${verb}`, params: { number: 7 } },
      card: null,
    });
    expect(step.streams[0]).toMatchObject({ stream: "ticket:t1", expectedVersion: 3 });
  });

  it("refuses verbs that no card carries, words that objects carry among them", () => {
    for (const verb of [
      "pausing",
      "tick",
      "solved",
      "choose_0",
      "constructor",
      "__proto__",
      "tostring",
    ]) {
      expect(act(verb)).toEqual({ refused: "unknown_action", params: {} });
    }
  });

  it("refuses a form that was not filled in, and changes nothing", () => {
    for (const [verb, refused] of [
      ["pause", "bad_value"],
      ["resolve_with", "empty_text"],
      ["set_priority", "bad_value"],
      ["set", "unknown_field"],
      ["transfer", "unknown_team"],
      ["link", "unknown_ticket"],
    ])
      expect(act(verb ?? "")).toMatchObject({ refused });
    expect(act("unlink")).toEqual({ refused: "no_child", params: { number: 0 } });
  });

  it("refuses to hand over to nobody, and says who has it to a second claimer", () => {
    expect(act("assign")).toEqual({ refused: "unknown_agent", params: { agent: "" } });
    expect(act("claim", { by: agent("wang") })).toEqual({
      refused: "already_claimed",
      params: { owner: "小李" },
    });
  });

  it("never goes back in time", () => {
    const step = accepted(act("note", { at: NOON - 1000, text: "w" }));
    expect(step.streams[0]).toMatchObject({ at: NOON, state: { value: { lastAt: NOON } } });
  });

  it("refuses a ticket that is not there", () => {
    const command: Command = {
      type: "act",
      at: NOON,
      stream: "ticket:no",
      by: LI,
      action: { verb: "claim", subject: "ticket:no", version: 1 },
      values: {},
      text: null,
      number: 8,
    };
    expect(decideStep(command, "c", NOBODY, policy)).toEqual({
      refused: "unknown_ticket",
      params: {},
    });
  });

  it("refuses a press in a conversation that is not there", () => {
    const stream = "conversation:no.1";
    const command: Command = {
      type: "act",
      at: NOON,
      stream,
      by: CLERK,
      action: { verb: "human", subject: stream, version: 1 },
      values: {},
      text: null,
      number: 8,
    };
    expect(decideStep(command, "c", NOBODY, policy)).toEqual({
      refused: "conversation_over",
      params: {},
    });
  });
});
