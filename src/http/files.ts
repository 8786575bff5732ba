import { type Context, Hono } from "hono";
import { openAttachmentLink } from "../app/attachment-link.ts";
import type { Hub } from "../app/hub.ts";
import type { StoredFile } from "../ports/attachment-row.ts";
import { filePage } from "./file-page.ts";

/** Pictures that a browser may show where it stands; everything else is saved. */
const SHOWN = new Set(["image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"]);

/** `GET /files/:token`: an attachment, for whoever has its signed link while that lives. */
export function fileRoutes({ hub }: { readonly hub: Hub }): Hono {
  return new Hono().get("/files/:token", (c) => serve(c, hub, c.req.param("token")));
}

async function serve(c: Context, hub: Hub, token: string): Promise<Response> {
  const opened = await openAttachmentLink(hub, token);
  if (opened === null) return filePage(c, hub, "unknown");
  if (opened.expired) return filePage(c, hub, "expired");
  const row = await hub.store.attachment(opened.payload);
  if (row?.status === "pending") return filePage(c, hub, "pending");
  const kept = hub.setup().attachments;
  if (row?.file == null || kept === undefined) return filePage(c, hub, "gone");
  const bytes = await kept.blobs.get(row.file.blob);
  return bytes === null ? filePage(c, hub, "gone") : fileResponse(row.file, bytes);
}

function fileResponse({ name, mime }: StoredFile, bytes: Uint8Array): Response {
  const how = SHOWN.has(mime) ? "inline" : "attachment";
  const plain = name.replace(/[^\w.-]/g, "_");
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": mime,
      "content-length": String(bytes.length),
      "content-disposition": `${how}; filename="${plain}"; filename*=UTF-8''${encoded(name)}`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "private, max-age=3600",
    },
  });
}

/** RFC 8187 lets fewer characters stand than a URL does. */
function encoded(name: string): string {
  const wellFormed = name.replace(/\p{Surrogate}/gu, "_");
  return encodeURIComponent(wellFormed).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
