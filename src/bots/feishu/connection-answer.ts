import type { Clock } from "../../ports/clock.ts";
import type { Intake, Taken } from "../../ports/connection.ts";
import type { Logger } from "../../ports/logger.ts";
import { base64, utf8 } from "../../wire/bytes.ts";
import { encodeFeishuFrame, type FeishuFrame } from "../../wire/feishu-frame.ts";
import type { FeishuConfig } from "./config.ts";
import { receiveDelivered } from "./receive.ts";

export type PushAnswer = {
  /** 200: we have it. 500: send it again, which Feishu does with events and not with clicks. */
  readonly code: 200 | 500;
  /** What a webhook would have been answered, for a click. */
  readonly body: string | null;
  readonly after: Taken["after"] | null;
};

export type AnswerDeps = {
  readonly config: FeishuConfig;
  readonly intake: Intake;
  readonly clock: Clock;
  readonly log: Logger;
};

/**
 * Hand the hub what a push says, and find out what Feishu is to hear of it. Never rejects. A push that cannot be read is
 * acknowledged, because the next time it would be the same.
 */
export async function answerPush(payload: Uint8Array, deps: AnswerDeps): Promise<PushAnswer> {
  const { config, log } = deps;
  try {
    const receipt = receiveDelivered(payload, config, deps.clock.now());
    if (receipt.type === "refused") {
      const { reason, detail } = receipt;
      log.warn("A push over the long connection was not read.", { reason, detail });
      return { code: 200, body: null, after: null };
    }
    const [item] = receipt.items;
    if (item === undefined) {
      log.debug("A push over the long connection means nothing to us.");
      return { code: 200, body: null, after: null };
    }
    const click = item.type === "action";
    const { outcome, after } = await deps.intake(click ? "card" : "event", receipt.items);
    const body = click ? (await receipt.reply(outcome)).body : null;
    return { code: 200, body, after };
  } catch (error) {
    const reason = error instanceof Error ? error.name : "error";
    log.warn("A push over the long connection was not taken in.", { reason });
    return { code: 500, body: null, after: null };
  }
}

/** The frame that acknowledges a push: its own, with our answer in it and how long that took. Wire facts: Feishu's SDKs. */
export function acknowledgement(
  push: FeishuFrame,
  answer: Pick<PushAnswer, "code" | "body">,
  tookMs: number,
): Uint8Array {
  const { code, body } = answer;
  const said = body === null ? { code } : { code, data: base64(utf8(body)) };
  return encodeFeishuFrame({
    ...push,
    headers: [...push.headers, { key: "biz_rt", value: String(tookMs) }],
    payload: utf8(JSON.stringify(said)),
  });
}
