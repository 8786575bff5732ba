import { utf8 } from "../../wire/bytes.ts";
import { feishuEncrypt, feishuSignature } from "../../wire/feishu-crypto.ts";
import { randomNonce } from "../../wire/random.ts";
import type { PushRequest } from "../push.ts";
import type { ToolClock } from "../tool.ts";
import { isObject, type JsonObject } from "./shape.ts";
import type { FeishuApp } from "./state.ts";

/**
 * The request of one push, encrypted and signed anew for each attempt where the app has an Encrypt Key. For a long
 * connection its URL is the push's own id.
 *
 * Feishu docs: encrypt-key-encryption-configuration-case.
 */
export async function sealPush(
  to: { readonly app: FeishuApp; readonly clock: ToolClock; readonly url: string },
  payload: JsonObject,
): Promise<PushRequest> {
  if (to.app.subscription === "websocket") return overConnection(payload);
  const body = await encrypted(to.app, payload);
  const { encryptKey } = to.app;
  if (encryptKey === null) return { url: to.url, headers: JSON_HEADERS, body };
  const timestamp = String(Math.floor(to.clock.now() / 1000));
  const nonce = randomNonce(16);
  const signature = await feishuSignature({ timestamp, nonce, encryptKey, body: utf8(body) });
  const headers = {
    ...JSON_HEADERS,
    "x-lark-request-timestamp": timestamp,
    "x-lark-request-nonce": nonce,
    "x-lark-signature": signature,
  };
  return { url: to.url, headers, body };
}

function overConnection(payload: JsonObject): PushRequest {
  const header = isObject(payload.header) ? payload.header : {};
  const id = String(header.event_id ?? payload.uuid);
  return { url: id, headers: {}, body: JSON.stringify(payload) };
}

/** The request that asks whether an address is the app's; it carries no signature. */
export async function sealChallenge(
  to: { readonly app: FeishuApp; readonly url: string },
  challenge: string,
): Promise<PushRequest> {
  const payload = { challenge, token: to.app.verificationToken, type: "url_verification" };
  return { url: to.url, headers: JSON_HEADERS, body: await encrypted(to.app, payload) };
}

async function encrypted(app: FeishuApp, payload: JsonObject): Promise<string> {
  const plain = JSON.stringify(payload);
  if (app.encryptKey === null) return plain;
  return JSON.stringify({ encrypt: await feishuEncrypt(app.encryptKey, plain) });
}

const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" };
