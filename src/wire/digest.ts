import { hex } from "./bytes.ts";
import { nodeCrypto } from "./node-crypto.ts";

export async function sha256(data: Uint8Array): Promise<Uint8Array> {
  if (nodeCrypto !== null)
    return new Uint8Array(nodeCrypto.createHash("sha256").update(data).digest());
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}

/** Lower-case hex of SHA-256. */
export async function sha256Hex(data: Uint8Array): Promise<string> {
  return hex(await sha256(data));
}

/** Lower-case hex of SHA-1, which some vendors still sign with. */
export async function sha1Hex(data: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-1", data)));
}
