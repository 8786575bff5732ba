import { z } from "zod";
import { FILE_GROUPS } from "../file-type.ts";

const text = z.string().min(1).max(1000);

const s3 = z.strictObject({
  /** Without the bucket: https://s3.eu-central-1.amazonaws.com */
  endpoint: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, "")),
  /** Some stores take any. */
  region: text.default("auto"),
  bucket: text,
  access_key_id: text,
  secret_access_key: text,
  /** How the names of our objects begin. */
  prefix: z
    .string()
    .regex(/^[\w./-]{0,200}$/)
    .default(""),
});

/** Which pictures and files are kept, and where: in a folder of this machine unless it says an object store. */
export const attachmentsConfig = z
  .strictObject({
    /** The largest file that is fetched, in MB of 1024 × 1024 bytes. */
    max_mb: z.int().min(1).max(100).default(20),
    types: z
      .array(z.enum(FILE_GROUPS))
      .min(1)
      .default([...FILE_GROUPS]),
    /** Default: `files` in the data folder. */
    folder: text.optional(),
    s3: s3.optional(),
  })
  .prefault({});

export type AttachmentsConfig = z.output<typeof attachmentsConfig>;
export type S3Config = z.output<typeof s3>;
