import { describe, expect, it } from "vitest";
import type { Blobs } from "../../src/ports/blobs.ts";

const BYTES = new Uint8Array([0, 1, 2, 250, 255, 10, 13]);

/** What every place for files must do. `make` gives an empty one. */
export function blobsContract(name: string, make: () => Promise<Blobs> | Blobs): void {
  describe(`files in ${name}`, () => {
    it("come back byte for byte", async () => {
      const blobs = await make();
      await blobs.put("ab/abc1", BYTES, "image/png");
      await blobs.put("ab/abc2", new Uint8Array([1]), "image/png");
      expect(await blobs.get("ab/abc1")).toEqual(BYTES);
      expect(await blobs.get("ab/abc2")).toEqual(new Uint8Array([1]));
    });

    it("are replaced by another of the same name", async () => {
      const blobs = await make();
      await blobs.put("ab/abc", BYTES, "image/png");
      await blobs.put("ab/abc", new Uint8Array([9]), "image/gif");
      expect(await blobs.get("ab/abc")).toEqual(new Uint8Array([9]));
    });

    it("are not there before, nor after they were taken away, which may be said twice", async () => {
      const blobs = await make();
      expect(await blobs.get("ab/none")).toBeNull();
      await blobs.put("ab/abc", BYTES, "image/png");
      await blobs.remove("ab/abc");
      await blobs.remove("ab/abc");
      expect(await blobs.get("ab/abc")).toBeNull();
    });

    it("may be as large as an attachment may be", async () => {
      const blobs = await make();
      const large = new Uint8Array(5 * 1024 * 1024).map((_, at) => at % 251);
      await blobs.put("cd/large", large, "video/mp4");
      const back = await blobs.get("cd/large");
      expect(back?.length).toBe(large.length);
      expect(back?.every((byte, at) => byte === at % 251)).toBe(true);
    });
  });
}
