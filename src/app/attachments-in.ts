import { type Actor, actorName } from "../core/actor.ts";
import { ATTACHMENT_KINDS, type Attachment, KIND_WORDS } from "../core/attachment.ts";
import { deriveId } from "../core/id.ts";
import type { InboundMessage } from "../core/message.ts";
import { t } from "../core/text.ts";
import type { Row } from "../ports/batch.ts";
import type { InboxRow } from "../ports/store.ts";
import type { Setup } from "./hub.ts";

/**
 * What came with a message and shall be fetched, and the rows that say so. Nothing where this hub keeps no attachments.
 */
export function attachmentsIn(
  setup: Setup,
  source: {
    readonly row: InboxRow;
    readonly message: InboundMessage;
    /** Stream of the conversation. */
    readonly conversation: string;
    readonly actor: Actor;
  },
): { readonly attached: readonly Attachment[]; readonly rows: readonly Row[] } {
  if (setup.attachments === undefined) return { attached: [], rows: [] };
  const { row, message, conversation, actor } = source;
  const attached: Attachment[] = [];
  const rows: Row[] = [];
  for (const part of message.parts) {
    const kind = ATTACHMENT_KINDS.find((known) => known === part.type);
    if (!("key" in part) || kind === undefined) continue;
    const id = deriveId(row.id, "attachment", attached.length);
    const { key, name } = part;
    const { account, receivedAt: at } = row;
    const { messageId } = message;
    attached.push({
      id,
      kind,
      name: name === null ? t(KIND_WORDS[kind]) : { ref: nameRef(id) },
    });
    if (name !== null)
      rows.push({ type: "text", id: nameRef(id), subject: actorName(actor), body: name, at });
    rows.push({
      type: "attachment",
      row: { id, account, messageId, conversation, key, kind, name, createdAt: at },
    });
  }
  return { attached, rows };
}

/** The row of `texts` that holds the name of an attachment. */
export function nameRef(attachment: string): string {
  return deriveId(attachment, "name");
}
