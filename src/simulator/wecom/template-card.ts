import { utf8 } from "../../wire/bytes.ts";
import { asFields, type Fields, objectsOf, textOf } from "../fields.ts";
import {
  checkActionMenu,
  checkButtons,
  checkChoice,
  checkSubmitButton,
} from "./template-card-controls.ts";
import { WecomError } from "./wecom-error.ts";

const TASK_ID = /^[0-9A-Za-z_\-@]+$/;
const TASK_ID_BYTES = 128;

/**
 * Refuse a `template_card` that breaks a rule of WeCom, with the code for that rule.
 *
 * An update needs no task_id and may grey out its buttons. Texts that are too long are only cut on display. WeCom docs:
 * 90236 (sending), 94888 (updating), 90313 (codes).
 */
export function checkTemplateCard(card: Fields, use: "send" | "update"): void {
  checkType(card, use);
  checkAction(asFields(card.card_action), isNotice(card));
  checkHorizontal(objectsOf(card, "horizontal_content_list"));
  checkVertical(objectsOf(card, "vertical_content_list"));
  checkJumps(objectsOf(card, "jump_list"));
  if (card.action_menu !== undefined) checkActionMenu(asFields(card.action_menu));
  if (use === "send") checkTaskId(card);
}

function isNotice(card: Fields): boolean {
  return card.card_type === "text_notice" || card.card_type === "news_notice";
}

function checkType(card: Fields, use: "send" | "update"): void {
  const title = textOf(asFields(card.main_title), "title");
  const type = textOf(card, "card_type");
  if (type === "text_notice") {
    if (title === "" && textOf(card, "sub_title_text") === "") {
      throw new WecomError(42033, "text_notice needs main_title.title or sub_title_text");
    }
    return;
  }
  const check = CHECKS[type];
  if (check === undefined) {
    throw new WecomError(42031, `card_type must be text_notice, ${Object.keys(CHECKS).join(", ")}`);
  }
  if (title === "") throw new WecomError(42033, `${type} needs main_title.title`);
  check(card, use);
}

const CHECKS: Readonly<Record<string, (card: Fields, use: "send" | "update") => void>> = {
  news_notice: checkNews,
  button_interaction: checkButtons,
  vote_interaction(card, use) {
    checkChoice(asFields(card.checkbox), "checkbox", 20);
    checkSubmitButton(card, use === "send");
  },
  multiple_interaction(card, use) {
    const selects = objectsOf(card, "select_list");
    if (selects.length < 1 || selects.length > 3) {
      throw new WecomError(42047, "select_list needs 1 to 3 entries");
    }
    for (const select of selects) checkChoice(select, "select_list", 10);
    if (new Set(selects.map((select) => select.question_key)).size < selects.length) {
      throw new WecomError(42043, "two entries of select_list have the same question_key");
    }
    checkSubmitButton(card, use === "send");
  },
};

function checkNews(card: Fields): void {
  const image = textOf(asFields(card.card_image), "url");
  const side = textOf(asFields(card.image_text_area), "image_url");
  if (image === "" && side === "") {
    throw new WecomError(42044, "news_notice needs card_image.url or image_text_area.image_url");
  }
}

function checkAction(action: Fields | null, required: boolean): void {
  const type = action?.type ?? 0;
  if (required && type !== 1 && type !== 2) {
    throw new WecomError(42045, "text_notice and news_notice need a card_action of type 1 or 2");
  }
  checkLink(action, "card_action");
}

/** Type 1 opens a page, type 2 a mini-program. */
function checkLink(link: Fields | null, where: string): void {
  if (link?.type === 1 && textOf(link, "url") === "") {
    throw new WecomError(42028, `${where} of type 1 needs a url`);
  }
  if (link?.type === 2 && textOf(link, "appid") === "") {
    throw new WecomError(42030, `${where} of type 2 needs an appid`);
  }
}

function checkHorizontal(list: readonly Fields[]): void {
  if (list.length > 6) throw new WecomError(42035, "horizontal_content_list has at most 6 entries");
  for (const entry of list) {
    if (textOf(entry, "keyname") === "") {
      throw new WecomError(42027, "horizontal_content_list.keyname is missing");
    }
    const needs = HORIZONTAL_NEEDS.get(entry.type);
    if (needs !== undefined && textOf(entry, needs.field) === "") {
      throw new WecomError(needs.errcode, `horizontal_content_list.${needs.field} is missing`);
    }
  }
}

const HORIZONTAL_NEEDS: ReadonlyMap<unknown, { field: string; errcode: number }> = new Map([
  [1, { field: "url", errcode: 42028 }],
  [2, { field: "media_id", errcode: 42029 }],
  [3, { field: "userid", errcode: 42050 }],
]);

function checkVertical(list: readonly Fields[]): void {
  if (list.length > 4) throw new WecomError(42036, "vertical_content_list has at most 4 entries");
  if (list.some((entry) => textOf(entry, "title") === "")) {
    throw new WecomError(42033, "vertical_content_list.title is missing");
  }
}

function checkJumps(list: readonly Fields[]): void {
  if (list.length > 3) throw new WecomError(42042, "jump_list has at most 3 entries");
  for (const entry of list) {
    if (textOf(entry, "title") === "") throw new WecomError(42033, "jump_list.title is missing");
    checkLink(entry, "jump_list");
  }
}

function checkTaskId(card: Fields): void {
  const taskId = card.task_id;
  if (taskId === undefined && isNotice(card) && card.action_menu === undefined) return;
  const isGood =
    typeof taskId === "string" && TASK_ID.test(taskId) && utf8(taskId).length <= TASK_ID_BYTES;
  if (!isGood) {
    throw new WecomError(42014, "task_id must be 1 to 128 digits, letters, or one of _-@");
  }
}
