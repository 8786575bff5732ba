import { expect, it } from "vitest";
import { createManualClock } from "../../manual-clock.ts";
import { createUploads } from "./uploads.ts";

const init = { type: "file", filename: "a.txt", total_size: 6, total_chunks: 2 };

function given() {
  const clock = createManualClock();
  const uploads = createUploads(clock);
  const begin = (more: object = {}) =>
    uploads.take("aibot_upload_media_init", { ...init, ...more });
  const id = () => String(begin()?.upload_id);
  const add = (upload_id: string, chunk_index: number, base64_data: string) =>
    uploads.take("aibot_upload_media_chunk", { upload_id, chunk_index, base64_data });
  const finish = (upload_id: string) => uploads.take("aibot_upload_media_finish", { upload_id });
  return { clock, uploads, begin, id, add, finish };
}

it("takes the pieces of a file in any order, each once", () => {
  const { id, add, finish, uploads } = given();
  const upload = id();
  add(upload, 1, "ZGVm");
  add(upload, 0, "YWJj");
  add(upload, 0, "eHl6");
  const done = finish(upload);
  expect(done).toMatchObject({ type: "file" });
  const file = uploads.find(String(done?.media_id));
  expect(new TextDecoder().decode(file?.bytes)).toBe("abcdef");
});

it.each([
  { total_size: 4 },
  { total_size: 20_971_521 },
  { type: "image", total_size: 10_485_761 },
  { type: "hologram" },
  { total_chunks: 101 },
  { filename: "" },
  { filename: "好".repeat(86) },
])("refuses to begin with %j", (more) => {
  expect(() => given().begin(more)).toThrow();
});

it("refuses what is no piece of the file, and a file that is not whole", () => {
  const { id, add, finish } = given();
  const upload = id();
  expect(() => add(upload, 2, "YWJj")).toThrow();
  expect(() => add("another", 0, "YWJj")).toThrow();
  add(upload, 0, "YWJj");
  expect(() => finish(upload)).toThrow("not the whole file");
});

it("forgets an upload after half an hour, and takes thirty a minute", async () => {
  const { id, add, begin, clock } = given();
  const upload = id();
  for (let count = 1; count < 30; count += 1) begin();
  expect(() => begin()).toThrow("too many");
  await clock.advance(30 * 60_000 + 1);
  expect(() => add(upload, 0, "YWJj")).toThrow("too old");
  expect(begin()).not.toBeNull();
});
