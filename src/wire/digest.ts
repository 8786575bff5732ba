import { hex } from "./bytes.ts";
import { nodeCrypto, plainBytes } from "./node-builtins.ts";

export async function sha256(data: Uint8Array): Promise<Uint8Array> {
  if (nodeCrypto !== null) return plainBytes(nodeCrypto.hash("sha256", data, "buffer"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", data));
}

/** Lower-case hex of SHA-256. */
export async function sha256Hex(data: Uint8Array): Promise<string> {
  if (nodeCrypto !== null) return nodeCrypto.hash("sha256", data, "hex");
  return hex(await sha256(data));
}

/** Lower-case hex of SHA-1, which some vendors still sign with. */
export async function sha1Hex(data: Uint8Array): Promise<string> {
  if (nodeCrypto !== null) return nodeCrypto.hash("sha1", data, "hex");
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-1", data)));
}
