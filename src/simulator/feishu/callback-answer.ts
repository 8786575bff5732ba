import type { PushAttempt } from "../push.ts";
import type { PressResult } from "../tool.ts";
import { isObject, type JsonObject, parseOrUndefined } from "./shape.ts";

export type CallbackAnswer =
  | {
      readonly type: "good";
      readonly toast: PressResult["toast"];
      readonly card: JsonObject | null;
    }
  | { readonly type: "bad"; readonly error: NonNullable<PressResult["error"]> };

const TONES = ["success", "info", "warning", "error"] as const;

/** Read the app's answer to a click as Feishu does. Feishu docs: card-callback-communication, error codes. */
export function readCallbackAnswer(attempt: PushAttempt): CallbackAnswer {
  if (attempt.failure === "timeout") return bad("200341", "请求回调服务超时");
  if (attempt.failure === "network") return bad("200342", "与回调服务建立连接失败");
  if (attempt.failure !== null) return bad("200080", "内部错误");
  if (attempt.status !== 200) return bad("200671", `回调服务返回了 HTTP ${attempt.status}`);
  const answer = parseOrUndefined(attempt.body);
  if (!isObject(answer)) return bad("200672", "回调服务返回的响应体格式有误");
  const toast = readToast(answer.toast);
  if (toast === undefined) return bad("200672", "回调服务返回的 toast 格式有误");
  const card = readCard(answer.card);
  if (card === undefined) return bad("200673", "回调服务返回的卡片有误");
  return { type: "good", toast, card };
}

export function bad(code: string, text: string): Extract<CallbackAnswer, { type: "bad" }> {
  return { type: "bad", error: { code, text } };
}

function readToast(toast: unknown): PressResult["toast"] | undefined {
  if (toast === undefined || toast === null) return null;
  if (!isObject(toast) || typeof toast.content !== "string") return undefined;
  const type = toast.type ?? "info";
  const tone = TONES.find((each) => each === type);
  return tone === undefined ? undefined : { tone, text: toast.content };
}

/** Only `raw` cards: the simulator holds no templates. `data` must be an object, not a string of one. */
function readCard(card: unknown): JsonObject | null | undefined {
  if (card === undefined || card === null) return null;
  if (!isObject(card) || card.type !== "raw" || !isObject(card.data)) return undefined;
  return card.data;
}
