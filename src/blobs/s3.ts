import { AwsClient } from "aws4fetch";
import type { S3Config } from "../core/config/attachments.ts";
import type { Blobs } from "../ports/blobs.ts";

const TIMEOUT_MS = 60_000;

/** Objects of a bucket of any S3-compatible store, addressed as `<endpoint>/<bucket>/<prefix><name>`. */
export function createS3Blobs(config: S3Config, send: typeof fetch): Blobs {
  const client = new AwsClient({
    accessKeyId: config.access_key_id,
    secretAccessKey: config.secret_access_key,
    region: config.region,
    service: "s3",
  });
  const base = `${config.endpoint}/${encodeURIComponent(config.bucket)}`;

  async function call(
    method: "GET" | "PUT" | "DELETE",
    name: string,
    put?: Put,
  ): Promise<Response> {
    const url = `${base}/${config.prefix}${name}`;
    const signed = await client.sign(url, {
      method,
      ...(put === undefined
        ? {}
        : { body: new Uint8Array(put.bytes), headers: { "content-type": put.mime } }),
    });
    return send(signed.url, {
      method,
      headers: signed.headers,
      ...(put === undefined ? {} : { body: new Uint8Array(put.bytes) }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }

  return {
    async put(name, bytes, mime) {
      const response = await call("PUT", name, { bytes, mime });
      await response.body?.cancel();
      if (!response.ok) throw refused(response);
    },
    async get(name) {
      const response = await call("GET", name);
      if (response.ok) return new Uint8Array(await response.arrayBuffer());
      await response.body?.cancel();
      if (response.status === 404) return null;
      throw refused(response);
    },
    async remove(name) {
      const response = await call("DELETE", name);
      await response.body?.cancel();
      if (!response.ok && response.status !== 404) throw refused(response);
    },
  };
}

type Put = { readonly bytes: Uint8Array; readonly mime: string };

function refused({ status }: Response): Error {
  return new Error(`The object store answered HTTP ${status}.`);
}
