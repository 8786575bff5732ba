import { describe, expect, it } from "vitest";
import {
  API,
  agent,
  aNewTicket,
  CLERK,
  givenTicket,
  NOON,
  STORE,
  STRANGER,
} from "../../../test/support/given.ts";
import { aPolicy, DAY, MINUTE } from "../../../test/support/policy.ts";
import { STATUSES, ticketIn } from "../../../test/support/tickets.ts";
import { SYSTEM } from "../actor.ts";
import type { TicketVerb } from "../permission.ts";
import { isRefusal } from "../refusal.ts";
import {
  type CreateTicket,
  createTicket,
  decideTicket,
  type TicketCommand,
  ticketDue,
} from "./decide.ts";
import type { Ticket, TicketEvent } from "./ticket.ts";

// What each verb comes to in each status, for somebody with every right: the admin, who asked and owns it too.
const OUTCOMES = `
            new           assigned      in_progress   waiting_customer waiting_external resolved      closed        cancelled
  claim     claimed       claimed       already_yours already_yours    already_yours    wrong_status  wrong_status  wrong_status
  assign    assigned      assigned      assigned      assigned         assigned         wrong_status  wrong_status  wrong_status
  transfer  transferred   transferred   transferred   transferred      transferred      wrong_status  wrong_status  wrong_status
  return    wrong_status  returned      returned      returned         returned         wrong_status  wrong_status  wrong_status
  comment   +customer     +customer     +customer     +customer        +customer        +customer     wrong_status  wrong_status
  note      noted         noted         noted         noted            noted            noted         noted         noted
  set_field field_set     field_set     field_set     field_set        field_set        wrong_status  wrong_status  wrong_status
  pause     wrong_status  paused        paused        already_done     paused           wrong_status  wrong_status  wrong_status
  resume    wrong_status  wrong_status  wrong_status  resumed          resumed          wrong_status  wrong_status  wrong_status
  escalate  escalated     escalated     escalated     escalated        escalated        wrong_status  wrong_status  wrong_status
  urge      urged         urged         urged         urged            urged            wrong_status  wrong_status  wrong_status
  watch     watched       watched       watched       watched          watched          watched       wrong_status  wrong_status
  unwatch   unwatched     unwatched     unwatched     unwatched        unwatched        unwatched     unwatched     unwatched
  link      linked        linked        linked        linked           linked           wrong_status  wrong_status  wrong_status
  unlink    unlinked      unlinked      unlinked      unlinked         unlinked         wrong_status  wrong_status  wrong_status
  resolve   wrong_status  resolved      resolved      resolved         resolved         wrong_status  wrong_status  wrong_status
  confirm   wrong_status  wrong_status  wrong_status  wrong_status     wrong_status     confirmed+closed wrong_status wrong_status
  reject    wrong_status  wrong_status  wrong_status  wrong_status     wrong_status     rejected_by_customer+reopened wrong_status wrong_status
  reopen    wrong_status  wrong_status  wrong_status  wrong_status     wrong_status     reopened      reopened      reopened
  close     closed        closed        closed        closed           closed           closed        wrong_status  wrong_status
  cancel    cancelled     cancelled     cancelled     cancelled        cancelled        wrong_status  wrong_status  wrong_status
`;

const [header = [], ...rows] = OUTCOMES.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
const CELLS = rows.flatMap(([verb, ...cells]) =>
  cells.map(
    (cell, column) =>
      [
        verb as TicketVerb,
        header[column] ?? "",
        cell.replace("+customer", "replied_by_customer"),
      ] as const,
  ),
);

function command(verb: TicketVerb, by = agent("an"), seen: number | null = null): TicketCommand {
  return {
    verb,
    by,
    at: NOON,
    seen,
    to: "li",
    text: "words",
    waiting: "customer",
    team: "repair",
    field: "title",
    child: { ...ticketIn("new"), id: "t8", number: 8 },
    kind: "blocks",
    others: [],
    number: 9,
  } as unknown as TicketCommand;
}

