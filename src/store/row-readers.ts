import type { Conversation } from "../core/conversation/conversation.ts";
import type { UpdateToken } from "../core/message.ts";
import { LANGUAGES, type Language } from "../core/text.ts";
import type { Audience } from "../core/ticket/card.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { AttachmentRow } from "../ports/attachment-row.ts";
import type { ConfigRow, LookupRow } from "../ports/batch.ts";
import type { InboxRow, OutboxRow, SurfaceRow } from "../ports/store.ts";
import type { Value } from "./statement.ts";

type Columns = Readonly<Record<string, Value>>;

/*
 * Rows as the ports know them. What was written by this program is believed: the JSON in `state` and the words of the
 * closed sets are cast, not parsed again, because these run for every message.
 */

export function toText(value: Value | undefined): string {
  return String(value ?? "");
}

export function toNumber(value: Value | undefined): number {
  return Number(value ?? 0);
}

function orNull(value: Value | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function toLanguage(value: Value | undefined): Language {
  return LANGUAGES.find((language) => language === value) ?? "zh-CN";
}

export function toConversation(row: Columns): Conversation {
  return JSON.parse(toText(row.state)) as Conversation;
}

export function toTicket(row: Columns): Ticket {
  return JSON.parse(toText(row.state)) as Ticket;
}

export function toConfig(row: Columns): ConfigRow {
  const found = orNull(row.found);
  const config = { hash: toText(row.hash), yaml: toText(row.yaml), at: toNumber(row.at) };
  return found === null ? config : { ...config, found };
}

export function toLookup(row: Columns): LookupRow {
  return {
    account: toText(row.account),
    agent: toText(row.agent),
    contact: toText(row.contact),
    externalId: orNull(row.external_id),
    at: toNumber(row.at),
  };
}

export function toInbox(row: Columns): InboxRow {
  return {
    id: toText(row.id),
    account: toText(row.account),
    feed: toText(row.feed),
    dedupeKey: toText(row.dedupe_key),
    mailbox: toText(row.mailbox),
    kind: toText(row.kind) as InboxRow["kind"],
    receivedAt: toNumber(row.received_at),
    body: orNull(row.body),
    status: toText(row.status) as InboxRow["status"],
    attempts: toNumber(row.attempts),
    dueAt: toNumber(row.due_at),
    outcome: orNull(row.outcome),
  };
}

export function toOutbox(row: Columns): OutboxRow {
  return {
    seq: toNumber(row.seq),
    id: toText(row.id),
    lane: toText(row.lane),
    account: toText(row.account),
    language: toLanguage(row.language),
    payload: toText(row.payload),
    createdAt: toNumber(row.created_at),
    attempts: toNumber(row.attempts),
    dueAt: toNumber(row.due_at),
    leaseUntil: toNumber(row.lease_until),
  };
}

export function toAttachment(row: Columns): AttachmentRow {
  const blob = orNull(row.blob);
  return {
    id: toText(row.id),
    account: toText(row.account),
    messageId: toText(row.message_id),
    conversation: toText(row.conversation),
    key: toText(row.key),
    kind: toText(row.kind) as AttachmentRow["kind"],
    name: orNull(row.name),
    createdAt: toNumber(row.created_at),
    status: toText(row.status) as AttachmentRow["status"],
    reason: orNull(row.reason),
    file:
      blob === null
        ? null
        : {
            blob,
            name: toText(row.name),
            mime: toText(row.mime),
            bytes: toNumber(row.bytes),
            sha256: toText(row.sha256),
          },
    uploads: JSON.parse(toText(row.uploads)) as Record<string, string>,
    attempts: toNumber(row.attempts),
  };
}

export function toSurface(row: Columns): SurfaceRow {
  const due = row.due_at ?? null;
  return {
    id: toText(row.id),
    ticket: toText(row.ticket),
    account: toText(row.account),
    to: { kind: row.to_kind === "chat" ? "chat" : "person", id: toText(row.to_id) },
    audience: toText(row.audience) as Audience,
    language: toLanguage(row.language),
    wanted: toNumber(row.wanted),
    shown: toNumber(row.shown),
    remoteId: orNull(row.remote_id),
    updateTokens: JSON.parse(toText(row.update_tokens)) as UpdateToken[],
    edition: toNumber(row.edition),
    status: row.status === "dead" ? "dead" : "live",
    attempts: toNumber(row.attempts),
    dueAt: due === null ? null : toNumber(due),
    leaseUntil: toNumber(row.lease_until),
  };
}
