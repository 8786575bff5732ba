import { fileName, fileTypeOf } from "../core/file-type.ts";
import type { AttachmentChange, AttachmentRow, StoredFile } from "../ports/attachment-row.ts";
import type { Row } from "../ports/batch.ts";
import type { Fetched } from "../ports/channel.ts";
import type { AttachmentStore } from "./attachment-store.ts";
import { backoffMs } from "./backoff.ts";
import { usable } from "./delivery-result.ts";
import { holdAll } from "./hold-all.ts";
import type { Hub } from "./hub.ts";
import type { InFlight } from "./in-flight.ts";
import { reasonOf } from "./step-error.ts";

/** Longer than a vendor may take for one file, so that nothing is fetched twice at once. */
const HOLD_MS = 180_000;
/** A day of tries: what vendors keep for days may be had after an outage. */
const GIVE_UP_MS = 86_400_000;
/** An address of its own lives for five minutes. WeCom docs: 100719. */
const ADDRESS_LIVES_MS = 300_000;

/**
 * Begin to fetch the attachments that are due, as far as `flight` has room. Resolves with how many were taken up, 0 when
 * nothing was due.
 */
export async function fetchAttachments(hub: Hub, flight: InFlight): Promise<number> {
  const room = flight.free();
  if (room <= 0) return 0;
  const now = hub.clock.now();
  const due = flight.fitting(await hub.store.attachmentsDue(now, room, flight.busy()));
  const until = now + HOLD_MS;
  const held = await holdAll(hub, due, ({ id }) => ({ type: "attachment-hold", id, now, until }));
  for (const row of held) flight.begin(row.account, () => fetchOne(hub, row, until));
  return held.length;
}

async function fetchOne(hub: Hub, row: AttachmentRow, until: number): Promise<void> {
  try {
    const change = await attempt(hub, row);
    const guards = [{ type: "attachment-held", id: row.id, until }] as const;
    const rows: Row[] = [change, ...(await refreshed(hub, row, change))];
    const result = await hub.store.commit({ cause: null, streams: [], rows, guards });
    if (result !== "ok" && change.type === "attachment-stored") await forget(hub, row);
    if (change.type !== "attachment-retry") hub.queue.wakeDelivery();
  } catch (error) {
    hub.log.error("What came of an attachment was not written down; it is fetched again.", {
      attachment: row.id,
      error: reasonOf(error),
    });
  }
}

async function attempt(hub: Hub, row: AttachmentRow): Promise<AttachmentChange> {
  const kept = hub.setup().attachments;
  if (kept === undefined) return gone(hub, row, "refused", "not_kept");
  const account = usable(hub, row.account);
  if (account === null) return retry(hub, row, "this account is not configured or disabled", null);
  const { key, kind, messageId } = row;
  const fetched = await account.channel
    .fetchAttachment?.({ key, kind, messageId }, kept.maxBytes)
    .catch(asFailure);
  if (fetched === undefined) return gone(hub, row, "refused", "not_supported");
  return fetched.type === "failed"
    ? afterFailure(hub, row, fetched)
    : store(hub, kept, row, fetched);
}

/** A channel promises never to reject; one that does is asked again, and not for ever. */
function asFailure(error: unknown): Fetched {
  return { type: "failed", class: "transient", afterMs: null, reason: reasonOf(error) };
}

async function store(
  hub: Hub,
  kept: AttachmentStore,
  row: AttachmentRow,
  fetched: Exclude<Fetched, { type: "failed" }>,
): Promise<AttachmentChange> {
  if (fetched.type === "too-large" || fetched.bytes.length > kept.maxBytes)
    return gone(hub, row, "refused", "too_large");
  const { bytes } = fetched;
  const given = row.name ?? fetched.name;
  const type = fileTypeOf(bytes, given ?? "");
  if (type === null || !kept.types.includes(type.group)) return gone(hub, row, "refused", "type");
  const blob = blobOf(row);
  try {
    await kept.blobs.put(blob, bytes, type.mime);
  } catch (error) {
    return retry(hub, row, `the file store did not take it: ${reasonOf(error)}`, null);
  }
  const file: StoredFile = {
    blob,
    name: fileName(given, type, row.kind),
    mime: type.mime,
    bytes: bytes.length,
    sha256: await sha256Hex(bytes),
  };
  return { type: "attachment-stored", id: row.id, file, at: hub.clock.now() };
}

function blobOf({ id }: AttachmentRow): string {
  return `${id.slice(0, 2)}/${id}`;
}

/** It was taken back while it was on its way. */
async function forget(hub: Hub, row: AttachmentRow): Promise<void> {
  const standing = await hub.store.attachment(row.id);
  if (standing?.status !== "stored") await hub.setup().attachments?.blobs.remove(blobOf(row));
}

function afterFailure(
  hub: Hub,
  row: AttachmentRow,
  failure: Extract<Fetched, { type: "failed" }>,
): AttachmentChange {
  const hopeless = failure.class === "content" || failure.class === "window-closed";
  const reason = `${failure.class}: ${failure.reason}`;
  return hopeless ? gone(hub, row, "lost", reason) : retry(hub, row, reason, failure.afterMs);
}

function retry(
  hub: Hub,
  row: AttachmentRow,
  reason: string,
  afterMs: number | null,
): AttachmentChange {
  const now = hub.clock.now();
  const lives = row.key.startsWith("{") ? ADDRESS_LIVES_MS : GIVE_UP_MS;
  const own = backoffMs(row.attempts, { baseMs: 1_000, capMs: 300_000, random: hub.random() });
  const dueAt = now + Math.max(own, afterMs ?? 0);
  if (dueAt > row.createdAt + lives) return gone(hub, row, "lost", reason);
  hub.log.warn("An attachment was not fetched and will be tried again.", {
    attachment: row.id,
    account: row.account,
    attempts: row.attempts + 1,
    error: reason,
  });
  return { type: "attachment-retry", id: row.id, dueAt, reason };
}

function gone(
  hub: Hub,
  { id, account }: AttachmentRow,
  status: "refused" | "lost",
  reason: string,
): AttachmentChange {
  hub.log.warn("An attachment is not kept.", { attachment: id, account, status, reason });
  return { type: "attachment-gone", id, status, reason };
}

/** The ticket's cards can show the picture now. */
async function refreshed(
  hub: Hub,
  row: AttachmentRow,
  change: AttachmentChange,
): Promise<readonly Row[]> {
  if (change.type !== "attachment-stored" || row.kind !== "image") return [];
  const conversation = await hub.store.conversation(row.conversation);
  const ticket = conversation?.ticket == null ? null : await hub.store.ticket(conversation.ticket);
  if (ticket?.attachments?.some(({ id }) => id === row.id) !== true) return [];
  const { id, version, statusVersion: turned } = ticket;
  const dueAt = hub.clock.now();
  return [{ type: "surfaces-dirty", ticket: id, version, turned, dueAt, hold: null }];
}

async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
