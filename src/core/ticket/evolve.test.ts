import { describe, expect, it } from "vitest";
import { agent, aNewTicket, CLERK, foldTicket, NOON, STORE } from "../../../test/support/given.ts";
import { MINUTE } from "../../../test/support/policy.ts";
import { STATUSES, ticketIn } from "../../../test/support/tickets.ts";
import { evolveTicket } from "./evolve.ts";
import { COMMENTS_KEPT, type TicketEvent } from "./ticket.ts";

const AN = agent("an");

const EVENTS: Readonly<Record<string, TicketEvent>> = {
  claimed: { type: "claimed", by: AN, owner: "an" },
  assigned: { type: "assigned", by: AN, owner: "li", team: "cold" },
  returned: { type: "returned", by: AN, team: "cold" },
  replied_by_agent: { type: "replied_by_agent", by: AN, text: "w" },
  replied_by_customer: { type: "replied_by_customer", by: CLERK, text: "w" },
  noted: { type: "noted", by: AN, text: "w" },
  pause_customer: { type: "paused", by: AN, waiting: "customer" },
  pause_external: { type: "paused", by: AN, waiting: "external" },
  resumed: { type: "resumed", by: AN },
  escalated: { type: "escalated", by: AN, level: 1, to: "lin" },
  urged: { type: "urged", by: CLERK, count: 1 },
  resolved: { type: "resolved", by: AN, text: null },
  confirmed: { type: "confirmed", by: CLERK },
  rejected_by_customer: { type: "rejected_by_customer", by: CLERK },
  reopened: { type: "reopened", by: AN },
  closed: { type: "closed", by: AN, reason: "by_agent" },
  cancelled: { type: "cancelled", by: AN },
};

// The status after each event that decideTicket lets happen; = stands for no change, . for what it never lets happen.
const STATUS_AFTER = `
                       new         assigned    in_progress waiting_customer waiting_external resolved    closed      cancelled
  claimed              in_progress in_progress .           .                .                .           .           .
  assigned             assigned    =           assigned    assigned         assigned         .           .           .
  returned             .           new         new         new              new              .           .           .
  replied_by_agent     =           =           =           =                =                =           .           .
  replied_by_customer  =           =           =           in_progress      =                =           .           .
  noted                =           =           =           =                =                =           =           =
  pause_customer       .           waiting_customer waiting_customer . waiting_customer     .           .           .
  pause_external       .           waiting_external waiting_external waiting_external .     .           .           .
  resumed              .           .           .           in_progress      in_progress      .           .           .
  escalated            =           =           =           =                =                .           .           .
  urged                =           =           =           =                =                .           .           .
  resolved             .           resolved    resolved    resolved         resolved         .           .           .
  confirmed            .           .           .           .                .                =           .           .
  rejected_by_customer .           .           .           .                .                =           .           .
  reopened             .           .           .           .                .                in_progress in_progress in_progress
  closed               closed      closed      closed      closed           closed           closed      .           .
  cancelled            cancelled   cancelled   cancelled   cancelled        cancelled        .           .           .
`;

const [header = [], ...rows] = STATUS_AFTER.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
const CELLS = rows.flatMap(([event = "", ...cells]) =>
  cells.flatMap((cell, column) =>
    cell === "." ? [] : [[event, header[column] ?? "", cell] as const],
  ),
);

describe("the status", () => {
  it("has a row for every event and a column for every status here", () => {
    expect(header).toEqual(STATUSES);
    expect(rows.map(([event]) => event)).toEqual(Object.keys(EVENTS));
    for (const row of rows) expect(row).toHaveLength(9);
  });

  it.each(CELLS)("after %s while %s: %s", (name, status, expected) => {
    const before = ticketIn(status);
    const event = EVENTS[name];
    if (event === undefined) throw new Error(name);
    const after = evolveTicket(before, event, NOON + MINUTE, "t1");
    expect(after.status).toBe(expected === "=" ? status : expected);
    const same = expected === "=" && after.owner === before.owner;
    expect(after.statusVersion).toBe(same ? before.statusVersion : after.version);
    expect(after.version).toBe(before.version + 1);
    expect(after.lastAt).toBe(NOON + MINUTE);
  });
});

