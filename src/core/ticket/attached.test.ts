import { describe, expect, it } from "vitest";
import { agent, aNewTicket, CLERK, foldTicket, givenTicket } from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { ATTACHMENTS_KEPT, type Attachment, attachmentIn, attachmentUrl } from "../attachment.ts";
import type { Effect } from "../effect.ts";
import { literal } from "../text.ts";
import { ticketCard } from "./card.ts";
import { ticketEffects } from "./effects.ts";
import type { TicketEvent } from "./ticket.ts";

const picture = (id = "p1"): Attachment => ({ id, kind: "image", name: literal(`${id}.png`) });
const file: Attachment = { id: "f1", kind: "file", name: literal("f1.pdf") };
const LI = agent("li");

const attached = (by: typeof CLERK, visible = true, ...attachments: Attachment[]): TicketEvent => ({
  type: "attached",
  by,
  attachments: attachments.length === 0 ? [picture()] : attachments,
  visible,
});

const sent = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => {
    if (effect.type !== "message") return [];
    const { content, to } = effect;
    return content.type === "attachment" ? [`${to.id}: ${content.attachment}`] : [];
  });

describe("what comes with a comment", () => {
  it("is attached after its words, and without words alone", () => {
    const given = givenTicket(aNewTicket());
    const attachments = [picture()];
    given.when({ verb: "comment", by: CLERK, text: "w", attachments }).gives([
      { type: "replied_by_customer", by: CLERK, text: "w" },
      { type: "attached", by: CLERK, attachments, visible: true },
    ]);
    given
      .when({ verb: "comment", by: CLERK, text: null, attachments })
      .gives([{ type: "attached", by: CLERK, attachments, visible: true }]);
    given.when({ verb: "comment", by: CLERK, text: null, attachments: [] }).gives("empty_text");
  });

  it("with a note is for colleagues only", () => {
    const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
    const attachments = [file];
    givenTicket([...aNewTicket(), claimed])
      .when({ verb: "note", by: LI, text: null, attachments })
      .gives([{ type: "attached", by: LI, attachments, visible: false }]);
  });

  it("is what a requester was waited for", () => {
    const ticket = foldTicket([
      ...aNewTicket(),
      { type: "claimed", by: LI, owner: "li" },
      { type: "paused", by: LI, waiting: "customer" },
      attached(CLERK),
    ]);
    expect(ticket.status).toBe("in_progress");
  });
});

describe("a ticket", () => {
  it("keeps the newest, and none that was taken back", () => {
    const many = Array.from({ length: ATTACHMENTS_KEPT + 2 }, (_, n) => picture(`p${n}`));
    const ticket = foldTicket([...aNewTicket(), attached(CLERK, true, ...many)]);
    expect(ticket.attachments).toHaveLength(ATTACHMENTS_KEPT);
    expect(ticket.attachments?.[0]?.id).toBe("p2");
    const gone = many.map(({ id }) => id);
    const recalled: TicketEvent = { type: "recalled", text: null, attachments: gone };
    const bare = foldTicket([...aNewTicket(), attached(CLERK, true, ...many), recalled]);
    expect(bare).not.toHaveProperty("attachments");
  });

  it("without any is as it ever was", () => {
    expect(foldTicket(aNewTicket())).not.toHaveProperty("attachments");
  });

  it("passes the requester's on to its team's chats, an agent's to the requester, a note's to nobody", () => {
    const policy = aPolicy();
    const passedOn = (event: TicketEvent) =>
      sent(ticketEffects([event], foldTicket([...aNewTicket(), event]), policy));
    const rooms = policy.teams.get("cold")?.chats.flatMap(({ chat }) => chat ?? []) ?? [];
    expect(rooms.length).toBeGreaterThan(0);
    expect(passedOn(attached(CLERK))).toEqual(
      expect.arrayContaining(rooms.map((id) => `${id}: p1`)),
    );
    expect(passedOn(attached(CLERK)).some((line) => line.startsWith("ou_clerk"))).toBe(false);
    expect(passedOn(attached(LI))).toEqual(["ou_clerk: p1"]);
    expect(passedOn(attached(LI, false))).toEqual([]);
  });

  it("shows the newest picture and links to the newest three, to each audience what it may see", () => {
    const ticket = foldTicket([
      ...aNewTicket(),
      attached(CLERK, true, picture("p1"), picture("p2"), picture("p3"), file),
      attached(LI, false, picture("internal")),
    ]);
    const shown = (audience: "team" | "requester") => {
      const { blocks, controls } = ticketCard(ticket, audience, aPolicy());
      return {
        pictures: blocks.flatMap((block) => (block.type === "image" ? [block.attachment] : [])),
        links: controls.flatMap((control) =>
          control.type === "link" ? [attachmentIn(control.url)] : [],
        ),
      };
    };
    expect(shown("team")).toEqual({ pictures: ["internal"], links: ["p3", "f1", "internal"] });
    expect(shown("requester")).toEqual({ pictures: ["p3"], links: ["p2", "p3", "f1"] });
  });
});

it("only an address of ours names an attachment", () => {
  expect(attachmentIn(attachmentUrl("abc123"))).toBe("abc123");
  for (const url of ["https://x/attachment:abc", "attachment:", "attachment:A b", "attachment:x/y"])
    expect(attachmentIn(url)).toBeNull();
});
