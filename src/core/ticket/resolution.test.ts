import { describe, expect, it } from "vitest";
import { aNewTicket, foldTicket, givenTicket } from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { LI } from "../../../test/support/ticket-news.ts";
import type { Policy } from "../config/policy.ts";
import { ticketCard } from "./card.ts";
import type { TicketEvent } from "./ticket.ts";

const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
const working = [...aNewTicket(), claimed];

function demanding(): Policy {
  const teams = [...aPolicy().teams].map(
    ([id, team]) => [id, { ...team, resolution: "required" as const }] as const,
  );
  return aPolicy({ teams: new Map(teams) });
}

describe("a team that wants to know how a ticket was solved", () => {
  it("has none resolved without words", () => {
    givenTicket(working, demanding())
      .when({ verb: "resolve", by: LI, text: null })
      .gives({ resolution_required: {} });
    givenTicket(working, demanding())
      .when({ verb: "resolve", by: LI, text: "w" })
      .gives([{ type: "resolved", by: LI, text: "w" }]);
  });

  it("has no button for it on the card, but the form, before all others", () => {
    const { controls } = ticketCard(foldTicket(working), "member", demanding(), "li");
    const buttons = controls.flatMap((one) => (one.type === "button" ? [one.action] : []));
    expect(buttons.filter((action) => action.startsWith("resolve|"))).toEqual([]);
    const [first] = controls.flatMap((one) => (one.type === "form" ? [one] : []));
    expect(first).toMatchObject({
      name: "resolve_with",
      fields: [{ type: "text", name: "text", required: true, multiline: true }],
      submit: { style: "primary", action: "resolve_with|3|ticket:t1" },
    });
  });
});

describe("the reason for a wait", () => {
  const waiting: TicketEvent = { type: "paused", by: LI, waiting: "customer", text: "w" };

  it("is kept as long as the ticket waits, and goes with the wait", () => {
    givenTicket(working)
      .when({ verb: "pause", by: LI, waiting: "customer", text: "w" })
      .gives([waiting]);
    const paused = foldTicket([...working, waiting]);
    expect(paused.waitingFor).toEqual({ ref: "w" });
    for (const end of [
      { type: "resumed", by: LI },
      { type: "resolved", by: LI, text: null },
      { type: "replied_by_customer", by: paused.requester, text: "c" },
      { type: "cancelled", by: LI },
    ] as const)
      expect("waitingFor" in foldTicket([...working, waiting, end])).toBe(false);
    const again = foldTicket([
      ...working,
      waiting,
      { type: "paused", by: LI, waiting: "external" },
    ]);
    expect("waitingFor" in again).toBe(false);
  });

  it("is the requester's business only where it is for them that we wait", () => {
    const shown = (event: TicketEvent, audience: "team" | "requester") =>
      JSON.stringify(ticketCard(foldTicket([...working, event]), audience, aPolicy()).blocks);
    const others: TicketEvent = { ...waiting, waiting: "external" };
    expect(shown(waiting, "requester")).toContain("card.waiting_for");
    expect(shown(others, "requester")).not.toContain("card.waiting_for");
    expect(shown(others, "team")).toContain("card.waiting_for");
  });
});
