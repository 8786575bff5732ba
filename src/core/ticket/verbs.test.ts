import { describe, expect, it } from "vitest";
import {
  agent,
  aNewTicket,
  CLERK,
  foldTicket,
  givenTicket,
  NOON,
} from "../../../test/support/given.ts";
import { aPolicy, DAY, MINUTE } from "../../../test/support/policy.ts";
import type { TicketEvent } from "./ticket.ts";

const LI = agent("li");
const WANG = agent("wang");
const LIN = agent("lin");
const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
const working = [...aNewTicket(), claimed];

describe("claim", () => {
  it("makes the first of two the owner and tells the second who it is", () => {
    givenTicket(aNewTicket()).when({ verb: "claim", by: LI, seen: 2 }).gives([claimed]);
    givenTicket(working)
      .when({ verb: "claim", by: WANG, seen: 2 })
      .gives({ already_claimed: { owner: "小李" } });
  });

  it("tells somebody who claims twice that it is theirs", () => {
    givenTicket(working).when({ verb: "claim", by: LI, seen: 2 }).gives({ already_yours: {} });
  });

  it("takes up what one was assigned, and leaves it alone for others, even the lead", () => {
    const assigned = [
      ...aNewTicket(),
      { type: "assigned", by: LIN, owner: "li", team: "cold" } as const,
    ];
    givenTicket(assigned).when({ verb: "claim", by: LI }).gives([claimed]);
    givenTicket(assigned)
      .when({ verb: "claim", by: WANG })
      .gives({ already_claimed: { owner: "小李" } });
    givenTicket(assigned)
      .when({ verb: "claim", by: LIN })
      .gives({ already_claimed: { owner: "小李" } });
  });

  it("is open to everybody in the team again once it was returned", () => {
    const returned = [...working, { type: "returned", by: LI, team: "cold" } as const];
    givenTicket(returned)
      .when({ verb: "claim", by: WANG })
      .gives([{ type: "claimed", by: WANG, owner: "wang" }]);
  });

  it("names an owner who was removed from the configuration by id", () => {
    const orphan = [
      ...aNewTicket(),
      { type: "claimed", by: agent("gone"), owner: "gone" } as const,
    ];
    givenTicket(orphan)
      .when({ verb: "claim", by: LI })
      .gives({ already_claimed: { owner: "gone" } });
  });
});

describe("assign", () => {
  it("leaves the ticket with its team when the new owner is in it", () => {
    givenTicket(working)
      .when({ verb: "assign", by: LI, to: "wang" })
      .gives([{ type: "assigned", by: LI, owner: "wang", team: "cold" }]);
    givenTicket(working)
      .when({ verb: "assign", by: LI, to: "lin" })
      .gives([{ type: "assigned", by: LI, owner: "lin", team: "cold" }]);
  });

  it("moves it to the new owner's team otherwise", () => {
    givenTicket(working)
      .when({ verb: "assign", by: LI, to: "chen" })
      .gives([{ type: "assigned", by: LI, owner: "chen", team: "repair" }]);
  });

  it("counts a lead as one of the team", () => {
    givenTicket([...aNewTicket({}, "repair"), claimed])
      .when({ verb: "assign", by: LI, to: "lin" })
      .gives([{ type: "assigned", by: LI, owner: "lin", team: "cold" }]);
  });

  it("does not move it to another team of somebody who is in its own", () => {
    const cold = aPolicy().teams.get("cold");
    if (cold === undefined) throw new Error("The policy has a team cold.");
    const both = aPolicy({
      teams: new Map([
        ["other", { ...cold, id: "other" }],
        ["cold", cold],
      ]),
    });
    givenTicket(working, both)
      .when({ verb: "assign", by: LI, to: "wang" })
      .gives([{ type: "assigned", by: LI, owner: "wang", team: "cold" }]);
  });

  it("leaves it with its team when the new owner is in none", () => {
    givenTicket(working)
      .when({ verb: "assign", by: LI, to: "su" })
      .gives([{ type: "assigned", by: LI, owner: "su", team: "cold" }]);
  });

  it("refuses whoever is not an agent, and the one who has it", () => {
    for (const to of ["nobody", "", "constructor", "__proto__"]) {
      givenTicket(working)
        .when({ verb: "assign", by: LI, to })
        .gives({ unknown_agent: { agent: to } });
    }
    givenTicket(working)
      .when({ verb: "assign", by: LIN, to: "li" })
      .gives({ already_claimed: { owner: "小李" } });
  });

  it("makes it the new owner's only: the old one has no more rights than a colleague", () => {
    const moved = [...working, { type: "assigned", by: LI, owner: "wang", team: "cold" } as const];
    givenTicket(moved).when({ verb: "resolve", by: LI, text: null }).gives("not_allowed");
    givenTicket(moved)
      .when({ verb: "resolve", by: WANG, text: null })
      .gives([{ type: "resolved", by: WANG, text: null }]);
  });
});

