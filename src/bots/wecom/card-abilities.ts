import { type CardAbilities, NO_FORMS, NO_UPDATES } from "../../core/card-abilities.ts";

/** One of the ten options of a list stands for no choice. */
const OPTIONS = 9;

/**
 * Template cards: buttons with at most one list beside them, or up to three lists alone, or one list of check boxes
 * alone; no text input and no markdown. Sizes are the smaller ones where the pages differ. WeCom docs: 90236, 94888.
 */
export const WECOM_CARD: CardAbilities = {
  shown: "card",
  buttons: { press: "callback", most: 6, menu: 3, confirm: false },
  links: 3,
  forms: {
    most: 1,
    shapes: [
      { stands: "alone", fields: { select: 3 }, most: 3, options: OPTIONS },
      { stands: "alone", fields: { multi_select: 1 }, most: 1, options: 20 },
      { stands: "beside", fields: { select: 1 }, most: 1, options: OPTIONS },
    ],
    takesButton: true,
  },
  markdown: [],
  images: "none",
  limits: {
    title: 26,
    subtitle: 30,
    text: 112,
    words: 112,
    fields: 12, // six in rows, more among the words
    label: 5,
    value: 26,
    blocks: 20,
    button: 10,
    confirm: 0,
    question: 12,
    option: 16,
    optionBytes: 128,
    urlBytes: 1024,
    bytes: 16_000,
  },
  updates: { by: "code", withinMs: 72 * 3_600_000, pace: null, copies: 1000 },
};

/** The same cards from an AI bot, which can change one only in answer to a click. WeCom docs: 101032, 101027. */
export const WECOM_AIBOT_CARD: CardAbilities = {
  ...WECOM_CARD,
  updates: { by: "click", withinMs: 5_000, pace: null, copies: 1 },
};

/** A group's message push takes notices alone, with up to three links. WeCom docs: 99110. */
export const WECOM_WEBHOOK_CARD: CardAbilities = {
  ...WECOM_CARD,
  buttons: { press: "link", most: 0, menu: 0, confirm: false },
  forms: NO_FORMS,
  updates: NO_UPDATES,
};
