import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accepted,
  agent,
  aNewTicket,
  CLERK,
  foldTicket,
  keyOf,
  messagesOf,
  NOON,
} from "../../test/support/given.ts";
import { aPolicy, DAY } from "../../test/support/policy.ts";
import { isRefusal, type Refusal } from "./refusal.ts";
import { decideStep, type Step } from "./step.ts";
import { streamOf, type Ticket, type TicketEvent } from "./ticket/ticket.ts";

const AN = agent("an");
const policy = aPolicy();

/** Tickets 1 to `count`, claimed by li, worked as the shell would: with all that stand above, and the one that is named. */
function aDesk(count: number, team = "cold") {
  const tickets = new Map<number, Ticket>();
  for (let number = 1; number <= count; number += 1) {
    const claimed: TicketEvent = { type: "claimed", by: agent("li"), owner: "li" };
    const ticket = foldTicket([...aNewTicket({ number }, team), claimed]);
    tickets.set(number, { ...ticket, id: `t${number}` });
  }
  const at = (number: number): Ticket => {
    const ticket = tickets.get(number);
    if (ticket === undefined) throw new Error(`There is no ticket ${number}.`);
    return ticket;
  };
  const byId = (id: string) => [...tickets.values()].filter((ticket) => ticket.id === id);

  function above(ticket: Ticket): Ticket[] {
    const { parent } = ticket;
    return parent === undefined ? [] : byId(parent.ticket).flatMap((one) => [one, ...above(one)]);
  }

  function act(
    number: number,
    verb: string,
    { by = AN, values = {}, text = null as string | null } = {},
  ): Step | Refusal {
    const ticket = at(number);
    const named = tickets.get(Number((values as { number?: string }).number ?? 0));
    const others = [...above(ticket), ...(named === undefined || named === ticket ? [] : [named])];
    const stream = streamOf(ticket.id);
    const action = { verb, subject: stream, version: 1e9 };
    const command = {
      type: "act",
      at: NOON,
      stream,
      by,
      action,
      values,
      text,
      number: 99,
    } as const;
    const step = decideStep(command, "c", { conversation: null, ticket, others }, policy);
    if (!isRefusal(step)) keep(step);
    return step;
  }

  function keep(step: Step): void {
    for (const { state } of step.streams)
      if (state.kind === "ticket") tickets.set(state.value.number, state.value);
  }

  function tick(number: number, later: number): Step {
    const ticket = at(number);
    const command = { type: "tick", at: NOON + later, stream: streamOf(ticket.id) } as const;
    const world = { conversation: null, ticket, others: above(ticket) };
    const step = accepted(decideStep(command, "c", world, policy));
    keep(step);
    return step;
  }

  const link = (parent: number, child: number, kind = "blocks") =>
    act(parent, "link", { values: { number: `#${child}`.replace("#", ""), kind } });
  return { tickets, at, act, tick, link };
}

function told(step: Step | Refusal): string[] {
  return messagesOf(accepted(step).effects).map((one) => `${one.to.id}: ${keyOf(one)}`);
}

describe("link", () => {
  it("writes the relation into both tickets, in one step and at their versions", () => {
    const desk = aDesk(2);
    const step = accepted(desk.link(1, 2));
    expect(step.streams.map(({ stream, expectedVersion }) => [stream, expectedVersion])).toEqual([
      ["ticket:t1", 3],
      ["ticket:t2", 3],
    ]);
    expect(desk.at(1).children).toEqual([{ ticket: "t2", number: 2, kind: "blocks", over: false }]);
    expect(desk.at(2).parent).toEqual({ ticket: "t1", number: 1, kind: "blocks" });
    const refreshed = step.effects.flatMap((one) => (one.type === "refresh" ? [one.ticket] : []));
    expect(refreshed).toEqual(["t1", "t2"]);
  });

  it.each([
    ["itself", [], 1, 1, { refused: "link_to_itself" }],
    ["a ticket that there is not", [], 1, 9, { refused: "unknown_ticket" }],
    ["the child that it has", [[1, 2]], 1, 2, { refused: "already_done" }],
    [
      "another one's child",
      [[3, 2]],
      1,
      2,
      { refused: "has_parent", params: { number: 2, parent: 3 } },
    ],
    ["its parent", [[2, 1]], 1, 2, { refused: "link_in_circle", params: { number: 2 } }],
    [
      "what is above its parent",
      [
        [3, 2],
        [2, 1],
      ],
      1,
      3,
      { refused: "link_in_circle", params: { number: 3 } },
    ],
  ])("refuses %s", (_what, before, parent, child, expected) => {
    const desk = aDesk(3);
    for (const [above = 0, below = 0] of before) accepted(desk.link(above, below));
    expect(desk.link(parent, child)).toMatchObject(expected);
  });

  it("refuses what is over, and more children than can be kept", () => {
    const desk = aDesk(22);
    accepted(desk.act(2, "cancel"));
    expect(desk.link(1, 2)).toEqual({ refused: "child_is_over", params: { number: 2 } });
    for (let child = 3; child <= 22; child += 1) accepted(desk.link(1, child));
    const late = aDesk(1);
    late.tickets.set(1, desk.at(1));
    late.tickets.set(30, { ...aDesk(1).at(1), id: "t30", number: 30 });
    expect(late.link(1, 30)).toMatchObject({ refused: "too_many_children" });
  });

  it("tells a vendor's people of no ticket that is not theirs", () => {
    const desk = aDesk(2);
    const theirs = foldTicket([
      ...aNewTicket({ number: 3 }, "repair"),
      { type: "claimed", by: agent("chen"), owner: "chen" },
    ]);
    desk.tickets.set(3, { ...theirs, id: "t3" });
    const by = agent("chen");
    expect(desk.act(3, "link", { by, values: { number: "1" } })).toMatchObject({
      refused: "unknown_ticket",
    });
  });

  it("is undone in both tickets", () => {
    const desk = aDesk(2);
    accepted(desk.link(1, 2));
    const step = accepted(desk.act(1, "unlink", { values: { number: "2" } }));
    expect(step.streams).toHaveLength(2);
    expect("children" in desk.at(1)).toBe(false);
    expect("parent" in desk.at(2)).toBe(false);
  });
});

