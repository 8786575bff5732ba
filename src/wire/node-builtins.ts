/** The parts of `node:crypto` and `node:buffer` that the codecs use. */
type NodeCrypto = Pick<
  typeof import("node:crypto"),
  "createCipheriv" | "createDecipheriv" | "createHmac" | "hash"
>;
type NodeBuffer = Pick<typeof import("node:buffer"), "Buffer">["Buffer"];

/**
 * Node's own cryptography, or null in any other runtime; it is asked for and not imported, so that a bundle for
 * Workers is whole without it.
 *
 * Both give the same bytes. Web Crypto queues every call on a pool of threads, which for the kilobyte of a push costs
 * several times the work itself, and lets pushes that came together arrive one by one at the store.
 */
export const nodeCrypto: NodeCrypto | null = isNode()
  ? (process.getBuiltinModule("node:crypto") ?? null)
  : null;

/** Node's own handling of bytes, several times as fast as what is standard; null in any other runtime. */
export const nodeBuffer: NodeBuffer | null = isNode()
  ? (process.getBuiltinModule("node:buffer")?.Buffer ?? null)
  : null;

/** The same bytes without what a `Buffer` does otherwise than a `Uint8Array`; nothing is copied. */
export function plainBytes(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function isNode(): boolean {
  return (
    typeof process === "object" &&
    process.release?.name === "node" &&
    typeof process.getBuiltinModule === "function"
  );
}
