import type { Pusher } from "../push.ts";
import type { PressInput, PressResult } from "../tool.ts";
import { bad, readCallbackAnswer } from "./callback-answer.ts";
import { type FoundButton, findButton } from "./card-controls.ts";
import { isSchema2 } from "./card-rules.ts";
import { cardAction } from "./events.ts";
import { refusalOf } from "./feishu-error.ts";
import { fillForm } from "./fill-form.ts";
import { isTooOld, showCard } from "./patch-card.ts";
import { sealPush } from "./push-request.ts";
import type { JsonObject } from "./shape.ts";
import type { Feishu, FeishuMessage } from "./state.ts";

/** A person clicks a button of a card. Throws when there is no such button for them to click. */
export async function press(
  feishu: Feishu,
  pusher: Pusher,
  input: PressInput,
): Promise<PressResult> {
  const { message, card } = findCard(feishu, input);
  const found = findButton(card, input.button);
  if (found === null) throw new Error(`the card has no button ${input.button}`);
  if (found.button.disabled === true) throw new Error(`the button ${input.button} is disabled`);
  // 1.0 cards stay clickable for 30 days, 2.0 cards for 14. Feishu docs: card-json-v2-breaking-changes-release-notes.
  if (isSchema2(card) && isTooOld(feishu, message)) return fail("200080", "卡片已超过可交互时间");
  const action = describeAction(found, input.values ?? {});
  if (typeof action === "string") return fail("required", action);
  const { app, callbacksUrl } = feishu.options;
  if (callbacksUrl === null && app.subscription !== "websocket") {
    return fail("200340", "未配置卡片回调地址");
  }
  const url = callbacksUrl ?? "";
  return call(feishu, pusher, { person: input.person, message, action, url });
}

function findCard(feishu: Feishu, input: PressInput): { message: FeishuMessage; card: JsonObject } {
  const message = feishu.messages.get(input.message);
  if (message === undefined || message.recalled || message.card === null) {
    throw new Error(`there is no card ${input.message}`);
  }
  if (!feishu.world.isMember(input.person, message.chat)) {
    throw new Error(`${input.person} is not in the chat of the card ${input.message}`);
  }
  return { message, card: message.card };
}

/** What the callback says of the click; a string when the app holds an incomplete form back. */
function describeAction(
  found: FoundButton,
  values: Readonly<Record<string, string>>,
): JsonObject | string {
  const name = typeof found.button.name === "string" ? { name: found.button.name } : {};
  const action = { tag: "button", value: found.value, ...name };
  if (found.form === null || found.button.form_action_type !== "submit") {
    if (Object.keys(values).length > 0) throw new Error("this button sends no form");
    return action;
  }
  const filled = fillForm(found.form, values);
  if (filled.type === "incomplete") return `请填写必填项：${filled.missing.join("、")}`;
  return { ...action, form_value: filled.values };
}

async function call(
  feishu: Feishu,
  pusher: Pusher,
  click: {
    readonly person: string;
    readonly message: FeishuMessage;
    readonly action: JsonObject;
    readonly url: string;
  },
): Promise<PressResult> {
  const token = feishu.callbacks.open(click.message.id);
  const event = cardAction(feishu, { ...click, token });
  const to = { app: feishu.options.app, clock: feishu.clock, url: click.url };
  const attempt = await pusher.once({
    build: () => sealPush(to, event),
    accepts: (answer) => answer.status === 200,
  });
  const answer = readCallbackAnswer(attempt);
  feishu.callbacks.close(token, answer.type === "good");
  if (answer.type === "bad") return { toast: null, error: answer.error };
  const error = answer.card === null ? null : tryToShow(feishu, click.message.id, answer.card);
  return { toast: error === null ? answer.toast : null, error };
}

function tryToShow(feishu: Feishu, id: string, card: JsonObject): PressResult["error"] {
  const message = feishu.messages.get(id);
  if (message === undefined || message.recalled) return null;
  const refusal = refusalOf(() => showCard(feishu, message, card));
  if (refusal === null) return null;
  const code = refusal.message.includes("ErrCode: 200830") ? "200830" : "200673";
  return { code, text: refusal.message };
}

function fail(code: string, text: string): PressResult {
  return { toast: null, error: bad(code, text).error };
}
