import { dingtalkCardSign } from "../../wire/dingtalk-sign.ts";
import { asFields, type Fields, listOf, parseFields, textOf } from "../fields.ts";
import type { Push, PushAttempt, Pusher } from "../push.ts";
import type { PressInput, PressResult } from "../tool.ts";
import { fillForm } from "./card-form.ts";
import { readCardParams } from "./card-params.ts";
import { type DingtalkCard, paramsFor } from "./cards.ts";
import type { CardCallback, DingtalkContext } from "./context.ts";
import { ApiRefusal } from "./refusal.ts";

/**
 * Somebody presses a button of a card, or sends its form.
 *
 * `button` is the `action` of a button in the variable `buttons`, or the variable `form_action`; it must stand on the
 * card as this person sees it now. One attempt, no redelivery. DingTalk docs: event-callback-card.
 */
export async function pressCard(
  context: DingtalkContext,
  pusher: Pusher,
  input: PressInput,
): Promise<PressResult> {
  const card = cardInReach(context, input);
  const click = readClick(card, input);
  if (card.callback !== "HTTP") {
    return failed("callback.none", "the card was made without callbackType HTTP");
  }
  const callback = context.callbacks.get(card.routeKey);
  if (callback === undefined) {
    return failed("callback.routeKeyUnknown", "no URL is registered for the card's route key");
  }
  const body = JSON.stringify({
    type: "actionCallback",
    outTrackId: card.outTrackId,
    corpId: context.app.corpId,
    userId: input.person,
    content: JSON.stringify({ cardPrivateData: click.sent }),
  });
  const attempt = await pusher.once(cardPush(context, callback, body));
  const { toast, error } = applyReply(context, card, input.person, attempt);
  return { toast: click.showsToast ? toast : null, error };
}

function cardInReach(context: DingtalkContext, input: PressInput): DingtalkCard {
  const message = context.world.message(input.message);
  const card = context.cards.shownBy(input.message);
  if (message === null || card === null) throw new Error(`${input.message} is no card`);
  if (!context.world.isMember(input.person, message.chat)) {
    throw new Error(`${input.person} is not in the chat of this card`);
  }
  return card;
}

type Click = {
  /** What the client sends as `cardPrivateData`. */
  readonly sent: object;
  /** Only an event chain shows the toast of the answer; behind a confirm box there is none. */
  readonly showsToast: boolean;
};

function readClick(card: DingtalkCard, input: PressInput): Click {
  const params = paramsFor(card, input.person);
  const { button: action, values = {} } = input;
  const button = buttonsOf(params.buttons).find((shown) => textOf(shown, "action") === action);
  if (button !== undefined) {
    const sent = { actionIds: ["act"], params: { action } };
    return { sent, showsToast: textOf(button, "confirm") === "" };
  }
  const { form = "" } = params;
  if (action === "" || form === "" || params.form_action !== action) {
    throw new Error(`no button with the action ${action} stands on this card now`);
  }
  const sent = { actionIds: ["act"], params: { action, form: fillForm(form, values) } };
  return { sent, showsToast: true };
}

/** The buttons that a variable shows: none when it is no JSON list. */
function buttonsOf(variable: string | undefined): readonly (Fields | null)[] {
  return listOf(parseFields(`{"buttons":${variable || "[]"}}`), "buttons").map(asFields);
}

function cardPush(context: DingtalkContext, callback: CardCallback, body: string): Push {
  return {
    async build() {
      const headers: Record<string, string> = { "content-type": "application/json" };
      if (callback.apiSecret !== "") {
        const timestamp = String(context.clock.now());
        headers["x-ddpaas-signature-timestamp"] = timestamp;
        headers["x-ddpaas-signature"] = await dingtalkCardSign(callback.apiSecret, timestamp);
      }
      return { url: callback.callbackUrl, headers, body };
    },
    accepts: (answer) => answer.status === 200,
  };
}

function applyReply(
  context: DingtalkContext,
  card: DingtalkCard,
  person: string,
  attempt: PushAttempt,
): PressResult {
  if (!attempt.accepted) {
    const code =
      attempt.status === null ? (attempt.failure ?? "network") : `http.${attempt.status}`;
    return failed(code, "没有送达，请重试");
  }
  const reply = attempt.body.trim() === "" ? {} : parseFields(attempt.body);
  if (reply === null) return failed("reply.invalid", "the answer is no JSON object");
  try {
    changeCard(context, card.outTrackId, person, reply);
  } catch (error) {
    if (error instanceof ApiRefusal) return failed(error.code, error.message);
    throw error;
  }
  return { toast: toastOf(reply), error: null };
}

const TONES = ["success", "info", "warning", "error"] as const;

/** The clicker's private variables `toast` and `toast_tone`, as an event chain of the template shows them. */
function toastOf(reply: Fields): PressResult["toast"] {
  const own = asFields(asFields(reply.userPrivateData)?.cardParamMap);
  const text = textOf(own, "toast");
  const tone = TONES.find((known) => known === textOf(own, "toast_tone")) ?? "info";
  return text === "" ? null : { tone, text };
}

function changeCard(
  context: DingtalkContext,
  outTrackId: string,
  person: string,
  reply: Fields,
): void {
  const params = readCardParams(reply.cardData, "cardData");
  const own = readCardParams(reply.userPrivateData, "userPrivateData");
  if (params === null && own === null) return;
  const options = asFields(reply.cardUpdateOptions);
  context.cards.change(outTrackId, {
    params,
    privateParams: new Map(own === null ? [] : [[person, own]]),
    paramsByKey: options?.updateCardDataByKey === true,
    privateByKey: options?.updatePrivateDataByKey === true,
  });
}

function failed(code: string, text: string): PressResult {
  return { toast: null, error: { code, text } };
}
