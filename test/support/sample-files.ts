import { fromBase64, utf8 } from "../../src/wire/bytes.ts";

/** A picture of one pixel. */
export const PNG = fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);
export const PDF = utf8("%PDF-1.7\n%made up\n");
export const HTML = utf8("<!doctype html><html><script>alert(1)</script></html>");
/** Three frames of narrow-band AMR, 60 ms. */
export const AMR = new Uint8Array([
  ...utf8("#!AMR\n"),
  ...Array(3)
    .fill([4, ...Array(12).fill(0)])
    .flat(),
]);
export const MP4 = new Uint8Array([
  0,
  0,
  0,
  24,
  ...utf8("ftypisom"),
  0,
  0,
  2,
  0,
  ...utf8("isomiso2"),
]);
