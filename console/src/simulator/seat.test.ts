import { describe, expect, test } from "vitest";
import type { ToolMessage, ToolView } from "../../../src/simulator/tool.ts";
import { look, nearest, seatOf, unreadIn, unreadOf } from "./seat.ts";

const said = (id: string, chat: string, from: string, at: number): ToolMessage => ({
  id,
  chat,
  from,
  at,
  quotes: null,
  body: { type: "text", text: id },
});

function viewOf(...messages: ToolMessage[]): ToolView {
  return {
    tool: "feishu",
    people: [
      { id: "boss", name: "陈", title: "主管" },
      { id: "clerk", name: "王", title: "店员" },
      { id: "alone", name: "孙", title: "" },
    ],
    chats: [
      { id: "g", name: "群", kind: "group", members: ["boss", "clerk"] },
      { id: "d-boss", name: "陈", kind: "direct", members: ["boss"] },
      { id: "d-clerk", name: "王", kind: "direct", members: ["clerk"] },
    ],
    messages,
  };
}

describe("where to sit", () => {
  test("is the clerk's chat with the bot while nothing has been said", () => {
    expect(seatOf(viewOf(), null)).toEqual({ person: "clerk", chat: "d-clerk" });
  });

  test("is with the first person who has something to read, a clerk before others", () => {
    expect(seatOf(viewOf(said("1", "d-boss", "bot", 1)), null)).toEqual({
      person: "boss",
      chat: "d-boss",
    });
    const both = viewOf(said("1", "g", "clerk", 1), said("2", "d-boss", "bot", 2));
    expect(seatOf(both, null)).toEqual({ person: "clerk", chat: "g" });
  });

  test("stays with its person, and without a chosen chat follows what is new for that person", () => {
    const kept = { person: "boss", chat: null };
    const before = viewOf(said("1", "d-boss", "bot", 1), said("2", "d-clerk", "bot", 2));
    expect(seatOf(before, kept)).toEqual({ person: "boss", chat: "d-boss" });
    const after = viewOf(...before.messages, said("3", "g", "clerk", 3));
    expect(seatOf(after, kept)).toEqual({ person: "boss", chat: "g" });
  });

  test("stays where somebody chose to sit, whatever is said elsewhere", () => {
    const chosen = { person: "boss", chat: "g" };
    expect(seatOf(viewOf(said("1", "d-clerk", "bot", 1)), chosen)).toEqual(chosen);
  });

  test("is another chat of the same person when the chosen one is gone", () => {
    expect(seatOf(viewOf(), { person: "boss", chat: "old" })).toEqual({
      person: "boss",
      chat: "d-boss",
    });
  });

  test("is somebody else's when the person is gone", () => {
    expect(seatOf(viewOf(), { person: "old", chat: "g" })?.person).toBe("clerk");
  });

  test("is reached with the least moving: as the same person if that is possible", () => {
    const seats = [
      { person: "clerk", chat: "g" },
      { person: "boss", chat: "g" },
    ];
    expect(nearest(seats, { person: "boss", chat: "d-boss" })).toBe(seats[1]);
    expect(nearest(seats, { person: "alone", chat: "x" })).toBe(seats[0]);
    expect(nearest([], undefined)).toBeUndefined();
  });

  test("is nowhere when nobody is in any chat", () => {
    const empty: ToolView = { ...viewOf(), chats: [] };
    expect(seatOf(empty, { person: "boss", chat: "g" })).toBeNull();
  });
});

describe("unread messages", () => {
  const seat = { person: "clerk", chat: "g" };

  test("are those of others since the page was opened", () => {
    const view = viewOf(
      said("old", "g", "bot", 1),
      said("own", "g", "clerk", 3),
      said("new", "g", "bot", 4),
    );
    expect(unreadIn(view, seat, {}, 2)).toBe(1);
    expect(unreadOf(view, "clerk", {}, 2)).toBe(1);
    expect(unreadOf(view, "alone", {}, 2)).toBe(0);
  });

  test("are read by looking, for the one who looks only", () => {
    const view = viewOf(said("new", "g", "bot", 4));
    const seen = look({}, view, seat);
    expect(unreadIn(view, seat, seen, 0)).toBe(0);
    expect(unreadIn(view, { ...seat, person: "boss" }, seen, 0)).toBe(1);
    expect(look(seen, view, seat)).toBe(seen);
  });
});
