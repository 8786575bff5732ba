import type { FileGroup } from "../core/file-type.ts";
import type { Blobs } from "../ports/blobs.ts";

/** Where attachments are kept, and which. */
export type AttachmentStore = {
  readonly blobs: Blobs;
  readonly maxBytes: number;
  readonly types: readonly FileGroup[];
};
