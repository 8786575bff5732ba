import type { AttachmentStore } from "./app/attachment-store.ts";
import { createS3Blobs } from "./blobs/s3.ts";
import type { AttachmentsConfig } from "./core/config/attachments.ts";
import type { Blobs } from "./ports/blobs.ts";

const MB = 1024 * 1024;

/** Where a configuration keeps attachments; undefined where it names no object store and the runtime has no folders. */
export function attachmentStore(
  config: AttachmentsConfig,
  send: typeof fetch,
  inFolder: ((folder: string | undefined) => Blobs) | null,
): AttachmentStore | undefined {
  const blobs =
    config.s3 === undefined ? inFolder?.(config.folder) : createS3Blobs(config.s3, send);
  return blobs && { blobs, maxBytes: config.max_mb * MB, types: config.types };
}