describe("a child", () => {
  it("that blocks holds its parent up until it is over, and the refusal names it", () => {
    const desk = aDesk(4);
    for (const child of [2, 3]) accepted(desk.link(1, child));
    accepted(desk.link(1, 4, "follows"));
    expect(desk.act(1, "resolve")).toEqual({
      refused: "open_children",
      params: { children: "#2 #3" },
    });
    expect(desk.act(1, "close")).toMatchObject({ refused: "open_children" });
    accepted(desk.act(2, "cancel"));
    expect(desk.act(1, "resolve")).toMatchObject({ params: { children: "#3" } });
    accepted(desk.act(3, "close"));
    accepted(desk.act(1, "resolve"));
    expect(desk.at(1).status).toBe("resolved");
  });

  it("that is over tells its parent's owner, in the same step, and so does one that is back", () => {
    const desk = aDesk(2);
    accepted(desk.link(1, 2));
    const over = desk.act(2, "close");
    expect(told(over)).toContain("ou_li: tell.child_over");
    expect(accepted(over).streams.map(({ stream }) => stream)).toEqual(["ticket:t2", "ticket:t1"]);
    expect(desk.at(1).children?.[0]?.over).toBe(true);
    expect(told(desk.act(2, "reopen"))).toContain("ou_li: tell.child_back");
    expect(desk.at(1).children?.[0]?.over).toBe(false);
  });

  it("that closes by silence does so too", () => {
    const desk = aDesk(2);
    accepted(desk.link(1, 2));
    accepted(desk.act(2, "resolve"));
    expect(desk.at(1).children?.[0]?.over).toBe(false);
    expect(told(desk.tick(2, 4 * DAY))).toContain("ou_li: tell.child_over");
    expect(desk.at(1).children?.[0]?.over).toBe(true);
  });

  it("of a parent that is over itself is booked, and nobody hears of it", () => {
    const desk = aDesk(2);
    accepted(desk.link(1, 2));
    accepted(desk.act(1, "cancel"));
    expect(told(desk.act(2, "close"))).not.toContain("ou_li: tell.child_over");
    expect(desk.at(1).children?.[0]?.over).toBe(true);
  });
});

const anyDeed = fc.record({
  verb: fc.constantFrom("link", "link", "unlink", "close", "reopen", "cancel", "resolve"),
  number: fc.integer({ min: 1, max: 6 }),
  other: fc.integer({ min: 1, max: 7 }),
  kind: fc.constantFrom("blocks", "follows"),
  by: fc.constantFrom(AN, AN, agent("li"), CLERK),
});

describe("whatever is linked", () => {
  it("has no circles, and both sides say the same", () => {
    const deeds = fc.array(anyDeed, { maxLength: 40, size: "max" });
    fc.assert(
      fc.property(deeds, (list) => {
        const desk = aDesk(6);
        for (const { verb, number, other, kind, by } of list) {
          desk.act(number, verb, { by, values: { number: String(other), kind } });
          for (const ticket of desk.tickets.values()) expectRight(ticket, desk.tickets);
        }
      }),
      { numRuns: 100 },
    );
  });
});

function expectRight(ticket: Ticket, tickets: ReadonlyMap<number, Ticket>): void {
  for (const { number, kind, over } of ticket.children ?? []) {
    const child = tickets.get(number);
    expect(child?.parent).toEqual({ ticket: ticket.id, number: ticket.number, kind });
    expect(over).toBe(child?.closedAt !== null);
  }
  const { parent } = ticket;
  if (parent === undefined) return;
  const kin = tickets.get(parent.number)?.children ?? [];
  expect(kin.filter((child) => child.ticket === ticket.id)).toHaveLength(1);
  const seen = new Set([ticket.number]);
  for (let at = tickets.get(parent.number); at !== undefined; ) {
    expect(seen.has(at.number)).toBe(false);
    seen.add(at.number);
    at = at.parent === undefined ? undefined : tickets.get(at.parent.number);
  }
}
