import type { Outbound, OutboundFile } from "../../../core/message.ts";
import type { Delivery } from "../../../ports/channel.ts";
import type { Line, LineAnswer } from "../../../ports/connection.ts";
import { base64 } from "../../../wire/bytes.ts";
import { type Failed, failed } from "../failure.ts";
import { clippedBytes } from "../shorten.ts";
import { aibotFailure } from "./failure.ts";
import { asFields, textOf } from "./fields.ts";
import { errcodeOf } from "./frames.ts";
import { markdownOf } from "./markdown.ts";
import type { Said, Saying } from "./saying.ts";

const MB = 1024 * 1024;
/** Before base64. WeCom docs: 101463. */
const CHUNK_BYTES = 512 * 1024;
const LEAST_BYTES = 5;
const NAME_BYTES = 256;
const MOST_FILE_BYTES = 20 * MB;

/** How a file is uploaded and shown, by its type; all other types are files. WeCom docs: 101463. */
const WAYS: Readonly<Record<string, readonly [type: "image" | "voice" | "video", most: number]>> = {
  "image/jpeg": ["image", 10 * MB],
  "image/png": ["image", 10 * MB],
  "image/gif": ["image", 10 * MB],
  "audio/amr": ["voice", 2 * MB],
  "video/mp4": ["video", 10 * MB],
};

/**
 * Make `sendFile` over the long connection: upload it in pieces, then show it. What WeCom does not take goes out as its
 * link. WeCom docs: 101463.
 */
export function createSendFile(line: Line, say: Saying) {
  return async (
    message: Omit<Outbound<string>, "content">,
    file: OutboundFile,
  ): Promise<Delivery> => {
    const way = wayOf(file);
    if (way === null) return say(message, linkOf(message.id, file));
    const uploaded = await upload(line, way, file);
    if (typeof uploaded === "string") {
      const body = { msgtype: way, [way]: { media_id: uploaded } };
      return say(message, { asReply: body, asPush: body, isCard: false });
    }
    return uploaded.class === "content" ? say(message, linkOf(message.id, file)) : uploaded;
  };
}

type Way = "image" | "voice" | "video" | "file";

function wayOf({ mime, bytes }: OutboundFile): Way | null {
  const { length } = bytes;
  if (length < LEAST_BYTES || length > MOST_FILE_BYTES) return null;
  const [type, most] = WAYS[mime] ?? ["file", MOST_FILE_BYTES];
  return length <= most ? type : "file";
}

function linkOf(id: string, { instead }: OutboundFile): Said {
  const content = markdownOf(instead);
  return {
    asReply: { msgtype: "stream", stream: { id, finish: true, content } },
    asPush: { msgtype: "markdown", markdown: { content } },
    isCard: false,
  };
}

/** The media_id of what was uploaded, or why it was not. Nobody has seen anything yet, so it can always be done again. */
async function upload(
  line: Line,
  type: Way,
  { name, bytes }: OutboundFile,
): Promise<string | Failed> {
  const total_chunks = Math.ceil(bytes.length / CHUNK_BYTES);
  const filename = clippedBytes(name, NAME_BYTES);
  const begun = await ask(line, "init", {
    type,
    filename,
    total_size: bytes.length,
    total_chunks,
  });
  if (begun.type === "failed") return begun;
  const upload_id = textOf(begun.body.upload_id);
  if (upload_id === null) return failed("transient", "an answer without upload_id");
  for (let chunk_index = 0; chunk_index < total_chunks; chunk_index += 1) {
    const from = chunk_index * CHUNK_BYTES;
    const base64_data = base64(bytes.subarray(from, from + CHUNK_BYTES));
    const sent = await ask(line, "chunk", { upload_id, chunk_index, base64_data });
    if (sent.type === "failed") return sent;
  }
  const finished = await ask(line, "finish", { upload_id });
  if (finished.type === "failed") return finished;
  return textOf(finished.body.media_id) ?? failed("transient", "an answer without media_id");
}

async function ask(line: Line, step: "init" | "chunk" | "finish", body: unknown) {
  return judge(await line.request({ cmd: `aibot_upload_media_${step}`, body }));
}

function judge(answer: LineAnswer) {
  if (answer.type !== "answered") return failed("transient", answer.reason);
  const errcode = errcodeOf(answer);
  if (errcode !== "0") return aibotFailure(errcode);
  return { type: "done", body: asFields(answer.body.body) ?? {} } as const;
}
