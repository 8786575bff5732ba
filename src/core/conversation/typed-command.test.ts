import { describe, expect, it } from "vitest";
import { createDesk, type Desk } from "../../../test/support/desk.ts";
import {
  about,
  accepted,
  agent,
  aHeard,
  CLERK,
  eventsOf,
  intent,
  keyOf,
  messagesOf,
  STORE,
  STRANGER,
  saying,
} from "../../../test/support/given.ts";
import { typing } from "../../../test/support/typed.ts";
import type { Actor } from "../actor.ts";
import { COMMANDS } from "../intent/commands.ts";
import type { TicketEvent } from "../ticket/ticket.ts";
import type { Said } from "./conversation.ts";

const OWNER = agent("zhao");

/** A desk with one ticket that its owner works on. */
function atWork(): { desk: Desk; number: number } {
  const desk = createDesk();
  desk.say(about([intent("equipment_repair")], { stores: [STORE] }));
  desk.say(aHeard());
  const ticket = desk.ticket();
  if (ticket === null) throw new Error("No ticket was opened.");
  desk.press(`ticket:${ticket.id}`, "claim", { by: OWNER });
  return { desk, number: ticket.number };
}

function type(
  desk: Desk,
  name: string | null,
  by: Actor,
  number: number | null,
  said: Partial<Said> = {},
) {
  const step = accepted(desk.say(typing(name, { number, said }, { by })));
  return {
    ticket: eventsOf<TicketEvent>(step, "ticket:").map((event) => event.type),
    conversation: eventsOf<{ type: string }>(step, "conversation:").map((event) => event.type),
    said: messagesOf(step.effects)
      .filter(({ to }) => to.id === "ou_clerk")
      .map(keyOf),
  };
}

describe("each command of a verb", () => {
  it.each([
    ["urge", CLERK, {}, ["urged"]],
    ["escalate", OWNER, {}, ["escalated"]],
    ["assign", OWNER, { text: "w", targets: ["chen"] }, ["assigned"]],
    ["assign", OWNER, { text: "w", targets: ["team:cold"] }, ["transferred"]],
    ["return", OWNER, {}, ["returned"]],
    ["comment", OWNER, { text: "w" }, ["replied_by_agent"]],
    ["comment", CLERK, { text: "w" }, ["replied_by_customer"]],
    ["note", OWNER, { text: "w" }, ["noted"]],
    ["resolve", OWNER, { text: "w" }, ["resolved"]],
    ["cancel", CLERK, {}, ["cancelled"]],
    ["close", OWNER, {}, ["closed"]],
    ["watch", OWNER, {}, ["watched"]],
    ["set", OWNER, { text: "w", fields: ["priority"], priority: "urgent" }, ["field_set"]],
  ] as const)("/%s by %j does what its button does", (name, by, said, events) => {
    const { desk, number } = atWork();
    const typed = type(desk, name, by, number, said as Partial<Said>);
    expect(typed.ticket).toEqual(events);
    expect(typed.said.length).toBeGreaterThan(0);
  });

  it.each([
    ["wait_customer", "resume"],
    ["wait_external", "resume"],
    ["resolve", "reopen"],
    ["watch", "unwatch"],
  ])("/%s and /%s go there and back", (there, back) => {
    const { desk, number } = atWork();
    expect(type(desk, there, OWNER, number).ticket).not.toEqual([]);
    expect(type(desk, back, OWNER, number).ticket).not.toEqual([]);
  });

  it.each([
    ["confirm", ["confirmed", "closed"]],
    ["reject", ["rejected_by_customer", "reopened"]],
  ])("/%s answers what was resolved", (name, events) => {
    const { desk, number } = atWork();
    type(desk, "resolve", OWNER, number);
    expect(type(desk, name, CLERK, null).ticket).toEqual(events);
  });

  it("is refused in words where the ticket does not let it happen", () => {
    const { desk, number } = atWork();
    expect(type(desk, "resume", OWNER, number)).toMatchObject({ ticket: [], said: ["typed.done"] });
    expect(type(desk, "confirm", OWNER, number)).toMatchObject({ ticket: [] });
  });
});

