import type { AttachmentChange } from "../ports/attachment-row.ts";
import { guard, type Statement } from "./statement.ts";

type Of<T extends AttachmentChange["type"]> = Extract<AttachmentChange, { type: T }>;

const INSERT =
  "insert into attachments (id, account, message_id, conversation, key, kind, name, due_at, created_at) " +
  "values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing";
const FREE = guard("select 1 from attachments where id = ? and status = 'pending' and due_at <= ?");
const HOLD = "update attachments set due_at = ? where id = ?";
const STORED =
  "update attachments set status = 'stored', key = '', blob = ?, name = ?, mime = ?, bytes = ?, sha256 = ?, " +
  "reason = null, due_at = null, attempts = attempts + 1, fetched_at = ? where id = ?";
const RETRY =
  "update attachments set attempts = attempts + 1, due_at = ?, reason = ? where id = ? and status = 'pending'";
const GONE =
  "update attachments set status = ?, reason = ?, key = '', name = null, blob = null, uploads = '{}', due_at = null where id = ?";
const UPLOADED =
  "update attachments set uploads = json_set(uploads, '$.\"' || ? || '\"', ?) where id = ? and status = 'stored'";

/** How rows of `attachments` are written. */
export const ATTACHMENT_WRITERS = {
  attachment: ({ row }: Of<"attachment">): readonly Statement[] => {
    const { id, account, messageId, conversation, key, kind, name, createdAt } = row;
    return one(INSERT, id, account, messageId, conversation, key, kind, name, createdAt, createdAt);
  },
  "attachment-hold": ({ id, now, until }: Of<"attachment-hold">): readonly Statement[] => [
    { sql: FREE, params: [id, now] },
    { sql: HOLD, params: [until, id] },
  ],
  "attachment-stored": ({ id, file, at }: Of<"attachment-stored">): readonly Statement[] =>
    one(STORED, file.blob, file.name, file.mime, file.bytes, file.sha256, at, id),
  "attachment-retry": ({ id, dueAt, reason }: Of<"attachment-retry">): readonly Statement[] =>
    one(RETRY, dueAt, reason, id),
  "attachment-gone": ({ id, status, reason }: Of<"attachment-gone">): readonly Statement[] =>
    one(GONE, status, reason, id),
  "attachment-uploaded": (row: Of<"attachment-uploaded">): readonly Statement[] =>
    one(UPLOADED, row.account, row.key, row.id),
};

function one(sql: string, ...params: Statement["params"][number][]): readonly Statement[] {
  return [{ sql, params }];
}
