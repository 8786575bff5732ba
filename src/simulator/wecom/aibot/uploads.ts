import { concat, fromBase64 } from "../../../wire/bytes.ts";
import { randomNonce } from "../../../wire/random.ts";
import { type Fields, textOf } from "../../fields.ts";
import { createRateLimiter } from "../../rate-limit.ts";
import type { ToolClock } from "../../tool.ts";
import { createMedia, type MediaFile } from "../media.ts";
import { WecomError } from "../wecom-error.ts";

const MB = 1024 * 1024;
const MOST: ReadonlyMap<string, number> = new Map([
  ["image", 10 * MB],
  ["voice", 2 * MB],
  ["video", 10 * MB],
  ["file", 20 * MB],
]);
const LEAST_BYTES = 5;
const CHUNK_BYTES = 512 * 1024;
const CHUNKS = 100;
const NAME_BYTES = 256;
const SESSION_MS = 30 * 60_000;
/** WeCom has seven codes for what goes wrong in an upload; which is which is not told apart here. WeCom docs: 90313. */
const UPLOAD_REFUSED = 846610;

/** What is being uploaded over the long connection, in pieces. WeCom docs: 101463. */
export type Uploads = {
  /** Carry out one of the three commands; gives the body of the answer. Null for any other command. */
  take(cmd: string, body: Fields): Fields | null;
  /** An uploaded file, for three days. */
  find(mediaId: string): (MediaFile & { readonly kind: string }) | null;
};

type Session = {
  readonly kind: string;
  readonly name: string;
  readonly size: number;
  readonly chunks: number;
  readonly startedAt: number;
  readonly parts: Map<number, Uint8Array>;
};

export function createUploads(clock: ToolClock): Uploads {
  const media = createMedia(clock);
  const kinds = new Map<string, string>();
  const sessions = new Map<string, Session>();
  const perMinute = createRateLimiter(clock, { count: 30, perMs: 60_000 });
  const perHour = createRateLimiter(clock, { count: 1000, perMs: 3_600_000 });

  function begin(body: Fields): Fields {
    const session = readSession(body, clock.now());
    if (perMinute.take("") > 0 || perHour.take("") > 0) {
      throw new WecomError(45009, "too many uploads");
    }
    const upload_id = randomNonce(32);
    sessions.set(upload_id, session);
    return { upload_id };
  }

  function sessionOf(body: Fields): Session {
    const session = sessions.get(textOf(body, "upload_id"));
    if (session === undefined || clock.now() - session.startedAt > SESSION_MS) {
      throw new WecomError(UPLOAD_REFUSED, "there is no such upload, or it is too old");
    }
    return session;
  }

  function add(body: Fields): Fields {
    const { parts, chunks } = sessionOf(body);
    const index = Number(body.chunk_index);
    const bytes = fromBase64(textOf(body, "base64_data"));
    const isPart = Number.isInteger(index) && index >= 0 && index < chunks;
    if (!isPart || bytes.length > CHUNK_BYTES) {
      throw new WecomError(UPLOAD_REFUSED, "no piece of this file");
    }
    if (!parts.has(index)) parts.set(index, bytes);
    return {};
  }

  function finish(body: Fields): Fields {
    const { parts, chunks, kind, name, size } = sessionOf(body);
    const bytes = concat(
      ...Array.from({ length: chunks }, (_, at) => parts.get(at) ?? new Uint8Array()),
    );
    if (parts.size < chunks || bytes.length !== size) {
      throw new WecomError(UPLOAD_REFUSED, "the pieces are not the whole file");
    }
    sessions.delete(textOf(body, "upload_id"));
    const media_id = media.keep({ name, bytes, contentType: "application/octet-stream" });
    kinds.set(media_id, kind);
    return { type: kind, media_id, created_at: String(Math.floor(clock.now() / 1000)) };
  }

  return {
    take(cmd, body) {
      if (cmd === "aibot_upload_media_init") return begin(body);
      if (cmd === "aibot_upload_media_chunk") return add(body);
      return cmd === "aibot_upload_media_finish" ? finish(body) : null;
    },
    find(mediaId) {
      const file = media.find(mediaId);
      return file === null ? null : { ...file, kind: kinds.get(mediaId) ?? "file" };
    },
  };
}

function readSession(body: Fields, startedAt: number): Session {
  const kind = textOf(body, "type");
  const name = textOf(body, "filename");
  const size = Number(body.total_size);
  const chunks = Number(body.total_chunks);
  const most = MOST.get(kind) ?? 0;
  if (!Number.isInteger(size) || size < LEAST_BYTES || size > most) {
    throw new WecomError(UPLOAD_REFUSED, "total_size is too small or too large for this type");
  }
  if (!Number.isInteger(chunks) || chunks < 1 || chunks > CHUNKS) {
    throw new WecomError(UPLOAD_REFUSED, "total_chunks must be 1 to 100");
  }
  if (name === "" || new TextEncoder().encode(name).length > NAME_BYTES) {
    throw new WecomError(UPLOAD_REFUSED, "filename has 1 to 256 bytes");
  }
  return { kind, name, size, chunks, startedAt, parts: new Map() };
}
