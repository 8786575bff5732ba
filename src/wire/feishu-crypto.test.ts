import { createCipheriv, createHash } from "node:crypto";
import { AESCipher } from "@larksuiteoapi/node-sdk";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64, fromBase64, utf8 } from "./bytes.ts";
import { feishuDecrypt, feishuEncrypt, feishuSignature } from "./feishu-crypto.ts";

const KEY = "ek_made_up_key";
const malformed = expect.objectContaining({ name: "WireError", code: "malformed" });
const words = fc.string({ unit: "grapheme" }).map((any) => `打印机坏了${any}`);

/** As the vendor would encrypt it, over bytes of our choice and with Node's own cipher. */
function sealed(plain: Uint8Array, autoPadding = true): string {
  const cipher = createCipheriv(
    "aes-256-cbc",
    createHash("sha256").update(KEY).digest(),
    new Uint8Array(16),
  );
  cipher.setAutoPadding(autoPadding);
  return base64(Buffer.concat([new Uint8Array(16), cipher.update(plain), cipher.final()]));
}

describe("Feishu's encryption", () => {
  it("opens what it sealed, under any key", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), words, async (key, plaintext) => {
        expect(await feishuDecrypt(key, await feishuEncrypt(key, plaintext))).toBe(plaintext);
      }),
    );
  });

  it("opens a text whatever was opened before it, and beside it, under the same key", async () => {
    const forged = sealed(new Uint8Array(32), false);
    const texts = ["打印机坏了", "x".repeat(100), ""];
    const encrypted = await Promise.all(texts.map((each) => feishuEncrypt(KEY, each)));
    await expect(feishuDecrypt(KEY, forged)).rejects.toThrow(malformed);
    const opened = [...encrypted, ...encrypted].map((each) => feishuDecrypt(KEY, each));
    expect(await Promise.all(opened)).toEqual([...texts, ...texts]);
  });

  it("seals what Feishu's own SDK opens to the same text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), words, async (key, plaintext) => {
        expect(new AESCipher(key).decrypt(await feishuEncrypt(key, plaintext))).toBe(plaintext);
      }),
    );
  });

  it("never seals the same text alike", async () => {
    expect(await feishuEncrypt(KEY, "同")).not.toBe(await feishuEncrypt(KEY, "同"));
  });

  it("refuses a key that is not the sender's", async () => {
    const encrypted = await feishuEncrypt(KEY, "打印机坏了".repeat(20));
    await expect(feishuDecrypt("another", encrypted)).rejects.toThrow(malformed);
  });

  it.each(["AAAA", "", "not base64!", base64(new Uint8Array(16)), base64(new Uint8Array(33))])(
    "refuses the garbage %j",
    async (garbage) => {
      await expect(feishuDecrypt(KEY, garbage)).rejects.toThrow(malformed);
    },
  );

  it("refuses a text cut off at any place", async () => {
    const encrypted = await feishuEncrypt(KEY, "打印机坏了".repeat(3));
    const whole = fromBase64(encrypted).length;
    for (let kept = 0; kept < encrypted.length; kept++) {
      const cut = encrypted.slice(0, kept);
      if (Math.floor((kept * 3) / 4) >= whole) continue; // only padding went, which is forgiven
      await expect(feishuDecrypt(KEY, cut)).rejects.toThrow(malformed);
    }
  });

  it("refuses wrong padding", async () => {
    expect(await feishuDecrypt(KEY, sealed(utf8("正确")))).toBe("正确");
    for (const last of [0, 17, 32, 255]) {
      const padded = sealed(new Uint8Array(16).fill(last), false);
      await expect(feishuDecrypt(KEY, padded)).rejects.toThrow(malformed);
    }
  });

  it("refuses bytes inside that are not UTF-8", async () => {
    await expect(feishuDecrypt(KEY, sealed(Uint8Array.of(0xff, 0xfe)))).rejects.toThrow(malformed);
  });

  it("says nothing of key or text in an error", async () => {
    const encrypted = await feishuEncrypt(KEY, "13800138000");
    const error: unknown = await feishuDecrypt(`${KEY}x`, encrypted.slice(0, -4)).catch((e) => e);
    expect(String(error)).not.toContain(KEY);
    expect(String(error)).not.toContain(encrypted.slice(0, 8));
  });
});

describe("Feishu's signature", () => {
  it("changes with every byte of the body and with each header", async () => {
    const signed = { timestamp: "1700000000", nonce: "n", encryptKey: KEY, body: utf8('{"a":1}') };
    const signature = await feishuSignature(signed);
    const others = [
      { ...signed, timestamp: "1700000001" },
      { ...signed, nonce: "m" },
      { ...signed, encryptKey: "another" },
      ...Array.from(signed.body, (byte, at) => ({
        ...signed,
        body: signed.body.with(at, byte ^ 1),
      })),
    ];
    for (const other of others) expect(await feishuSignature(other)).not.toBe(signature);
  });
});