/** A ticket in a status that the admin watches, or that has a child, where the verb needs that. */
function ticketFor(verb: TicketVerb, status: string): Ticket {
  const ticket = ticketIn(status);
  if (verb === "unwatch") return { ...ticket, watchers: ["an"] };
  const child = { ticket: "t9", number: 9, kind: "follows", over: false } as const;
  return verb === "unlink" ? { ...ticket, children: [child] } : ticket;
}

describe("every verb in every status", () => {
  it("is in the table", () => {
    expect(header).toEqual(STATUSES);
    expect(CELLS).toHaveLength(21 * 8);
  });

  it.each(CELLS)("%s while %s: %s", (verb, status, expected) => {
    const verdict = decideTicket(command(verb), ticketFor(verb, status), aPolicy());
    const got = isRefusal(verdict) ? verdict.refused : verdict.map(({ type }) => type).join("+");
    expect(got).toBe(expected);
    if (expected === "wrong_status") {
      const params = { status: { key: `status.${status}` }, verb: { key: `verb.${verb}` } };
      expect(verdict).toEqual({ refused: "wrong_status", params });
    }
  });
});

it.each<TicketVerb>(["claim", "resolve", "assign", "pause", "close", "cancel", "confirm", "urge"])(
  "%s on a ticket that is over is told so, to whoever may or may not",
  (verb) => {
    for (const status of ["closed", "cancelled"] as const) {
      const params = { status: { key: `status.${status}` }, verb: { key: `verb.${verb}` } };
      for (const by of [agent("wang"), agent("an"), STRANGER])
        expect(decideTicket(command(verb, by), ticketIn(status), aPolicy())).toEqual({
          refused: "wrong_status",
          params,
        });
    }
  },
);

it("reopening what is over is still for those who may", () => {
  const verdict = decideTicket(command("reopen", agent("wang")), ticketIn("closed"), aPolicy());
  expect(verdict).toMatchObject({ refused: "not_allowed" });
});

describe("createTicket", () => {
  const wanted = (): CreateTicket => {
    const [created] = aNewTicket();
    if (created?.type !== "created") throw new Error("A ticket begins with created.");
    const { type: _type, ...command } = created;
    return command;
  };

  it("puts the ticket into the queue of the team that the rules name", () => {
    expect(createTicket(wanted(), aPolicy())).toEqual([
      { type: "created", ...wanted() },
      { type: "queued", team: "repair" },
    ]);
    expect(createTicket({ ...wanted(), store: null }, aPolicy())[1]).toEqual({
      type: "queued",
      team: "cold",
    });
  });

  it("gives the rules type, intent, priority, account and store", () => {
    const seen: unknown[] = [];
    const rule = { when: "x", team: "cold", matches: (facts: unknown) => seen.push(facts) > 0 };
    createTicket({ ...wanted(), intent: null }, aPolicy({ dispatch: [rule] }));
    const ticket = { type: "repair", intent: null, priority: "high", account: "feishu/hq" };
    expect(seen).toEqual([{ ticket, store: STORE }]);
  });
});

