import { expect, it } from "vitest";
import { blobsContract } from "../../test/contracts/blobs-contract.ts";
import { attachmentsConfig } from "../core/config/attachments.ts";
import { createS3Blobs } from "./s3.ts";

const config = attachmentsConfig.parse({
  s3: {
    endpoint: "https://s3.example.com/",
    region: "eu-central-1",
    bucket: "desk",
    access_key_id: "AKIAMADEUP",
    secret_access_key: "made-up-secret",
    prefix: "files/",
  },
}).s3;
if (config === undefined) throw new Error("The configuration has no store.");

/** An object store that wants signed requests and keeps whole objects. */
function createStore() {
  const objects = new Map<string, Uint8Array>();
  const requests: Request[] = [];
  const send: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    requests.push(request.clone() as Request);
    const signed = /^AWS4-HMAC-SHA256 Credential=AKIAMADEUP\/\d{8}\/eu-central-1\/s3\/aws4_request/;
    if (!signed.test(request.headers.get("authorization") ?? ""))
      return new Response("<Error/>", { status: 403 });
    const { pathname } = new URL(request.url);
    if (request.method === "PUT")
      objects.set(pathname, new Uint8Array(await request.arrayBuffer()));
    if (request.method === "DELETE") objects.delete(pathname);
    if (request.method !== "GET") return new Response(null, { status: 200 });
    const found = objects.get(pathname);
    return found === undefined
      ? new Response("<Error/>", { status: 404 })
      : new Response(new Uint8Array(found));
  };
  return { objects, requests, send };
}

blobsContract("an object store", () => createS3Blobs(config, createStore().send));

it("names objects by bucket and prefix, and says what they are", async () => {
  const store = createStore();
  await createS3Blobs(config, store.send).put("ab/abc", new Uint8Array([1]), "image/png");
  expect([...store.objects.keys()]).toEqual(["/desk/files/ab/abc"]);
  expect(store.requests[0]?.headers.get("content-type")).toBe("image/png");
});

it("rejects when the store refuses, without a word of the keys", async () => {
  const blobs = createS3Blobs(config, async () => new Response("AKIAMADEUP", { status: 500 }));
  const refused = "The object store answered HTTP 500.";
  await expect(blobs.put("ab/abc", new Uint8Array([1]), "image/png")).rejects.toThrow(refused);
  await expect(blobs.get("ab/abc")).rejects.toThrow(refused);
  await expect(blobs.remove("ab/abc")).rejects.toThrow(refused);
});
