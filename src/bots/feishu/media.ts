import type { Outbound, OutboundFile } from "../../core/message.ts";
import type { AttachmentRef, Delivery, Fetched, Uploaded } from "../../ports/channel.ts";
import { fileNameIn } from "../../wire/fetch-file.ts";
import { fileForm } from "../../wire/multipart.ts";
import { asAnswer, type FeishuApi, type FeishuFileApi } from "./api.ts";
import { codeOf, failure } from "./failure.ts";
import { deliver, type Native, notDelivered, send } from "./send.ts";

const MB = 1024 * 1024;
/** Feishu docs: im-v1/image/create, im-v1/file/create. */
const MOST_IMAGE_BYTES = 10 * MB;
const MOST_FILE_BYTES = 30 * MB;
const IMAGES = /^image\/(jpeg|png|gif|webp|bmp|heic)$/;

/** What a file of each type is uploaded as, and which kind of message shows it. All others are `stream` and `file`. */
const FILE_TYPES: Readonly<Record<string, readonly [fileType: string, kind: string]>> = {
  "audio/ogg": ["opus", "audio"],
  "video/mp4": ["mp4", "media"],
  "application/pdf": ["pdf", "file"],
  "application/msword": ["doc", "file"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["doc", "file"],
  "application/vnd.ms-excel": ["xls", "file"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xls", "file"],
  "application/vnd.ms-powerpoint": ["ppt", "file"],
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["ppt", "file"],
};

type Failed = Extract<Delivery, { type: "failed" }>;

/** Feishu docs: im-v1/message/get-message-resource. */
export async function fetchAttachment(
  api: FeishuFileApi,
  { key, kind, messageId }: AttachmentRef,
  maxBytes: number,
): Promise<Fetched> {
  const type = kind === "image" ? "image" : "file";
  const [message, resource] = [messageId, key].map(encodeURIComponent);
  const path = `/im/v1/messages/${message}/resources/${resource}?type=${type}`;
  const result = await api.file(path, maxBytes);
  if (result.type === "no-token") return result.failure;
  const { answer } = result;
  if (answer.type === "too-large") return answer;
  if (answer.type === "file" && answer.status === 200)
    return { type: "fetched", bytes: answer.bytes, name: fileNameIn(answer.headers) };
  return failure(asAnswer(answer));
}

/** Upload a file and show it; one that is too large goes out as its link. */
export async function sendFile(
  api: FeishuApi,
  message: Omit<Outbound<string>, "content">,
  file: OutboundFile,
): Promise<Delivery> {
  const uploaded = await upload(api, file);
  if (uploaded === null)
    return send(api, { ...message, content: { type: "text", text: file.instead } });
  return "msg_type" in uploaded ? deliver(api, message, uploaded) : uploaded;
}

export async function uploadPicture(api: FeishuApi, file: OutboundFile): Promise<Uploaded> {
  const key = await uploadImage(api, file);
  return typeof key === "string" ? { type: "uploaded", key } : key;
}

/** Null for what Feishu does not take. */
async function upload(api: FeishuApi, file: OutboundFile): Promise<Native | Failed | null> {
  const { mime, bytes } = file;
  if (IMAGES.test(mime) && bytes.length <= MOST_IMAGE_BYTES) {
    const key = await uploadImage(api, file);
    return typeof key === "string" ? native("image", { image_key: key }) : key;
  }
  if (bytes.length > MOST_FILE_BYTES) return null;
  const [fileType, kind] = FILE_TYPES[mime] ?? ["stream", "file"];
  const form = fileForm("file", file, { file_type: fileType, file_name: file.name });
  const key = await uploaded(api, "/im/v1/files", form, "file_key");
  return typeof key === "string" ? native(kind, { file_key: key }) : key;
}

function uploadImage(api: FeishuApi, file: OutboundFile): Promise<string | Failed> {
  const form = fileForm("image", file, { image_type: "message" });
  return uploaded(api, "/im/v1/images", form, "image_key");
}

async function uploaded(
  api: FeishuApi,
  path: string,
  form: FormData,
  name: "image_key" | "file_key",
): Promise<string | Failed> {
  const result = await api({ method: "POST", path, form });
  if (result.type !== "answered" || codeOf(result.answer) !== 0) return notDelivered(result);
  const data = result.answer.type === "answer" ? result.answer.body.data : null;
  const key = typeof data === "object" && data !== null ? Reflect.get(data, name) : null;
  if (typeof key === "string" && key !== "") return key;
  const reason = `feishu 0: success, but no ${name}`;
  return { type: "failed", class: "transient", afterMs: null, reason };
}

function native(kind: string, content: Readonly<Record<string, string>>): Native {
  return { msg_type: kind, content: JSON.stringify(content) };
}
