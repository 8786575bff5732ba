/** The part of `node:crypto` that the codecs use. */
type NodeCrypto = Pick<typeof import("node:crypto"), "createDecipheriv" | "createHash">;

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

function isNode(): boolean {
  return (
    typeof process === "object" &&
    process.release?.name === "node" &&
    typeof process.getBuiltinModule === "function"
  );
}
