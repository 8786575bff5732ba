import { expect } from "vitest";
import { feishu } from "../../src/bots/feishu/feishu.ts";
import type { RawRequest } from "../../src/ports/channel.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import {
  feishuCardV1Signature,
  feishuEncrypt,
  feishuSignature,
} from "../../src/wire/feishu-crypto.ts";
import { NOW, type PushSubject } from "./channel-subject.ts";
import { ENCRYPT_KEY, encryptedConfig, plainConfig, TOKEN } from "./feishu-account.ts";
import { actionSample, messageSamples, oldCardSample } from "./feishu-samples.ts";

const SECONDS = String(NOW / 1000);
const WINDOW = { pastMs: 8 * 3_600_000, futureMs: 3_600_000 };

function request(body: Uint8Array, headers: Record<string, string> = {}): RawRequest {
  return {
    method: "POST",
    query: "",
    headers: { "content-type": "application/json", ...headers },
    body,
  };
}

function signatureHeaders(signature: string, timestamp = SECONDS): Record<string, string> {
  return {
    "x-lark-request-timestamp": timestamp,
    "x-lark-request-nonce": "n-1",
    "x-lark-signature": signature,
  };
}

async function signed(body: Uint8Array, encryptKey = ENCRYPT_KEY): Promise<RawRequest> {
  const about = { timestamp: SECONDS, nonce: "n-1", encryptKey, body };
  return request(body, signatureHeaders(await feishuSignature(about)));
}

async function encrypted(payload: string): Promise<Uint8Array> {
  return utf8(JSON.stringify({ encrypt: await feishuEncrypt(ENCRYPT_KEY, payload) }));
}

async function signedV1(body: Uint8Array): Promise<RawRequest> {
  const about = { timestamp: SECONDS, nonce: "n-2", verificationToken: TOKEN, body };
  const headers = signatureHeaders(await feishuCardV1Signature(about));
  return request(body, { ...headers, "x-lark-request-nonce": "n-2" });
}

const CHALLENGE = JSON.stringify({ challenge: "c-1", token: TOKEN, type: "url_verification" });
const answersChallenge = (reply: { body: string }) =>
  expect(JSON.parse(reply.body)).toEqual({ challenge: "c-1" });

const encryptedPush: PushSubject = {
  name: "events and callbacks under an Encrypt Key",
  feed: "event",
  create: (deps) => feishu.create(encryptedConfig, deps),
  createStranger: (deps) => feishu.create({ ...encryptedConfig, encrypt_key: "another" }, deps),
  samples: [...messageSamples, actionSample],
  prove: (body) => signed(body),
  push: async (payload) => signed(await encrypted(payload)),
  coversBody: true,
  proof: {
    headers: ["x-lark-signature", "x-lark-request-nonce", "x-lark-request-timestamp"],
    query: [],
  },
  window: WINDOW,
  handshakes: [
    {
      name: "unsigned",
      request: async () => request(await encrypted(CHALLENGE)),
      check: answersChallenge,
    },
    {
      name: "signed",
      request: async () => signed(await encrypted(CHALLENGE)),
      check: answersChallenge,
    },
  ],
  forgeries: [
    {
      name: "a signed body that is not encrypted",
      request: () => signed(utf8(actionSample.payload)),
      reason: "malformed",
    },
    {
      name: "an encrypted event without any signature",
      request: async () => request(await encrypted(actionSample.payload)),
      reason: "signature",
    },
    {
      name: "an unencrypted event that knows the token",
      request: () => request(utf8(actionSample.payload)),
      reason: "signature",
    },
    {
      name: "an unencrypted challenge that knows the token",
      request: () => request(utf8(CHALLENGE)),
      reason: "signature",
    },
    {
      name: "an encrypted event with another token inside",
      request: async () => signed(await encrypted(actionSample.payload.replaceAll(TOKEN, "other"))),
      reason: "signature",
    },
    {
      name: "an old card callback signed with the verification token only",
      request: () => signedV1(utf8(oldCardSample.payload)),
      reason: "signature",
    },
    {
      name: "a body signed with nothing for a key",
      request: async () => signed(await encrypted(actionSample.payload), ""),
      reason: "signature",
    },
  ],
};

const tokenPush: PushSubject = {
  name: "events and callbacks under the Verification Token",
  feed: "event",
  create: (deps) => feishu.create(plainConfig, deps),
  createStranger: (deps) => feishu.create({ ...plainConfig, verification_token: "another" }, deps),
  samples: [...messageSamples, actionSample],
  prove: (body) => request(body),
  push: (payload) => request(utf8(payload)),
  coversBody: false,
  proof: { headers: [], query: [] },
  window: WINDOW,
  handshakes: [{ name: "plain", request: () => request(utf8(CHALLENGE)), check: answersChallenge }],
  forgeries: [
    {
      name: "an encrypted body, although no key is configured",
      request: async () => signed(await encrypted(actionSample.payload)),
      reason: "signature",
    },
    {
      name: "an old card callback without a signature",
      request: () => request(utf8(oldCardSample.payload)),
      reason: "signature",
    },
    {
      name: "an event without a token",
      request: () => request(utf8(actionSample.payload.replace(`"token":"${TOKEN}",`, ""))),
      reason: "malformed",
    },
  ],
};

const oldCardPush: PushSubject = {
  name: "old card callbacks",
  feed: "card",
  create: (deps) => feishu.create(plainConfig, deps),
  createStranger: (deps) => feishu.create({ ...plainConfig, verification_token: "another" }, deps),
  samples: [oldCardSample],
  prove: (body) => signedV1(body),
  push: (payload) => signedV1(utf8(payload)),
  coversBody: true,
  proof: {
    headers: ["x-lark-signature", "x-lark-request-nonce", "x-lark-request-timestamp"],
    query: [],
  },
  window: WINDOW,
  handshakes: [],
  forgeries: [],
};

/** Everything that Feishu pushes, in every mode of protection. */
export const feishuPushes: readonly PushSubject[] = [
  encryptedPush,
  tokenPush,
  { ...tokenPush, name: "the same on the card feed", feed: "card" },
  oldCardPush,
];
