import { describe, expect, it } from "vitest";
import { agent, aNewTicket, CLERK, foldTicket, givenTicket } from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { isRefusal } from "../refusal.ts";
import type { TicketEvent } from "./ticket.ts";

const LI = agent("li");
const WANG = agent("wang");
const LIN = agent("lin");
const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
const working = [...aNewTicket(), claimed];

describe("comment", () => {
  it("is the requester's or an agent's, by who writes it", () => {
    givenTicket(working)
      .when({ verb: "comment", by: CLERK, text: "w" })
      .gives([{ type: "replied_by_customer", by: CLERK, text: "w" }]);
    givenTicket(working)
      .when({ verb: "comment", by: WANG, text: "w" })
      .gives([{ type: "replied_by_agent", by: WANG, text: "w" }]);
  });

  it("is the requester's when an agent asked, even if they own it too", () => {
    const own = [...aNewTicket({ requester: LI }), claimed];
    givenTicket(own)
      .when({ verb: "comment", by: LI, text: "w" })
      .gives([{ type: "replied_by_customer", by: LI, text: "w" }]);
    givenTicket(own)
      .when({ verb: "comment", by: WANG, text: "w" })
      .gives([{ type: "replied_by_agent", by: WANG, text: "w" }]);
  });

  it("needs words, and so does a note; a resolution does not", () => {
    givenTicket(working).when({ verb: "comment", by: CLERK, text: null }).gives({ empty_text: {} });
    givenTicket(working).when({ verb: "note", by: LI, text: null }).gives({ empty_text: {} });
    givenTicket(working)
      .when({ verb: "resolve", by: LI, text: null })
      .gives([{ type: "resolved", by: LI, text: null }]);
  });
});

describe("pause", () => {
  const waiting = [...working, { type: "paused", by: LI, waiting: "customer" } as const];

  it("waits for the customer or for somebody else, and changes from one to the other", () => {
    givenTicket(working)
      .when({ verb: "pause", by: LI, waiting: "external" })
      .gives([{ type: "paused", by: LI, waiting: "external" }]);
    givenTicket(waiting)
      .when({ verb: "pause", by: LI, waiting: "external" })
      .gives([{ type: "paused", by: LI, waiting: "external" }]);
    givenTicket(waiting)
      .when({ verb: "pause", by: LI, waiting: "customer" })
      .gives({ already_done: {} });
  });

  it("ends with resume, or with the requester's reply if it was for the requester", () => {
    givenTicket(waiting)
      .when({ verb: "resume", by: LI })
      .gives([{ type: "resumed", by: LI }]);
    const replied: TicketEvent = { type: "replied_by_customer", by: CLERK, text: "w" };
    expect(foldTicket([...waiting, replied]).status).toBe("in_progress");
    const external = [...working, { type: "paused", by: LI, waiting: "external" } as const];
    expect(foldTicket([...external, replied]).status).toBe("waiting_external");
    expect(foldTicket([...waiting, { type: "replied_by_agent", by: LI, text: "w" }]).status).toBe(
      "waiting_customer",
    );
  });
});

describe("escalate", () => {
  it("goes to the lead, who from then on watches it, once", () => {
    const first: TicketEvent = { type: "escalated", by: CLERK, level: 1, to: "lin" };
    givenTicket(working).when({ verb: "escalate", by: CLERK }).gives([first]);
    const second: TicketEvent = { ...first, level: 2 };
    givenTicket([...working, first])
      .when({ verb: "escalate", by: CLERK })
      .gives([second]);
    expect(foldTicket([...working, first, second])).toMatchObject({
      level: 2,
      watchers: ["lin"],
      owner: "li",
    });
  });

  it("is counted even in a team without a lead", () => {
    const cold = aPolicy().teams.get("cold");
    if (cold === undefined) throw new Error("The policy has a team cold.");
    const headless = aPolicy({ teams: new Map([["cold", { ...cold, lead: null }]]) });
    givenTicket(working, headless)
      .when({ verb: "escalate", by: LI })
      .gives([{ type: "escalated", by: LI, level: 1, to: null }]);
  });
});

describe("confirm and reject", () => {
  const resolved = [...working, { type: "resolved", by: LI, text: null } as const];

  it("are the requester's alone", () => {
    for (const by of [LI, LIN, agent("su"), agent("an"), { kind: "system" } as const]) {
      expect(isRefusal(givenTicket(resolved).when({ verb: "confirm", by }).verdict)).toBe(true);
      expect(isRefusal(givenTicket(resolved).when({ verb: "reject", by }).verdict)).toBe(true);
    }
  });

  it("close the ticket as confirmed, or give it back to the same owner", () => {
    const yes = givenTicket(resolved).when({ verb: "confirm", by: CLERK });
    yes.gives([
      { type: "confirmed", by: CLERK },
      { type: "closed", by: CLERK, reason: "confirmed" },
    ]);
    const no = givenTicket(resolved).when({ verb: "reject", by: CLERK });
    no.gives([
      { type: "rejected_by_customer", by: CLERK },
      { type: "reopened", by: CLERK },
    ]);
    expect(
      foldTicket([
        ...resolved,
        { type: "rejected_by_customer", by: CLERK },
        { type: "reopened", by: CLERK },
      ]).owner,
    ).toBe("li");
  });
});
