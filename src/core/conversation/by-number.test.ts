import { describe, expect, it } from "vitest";
import { createDesk, type Desk } from "../../../test/support/desk.ts";
import {
  about,
  accepted,
  agent,
  aHeard,
  article,
  eventsOf,
  intent,
  keyOf,
  messagesOf,
  STORE,
  STRANGER,
} from "../../../test/support/given.ts";
import { typing } from "../../../test/support/typed.ts";

const OWNER = agent("zhao");

/** The clerk types a number where buttons are numbers. */
function picks(desk: Desk, place: number, over: Parameters<typeof aHeard>[0] = {}) {
  const step = accepted(desk.say(aHeard({ ...over, picks: place })));
  return {
    events: eventsOf<{ type: string }>(step, "conversation:").map(({ type }) => type),
    ticket: eventsOf<{ type: string }>(step, "ticket:").map(({ type }) => type),
    said: messagesOf(step.effects).map(keyOf),
  };
}

function withTicket(): Desk {
  const desk = createDesk();
  desk.say(about([intent("equipment_repair")], { stores: [STORE] }));
  desk.say(aHeard());
  desk.press(`ticket:${desk.ticket()?.id}`, "claim", { by: OWNER });
  return desk;
}

describe("a number, where buttons are numbers to type", () => {
  it.each([
    [0, ["deflected"]],
    [1, ["left_unsolved", "ticket_opened"]],
    [2, ["ticket_opened"]],
  ])("%i presses that button of an answer", (place, events) => {
    const desk = createDesk();
    desk.say(about([article("hours")]));
    expect(picks(desk, place).events).toEqual(events);
  });

  it("picks from a menu, and the person behind its choices", () => {
    for (const [place, type] of [
      [0, "answered"],
      [1, "ticket_opened"],
    ] as const) {
      const desk = createDesk();
      desk.say(about([article("hours", 0.3)]));
      expect(picks(desk, place).events).toContain(type);
    }
  });

  it("takes the way out of a card that understood nothing", () => {
    const desk = createDesk();
    desk.say(aHeard());
    expect(picks(desk, 0).events).toEqual(["ticket_opened"]);
  });

  it("confirms and rejects what was resolved", () => {
    for (const [place, type] of [
      [0, "confirmed"],
      [1, "rejected_by_customer"],
    ] as const) {
      const desk = withTicket();
      desk.press(`ticket:${desk.ticket()?.id}`, "resolve", { by: OWNER });
      expect(picks(desk, place).ticket).toContain(type);
    }
  });

  it("presses the button of the requester's card at that place, and no other person's", () => {
    expect(picks(withTicket(), 0).ticket).toEqual(["urged"]);
    expect(picks(withTicket(), 0, { by: STRANGER }).ticket).toEqual([]);
  });

  it("is an answer like any other while somebody waits for one", () => {
    const desk = withTicket();
    desk.press(`ticket:${desk.ticket()?.id}`, "wait_customer", { by: OWNER });
    desk.wait(1_000);
    expect(picks(desk, 1).ticket).toEqual(["replied_by_customer"]);
  });

  it("opens a ticket of a list, and turns its pages", () => {
    const desk = withTicket();
    desk.say(typing("mine"));
    expect(picks(desk, 0)).toMatchObject({ events: ["shown"], said: ["lines"] });
    expect(picks(desk, 5).events).not.toContain("shown");
  });

  it("means nothing where nothing is at that place", () => {
    const desk = createDesk();
    desk.say(about([article("hours")]));
    expect(picks(desk, 8).events).toEqual(["not_understood"]);
  });
});

describe("a number, where buttons can be pressed", () => {
  it("does no harm: it is words like any others", () => {
    const desk = withTicket();
    desk.press(`ticket:${desk.ticket()?.id}`, "resolve", { by: OWNER });
    const step = accepted(desk.say(aHeard({ understood: { command: "choose_0" } })));
    const types = eventsOf<{ type: string }>(step, "ticket:").map(({ type }) => type);
    expect(types).not.toContain("confirmed");
  });
});