describe("urge", () => {
  const urged = [...working, [0, { type: "urged", by: CLERK, count: 1 }] as const];

  it("counts", () => {
    givenTicket(working)
      .when({ verb: "urge", by: CLERK })
      .gives([{ type: "urged", by: CLERK, count: 1 }]);
    givenTicket(urged)
      .when({ verb: "urge", by: CLERK, at: NOON + 10 * MINUTE })
      .gives([{ type: "urged", by: CLERK, count: 2 }]);
  });

  it.each([
    [0, 10],
    [1, 10],
    [MINUTE, 9],
    [9 * MINUTE - 1, 2],
    [9 * MINUTE, 1],
    [10 * MINUTE - 1, 1],
  ])("%i ms after the last one must wait %i more minutes", (after, minutes) => {
    givenTicket(urged)
      .when({ verb: "urge", by: CLERK, at: NOON + after })
      .gives({ too_soon: { minutes } });
  });

  it("cools down whoever did it", () => {
    givenTicket(urged)
      .when({ verb: "urge", by: LIN, at: NOON + MINUTE })
      .gives({ too_soon: { minutes: 9 } });
  });
});

describe("reopen", () => {
  const closed = [...working, [0, { type: "closed", by: LIN, reason: "by_agent" }] as const];
  const cancelled = [...working, [0, { type: "cancelled", by: CLERK }] as const];

  it.each([
    ["closed", closed],
    ["cancelled", cancelled],
  ] as const)("is possible up to the end of the window after it was %s", (_how, past) => {
    const reopened = [{ type: "reopened", by: CLERK }] as const;
    givenTicket(past)
      .when({ verb: "reopen", by: CLERK, at: NOON + 7 * DAY })
      .gives(reopened);
    givenTicket(past)
      .when({ verb: "reopen", by: CLERK, at: NOON + 7 * DAY + 1 })
      .gives({ too_late: {} });
    givenTicket(past)
      .when({ verb: "reopen", by: LIN, at: NOON + 7 * DAY + 1 })
      .gives("too_late");
  });

  it("goes back to the old owner, or to the queue if nobody had it", () => {
    const back = foldTicket([...closed, { type: "reopened", by: CLERK }]);
    expect(back).toMatchObject({
      status: "in_progress",
      owner: "li",
      reopenings: 1,
      closedAt: null,
      closeReason: null,
    });
    const unowned = foldTicket([
      ...aNewTicket(),
      { type: "cancelled", by: CLERK },
      { type: "reopened", by: CLERK },
    ]);
    expect(unowned).toMatchObject({ status: "new", owner: null });
  });

  it("has no end while the ticket waits to be confirmed", () => {
    const resolved = [...working, { type: "resolved", by: LI, text: null } as const];
    givenTicket(resolved)
      .when({ verb: "reopen", by: LI, at: NOON + 30 * DAY })
      .gives([{ type: "reopened", by: LI }]);
  });
});
