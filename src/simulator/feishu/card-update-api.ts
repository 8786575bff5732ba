import { Hono } from "hono";
import { FeishuError, refusalOf } from "./feishu-error.ts";
import { isTooOld, showCard } from "./patch-card.ts";
import { readBody } from "./requests.ts";
import { isObject } from "./shape.ts";
import type { Feishu } from "./state.ts";

/**
 * `/open-apis/interactive/v1/card/update`: update the clicked card with the callback's token, once it was answered.
 *
 * Feishu docs: uMDO1YjLzgTN24yM4UjN (delayed card update).
 */
export function createCardUpdateApi(feishu: Feishu): Hono {
  return new Hono().post("/", async (c) => {
    const { token, card } = await readBody(c);
    if (typeof token !== "string") throw new FeishuError(300020, "card update token format error");
    if (!isObject(card)) throw new FeishuError(10002, "invalid card");
    const message = feishu.messages.get(feishu.callbacks.check(token));
    if (message === undefined || message.recalled) {
      throw new FeishuError(200000, "the card message is recalled");
    }
    if (isTooOld(feishu, message)) throw new FeishuError(300030, "the card is too old");
    const refusal = refusalOf(() => showCard(feishu, message, card));
    if (refusal !== null) throw translate(refusal);
    feishu.callbacks.spend(token);
    return Response.json({ code: 0, msg: "ok" });
  });
}

/** This API says the same of a bad card in other codes. */
function translate(refusal: FeishuError): FeishuError {
  return new FeishuError(refusal.code === 230025 ? 100000 : 11311, refusal.message);
}
