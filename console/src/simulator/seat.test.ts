import { describe, expect, test } from "vitest";
import type { ToolMessage, ToolView } from "../../../src/simulator/tool.ts";
import { clerkSeat, look, seatOf, unreadIn, unreadOf } from "./seat.ts";

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
    expect(clerkSeat(viewOf())).toEqual({ person: "clerk", chat: "d-clerk" });
  });

  test("follows the newest message, as its writer or else as somebody who sees it", () => {
    expect(seatOf(viewOf(said("1", "g", "clerk", 1)), null)).toEqual({
      person: "clerk",
      chat: "g",
    });
    const both = viewOf(said("1", "g", "clerk", 1), said("2", "d-boss", "bot", 2));
    expect(seatOf(both, null)).toEqual({ person: "boss", chat: "d-boss" });
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

  test("is nowhere when nobody is in any chat", () => {
    const empty: ToolView = { ...viewOf(), chats: [] };
    expect(seatOf(empty, { person: "boss", chat: "g" })).toBeNull();
    expect(clerkSeat(empty)).toBeNull();
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