describe("the ticket that is meant", () => {
  it("is the conversation's where none is named", () => {
    expect(type(atWork().desk, "urge", CLERK, null).ticket).toEqual(["urged"]);
  });

  it("must be said where there is none", () => {
    expect(type(createDesk(), "urge", CLERK, null).said).toEqual(["typed.which_ticket"]);
  });

  it("is none for who may not know of it", () => {
    const { desk, number } = atWork();
    for (const name of ["status", "urge", "cancel"])
      expect(type(desk, name, STRANGER, number).said).toEqual(["typed.no_ticket"]);
    expect(type(desk, "status", CLERK, 999).said).toEqual(["typed.no_ticket"]);
  });

  it("is known to exist to colleagues of another team, and no more", () => {
    const { desk, number } = atWork();
    expect(type(desk, "status", agent("li"), number).said).toEqual(["typed.not_your_team"]);
  });

  it("is shown in words, which nobody takes for a card that follows", () => {
    const { desk, number } = atWork();
    const step = accepted(desk.say(typing("status", { number })));
    const [shown] = messagesOf(step.effects);
    expect(shown?.content).toMatchObject({ type: "text" });
    expect(JSON.stringify(shown?.content)).toContain("card.ticket.title");
  });
});

describe("wrong use", () => {
  it.each([
    ["claim", { text: "w" }, "typed.too_much"],
    ["comment", {}, "typed.needs_text"],
    ["assign", {}, "typed.needs_target"],
    ["assign", { text: "w" }, "typed.nobody"],
    ["assign", { text: "w", targets: ["li", "wang"] }, "typed.several"],
    ["set", { text: "w" }, "typed.no_field"],
    ["link", { text: "w" }, "typed.no_child"],
  ])("of /%s with %j is told by %s", (name, said, key) => {
    const { desk, number } = atWork();
    expect(type(desk, name, OWNER, number, said)).toMatchObject({ ticket: [], said: [key] });
  });

  it("names the command that was most likely meant", () => {
    const desk = createDesk();
    const near = accepted(desk.say(typing(null, { meant: "urge", said: { text: "w" } })));
    expect(messagesOf(near.effects).map(keyOf)).toEqual(["typed.meant"]);
    const far = accepted(desk.say(typing(null, { said: { text: "w" } })));
    expect(messagesOf(far.effects).map(keyOf)).toEqual(["typed.unknown"]);
  });

  it.each(COMMANDS.filter(({ who }) => who === "staff").map(({ name }) => name))(
    "of /%s by somebody unknown introduces them",
    (name) => {
      const { desk, number } = atWork();
      const typed = type(desk, name, STRANGER, number, { text: "w" });
      expect(typed).toMatchObject({ ticket: [], said: ["refusal.unknown_person"] });
    },
  );
});

describe("a command in the middle of something", () => {
  it("leaves the form, and its question comes again", () => {
    const desk = createDesk();
    desk.say(about([intent("equipment_repair")]));
    const typed = type(desk, "help", CLERK, null);
    expect(typed.conversation).toEqual(["told", "field_asked"]);
    expect(desk.conversation()?.form).toMatchObject({ asking: "store", tries: 1 });
  });

  it("leaves the form when it says so", () => {
    const { desk } = atWork();
    desk.say(about([intent("stock_order")]));
    expect(type(desk, "cancel", CLERK, null)).toMatchObject({
      conversation: ["form_cancelled"],
      ticket: [],
    });
  });

  it("goes before danger for staff, and danger before it for everybody else", () => {
    const { desk, number } = atWork();
    const dangerous = { understood: { safety: true } };
    const byStaff = typing("note", { number, said: { text: "w" } }, { by: OWNER, ...dangerous });
    const byClerk = typing("urge", { number }, dangerous);
    expect(eventsOf<TicketEvent>(accepted(desk.say(byStaff)), "ticket:")).toMatchObject([
      { type: "noted" },
    ]);
    expect(
      eventsOf<TicketEvent>(accepted(desk.say(byClerk)), "ticket:").map((one) => one.type),
    ).toContain("escalated");
  });

  it("of a person is the request that it always was", () => {
    expect(type(createDesk(), "human", CLERK, null, { text: "w" }).conversation).toEqual([
      "ticket_opened",
    ]);
    const { desk } = atWork();
    expect(type(desk, "human", CLERK, null).said).toEqual(["say.with_person"]);
    expect(accepted(desk.say(saying("human")))).toBeDefined();
  });
});
