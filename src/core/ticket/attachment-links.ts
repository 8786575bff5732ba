import { attachmentUrl } from "../attachment.ts";
import type { Block, Control } from "../card.ts";
import { type Text, t } from "../text.ts";
import type { Audience } from "./card.ts";
import type { Ticket, TicketAttachment } from "./ticket.ts";

const SHOWN = 3;

/** The newest picture of a ticket that this audience may see, as a block of its card. */
export function newestPicture(ticket: Ticket, audience: Audience): readonly Block<Text>[] {
  const seen = seenBy(ticket, audience);
  const at = seen.findLastIndex(({ kind }) => kind === "image");
  const picture = seen[at];
  if (picture === undefined) return [];
  const alt = t("card.attachment", { n: at + 1, name: picture.name });
  return [{ type: "image", attachment: picture.id, alt }];
}

function seenBy({ attachments = [] }: Ticket, audience: Audience): readonly TicketAttachment[] {
  return attachments.filter(({ visible }) => visible || audience !== "requester");
}

/** Links to the newest pictures and files of a ticket, as far as this audience may see them. */
export function attachmentLinks(ticket: Ticket, audience: Audience): readonly Control<Text>[] {
  const seen = seenBy(ticket, audience);
  const first = Math.max(0, seen.length - SHOWN);
  return seen.slice(first).map(({ id, name }, index) => ({
    type: "link",
    label: t("card.attachment", { n: first + index + 1, name }),
    url: attachmentUrl(id),
  }));
}
