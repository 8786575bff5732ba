import { asFields, type Fields, listOf, parseFields, textOf } from "../fields.ts";
import type { PushAttempt, Pusher } from "../push.ts";
import type { PressInput, PressResult } from "../tool.ts";
import { cardFrame, cardPush, readFrameReply, readHttpReply, spaceOf } from "./card-callback.ts";
import { fillForm } from "./card-form.ts";
import { readCardParams } from "./card-params.ts";
import { type DingtalkCard, paramsFor } from "./cards.ts";
import type { DingtalkContext } from "./context.ts";
import { ApiRefusal } from "./refusal.ts";

/**
 * Somebody presses a button of a card, or sends its form.
 *
 * `button` is the `action` of a button in the variable `buttons`, or the variable `form_action`; it must stand on the
 * card as this person sees it now. One attempt, no redelivery. DingTalk docs: event-callback-card.
 */
export async function pressCard(
  context: DingtalkContext,
  pushers: { readonly http: Pusher; readonly stream: Pusher },
  input: PressInput,
): Promise<PressResult> {
  const { card, chat } = cardInReach(context, input);
  const click = readClick(card, input);
  const callback = {
    type: "actionCallback",
    outTrackId: card.outTrackId,
    corpId: context.app.corpId,
    userId: input.person,
    content: JSON.stringify({ cardPrivateData: click.sent }),
  };
  const pressed = { card, person: input.person, showsToast: click.showsToast };
  if (card.callback === "STREAM") {
    const push = cardFrame({ ...callback, ...spaceOf(context, chat, input.person) });
    const attempt = await pushers.stream.once(push);
    return shown(context, pressed, attempt, readFrameReply);
  }
  if (card.callback !== "HTTP") {
    return failed("callback.none", "the card was made without a callbackType");
  }
  const registered = context.callbacks.get(card.routeKey);
  if (registered === undefined) {
    return failed("callback.routeKeyUnknown", "no URL is registered for the card's route key");
  }
  const push = cardPush(context, registered, JSON.stringify(callback));
  return shown(context, pressed, await pushers.http.once(push), readHttpReply);
}

function cardInReach(context: DingtalkContext, input: PressInput) {
  const message = context.world.message(input.message);
  const card = context.cards.shownBy(input.message);
  if (message === null || card === null) throw new Error(`${input.message} is no card`);
  if (!context.world.isMember(input.person, message.chat)) {
    throw new Error(`${input.person} is not in the chat of this card`);
  }
  return { card, chat: message.chat };
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

type Pressed = {
  readonly card: DingtalkCard;
  readonly person: string;
  readonly showsToast: boolean;
};

/** What the clicker sees once the hub has answered, or has not; `read` finds the reply in the body of the answer. */
function shown(
  context: DingtalkContext,
  { card, person, showsToast }: Pressed,
  attempt: PushAttempt,
  read: (body: string) => Fields | null,
): PressResult {
  if (!attempt.accepted) {
    const code =
      attempt.status === null ? (attempt.failure ?? "network") : `http.${attempt.status}`;
    return failed(code, "没有送达，请重试");
  }
  const reply = read(attempt.body);
  if (reply === null) return failed("reply.invalid", "the answer is no JSON object");
  try {
    changeCard(context, card.outTrackId, person, reply);
  } catch (error) {
    if (error instanceof ApiRefusal) return failed(error.code, error.message);
    throw error;
  }
  return { toast: showsToast ? toastOf(reply) : null, error: null };
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
