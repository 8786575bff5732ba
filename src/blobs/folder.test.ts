import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { blobsContract } from "../../test/contracts/blobs-contract.ts";
import { createFolderBlobs } from "./folder.ts";

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-blobs-"));
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

blobsContract("a folder", () => createFolderBlobs(newFolder()));

it("leaves no part of a file beside it", async () => {
  const folder = newFolder();
  await createFolderBlobs(folder).put("ab/abc", new Uint8Array([1]), "image/png");
  expect(readdirSync(join(folder, "ab"))).toEqual(["abc"]);
});

it.each(["../abc", "/etc/passwd", "ab/../../x", "", "ab\\..\\x", "ab/"])(
  "takes %j for no name",
  async (name) => {
    const blobs = createFolderBlobs(newFolder());
    await expect(async () => blobs.put(name, new Uint8Array([1]), "image/png")).rejects.toThrow(
      "no name",
    );
    await expect(async () => blobs.get(name)).rejects.toThrow("no name");
    await expect(async () => blobs.remove(name)).rejects.toThrow("no name");
  },
);
