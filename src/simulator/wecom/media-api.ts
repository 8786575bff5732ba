import type { Fields } from "../fields.ts";
import type { ApiCall } from "./api.ts";
import type { WecomContext } from "./context.ts";
import { success, WecomError } from "./wecom-error.ts";

const MB = 1024 * 1024;
const SMALLEST = 6;
const LIMITS: ReadonlyMap<string, number> = new Map([
  ["image", 10 * MB],
  ["voice", 2 * MB],
  ["video", 10 * MB],
  ["file", 20 * MB],
]);

/** `POST /cgi-bin/media/upload?type=…`, multipart with `media` of more than 5 bytes. WeCom docs: 90253. */
export async function uploadMedia(
  context: WecomContext,
  _body: Fields,
  call: ApiCall,
): Promise<Response> {
  const type = call.url.searchParams.get("type") ?? "";
  const limit = LIMITS.get(type);
  if (limit === undefined) throw new WecomError(40005, "type must be image, voice, video or file");
  const form = await call.request.formData().catch(() => null);
  const media: unknown = form?.get("media");
  if (!(media instanceof File)) throw new WecomError(44001, "the form needs a file called media");
  if (media.size < SMALLEST) throw new WecomError(40006, "media must have more than 5 bytes");
  if (media.size > limit) throw new WecomError(45001, `${type} media has at most ${limit} bytes`);
  const bytes = new Uint8Array(await media.arrayBuffer());
  const file = { name: media.name, contentType: media.type, bytes };
  const created = String(Math.floor(context.clock.now() / 1000));
  return success({ type, media_id: context.media.keep(file), created_at: created });
}

/** `GET /cgi-bin/media/get?media_id=…`: the bytes themselves. WeCom docs: 90254. */
export function getMedia(context: WecomContext, _body: Fields, call: ApiCall): Response {
  const mediaId = call.url.searchParams.get("media_id") ?? "";
  if (mediaId === "") throw new WecomError(41006, "media_id is missing");
  const file = context.media.find(mediaId);
  if (file === null)
    throw new WecomError(40007, "no media with this media_id, or older than 3 days");
  return new Response(file.bytes, {
    headers: {
      "content-type": file.contentType,
      "content-disposition": `attachment; filename="${encodeURIComponent(file.name)}"`,
    },
  });
}
