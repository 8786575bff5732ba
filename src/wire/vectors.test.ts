import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { base64, fromBase64, utf8, utf8Text } from "./bytes.ts";
import { sha1Hex, sha256 } from "./digest.ts";
import { dingtalkCardSign, dingtalkCustomRobotSign, dingtalkRobotSign } from "./dingtalk-sign.ts";
import {
  feishuCardV1Signature,
  feishuCustomBotSign,
  feishuDecrypt,
  feishuEncrypt,
  feishuSignature,
} from "./feishu-crypto.ts";
import { parseJson } from "./json.ts";
import { wecomDecrypt, wecomEncrypt, wecomSignature } from "./wecom-crypto.ts";
import { wecomMediaDecrypt, wecomMediaEncrypt } from "./wecom-media.ts";

type Fields = Readonly<Record<string, unknown>>;
type Vector = { readonly id: string; readonly input: Fields; readonly expected: Fields };
type Run = (input: Fields, expected: Fields) => Promise<void>;

const file = new URL("../../test/fixtures/wire-vectors.json", import.meta.url);
const vectors: readonly Vector[] = JSON.parse(readFileSync(file, "utf8"));

/** A field of a vector; a vector without it is broken, so the test must not pass over it. */
function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new Error(`the vector has no text called ${name}, only ${Object.keys(fields).join(", ")}`);
}

function inside(fields: Fields, name: string): Fields {
  const value = fields[name];
  if (typeof value === "object" && value !== null) return value as Fields;
  throw new Error(`the vector has no object called ${name}`);
}

const feishuDecrypts: Run = async (input, expected) => {
  const encrypted = text("body" in input ? inside(input, "body") : input, "encrypt");
  const plaintext = await feishuDecrypt(text(input, "encryptKey"), encrypted);
  expect(plaintext).toBe(text(expected, "plaintext"));
  const iv = fromBase64(encrypted).subarray(0, 16);
  expect(await feishuEncrypt(text(input, "encryptKey"), plaintext, iv)).toBe(encrypted);
};

const feishuChallenge: Run = async (input, expected) => {
  await feishuDecrypts(input, expected);
  const { challenge } = inside(expected, "responseBody");
  expect(parseJson(utf8(text(expected, "plaintext")))).toMatchObject({ challenge });
};

const feishuEncrypts: Run = async (input, expected) => {
  const iv = new Uint8Array(Buffer.from(text(input, "ivHex"), "hex"));
  const key = text(input, "encryptKey");
  const encrypted = await feishuEncrypt(key, text(input, "plaintext"), iv);
  expect(encrypted).toBe(text(expected, "encrypt"));
  expect(await feishuDecrypt(key, encrypted)).toBe(text(input, "plaintext"));
};

const feishuSigns: Run = async (input, expected) => {
  const signature = await feishuSignature({
    timestamp: text(input, "timestamp"),
    nonce: text(input, "nonce"),
    encryptKey: text(input, "encryptKey"),
    body: utf8(text(input, "rawBody")),
  });
  expect(signature).toBe(text(expected, "X-Lark-Signature"));
};

const feishuCardV1Signs: Run = async (input, expected) => {
  const signature = await feishuCardV1Signature({
    timestamp: text(input, "timestamp"),
    nonce: text(input, "nonce"),
    verificationToken: text(input, "verificationToken"),
    body: utf8(text(input, "rawBody")),
  });
  expect(signature).toBe(text(expected, "X-Lark-Signature"));
};

const feishuCustomBotSigns: Run = async (input, expected) => {
  const sign = await feishuCustomBotSign(text(input, "timestamp"), text(input, "secret"));
  expect(sign).toBe(text(expected, "sign"));
};

function familySignature(input: Fields, encrypt: string): Promise<string> {
  const timestamp = text(input, "timestamp" in input ? "timestamp" : "TimeStamp");
  const nonce = text(input, "nonce" in input ? "nonce" : "Nonce");
  return wecomSignature({ token: text(input, "token"), timestamp, nonce, encrypt });
}

function keyOf(input: Fields): string {
  return text(input, "encodingAESKey" in input ? "encodingAESKey" : "aesKey");
}

/** Decrypt, check what is inside, and encrypt it again with the same random bytes to the same text. */
const familyDecrypts: Run = async (input, expected) => {
  const encodingAesKey = keyOf(input);
  const opened = await wecomDecrypt({ encodingAesKey, encrypt: text(input, "encrypt") });
  const receiver = ["receiveId", "appid", "ownerKey", "trailerId"].find((name) => name in expected);
  expect(opened).toEqual({
    message: text(expected, "plaintext"),
    receiveId: text(expected, receiver ?? "receiveId"),
  });
  const random =
    "randomHex" in expected
      ? new Uint8Array(Buffer.from(text(expected, "randomHex"), "hex"))
      : utf8(text(expected, "randomAscii"));
  const again = await wecomEncrypt({ encodingAesKey, ...opened, random });
  expect(again).toBe(text(input, "encrypt"));
};

const familySignsAndDecrypts: Run = async (input, expected) => {
  expect(await familySignature(input, text(input, "encrypt"))).toBe(
    text(expected, "msg_signature"),
  );
  await familyDecrypts(input, expected);
};

