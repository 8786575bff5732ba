import type { AttachmentContent } from "../core/effect.ts";
import type { Outbound, OutboundFile } from "../core/message.ts";
import { type Say, t } from "../core/text.ts";
import type { AttachmentRow } from "../ports/attachment-row.ts";
import type { Channel, Delivery } from "../ports/channel.ts";
import { attachmentLink } from "./attachment-link.ts";
import type { Hub } from "./hub.ts";

type Sending = {
  readonly message: Omit<Outbound<string>, "content">;
  readonly content: AttachmentContent;
  readonly say: Say;
};

/**
 * Pass a picture or file on: its bytes where the channel takes files, else a link to it. One that will never come is
 * told as that; one that may still come is waited for.
 */
export async function deliverAttachment(
  hub: Hub,
  channel: Channel,
  { message, content, say }: Sending,
): Promise<Delivery | { readonly type: "waiting" }> {
  const row = await hub.store.attachment(content.attachment);
  if (row?.status === "pending") return { type: "waiting" };
  const tell = (text: string): Promise<Delivery> =>
    channel.send({ ...message, content: { type: "text", text } });
  const file = row === null ? null : await fileOf(hub, row, say);
  if (file === null) return tell(whyMissing(row, content, say));
  return channel.sendFile === undefined ? tell(file.instead) : channel.sendFile(message, file);
}

/** A stored attachment with its bytes; null when it is not there. */
export async function fileOf(hub: Hub, row: AttachmentRow, say: Say): Promise<OutboundFile | null> {
  const kept = hub.setup().attachments;
  if (kept === undefined || row.file === null) return null;
  const bytes = await kept.blobs.get(row.file.blob);
  if (bytes === null) return null;
  const { name, mime } = row.file;
  const url = await attachmentLink(hub, row.id);
  const instead = say(t("attachment.instead", { name, url }));
  return { kind: row.kind, name, mime, bytes, instead };
}

function whyMissing(row: AttachmentRow | null, { name }: AttachmentContent, say: Say): string {
  if (row?.reason === "recalled") return say(t("recalled"));
  return say(t(row?.status === "refused" ? "attachment.refused" : "attachment.missing", { name }));
}
