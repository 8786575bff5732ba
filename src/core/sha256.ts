import { sha256 as portable } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

type NodeCrypto = { hash?(algorithm: "sha256", text: string, encoding: "buffer"): Uint8Array };
type Runtime = {
  readonly process?: {
    readonly release?: { readonly name?: string };
    getBuiltinModule?(name: "node:crypto"): NodeCrypto | undefined;
  };
};

const { process } = globalThis as Runtime;
const native =
  process?.release?.name === "node" ? process.getBuiltinModule?.("node:crypto")?.hash : undefined;

/** SHA-256 of a text in UTF-8: Node's own where there is one, which for an id takes a third of the time. */
export const sha256: (text: string) => Uint8Array =
  native === undefined
    ? (text) => portable(utf8ToBytes(text))
    : (text) => native("sha256", text, "buffer");
