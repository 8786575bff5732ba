import { createCipheriv } from "node:crypto";
import { decrypt, encrypt as encryptByVendor, getSignature } from "@wecom/crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64, concat, fromBase64, utf8 } from "./bytes.ts";
import { wecomDecrypt, wecomEncrypt, wecomSignature } from "./wecom-crypto.ts";
import { wecomMediaDecrypt, wecomMediaEncrypt } from "./wecom-media.ts";

const KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
const malformed = expect.objectContaining({ name: "WireError", code: "malformed" });
const badKey = expect.objectContaining({ name: "WireError", code: "bad-key" });
const words = fc.string({ unit: "grapheme", maxLength: 60 }).map((any) => `门店冰柜不制冷${any}`);
const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((raw) => base64(raw).slice(0, 43));
const ids = fc.string({ maxLength: 40 });

function open(encrypt: string) {
  return wecomDecrypt({ encodingAesKey: KEY, encrypt });
}

/** Any bytes under the key, with Node's own cipher; their padding is the caller's. */
function sealed(padded: Uint8Array): string {
  const raw = fromBase64(KEY);
  const cipher = createCipheriv("aes-256-cbc", raw, raw.subarray(0, 16)).setAutoPadding(false);
  return base64(Buffer.concat([cipher.update(padded), cipher.final()]));
}

function body(length: number, ...parts: Uint8Array[]): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, length);
  return concat(new Uint8Array(16), size, ...parts);
}

function pad(plain: Uint8Array, value = 32 - (plain.length % 32)): Uint8Array {
  return concat(plain, new Uint8Array(32 - (plain.length % 32)).fill(value));
}

describe("the encryption of the WeCom family", () => {
  it("opens what it sealed", async () => {
    await fc.assert(
      fc.asyncProperty(keys, words, ids, async (encodingAesKey, message, receiveId) => {
        const encrypt = await wecomEncrypt({ encodingAesKey, message, receiveId });
        expect(await wecomDecrypt({ encodingAesKey, encrypt })).toEqual({ message, receiveId });
      }),
    );
  });

  it("seals what WeCom's own package opens", async () => {
    await fc.assert(
      fc.asyncProperty(keys, words, ids, async (encodingAesKey, message, receiveId) => {
        const encrypt = await wecomEncrypt({ encodingAesKey, message, receiveId });
        expect(decrypt(encodingAesKey, encrypt)).toMatchObject({ message, id: receiveId });
      }),
    );
  });

  it("opens what WeCom's own package sealed", async () => {
    await fc.assert(
      fc.asyncProperty(keys, words, ids, async (encodingAesKey, message, receiveId) => {
        const encrypt = encryptByVendor(encodingAesKey, message, receiveId);
        expect(await wecomDecrypt({ encodingAesKey, encrypt })).toEqual({ message, receiveId });
      }),
    );
  });

  it("opens every length of padding from 1 to 32", async () => {
    for (let length = 0; length < 32; length++) {
      const message = "x".repeat(length);
      const encrypt = await wecomEncrypt({ encodingAesKey: KEY, message, receiveId: "" });
      expect(await open(encrypt)).toEqual({ message, receiveId: "" });
    }
  });

  it.each(["", "AAAA", "不是密文", base64(new Uint8Array(16)), base64(new Uint8Array(48))])(
    "refuses the garbage %j",
    async (garbage) => {
      await expect(open(garbage)).rejects.toThrow(malformed);
    },
  );

  it("refuses a text cut off at any place", async () => {
    const encrypt = await wecomEncrypt({ encodingAesKey: KEY, message: "冰柜", receiveId: "ww1" });
    expect(encrypt.endsWith("=")).toBe(true);
    for (let kept = 0; kept < encrypt.indexOf("="); kept++) {
      await expect(open(encrypt.slice(0, kept))).rejects.toThrow(malformed);
    }
  });

  it("refuses wrong padding", async () => {
    const plain = body(2, utf8("okww1"));
    expect(await open(sealed(pad(plain)))).toEqual({ message: "ok", receiveId: "ww1" });
    for (const value of [0, 33, 255]) {
      await expect(open(sealed(pad(plain, value)))).rejects.toThrow(malformed);
    }
    const padOf33 = body(2, utf8("ok"), new Uint8Array(42).fill(33));
    await expect(open(sealed(padOf33))).rejects.toThrow(malformed);
    const uneven = pad(plain);
    uneven[plain.length] = 1;
    await expect(open(sealed(uneven))).rejects.toThrow(malformed);
  });

  it("refuses a message longer than what was sealed", async () => {
    for (const length of [3, 2 ** 31, 2 ** 32 - 1]) {
      await expect(open(sealed(pad(body(length, utf8("ok")))))).rejects.toThrow(malformed);
    }
  });

  it("refuses contents too short for a length", async () => {
    await expect(open(sealed(pad(new Uint8Array(19))))).rejects.toThrow(malformed);
    await expect(open(sealed(pad(new Uint8Array(0))))).rejects.toThrow(malformed);
  });

  it("refuses a message that is not UTF-8", async () => {
    await expect(open(sealed(pad(body(1, Uint8Array.of(0xff)))))).rejects.toThrow(malformed);
  });

  it("refuses a text under another key", async () => {
    const encrypt = await wecomEncrypt({ encodingAesKey: KEY, message: "冰柜", receiveId: "ww1" });
    const encodingAesKey = `x${KEY.slice(1)}`;
    await expect(wecomDecrypt({ encodingAesKey, encrypt })).rejects.toThrow(malformed);
  });

  it.each(["", "short", `${KEY}=`, `${KEY.slice(1)}!`])(
    "names a key that cannot be one without showing it: %j",
    async (encodingAesKey) => {
      const error: unknown = await wecomEncrypt({
        encodingAesKey,
        message: "",
        receiveId: "",
      }).catch((thrown) => thrown);
      expect(error).toEqual(badKey);
      if (encodingAesKey !== "") expect(String(error)).not.toContain(encodingAesKey);
    },
  );

  it("signs as WeCom's own package does", async () => {
    const part = fc.string({ unit: fc.constantFrom(..."aZ09+/=") });
    await fc.assert(
      fc.asyncProperty(part, part, part, part, async (token, timestamp, nonce, encrypt) => {
        expect(await wecomSignature({ token, timestamp, nonce, encrypt })).toBe(
          getSignature(token, timestamp, nonce, encrypt),
        );
      }),
    );
  });
});

describe("a file of a WeCom AI bot", () => {
  it("opens as it was sealed", async () => {
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(base64);
    await fc.assert(
      fc.asyncProperty(key, fc.uint8Array({ maxLength: 200 }), async (aesKey, file) => {
        const opened = await wecomMediaDecrypt(aesKey, await wecomMediaEncrypt(aesKey, file));
        expect(opened).toEqual(new Uint8Array(file));
      }),
    );
  });

  it("is refused when cut off, or under a key of another length", async () => {
    const aesKey = base64(new Uint8Array(32));
    const file = await wecomMediaEncrypt(aesKey, utf8("图"));
    await expect(wecomMediaDecrypt(aesKey, file.subarray(1))).rejects.toThrow(malformed);
    await expect(wecomMediaDecrypt("AAAA", file)).rejects.toThrow(badKey);
  });
});
