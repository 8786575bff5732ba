import { describe, expect, it } from "vitest";
import {
  agent,
  aNewTicket,
  CLERK,
  foldTicket,
  givenTicket,
  keyOf,
  messagesOf,
  type Past,
} from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { effectsOf, LI } from "../../../test/support/ticket-news.ts";
import type { TicketEvent } from "./ticket.ts";

const WANG = agent("wang");
const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
const watched: TicketEvent = { type: "watched", by: WANG, watcher: "wang" };
const working = [...aNewTicket(), claimed];
const watching = [...working, watched];

function toldTo(id: string, past: readonly Past<TicketEvent>[], news: readonly TicketEvent[]) {
  return messagesOf(effectsOf(past, news))
    .filter(({ to }) => to.id === id)
    .map(keyOf);
}

describe("watch", () => {
  it("is for oneself, once, and ends when one says so", () => {
    givenTicket(working).when({ verb: "watch", by: WANG }).gives([watched]);
    givenTicket(watching).when({ verb: "watch", by: WANG }).gives({ already_done: {} });
    givenTicket(watching)
      .when({ verb: "unwatch", by: WANG })
      .gives([{ type: "unwatched", by: WANG, watcher: "wang" }]);
    givenTicket(working).when({ verb: "unwatch", by: WANG }).gives("not_allowed");
    const ended: TicketEvent = { type: "unwatched", by: WANG, watcher: "wang" };
    expect(foldTicket([...watching, ended]).watchers).toEqual([]);
  });

  it("puts up the watcher's own card in their direct chat", () => {
    const surfaces = effectsOf(working, [watched]).filter(({ type }) => type === "surface");
    expect(surfaces).toEqual([
      {
        type: "surface",
        ticket: "t1",
        account: "feishu/hq",
        to: { kind: "person", id: "ou_wang" },
        audience: "member",
        language: "zh-CN",
      },
    ]);
  });

  it("reaches a watcher wherever they are, when the ticket's team is not there", () => {
    const past = [...watching, { type: "transferred", by: LI, team: "repair" } as const];
    const chen: TicketEvent = { type: "claimed", by: agent("chen"), owner: "chen" };
    expect(toldTo("ou_wang", past, [chen])).toEqual(["tell.watched"]);
    const away = aPolicy({ teams: new Map([...aPolicy().teams].slice(1)) });
    const messages = messagesOf(effectsOf(past, [chen], away));
    expect(messages.some(({ account, to }) => account === "feishu/hq" && to.id === "ou_wang")).toBe(
      true,
    );
  });

  it.each<[string, readonly TicketEvent[], readonly string[]]>([
    ["a wait", [{ type: "paused", by: LI, waiting: "external" }], ["tell.watched"]],
    ["a solution", [{ type: "resolved", by: LI, text: null }], ["tell.watched"]],
    ["another owner", [{ type: "assigned", by: LI, owner: "lin", team: "cold" }], ["tell.watched"]],
    ["a return", [{ type: "returned", by: LI, team: "cold" }], ["tell.watched"]],
    [
      "a confirmation, which is two events, once",
      [
        { type: "confirmed", by: CLERK },
        { type: "closed", by: CLERK, reason: "confirmed" },
      ],
      ["tell.watched"],
    ],
    ["a note, not", [{ type: "noted", by: LI, text: "w" }], []],
    ["a reply, not", [{ type: "replied_by_agent", by: LI, text: "w" }], []],
    ["an urge, not", [{ type: "urged", by: CLERK, count: 1 }], []],
    ["what they did themselves, not", [{ type: "cancelled", by: WANG }], []],
    [
      "what makes it theirs, but as its owner",
      [{ type: "assigned", by: LI, owner: "wang", team: "cold" }],
      ["tell.assigned"],
    ],
  ])("is told of %s", (_what, news, expected) => {
    expect(toldTo("ou_wang", watching, news)).toEqual(expected);
  });

  it("of a lead begins with an escalation, with a card of their own", () => {
    const escalated: TicketEvent = { type: "escalated", by: CLERK, level: 1, to: "lin" };
    const surfaces = effectsOf(working, [escalated]).flatMap((effect) =>
      effect.type === "surface" ? [effect.to.id] : [],
    );
    expect(surfaces).toEqual(["ou_lin"]);
    expect(toldTo("ou_lin", working, [escalated])).toEqual(["tell.escalated"]);
  });
});
