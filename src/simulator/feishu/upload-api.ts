import { type Context, Hono } from "hono";
import { FeishuError } from "./feishu-error.ts";
import { newId } from "./identity.ts";
import { success } from "./requests.ts";
import type { Feishu } from "./state.ts";

const MOST_IMAGE_BYTES = 10 * 1024 * 1024;
const MOST_FILE_BYTES = 30 * 1024 * 1024;
const FILE_TYPES = new Set(["opus", "mp4", "pdf", "doc", "xls", "ppt", "stream"]);

/** `/open-apis/im/v1/images` and `/files`. Feishu docs: im-v1/image/create, im-v1/file/create. */
export function createUploadApi(feishu: Feishu): Hono {
  return new Hono()
    .post("/images", async (c) => {
      const form = await c.req.formData();
      const image = filePart(form.get("image"));
      if (form.get("image_type") !== "message" || image === null) throw badUpload();
      const key = await keep(feishu, image, {
        prefix: "img_v3_",
        kind: "image",
        most: MOST_IMAGE_BYTES,
      });
      return success({ image_key: key });
    })
    .post("/files", async (c) => success({ file_key: await uploadFile(feishu, c) }));
}

async function uploadFile(feishu: Feishu, c: Context): Promise<string> {
  const form = await c.req.formData();
  const file = filePart(form.get("file"));
  const name = form.get("file_name");
  if (file === null || typeof name !== "string") throw badUpload();
  if (!FILE_TYPES.has(String(form.get("file_type")))) throw badUpload();
  const named = new File([file], name, { type: file.type });
  return keep(feishu, named, { prefix: "file_v3_", kind: "file", most: MOST_FILE_BYTES });
}

function filePart(part: unknown): File | null {
  return part instanceof File ? part : null;
}

async function keep(
  feishu: Feishu,
  file: File,
  as: { readonly prefix: string; readonly kind: "image" | "file"; readonly most: number },
): Promise<string> {
  if (file.size === 0) throw new FeishuError(234010, "File's size can't be 0.");
  if (file.size > as.most) throw new FeishuError(234006, "The file size exceed the max value.");
  const key = newId(as.prefix);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const mime = file.type === "" ? "application/octet-stream" : file.type;
  feishu.uploads.set(key, { kind: as.kind, name: file.name, mime, bytes });
  return key;
}

function badUpload(): FeishuError {
  return new FeishuError(234001, "Invalid request param.");
}