it("holds after its creation what it was created with", () => {
  expect(foldTicket(aNewTicket())).toEqual({
    id: "t1",
    number: 7,
    type: "repair",
    intent: "equipment_repair",
    title: { literal: "设备报修" },
    description: { ref: "words-1" },
    priority: "high",
    status: "new",
    statusVersion: 1,
    requester: CLERK,
    requesterName: { ref: "name-clerk" },
    origin: {
      conversation: "k1.1",
      account: "feishu/hq",
      to: { kind: "person", id: "ou_clerk" },
      language: "zh-CN",
    },
    store: STORE,
    fields: [{ name: "symptom", label: "故障", value: { ref: "words-2" } }],
    team: "cold",
    owner: null,
    watchers: [],
    level: 0,
    urges: 0,
    lastUrgedAt: null,
    reopenings: 0,
    comments: [],
    resolution: null,
    closeReason: null,
    createdAt: NOON,
    resolvedAt: null,
    closedAt: null,
    lastAt: NOON,
    version: 2,
  });
});

it("keeps the newest comments only, notes among them, in their order", () => {
  const comments = Array.from(
    { length: COMMENTS_KEPT + 3 },
    (_, i): readonly [number, TicketEvent] => [
      i,
      i % 2 === 0
        ? { type: "noted", by: AN, text: `w${i}` }
        : { type: "replied_by_customer", by: CLERK, text: `w${i}` },
    ],
  );
  const kept = foldTicket([...aNewTicket(), ...comments]).comments;
  expect(kept.map(({ text, at, visible }) => [text, at, visible])).toEqual([
    ["w3", NOON + 3, true],
    ["w4", NOON + 4, false],
    ["w5", NOON + 5, true],
    ["w6", NOON + 6, false],
    ["w7", NOON + 7, true],
  ]);
});

it("notes when it was resolved, closed and urged, and what solved it", () => {
  const claimed: TicketEvent = { type: "claimed", by: AN, owner: "an" };
  const past = [
    ...aNewTicket(),
    claimed,
    [1, { type: "urged", by: CLERK, count: 1 }] as const,
    [2, { type: "resolved", by: AN, text: "how" }] as const,
  ];
  expect(foldTicket(past)).toMatchObject({
    urges: 1,
    lastUrgedAt: NOON + 1,
    resolvedAt: NOON + 2,
    resolution: { ref: "how" },
    closedAt: null,
  });
  const closed = foldTicket([...past, [3, { type: "closed", by: CLERK, reason: "confirmed" }]]);
  expect(closed).toMatchObject({
    closedAt: NOON + 3,
    closeReason: "confirmed",
    resolvedAt: NOON + 2,
  });
});

it("forgets when it is reopened how it was solved and closed", () => {
  const past: TicketEvent[] = [
    ...aNewTicket(),
    { type: "claimed", by: AN, owner: "an" },
    { type: "resolved", by: AN, text: "how" },
  ];
  const again: TicketEvent = { type: "reopened", by: CLERK };
  const forgotten = { resolution: null, resolvedAt: null, closedAt: null, closeReason: null };
  expect(foldTicket([...past, again])).toMatchObject(forgotten);
  expect(
    foldTicket([...past, { type: "closed", by: CLERK, reason: "confirmed" }, again]),
  ).toMatchObject(forgotten);
});

it("refuses a log that does not begin with its creation, and says which", () => {
  expect(() => evolveTicket(null, { type: "queued", team: "cold" }, NOON, "t9")).toThrow(
    'The log of ticket t9 begins with "queued" instead of "created".',
  );
});
