import { vi } from "vitest";

// What the codecs promise must hold without Node's own modules too, as on Workers: the same tests, once more.
vi.mock("./node-builtins.ts", () => ({ nodeCrypto: null, nodeBuffer: null }));

await import("./bytes.test.ts");
await import("./hmac.test.ts");
await import("./feishu-crypto.test.ts");
await import("./wecom-crypto.test.ts");
await import("./vectors.test.ts");
