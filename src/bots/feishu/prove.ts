import type { RawRequest, Receipt } from "../../ports/channel.ts";
import { sameText } from "../../wire/bytes.ts";
import { feishuCardV1Signature, feishuDecrypt, feishuSignature } from "../../wire/feishu-crypto.ts";
import { parseJson } from "../../wire/json.ts";
import { isWireError } from "../../wire/wire-error.ts";
import type { FeishuConfig } from "./config.ts";
import { instantMs } from "./instant.ts";
import { type Push, readPush } from "./push.ts";

type Keys = { readonly verification_token: string };

type Refused = Extract<Receipt, { type: "refused" }>;

/** A push that is proven to be Feishu's. `at` is when it was made, ms UTC. */
export type Proven = { readonly type: "proven"; readonly push: Push; readonly at: number };

const AHEAD_MS = 3_600_000; // Feishu states no window; clocks of self-hosted machines are off by up to an hour

/**
 * Find out whether Feishu sent a request, and open it.
 *
 * With an Encrypt Key the body must be encrypted and its bytes signed; without one the Verification Token inside is the
 * proof. A URL challenge needs no signature. Feishu docs: encrypt-key-encryption-configuration-case.
 * An account on a long connection gets nothing by HTTP: whatever comes is not Feishu's.
 */
export async function prove(
  request: RawRequest,
  config: FeishuConfig,
  now: number,
): Promise<Proven | Refused> {
  if (request.method !== "POST") return malformed(`expected POST, found ${request.method}`);
  const { encrypt_key: encryptKey, verification_token: token } = config;
  if (config.transport === "websocket" || token === undefined) {
    return refused("signature", "pushes of this account come over its long connection");
  }
  const keys = { ...config, verification_token: token };
  try {
    const opened =
      encryptKey === undefined
        ? await openPlain(request, keys)
        : await openEncrypted(request, encryptKey, token);
    return opened.type === "proven" ? inTime(opened, config, now) : opened;
  } catch (error) {
    if (isWireError(error)) return malformed(error.message);
    throw error;
  }
}

function malformed(detail: string): Refused {
  return refused("malformed", detail);
}

function refused(reason: Refused["reason"], detail: string): Refused {
  return { type: "refused", reason, detail };
}

async function openEncrypted(
  request: RawRequest,
  encryptKey: string,
  token: string,
): Promise<Proven | Refused> {
  const { timestamp, nonce, signature } = signatureOf(request);
  const expected = await feishuSignature({ timestamp, nonce, encryptKey, body: request.body });
  if (!sameText(signature, expected)) return unsignedChallenge(request, encryptKey);

  const encrypted = encryptedOf(parseJson(request.body));
  if (encrypted === null) {
    return malformed("expected the field encrypt, because encrypt_key is configured here");
  }
  const push = readPush(parseJson(await feishuDecrypt(encryptKey, encrypted)));
  if (push === null) return malformed("what was encrypted is neither an event nor a callback");
  if (push.form === "challenge") return { type: "proven", push, at: 0 };
  if (!sameText(tokenOf(push), token)) return wrongToken();
  const at = instantMs(timestamp);
  if (at === null) return malformed("x-lark-request-timestamp is not a time in seconds");
  return { type: "proven", push, at };
}

/**
 * A challenge comes unsigned: that it decrypts is its proof.
 *
 * Whatever else is wrong, the answer is the same, so that nobody learns from us whether a text decrypts.
 */
async function unsignedChallenge(
  request: RawRequest,
  encryptKey: string,
): Promise<Proven | Refused> {
  try {
    const encrypted = encryptedOf(parseJson(request.body)) ?? "";
    const push = readPush(parseJson(await feishuDecrypt(encryptKey, encrypted)));
    if (push?.form === "challenge") return { type: "proven", push, at: 0 };
  } catch (error) {
    if (!isWireError(error)) throw error;
  }
  return refused(
    "signature",
    "x-lark-signature is not the one that encrypt_key gives for this body",
  );
}

async function openPlain(request: RawRequest, keys: Keys): Promise<Proven | Refused> {
  const json = parseJson(request.body);
  if (encryptedOf(json) !== null) {
    return refused("signature", "the body is encrypted, but no encrypt_key is configured here");
  }
  const push = readPush(json);
  if (push === null) return malformed("the body is neither an event nor a callback");
  if (push.form === "card-v1") return openCardV1(request, push, keys);
  if (!sameText(tokenOf(push), keys.verification_token)) return wrongToken();
  if (push.form === "challenge") return { type: "proven", push, at: 0 };
  const at = instantMs(push.form === "v2" ? push.header.create_time : push.ts);
  return at === null ? malformed("the event says no time") : { type: "proven", push, at };
}

async function openCardV1(request: RawRequest, push: Push, keys: Keys): Promise<Proven | Refused> {
  const { timestamp, nonce, signature } = signatureOf(request);
  const verificationToken = keys.verification_token;
  const signed = { timestamp, nonce, verificationToken, body: request.body };
  if (!sameText(signature, await feishuCardV1Signature(signed))) {
    return refused(
      "signature",
      "x-lark-signature is not the one that verification_token gives for this body",
    );
  }
  const at = instantMs(timestamp);
  return at === null
    ? malformed("x-lark-request-timestamp is not a time in seconds")
    : { type: "proven", push, at };
}

function inTime(proven: Proven, config: FeishuConfig, now: number): Proven | Refused {
  if (proven.push.form === "challenge") return proven;
  const ageMs = now - proven.at;
  if (ageMs <= config.stale_after_s * 1000 && ageMs >= -AHEAD_MS) return proven;
  return refused("stale", `made ${Math.round(ageMs / 1000)} s before now by our clock`);
}

function signatureOf(request: RawRequest): { timestamp: string; nonce: string; signature: string } {
  const { headers } = request;
  return {
    timestamp: headers["x-lark-request-timestamp"] ?? "",
    nonce: headers["x-lark-request-nonce"] ?? "",
    signature: headers["x-lark-signature"] ?? "",
  };
}

function encryptedOf(json: unknown): string | null {
  if (typeof json !== "object" || json === null || !("encrypt" in json)) return null;
  return typeof json.encrypt === "string" ? json.encrypt : null;
}

/** The verification token that a push claims; an old card callback has none. */
function tokenOf(push: Push): string {
  if (push.form === "v2") return push.header.token;
  return push.form === "card-v1" ? "" : push.token;
}

function wrongToken(): Refused {
  return refused("signature", "the token inside is not the configured verification_token");
}
