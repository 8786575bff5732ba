import { fromBase64, utf8 } from "../../wire/bytes.ts";
import { type Fields, textOf } from "../fields.ts";
import type { ApiCall, DingtalkContext } from "./context.ts";
import type { StoredFile } from "./files.ts";
import { ApiRefusal, OldApiRefusal } from "./refusal.ts";

const MB = 1024 * 1024;
const LIMITS: ReadonlyMap<string, number> = new Map([
  ["image", 20 * MB],
  ["voice", 2 * MB],
  ["video", 20 * MB],
  ["file", 20 * MB],
]);

/** Where the bytes behind a download code are served. */
export const DOWNLOAD_PATH = "/simulated/robot-files/";

/** `POST /media/upload`, multipart with `media` and `type`. DingTalk docs: upload-media-files. */
export async function uploadMedia(
  context: DingtalkContext,
  _body: Fields,
  call: ApiCall,
): Promise<Response> {
  const form = await call.request.formData().catch(() => null);
  const type = String(form?.get("type") ?? call.url.searchParams.get("type") ?? "");
  const limit = LIMITS.get(type);
  if (limit === undefined)
    throw new OldApiRefusal(40035, "type must be image, voice, video or file");
  const media: unknown = form?.get("media");
  if (!(media instanceof File)) {
    throw new OldApiRefusal(40035, "the form needs a file called media");
  }
  if (media.size > limit) throw new OldApiRefusal(40035, `a ${type} has at most ${limit} bytes`);
  const bytes = new Uint8Array(await media.arrayBuffer());
  const file = { name: media.name, contentType: media.type, bytes };
  return Response.json({
    errcode: 0,
    errmsg: "ok",
    type,
    media_id: context.files.keep(file, "@"),
    created_at: context.clock.now(),
  });
}

/**
 * `POST /v1.0/robot/messageFiles/download`: where the file behind a message's downloadCode can be had.
 *
 * DingTalk docs: download-the-file-content-of-the-robot-receiving-message.
 */
export function findDownload(context: DingtalkContext, body: Fields): Response {
  if (textOf(body, "robotCode") !== context.app.robotCode) {
    throw new ApiRefusal(400, "invalidParameter.robotCode.auth", "robotCode is not of this app");
  }
  const code = textOf(body, "downloadCode");
  if (context.files.find(code) === null) {
    throw new ApiRefusal(400, "invalidParameter.robotCode.downloadCode", "下载码有误或者已经过期");
  }
  return Response.json({ downloadUrl: `${context.oapiBase}${DOWNLOAD_PATH}${code}` });
}

/** The bytes behind a downloadUrl. */
export function download(context: DingtalkContext, path: string): Response {
  const file = context.files.find(path.slice(DOWNLOAD_PATH.length));
  if (file === null) return new Response("no such file", { status: 404 });
  return new Response(file.bytes, { headers: { "content-type": file.contentType } });
}

const PIXEL = fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);

/** The file that a person sends: a picture of one pixel, or a file that holds its own name. */
export function sampleFile(kind: "image" | "file", name: string): StoredFile {
  return kind === "image"
    ? { name, contentType: "image/png", bytes: PIXEL }
    : { name, contentType: "application/octet-stream", bytes: utf8(name) };
}
