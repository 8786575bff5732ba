import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex } from "./bytes.ts";
import { sha1Hex, sha256, sha256Hex } from "./digest.ts";
import { hmacSha256 } from "./hmac.ts";

const bytes = fc.uint8Array({ maxLength: 200 });

describe("digests", () => {
  it("are those of Node", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (data) => {
        const expected = createHash("sha256").update(data).digest("hex");
        expect(await sha256Hex(data)).toBe(expected);
        expect(hex(await sha256(data))).toBe(expected);
        expect(await sha1Hex(data)).toBe(createHash("sha1").update(data).digest("hex"));
      }),
    );
  });

  it("cover exactly a view's own bytes", async () => {
    const view = Uint8Array.of(9, 1, 2, 9).subarray(1, 3);
    expect(await sha256Hex(view)).toBe(await sha256Hex(Uint8Array.of(1, 2)));
  });
});

describe("an HMAC", () => {
  it("is that of Node, with keys of every length", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, bytes, async (key, data) => {
        const expected = createHmac("sha256", key).update(data).digest("hex");
        expect(hex(await hmacSha256(key, data))).toBe(expected);
      }),
    );
  });

  it("takes a key of no bytes", async () => {
    const none = new Uint8Array(0);
    const expected = createHmac("sha256", none).update(none).digest("hex");
    expect(hex(await hmacSha256(none, none))).toBe(expected);
  });
});
