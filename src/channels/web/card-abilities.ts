import { ALL_MARKDOWN, type CardAbilities } from "../../core/card-abilities.ts";

/** The page draws our own card, so that these limits are ours: what a visitor can still read. */
export const WEB_CARD: CardAbilities = {
  shown: "card",
  buttons: { press: "callback", most: 20, menu: 0, confirm: true },
  links: 10,
  forms: {
    most: 5,
    shapes: [
      {
        stands: "beside",
        fields: { text: 12, select: 12, multi_select: 12, person: 12, datetime: 12 },
        most: 12,
        options: 200,
      },
    ],
    takesButton: false,
  },
  markdown: ALL_MARKDOWN,
  images: "url",
  limits: {
    title: 200,
    subtitle: 200,
    text: 10_000,
    words: 30_000,
    fields: 100,
    label: 100,
    value: 2000,
    blocks: 100,
    button: 100,
    confirm: 200,
    question: 200,
    option: 200,
    optionBytes: 1024,
    urlBytes: 2000,
    bytes: Number.POSITIVE_INFINITY,
  },
  updates: { by: "own_id", withinMs: null, pace: null, copies: 1 },
};