describe("stale clicks", () => {
  it.each<[TicketVerb, string]>([
    ["claim", "new"],
    ["claim", "assigned"],
    ["resolve", "in_progress"],
    ["confirm", "resolved"],
    ["reject", "resolved"],
    ["reopen", "closed"],
    ["close", "in_progress"],
    ["cancel", "in_progress"],
  ])("refuse %s on a card from before it was %s", (verb, status) => {
    const ticket = ticketIn(status);
    const before = decideTicket(
      command(verb, agent("an"), ticket.statusVersion - 1),
      ticket,
      aPolicy(),
    );
    expect(before).toEqual({ refused: "stale", params: { status: { key: `status.${status}` } } });
    expect(
      isRefusal(decideTicket(command(verb, agent("an"), ticket.statusVersion), ticket, aPolicy())),
    ).toBe(false);
  });

  it.each<TicketVerb>(["assign", "return", "comment", "note", "pause", "escalate", "urge"])(
    "let %s through, whatever the card showed",
    (verb) => {
      expect(
        isRefusal(decideTicket(command(verb, agent("an"), 0), ticketIn("in_progress"), aPolicy())),
      ).toBe(false);
    },
  );

  it("refuse what was pressed on a card that named another owner", () => {
    const past: TicketEvent[] = [
      ...aNewTicket(),
      { type: "assigned", by: agent("lin"), owner: "li", team: "cold" },
      { type: "assigned", by: agent("lin"), owner: "wang", team: "cold" },
    ];
    const resolve = { verb: "resolve", by: agent("lin"), text: null } as const;
    givenTicket(past)
      .when({ ...resolve, seen: 3 })
      .gives("stale");
    givenTicket(past)
      .when({ ...resolve, seen: 4 })
      .gives([{ type: "resolved", by: agent("lin"), text: null }]);
  });

  it("do not mind comments that came since: the status is what counts", () => {
    const given = givenTicket([...aNewTicket(), { type: "noted", by: agent("wang"), text: "n" }]);
    given
      .when({ verb: "claim", by: agent("li"), seen: 2 })
      .gives([{ type: "claimed", by: agent("li"), owner: "li" }]);
  });
});

describe("the deadline of a resolved ticket", () => {
  const resolved = [
    ...aNewTicket(),
    { type: "claimed", by: agent("li"), owner: "li" } as const,
    [5 * MINUTE, { type: "resolved", by: agent("li"), text: null }] as const,
  ];
  const due = NOON + 5 * MINUTE + 3 * DAY;

  it("is the time to confirm after it was resolved, and no other status has one", () => {
    expect(ticketDue(givenTicket(resolved).ticket, aPolicy())).toBe(due);
    const others = STATUSES.filter((status) => status !== "resolved").map((status) =>
      ticketDue(ticketIn(status), aPolicy()),
    );
    expect(others).toEqual(others.map(() => null));
  });

  it.each([
    ["a millisecond before", due - 1, []],
    ["at", due, [{ type: "closed", by: SYSTEM, reason: "no_answer" }]],
    ["long after", due + DAY, [{ type: "closed", by: SYSTEM, reason: "no_answer" }]],
  ] as const)("%s: the tick does what is due", (_when, at, events) => {
    givenTicket(resolved).when({ verb: "tick", by: SYSTEM, at }).gives(events);
  });

  it("does nothing to a ticket that was confirmed, rejected or reopened meanwhile", () => {
    const tick = { verb: "tick", by: SYSTEM, at: due + DAY } as const;
    givenTicket([
      ...resolved,
      { type: "confirmed", by: CLERK },
      { type: "closed", by: CLERK, reason: "confirmed" },
    ])
      .when(tick)
      .gives([]);
    givenTicket([...resolved, { type: "reopened", by: agent("li") }])
      .when(tick)
      .gives([]);
  });

  it("begins anew when it is resolved again", () => {
    const again = [
      ...resolved,
      { type: "reopened", by: CLERK } as const,
      [2 * DAY, { type: "resolved", by: agent("li"), text: null }] as const,
    ];
    givenTicket(again).when({ verb: "tick", by: SYSTEM, at: due }).gives([]);
    expect(ticketDue(givenTicket(again).ticket, aPolicy())).toBe(NOON + 5 * DAY);
  });
});

it("lets a program with a key work a ticket, except claim it", () => {
  const given = givenTicket([...aNewTicket(), { type: "claimed", by: agent("li"), owner: "li" }]);
  given
    .when({ verb: "resolve", by: API, text: null })
    .gives([{ type: "resolved", by: API, text: null }]);
  given.when({ verb: "claim", by: API }).gives("not_allowed");
});
