import { attachmentIn } from "../core/attachment.ts";
import type { Card, Shown } from "../core/card.ts";
import type { Text } from "../core/text.ts";
import type { AttachmentRow } from "../ports/attachment-row.ts";
import type { Channel } from "../ports/channel.ts";
import { attachmentLink } from "./attachment-link.ts";
import { fileOf } from "./deliver-attachment.ts";
import type { Hub } from "./hub.ts";
import { reasonOf } from "./step-error.ts";

type Picture = ReturnType<Shown["image"]>;

/**
 * How a card's pictures are shown on one account: by an address, and by the account's name for them where it wants one.
 * In a `hurry` none is uploaded: somebody waits for the card.
 */
export async function picturesOf(
  hub: Hub,
  account: string,
  { blocks }: Card<Text>,
  hurry: boolean,
): Promise<Shown["image"]> {
  const pictures = new Map<string, Picture>();
  for (const block of blocks) {
    if (block.type !== "image") continue;
    const row = await hub.store.attachment(block.attachment);
    if (row?.status === "stored") pictures.set(row.id, await pictureOf(hub, account, row, hurry));
  }
  return (attachment) => pictures.get(attachment) ?? {};
}

async function pictureOf(
  hub: Hub,
  account: string,
  row: AttachmentRow,
  hurry: boolean,
): Promise<Picture> {
  const url = await attachmentLink(hub, row.id);
  const channel = hub.setup().accounts.get(account)?.channel;
  if (channel?.can.card.images !== "key") return { url };
  const known = row.uploads[account] ?? null;
  const key = known ?? (hurry ? null : await upload(hub, account, channel, row));
  return key === null ? { url } : { url, key };
}

/** A card is worth more than its picture: one that cannot be uploaded now is shown as a link. */
async function upload(
  hub: Hub,
  account: string,
  channel: Channel,
  row: AttachmentRow,
): Promise<string | null> {
  try {
    const file = await fileOf(hub, row, () => "");
    const uploaded = file === null ? undefined : await channel.uploadPicture?.(file);
    if (uploaded?.type !== "uploaded") return null;
    const { key } = uploaded;
    const change = { type: "attachment-uploaded", id: row.id, account, key } as const;
    await hub.store.commit({ cause: null, streams: [], rows: [change], guards: [] });
    return key;
  } catch (error) {
    hub.log.warn("A picture was not uploaded for a card.", {
      attachment: row.id,
      account,
      error: reasonOf(error),
    });
    return null;
  }
}

/** Put signed addresses in the place of the attachments that a card's links name. */
export async function withLinks<T>(hub: Hub, card: Card<T>): Promise<Card<T>> {
  const controls = await Promise.all(
    card.controls.map(async (control) => {
      const id = control.type === "link" ? attachmentIn(control.url) : null;
      if (control.type !== "link" || id === null) return control;
      return { ...control, url: await attachmentLink(hub, id) };
    }),
  );
  return { ...card, controls };
}
