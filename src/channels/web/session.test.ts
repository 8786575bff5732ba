import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64, utf8 } from "../../wire/bytes.ts";
import { hmacSha256 } from "../../wire/hmac.ts";
import { openSession, sealSession } from "./session.ts";

const SECRET = "a secret of at least thirty-two characters";
const NOW = 1_700_000_000_000;
const session = { visitor: "v_1", name: null, expiresAt: NOW + 1 };

/** Any payload, signed as only the owner of the secret can. */
async function signed(payload: string): Promise<string> {
  const signature = base64(await hmacSha256(utf8(SECRET), utf8(payload)));
  return `${payload}.${signature.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

const urlSafe = (text: string) =>
  base64(utf8(text)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

describe("a visitor's session", () => {
  it("comes back out of its token, whatever the name is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(fc.string({ unit: "grapheme" })), async (name) => {
        const token = await sealSession({ ...session, name }, SECRET);
        expect(token).toMatch(/^[\w-]+\.[\w-]{43}$/);
        expect(await openSession(token, SECRET, NOW)).toEqual({ ...session, name });
      }),
      { numRuns: 50 },
    );
  });

  it("is over at the instant at which it expires", async () => {
    const token = await sealSession(session, SECRET);
    expect(await openSession(token, SECRET, NOW)).toEqual(session);
    expect(await openSession(token, SECRET, NOW + 1)).toBeNull();
  });

  it("does not open with another secret", async () => {
    const token = await sealSession(session, `${SECRET}!`);
    expect(await openSession(token, SECRET, NOW)).toBeNull();
  });

  it("does not open after one character was changed, wherever it stands", async () => {
    const token = await sealSession(session, SECRET);
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === "A" ? "B" : "A";
      const forged = token.slice(0, at) + other + token.slice(at + 1);
      expect(await openSession(forged, SECRET, NOW), `character ${at}`).toBeNull();
    }
  });

  it("does not open with its signature cut off, doubled or on another payload", async () => {
    const [payload = "", signature = ""] = (await sealSession(session, SECRET)).split(".");
    const longer = urlSafe(JSON.stringify({ ...session, expiresAt: NOW + 1e9 }));
    for (const forged of [
      payload,
      `${payload}.`,
      `.${signature}`,
      `${payload}.${signature}.${signature}`,
      `${payload}.${signature.slice(0, -1)}`,
      `${payload}.${signature}=`,
      `${longer}.${signature}`,
    ]) {
      expect(await openSession(forged, SECRET, NOW), forged).toBeNull();
    }
  });

  it("is null and never an error for any token at all", async () => {
    const token = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string().map((text) => `${text}.${text}`),
      fc.constantFrom("", ".", "..", "\ud800", "a.b.c", ".".repeat(10_000)),
    );
    await fc.assert(
      fc.asyncProperty(token, async (garbage) => {
        expect(await openSession(garbage, SECRET, NOW)).toBeNull();
      }),
    );
  });

  it("is null and never an error for garbage that carries a good signature", async () => {
    const payloads = fc.oneof(
      fc.string({ unit: "binary" }).filter((text) => !text.includes(".")),
      fc.json().map(urlSafe),
      fc.constantFrom(
        urlSafe("[".repeat(1_000)),
        urlSafe(JSON.stringify({ ...session, expiresAt: "never" })),
        urlSafe(JSON.stringify({ ...session, visitor: "" })),
        urlSafe(JSON.stringify({ visitor: "v_1", expiresAt: NOW + 1 })),
      ),
    );
    await fc.assert(
      fc.asyncProperty(payloads, async (payload) => {
        expect(await openSession(await signed(payload), SECRET, NOW)).toBeNull();
      }),
    );
    const good = await signed(urlSafe(JSON.stringify(session)));
    expect(await openSession(good, SECRET, NOW)).toEqual(session);
  });
});
