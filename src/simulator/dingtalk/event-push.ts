import { randomNonce } from "../../wire/random.ts";
import { wecomDecrypt, wecomEncrypt, wecomSignature } from "../../wire/wecom-crypto.ts";
import { type Fields, parseFields, textOf } from "../fields.ts";
import type { Push } from "../push.ts";
import type { DingtalkApp } from "./context.ts";

/**
 * An event as DingTalk pushes it over HTTP: encrypted for the app key, to be answered with an encrypted `success`.
 *
 * DingTalk docs: http-callback-overview, configure-stream-push; open-dingtalk/DingTalk-Callback-Crypto.
 */
export function eventPush(app: DingtalkApp, url: string, event: Fields, now: () => number): Push {
  const keys = { encodingAesKey: app.aesKey, receiveId: app.clientId };
  return {
    async build() {
      const encrypt = await wecomEncrypt({ ...keys, message: JSON.stringify(event) });
      const timestamp = String(now());
      const nonce = randomNonce(8);
      const signature = await wecomSignature({ token: app.token, timestamp, nonce, encrypt });
      const signed = new URL(url);
      signed.searchParams.set("msg_signature", signature);
      signed.searchParams.set("timestamp", timestamp);
      signed.searchParams.set("nonce", nonce);
      return {
        url: signed.toString(),
        headers: { "content-type": "application/json; charset=utf-8" },
        body: JSON.stringify({ encrypt }),
      };
    },
    accepts: async (answer) => answer.status === 200 && (await isSuccess(app, answer.body)),
  };
}

async function isSuccess(app: DingtalkApp, body: string): Promise<boolean> {
  const answer = parseFields(body);
  const encrypt = textOf(answer, "encrypt");
  const timestamp = String(answer?.timeStamp ?? "");
  const nonce = textOf(answer, "nonce");
  const expected = await wecomSignature({ token: app.token, timestamp, nonce, encrypt });
  if (textOf(answer, "msg_signature") !== expected) return false;
  const { message, receiveId } = await wecomDecrypt({ encodingAesKey: app.aesKey, encrypt });
  return message === "success" && receiveId === app.clientId;
}
