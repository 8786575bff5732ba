import type { ChannelDeps } from "../../ports/channel.ts";
import type { Opening } from "../../ports/connection.ts";
import { DINGTALK_GATEWAY_PATH, DINGTALK_TOPICS } from "../../wire/dingtalk-frame.ts";
import { callVendor } from "../../wire/vendor-call.ts";
import type { DingtalkConfig } from "./config.ts";
import { failureOf } from "./failure.ts";
import { type Fields, textOf } from "./fields.ts";

export type NotOpened = Extract<Opening, { readonly type: "failed" }>;

/** Where to connect. The URL holds a ticket that opens one connection: it must stand in no log. */
export type Address = { readonly type: "address"; readonly url: string };

/** What we want to hear; events mean nothing to us, so they are not asked for. */
const SUBSCRIPTIONS = [
  { type: "CALLBACK", topic: DINGTALK_TOPICS.robot },
  { type: "CALLBACK", topic: DINGTALK_TOPICS.card },
] as const;

/** Ask DingTalk where to connect. Never rejects, gives up when `signal` fires. developerpedia: learn/stream/protocol. */
export async function askGateway(
  config: DingtalkConfig,
  deps: Pick<ChannelDeps, "fetch">,
  signal: AbortSignal,
): Promise<Address | NotOpened> {
  const answer = await callVendor(deps.fetch, {
    method: "POST",
    url: `${config.gateway ?? config.api_base}${DINGTALK_GATEWAY_PATH}`,
    headers: { accept: "application/json" }, // it would be XML without
    json: {
      clientId: config.client_id,
      clientSecret: config.client_secret,
      ua: "loopdesk",
      subscriptions: SUBSCRIPTIONS,
    },
    signal,
  });
  if (answer.type !== "answer") return notOpened("transient", answer.reason);
  const { status, body } = answer;
  const isAccepted = status >= 200 && status < 300 && body.status !== 1111;
  return isAccepted ? addressIn(body) : refusalOf(status, body);
}

export function notOpened(
  failureClass: NotOpened["class"],
  reason: string,
  afterMs: number | null = null,
): NotOpened {
  return { type: "failed", class: failureClass, afterMs, reason };
}

function addressIn(body: Fields): Address | NotOpened {
  const endpoint = textOf(body.endpoint);
  const ticket = textOf(body.ticket);
  if (endpoint !== null && ticket !== null && /^wss?:\/\//.test(endpoint)) {
    try {
      const url = new URL(endpoint);
      url.searchParams.set("ticket", ticket);
      return { type: "address", url: url.href };
    } catch {
      // Told below, without the endpoint's words.
    }
  }
  return notOpened("transient", "an answer without endpoint or ticket");
}

/**
 * Wrong credentials or rights need a person. Any other refusal may pass, and an account that gave up would be deaf.
 *
 * DingTalk docs: call-frequency-limit, server-api-error-codes-1.
 */
function refusalOf(status: number, body: Fields): NotOpened {
  const failure = failureOf(status, body);
  if (status === 429 || failure.class === "rate") {
    return notOpened("rate", failure.reason, failure.afterMs);
  }
  const isOurs = failure.class === "token" || failure.class === "config" || status === 404;
  return notOpened(isOurs ? "config" : "transient", failure.reason);
}
