import type { Person, Place } from "../../../core/message.ts";
import { asFields, type Fields, textOf } from "./fields.ts";

/** What every callback of an AI bot says beside its contents. */
export type Head = {
  readonly bot: string;
  readonly from: Person;
  readonly place: Place;
  /** ms UTC */
  readonly at: number;
};

const LATEST_S = 99_999_999_999;

/**
 * Who did something, where and when; null when it does not say who or in which group. One-to-one chats have no id of
 * their own, so the person's stands for them. Messages carry no time: `heardAt` (ms UTC) is taken.
 *
 * WeCom docs: 100719, 101027.
 */
export function readHead(body: Fields, heardAt: number): Head | null {
  const bot = textOf(body.aibotid);
  const userid = textOf(asFields(body.from)?.userid);
  const isGroup = body.chattype === "group";
  const chat = isGroup ? textOf(body.chatid) : userid;
  if (bot === null || userid === null || chat === null) return null;
  const seconds = Number(textOf(body.create_time) ?? Number.NaN);
  const isTime = Number.isSafeInteger(seconds) && seconds > 0 && seconds <= LATEST_S;
  return {
    bot,
    from: { id: userid, name: null },
    place: { chat, kind: isGroup ? "group" : "direct", thread: null },
    at: isTime ? seconds * 1000 : heardAt,
  };
}
