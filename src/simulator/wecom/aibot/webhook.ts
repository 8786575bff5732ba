import { sameText } from "../../../wire/bytes.ts";
import { randomNonce } from "../../../wire/random.ts";
import { wecomDecrypt, wecomEncrypt, wecomSignature } from "../../../wire/wecom-crypto.ts";
import { asFields, type Fields, parseFields, textOf } from "../../fields.ts";
import type { Push } from "../../push.ts";
import type { AibotContext, AibotOptions } from "./context.ts";

type Webhook = NonNullable<AibotOptions["webhook"]>;

/**
 * A callback as webhook mode pushes it: encrypted JSON, for no corp in particular. An answer is encrypted JSON too, with
 * the nonce of the push; `onReply` gets what stood in it. Whatever it or the answer does wrong goes to `onProblem`.
 *
 * WeCom docs: 101033.
 */
export function webhookPush(
  { clock }: AibotContext,
  webhook: Webhook,
  body: Fields,
  on: { readonly reply: (reply: Fields) => void; readonly problem: (words: string) => void },
): Push {
  const nonce = randomNonce(10);
  return {
    async build() {
      const encrypt = await seal(webhook, JSON.stringify(body));
      const url = await signed(webhook, clock.now(), nonce, encrypt);
      return {
        url: url.href,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ encrypt }),
      };
    },
    async accepts(answer) {
      if (answer.status !== 200) return false;
      if (answer.body.trim() === "") return true;
      try {
        on.reply(await open(webhook, answer.body, nonce));
      } catch (error) {
        on.problem(error instanceof Error ? error.message : "the answer is none that WeCom reads");
      }
      return true;
    },
  };
}

/** The GET that asks whether the URL is ours. WeCom docs: 101033. */
export function webhookCheck({ clock }: AibotContext, webhook: Webhook): Push {
  const echo = randomNonce(19);
  return {
    async build() {
      const echostr = await seal(webhook, echo);
      const url = await signed(webhook, clock.now(), randomNonce(10), echostr);
      url.searchParams.set("echostr", echostr);
      return { url: url.href, method: "GET", headers: {}, body: "" };
    },
    accepts: (answer) => answer.status === 200 && answer.body === echo,
  };
}

function seal({ encodingAesKey }: Webhook, message: string): Promise<string> {
  return wecomEncrypt({ encodingAesKey, message, receiveId: "" });
}

async function signed(
  { url: address, token }: Webhook,
  now: number,
  nonce: string,
  encrypt: string,
): Promise<URL> {
  const timestamp = String(Math.floor(now / 1000));
  const url = new URL(address);
  const signature = await wecomSignature({ token, timestamp, nonce, encrypt });
  url.searchParams.set("msg_signature", signature);
  url.searchParams.set("timestamp", timestamp);
  url.searchParams.set("nonce", nonce);
  return url;
}

async function open(webhook: Webhook, body: string, nonce: string): Promise<Fields> {
  const { token, encodingAesKey } = webhook;
  const envelope = parseFields(body);
  const encrypt = textOf(envelope, "encrypt");
  if (typeof envelope?.timestamp !== "number") throw new Error("timestamp must be a number");
  if (textOf(envelope, "nonce") !== nonce) throw new Error("nonce is not that of the push");
  const timestamp = String(envelope.timestamp);
  const expected = await wecomSignature({ token, timestamp, nonce, encrypt });
  if (!sameText(textOf(envelope, "msgsignature"), expected)) {
    throw new Error("msgsignature of the answer does not fit");
  }
  const { message, receiveId } = await wecomDecrypt({ encodingAesKey, encrypt });
  if (receiveId !== "") throw new Error("the answer is encrypted for a corp");
  const reply = asFields(parseFields(message));
  if (reply === null) throw new Error("inside the answer must be a JSON object");
  return reply;
}
