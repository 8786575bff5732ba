import type { Text } from "./text.ts";

/** What can come with words and is fetched from its vendor. */
export const ATTACHMENT_KINDS = ["image", "file", "audio", "video"] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

/** The word for one without a name, as a key of the catalogs. */
export const KIND_WORDS = {
  image: "attachment.image",
  file: "attachment.file",
  audio: "attachment.audio",
  video: "attachment.video",
  sticker: "attachment.sticker",
} as const;

/** A picture or file that somebody sent. `id` is its row of `attachments`; the bytes come later, and perhaps never. */
export type Attachment = {
  readonly id: string;
  readonly kind: AttachmentKind;
  /** Its file name as it was given, or a word for its kind. */
  readonly name: Text;
};

/** So many of the newest are kept in the state of a conversation or ticket; all of them are in the log. */
export const ATTACHMENTS_KEPT = 20;

/** The newest of these and of those. Absent while there are none, so that a state without any is as it ever was. */
export function withAttachments(
  before: readonly Attachment[] | undefined,
  more: readonly Attachment[] | undefined,
): { readonly attachments?: readonly Attachment[] } {
  const all = [...(before ?? []), ...(more ?? [])];
  return all.length === 0 ? {} : { attachments: all.slice(-ATTACHMENTS_KEPT) };
}

/** How a card names an attachment where a link to it shall stand; the shell puts a signed address in its place. */
export function attachmentUrl(id: string): string {
  return `attachment:${id}`;
}

/** The attachment that such an address names; null for any other address. */
export function attachmentIn(url: string): string | null {
  return /^attachment:([0-9a-z]{1,64})$/.exec(url)?.[1] ?? null;
}
