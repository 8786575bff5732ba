import {
  ALL_MARKDOWN,
  type CardAbilities,
  NO_FORMS,
  NO_UPDATES,
} from "../../core/card-abilities.ts";

/** Card JSON 2.0. Feishu docs: card-json-v2-structure, form-container, input, im-v1/message-card/patch. */
export const FEISHU_CARD: CardAbilities = {
  shown: "card",
  buttons: { press: "callback", most: 20, menu: 20, confirm: true },
  links: 10,
  forms: {
    most: 5,
    shapes: [
      {
        stands: "beside",
        fields: { text: 8, select: 8, multi_select: 8, person: 8, datetime: 8 },
        most: 8,
        options: 50, // of the 200 elements that a card may have, so that a long list leaves room for the rest
      },
    ],
    takesButton: false,
  },
  markdown: ALL_MARKDOWN,
  images: "key",
  limits: {
    title: 200, // the head shows four lines
    subtitle: 200,
    text: 6000,
    words: 60_000,
    fields: 50,
    label: 100,
    value: 1000,
    blocks: 60,
    button: 100,
    confirm: 200,
    question: 100,
    option: 100,
    optionBytes: 1024,
    urlBytes: 2000,
    bytes: 29_000, // of 30 KB for the whole request (230025), in which the card is a text inside JSON
  },
  updates: {
    by: "message",
    withinMs: 14 * 86_400_000,
    pace: { count: 5, perMs: 1000 },
    copies: 1,
  },
};

/** A custom robot in a group posts the same cards, and hears of no click. Its whole request may have 20 KB. */
export const FEISHU_WEBHOOK_CARD: CardAbilities = {
  ...FEISHU_CARD,
  buttons: { press: "link", most: 0, menu: 0, confirm: false },
  links: 5,
  forms: NO_FORMS,
  images: "none", // they are shown by a key, and only an app can upload
  limits: { ...FEISHU_CARD.limits, bytes: 19_000 },
  updates: NO_UPDATES,
};
