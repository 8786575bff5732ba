import { type CardAbilities, NO_FORMS, NO_UPDATES } from "../../core/card-abilities.ts";

/**
 * Our one template of an advanced card: its slots are what there is. DingTalk docs: create-and-deliver-cards (1 KB a
 * variable), form-variables, markdown-variable-new, interactive-card-update-interface.
 */
export const DINGTALK_CARD: CardAbilities = {
  shown: "card",
  buttons: { press: "callback", most: 8, menu: 0, confirm: true },
  links: 5,
  forms: {
    most: 1,
    shapes: [
      {
        stands: "beside",
        fields: { text: 6, select: 6, multi_select: 6, datetime: 6 },
        most: 6,
        options: 100,
      },
    ],
    takesButton: false,
  },
  markdown: ["bold", "italic", "link"],
  images: "none",
  limits: {
    title: 200,
    subtitle: 200,
    text: 1000,
    words: 1000,
    fields: 20,
    label: 30,
    value: 300,
    blocks: 30,
    button: 20,
    confirm: 40,
    question: 30,
    option: 30,
    optionBytes: 100,
    urlBytes: 500,
    bytes: 1024,
  },
  updates: { by: "own_id", withinMs: null, pace: null, copies: 1 },
};

/** An ActionCard: markdown, and up to five links below it. DingTalk docs: robot-message-type (sampleActionCard). */
export const DINGTALK_ACTION_CARD: CardAbilities = {
  ...DINGTALK_CARD,
  buttons: { press: "link", most: 0, menu: 0, confirm: false },
  links: 5,
  forms: NO_FORMS,
  markdown: ["bold", "italic", "link", "list", "quote"],
  images: "url",
  limits: { ...DINGTALK_CARD.limits, text: 3000, words: 3800, bytes: 15_000 },
  updates: NO_UPDATES,
};

/** The same ActionCards by a group's custom robot. DingTalk docs: custom-robots-send-group-messages. */
export const DINGTALK_WEBHOOK_CARD: CardAbilities = { ...DINGTALK_ACTION_CARD };
