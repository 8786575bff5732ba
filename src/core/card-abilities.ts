import type { FieldType } from "./card.ts";

/** What a markdown text may hold, beside paragraphs. */
export type MarkdownFeature = "bold" | "italic" | "code" | "link" | "list" | "quote";

/**
 * One way in which a form can stand on a card. A form takes the shape that shows the most of its fields; what is not
 * listed cannot be shown in it.
 */
export type FormShape = {
  /** May other controls stand on the same card, or must the form be the only one? */
  readonly stands: "beside" | "alone";
  /** How many fields of each type. */
  readonly fields: Readonly<Partial<Record<FieldType, number>>>;
  /** How many fields in all. */
  readonly most: number;
  /** How many options, or people, a field may offer. */
  readonly options: number;
};

/** How a card that has been sent can be changed. */
export type UpdateRule = {
  /** What names it: the vendor's id of the message, an id of ours, a code that is used up, or only the click itself. */
  readonly by: "message" | "own_id" | "code" | "click" | "none";
  /** How long after sending (`click`: after the click), ms; null when nothing is said of an end. */
  readonly withinMs: number | null;
  /** How often one card may be changed, where the vendor says. */
  readonly pace: { readonly count: number; readonly perMs: number } | null;
  /** How many people or chats one card can be sent to at once. */
  readonly copies: number;
};

/** Characters are code points, bytes are UTF-8. */
export type CardLimits = {
  readonly title: number;
  readonly subtitle: number;
  /** Characters of one paragraph, markdown text or note. */
  readonly text: number;
  /** Characters of all of them together. */
  readonly words: number;
  /** How many rows all `fields` blocks have together. */
  readonly fields: number;
  readonly label: number;
  readonly value: number;
  readonly blocks: number;
  readonly button: number;
  readonly confirm: number;
  /** Characters of a form field's label and placeholder. */
  readonly question: number;
  /** Characters of an option's label. */
  readonly option: number;
  readonly optionBytes: number;
  readonly urlBytes: number;
  /** Bytes of the whole card as the tool takes it, or of one of its variables where it takes variables; kept by renderers. */
  readonly bytes: number;
};

/** What a surface can do with a card, as data: fitting, renderers and the docs read it. */
export type CardAbilities = {
  /** Is it drawn as a card, or said as a text? */
  readonly shown: "card" | "text";
  readonly buttons: {
    /** What pressing comes to: a click that reaches us, a page that opens, or a number that the reader types. */
    readonly press: "callback" | "link" | "reply";
    readonly most: number;
    /** How many more fit into a menu behind the card's corner. */
    readonly menu: number;
    /** Can it ask before it sends the click? */
    readonly confirm: boolean;
  };
  /** How many links. */
  readonly links: number;
  readonly forms: {
    readonly most: number;
    /** Tried in this order. */
    readonly shapes: readonly FormShape[];
    /** Does a form's own button take the room of one of `buttons`? */
    readonly takesButton: boolean;
  };
  readonly markdown: readonly MarkdownFeature[];
  /** By what it shows a picture: one uploaded before, or an address; none. */
  readonly images: "key" | "url" | "none";
  readonly limits: CardLimits;
  readonly updates: UpdateRule;
};

export const ALL_MARKDOWN: readonly MarkdownFeature[] = [
  "bold",
  "italic",
  "code",
  "link",
  "list",
  "quote",
];

export const NO_FORMS: CardAbilities["forms"] = { most: 0, shapes: [], takesButton: false };

export const NO_UPDATES: UpdateRule = { by: "none", withinMs: null, pace: null, copies: 1 };

/** A surface without cards: everything is said in one text, and buttons become numbers to type. */
export const PLAIN_TEXT: CardAbilities = {
  shown: "text",
  buttons: { press: "reply", most: 9, menu: 0, confirm: false },
  links: 3,
  forms: NO_FORMS,
  markdown: [],
  images: "none",
  limits: {
    title: 100,
    subtitle: 60,
    text: 1000,
    words: 1000,
    fields: 20,
    label: 20,
    value: 200,
    blocks: 20,
    button: 20,
    confirm: 60,
    question: 30,
    option: 30,
    optionBytes: 128,
    urlBytes: 300,
    bytes: 2000, // the least that a tool takes: WeCom and WeChat 2048
  },
  updates: NO_UPDATES,
};
