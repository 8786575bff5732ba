import { describe, expect, it } from "vitest";
import {
  agent,
  aNewTicket,
  CLERK,
  foldTicket,
  givenTicket,
  keyOf,
  messagesOf,
} from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { effectsOf, LI } from "../../../test/support/ticket-news.ts";
import { copyCard } from "./card.ts";
import type { TicketEvent } from "./ticket.ts";

const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
const working = [...aNewTicket(), claimed];
const moved: TicketEvent = { type: "transferred", by: LI, team: "repair" };

describe("transfer to a team", () => {
  it("puts the ticket into the other team's queue, where nobody owns it", () => {
    givenTicket(working).when({ verb: "transfer", by: LI, team: "repair" }).gives([moved]);
    expect(foldTicket([...working, moved])).toMatchObject({
      team: "repair",
      owner: null,
      status: "new",
    });
  });

  it("refuses a team that there is not, and the one that has it", () => {
    for (const team of ["gone", "", "__proto__", "constructor"])
      givenTicket(working).when({ verb: "transfer", by: LI, team }).gives({ unknown_team: {} });
    givenTicket(working)
      .when({ verb: "transfer", by: LI, team: "cold" })
      .gives({ already_there: { team: "冷链组" } });
  });

  it("is decided by the card that was seen: of two, the second is told that it is out of date", () => {
    const seen = foldTicket(working).version;
    givenTicket([...working, moved])
      .when({ verb: "transfer", by: agent("an"), team: "cold", seen })
      .gives("stale");
  });

  it("is news even while nobody has it: a claim of the old card is late, and watchers hear of it", () => {
    const queued = [...aNewTicket(), { type: "watched", by: LI, watcher: "li" } as const];
    expect(foldTicket([...queued, moved])).toMatchObject({ status: "new", statusVersion: 4 });
    givenTicket([...queued, moved])
      .when({ verb: "claim", by: agent("an"), seen: 2 })
      .gives("stale");
    const away: TicketEvent = { ...moved, by: agent("an") };
    expect(messagesOf(effectsOf(queued, [away])).map(keyOf)).toContain("tell.watched");
  });

  it("takes the rights of the old team's people, and gives them to the new one's", () => {
    const past = [...working, moved];
    givenTicket(past).when({ verb: "resolve", by: LI, text: null }).gives("not_allowed");
    givenTicket(past).when({ verb: "claim", by: LI }).gives("not_allowed");
    const chen = agent("chen");
    givenTicket(past)
      .when({ verb: "claim", by: chen })
      .gives([{ type: "claimed", by: chen, owner: "chen" }]);
  });

  it("puts up the card for the new team alone", () => {
    const surfaces = effectsOf(working, [moved]).flatMap((effect) =>
      effect.type === "surface" ? [`${effect.account} ${effect.to.id} ${effect.audience}`] : [],
    );
    expect(surfaces).toEqual(["wecom/vendors w_chen team", "wecom/vendors w_zhao member"]);
  });

  it("tells the new team's chats in words, or its lead where it has none, and not the requester", () => {
    const told = (past: readonly TicketEvent[], event: TicketEvent) =>
      messagesOf(effectsOf(past, [event])).map((one) => `${one.to.id}: ${keyOf(one)}`);
    expect(told(working, moved)).toEqual(["w_zhao: tell.transferred"]);
    const back: TicketEvent = { type: "transferred", by: agent("zhao"), team: "cold" };
    expect(told([...working, moved], back)).toEqual([
      "oc_cold: tell.transferred",
      "cid_cold: tell.transferred",
    ]);
  });
});

describe("a copy of the card", () => {
  const chat = {
    account: "feishu/hq",
    to: { kind: "chat", id: "oc_cold" },
    audience: "team",
  } as const;
  const own = (id: string) =>
    ({ account: "feishu/hq", to: { kind: "person", id }, audience: "member" }) as const;
  const ticket = foldTicket([...working, moved]);

  it("of a team that no longer has the ticket says who has it, and nothing more", () => {
    for (const copy of [chat, own("ou_li"), own("ou_wang"), own("ou_lin")])
      expect(copyCard(ticket, copy, aPolicy())).toEqual({
        tone: "neutral",
        title: { key: "card.ticket.title", params: { number: 7, title: { literal: "设备报修" } } },
        subtitle: null,
        blocks: [{ type: "note", text: { key: "card.moved", params: { team: "维修商" } } }],
        controls: [],
      });
  });

  it("of somebody who oversees everything, or watches it, stays as it is", () => {
    const watched = foldTicket([...working, { type: "watched", by: LI, watcher: "li" }, moved]);
    expect(copyCard(ticket, own("ou_su"), aPolicy()).controls).not.toEqual([]);
    expect(copyCard(watched, own("ou_li"), aPolicy()).controls).not.toEqual([]);
    expect(copyCard(watched, own("ou_wang"), aPolicy()).controls).toEqual([]);
  });

  it("lives again when the ticket comes back", () => {
    const back = foldTicket([
      ...working,
      moved,
      { type: "transferred", by: agent("zhao"), team: "cold" },
    ]);
    expect(copyCard(back, chat, aPolicy()).controls).not.toEqual([]);
  });

  it("of somebody who is no agent any more carries nothing to press", () => {
    expect(copyCard(foldTicket(working), own("ou_left"), aPolicy()).controls).toEqual([]);
  });

  it("is the requester's wherever the ticket goes", () => {
    const copy = { ...own("ou_clerk"), audience: "requester" } as const;
    expect(copyCard(ticket, copy, aPolicy()).subtitle).toEqual({ key: "status.new" });
    const asked = foldTicket([...aNewTicket({ requester: CLERK }), moved]);
    expect(copyCard(asked, copy, aPolicy()).controls).not.toEqual([]);
  });

  it("stays with a chat that two teams share", () => {
    const policy = aPolicy();
    const [cold, repair] = [...policy.teams.values()];
    if (cold === undefined || repair === undefined) throw new Error("The policy has two teams.");
    const shared = aPolicy({
      teams: new Map([
        ["cold", cold],
        ["repair", { ...repair, chats: cold.chats }],
      ]),
    });
    expect(copyCard(ticket, chat, shared).controls).not.toEqual([]);
  });
});