const familyEncryptsAndSigns: Run = async (input, expected) => {
  const encrypt = await wecomEncrypt({
    encodingAesKey: keyOf(input),
    message: text(input, "plaintext"),
    receiveId: text(input, "receiveId" in input ? "receiveId" : "appid"),
    random: utf8(text(input, "randomAscii")),
  });
  expect(encrypt).toBe(text(expected, "encrypt" in expected ? "encrypt" : "Encrypt"));
  const signature = "msg_signature" in expected ? "msg_signature" : "MsgSignature";
  expect(await familySignature(input, encrypt)).toBe(text(expected, signature));
};

const wechatSafeMode: Run = async (input, expected) => {
  await familySignsAndDecrypts(input, expected);
  expect(await familySignature(input, "")).toBe(text(input, "signature_plain"));
};

const wechatPlainSignature: Run = async (input, expected) => {
  expect(await familySignature(input, "")).toBe(text(expected, "signature"));
};

const jsApiSignature: Run = async (input, expected) => {
  const signed = [
    `jsapi_ticket=${text(input, "ticket")}`,
    `noncestr=${text(input, "nonceStr")}`,
    `timestamp=${text(input, "timestamp")}`,
    `url=${text(input, "url")}`,
  ].join("&");
  expect(await sha1Hex(utf8(signed))).toBe(text(expected, "signature"));
};

const mediaDecrypts: Run = async (input, expected) => {
  const file = fromBase64(text(input, "ciphertextBase64"));
  const plain = await wecomMediaDecrypt(text(input, "aeskey"), file);
  expect(utf8Text(plain)).toBe(text(expected, "plaintextUtf8"));
  expect(await wecomMediaEncrypt(text(input, "aeskey"), plain)).toEqual(file);
};

const dingtalkCustomRobotSigns: Run = async (input, expected) => {
  const sign = await dingtalkCustomRobotSign(text(input, "secret"), text(input, "timestamp"));
  expect(sign).toBe(text(expected, "signBase64"));
  expect(encodeURIComponent(sign)).toBe(text(expected, "signUrlEncoded"));
};

const dingtalkRobotSigns: Run = async (input, expected) => {
  const timestamp = text(inside(input, "headers"), "timestamp");
  const sign = await dingtalkRobotSign(text(input, "appSecret"), timestamp);
  expect(sign).toBe(text(inside(expected, "headers"), "sign"));
};

const dingtalkCardSigns: Run = async (input, expected) => {
  const timestamp = text(inside(input, "headers"), "x-ddpaas-signature-timestamp");
  const sign = await dingtalkCardSign(text(input, "apiSecret"), timestamp);
  expect(sign).toBe(text(inside(expected, "headers"), "x-ddpaas-signature"));
};

const codeChallenge: Run = async (input, expected) => {
  const digest = base64(await sha256(utf8(text(input, "codeVerifier"))));
  const urlSafe = digest.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  expect(urlSafe).toBe(text(expected, "codeChallenge"));
};

const RUNS: ReadonlyMap<string, Run> = new Map([
  ["feishu-decrypt-doc", feishuDecrypts],
  ["feishu-challenge-sdk-test", feishuChallenge],
  ["feishu-event-encrypt-fixed-iv", feishuEncrypts],
  ["feishu-event-signature", feishuSigns],
  ["feishu-event-signature-whitespace", feishuSigns],
  ["feishu-card-v1-signature", feishuCardV1Signs],
  ["feishu-custom-bot-sign", feishuCustomBotSigns],
  ["wecom-verify-url", familySignsAndDecrypts],
  ["wecom-message-1", familySignsAndDecrypts],
  ["wechat-mp-xml-binary-random", familySignsAndDecrypts],
  ["wecom-encrypt-fixed", familyEncryptsAndSigns],
  ["aibot-webhook-encrypt-fixed", familyEncryptsAndSigns],
  ["wecom-encrypt-pad32", familyEncryptsAndSigns],
  ["wecom-jsapi-doc", jsApiSignature],
  ["wechat-get-verify", wechatPlainSignature],
  ["wechat-plain-post", wechatPlainSignature],
  ["wechat-safe-mode", wechatSafeMode],
  ["wechat-safe-reply", familyEncryptsAndSigns],
  ["wechat-crypto-crate", familyDecrypts],
  ["dingtalk-check-url", familySignsAndDecrypts],
  ["dingtalk-suite", familySignsAndDecrypts],
  ["dingtalk-success-reply", familySignsAndDecrypts],
  ["dingtalk-custom-robot-sign", dingtalkCustomRobotSigns],
  ["dingtalk-custom-robot-sign-2", dingtalkCustomRobotSigns],
  ["dingtalk-http-robot-header-sign", dingtalkRobotSigns],
  ["dingtalk-http-robot-header-sign-doc-inputs", dingtalkRobotSigns],
  ["dingtalk-card-callback-sign", dingtalkCardSigns],
  ["aibot-media-decrypt", mediaDecrypts],
  ["oauth-pkce-s256", codeChallenge],
]);

describe("the wire codecs", () => {
  it("know how to run every vector, and have a vector for everything they know", () => {
    expect(vectors.length).toBeGreaterThan(0);
    expect(vectors.map(({ id }) => id).sort()).toEqual([...RUNS.keys()].sort());
  });

  it.each(vectors)("give the known answer of $id", async ({ id, input, expected }) => {
    const run = RUNS.get(id);
    if (run === undefined) throw new Error(`no codec is known for the vector ${id}`);
    expect.hasAssertions();
    await run(input, expected);
  });
});
