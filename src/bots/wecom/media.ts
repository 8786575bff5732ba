import type { Outbound, OutboundFile } from "../../core/message.ts";
import type { AttachmentRef, ChannelDeps, Delivery, Fetched } from "../../ports/channel.ts";
import { fetchFile, fileNameIn } from "../../wire/fetch-file.ts";
import { jsonOrNull } from "../../wire/json.ts";
import { fileForm } from "../../wire/multipart.ts";
import { isPublicUrl } from "../../wire/public-url.ts";
import { wecomMediaDecrypt } from "../../wire/wecom-media.ts";
import { isWireError } from "../../wire/wire-error.ts";
import type { WecomApi } from "./api.ts";
import type { WecomConfig } from "./config.ts";
import { failed } from "./failure.ts";
import { createSend, sendContent } from "./send.ts";

const MB = 1024 * 1024;
/** WeCom takes no smaller file. WeCom docs: 90253. */
const LEAST_BYTES = 6;

/** How a file is uploaded and shown, by its type; all other types are files. WeCom docs: 90253. */
const WAYS: Readonly<Record<string, readonly [type: "image" | "voice" | "video", most: number]>> = {
  "image/jpeg": ["image", 10 * MB],
  "image/png": ["image", 10 * MB],
  "audio/amr": ["voice", 2 * MB],
  "video/mp4": ["video", 10 * MB],
};
const MOST_FILE_BYTES = 20 * MB;

/** Of a self-built app: media by their id, within three days. WeCom docs: 90253, 90254. */
export function createMedia(config: WecomConfig, deps: ChannelDeps, api: WecomApi) {
  const send = createSend(config, deps, api);

  async function fetchAttachment({ key }: AttachmentRef, maxBytes: number): Promise<Fetched> {
    const path = `/cgi-bin/media/get?media_id=${encodeURIComponent(key)}`;
    const answer = await api.file(path, maxBytes);
    if (answer.type === "refused") return answer.failure;
    if (answer.type === "too-large") return answer;
    if (answer.type === "forbidden") return failed("content", "the file is at a private address");
    if (answer.type !== "file") return failed("transient", answer.reason);
    if (answer.status !== 200) return failed("transient", `HTTP ${answer.status}`);
    return { type: "fetched", bytes: answer.bytes, name: fileNameIn(answer.headers) };
  }

  /** Upload a file and show it; what WeCom does not take goes out as its link. */
  async function sendFile(
    message: Omit<Outbound<string>, "content">,
    file: OutboundFile,
  ): Promise<Delivery> {
    const way = wayOf(file);
    if (way === null) return send({ ...message, content: { type: "text", text: file.instead } });
    const form = fileForm("media", { ...file, name: asciiName(file) });
    const answer = await api.upload(`/cgi-bin/media/upload?type=${way}`, form);
    // Nobody has seen anything yet, so it can be done again.
    if (answer.type === "unanswered") return failed("transient", answer.reason);
    if (answer.type === "refused") return answer.failure;
    const { media_id } = answer.body;
    if (typeof media_id !== "string") return failed("transient", "an answer without media_id");
    return sendContent(config, deps, api, message, { msgtype: way, [way]: { media_id } });
  }

  return { fetchAttachment, sendFile };
}

function wayOf({ mime, bytes }: OutboundFile): "image" | "voice" | "video" | "file" | null {
  const { length } = bytes;
  if (length < LEAST_BYTES) return null;
  const [type, most] = WAYS[mime] ?? ["file", 0];
  if (type !== "file" && length <= most) return type;
  return length <= MOST_FILE_BYTES ? "file" : null;
}

/** Other names are refused in the header of the form. */
function asciiName({ name, kind }: OutboundFile): string {
  const clean = name.replace(/[^A-Za-z0-9._-]/g, "");
  return /^[A-Za-z0-9_-]/.test(clean) ? clean : `${kind}${clean}`;
}

/** Encryption makes a file at most so many bytes longer. WeCom docs: 101463. */
const PADDING = 32;

/**
 * A file that an AI bot was sent: encrypted, at an address that lives for five minutes. `ref.key` is JSON, `{"url",
 * "aeskey"}`; without `aeskey` it is under `accountKey`, as in webhook mode. `trusted` are origins of our configuration.
 *
 * WeCom docs: 100719, 101033.
 */
export async function fetchEncrypted(
  deps: Pick<ChannelDeps, "fetch">,
  ref: AttachmentRef,
  maxBytes: number,
  given: { readonly accountKey: string | null; readonly trusted: readonly string[] },
): Promise<Fetched> {
  const { url, aeskey } = keyOf(ref.key);
  const key = aeskey ?? given.accountKey;
  if (url === null || key === null) return failed("content", "no address or no key of the file");
  const allowed = (to: string): boolean => isPublicUrl(to, given.trusted);
  const answer = await fetchFile(deps.fetch, { url, maxBytes: maxBytes + PADDING, allowed });
  if (answer.type === "too-large") return answer;
  if (answer.type === "forbidden") return failed("content", "the file is at a private address");
  if (answer.type !== "file") return failed("transient", answer.reason);
  if (answer.status !== 200) {
    const kind = answer.status >= 500 ? "transient" : "window-closed";
    return failed(kind, `HTTP ${answer.status}`);
  }
  const bytes = await decrypted(key, answer.bytes);
  if (bytes === null) return failed("content", "the file cannot be decrypted");
  if (bytes.length > maxBytes) return { type: "too-large" };
  return { type: "fetched", bytes, name: fileNameIn(answer.headers) };
}

async function decrypted(key: string, bytes: Uint8Array): Promise<Uint8Array | null> {
  try {
    return await wecomMediaDecrypt(key, bytes);
  } catch (error) {
    if (isWireError(error)) return null;
    throw error;
  }
}

function keyOf(key: string): { readonly url: string | null; readonly aeskey: string | null } {
  const value = jsonOrNull(key);
  const read = (name: string): string | null => {
    const found: unknown =
      typeof value === "object" && value !== null ? Reflect.get(value, name) : null;
    return typeof found === "string" && found !== "" ? found : null;
  };
  return { url: read("url"), aeskey: read("aeskey") };
}
