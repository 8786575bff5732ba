/** The colours a card's head can have: the words of Feishu, which has the most. */
export const HUES = [
  "blue",
  "wathet",
  "turquoise",
  "green",
  "yellow",
  "orange",
  "red",
  "carmine",
  "violet",
  "purple",
  "indigo",
  "grey",
] as const;
export type Hue = (typeof HUES)[number];

/** A card as it is drawn, whichever tool it came from. */
export type CardView = {
  readonly hue: Hue;
  /** Who sends it, in the small line above the title (WeCom). */
  readonly source: string | null;
  readonly title: string;
  /** Where a tap on the card leads. */
  readonly href: string | null;
  readonly subtitle: string | null;
  readonly parts: readonly CardPart[];
};

export type CardPart =
  | { readonly type: "rich"; readonly text: string; readonly small: boolean }
  | { readonly type: "plain"; readonly text: string; readonly small: boolean }
  | {
      readonly type: "fields";
      readonly fields: readonly FieldPair[];
    }
  | { readonly type: "quote"; readonly text: string }
  /** A picture; without an address that this page can open, the vendor alone has it. */
  | { readonly type: "image"; readonly url: string | null; readonly alt: string }
  | { readonly type: "rule" }
  | { readonly type: "columns"; readonly columns: readonly Column[] }
  | { readonly type: "buttons"; readonly buttons: readonly ButtonView[] }
  /** Buttons behind the card's three dots. */
  | { readonly type: "menu"; readonly buttons: readonly ButtonView[] }
  /** Parts that are hidden until the reader opens them. */
  | { readonly type: "fold"; readonly title: string; readonly parts: readonly CardPart[] }
  | { readonly type: "form"; readonly name: string; readonly parts: readonly CardPart[] }
  | { readonly type: "field"; readonly field: FieldView }
  /** Something this page does not draw; `kind` is the vendor's word. */
  | { readonly type: "unsupported"; readonly kind: string };

export type FieldPair = {
  readonly label: string;
  readonly value: string;
  readonly href: string | null;
  /** Whom the value names, by the vendor's id. */
  readonly person?: string;
};

export type Column = {
  /** Share of the width; null is as wide as what is in it. */
  readonly weight: number | null;
  readonly parts: readonly CardPart[];
};

export type ButtonLook = "primary" | "danger" | "default" | "quiet";

export type ButtonView = {
  readonly label: string;
  readonly look: ButtonLook;
  readonly wide: boolean;
  readonly does: /** `button` is what `PressInput.button` wants; a submit also sends what was filled in. */
    | { readonly type: "press"; readonly button: string; readonly submits: boolean }
    | { readonly type: "open"; readonly url: string }
    | { readonly type: "nothing" };
  readonly confirm: { readonly title: string | null; readonly text: string } | null;
};

export type FieldView = {
  readonly name: string;
  readonly label: string | null;
  readonly placeholder: string | null;
  readonly required: boolean;
  readonly initial: string | null;
  readonly input:
    | { readonly type: "text"; readonly multiline: boolean }
    | { readonly type: "datetime" }
    /** One of them, or with `multi` any; sent as values with commas between. */
    | { readonly type: "select" | "multi"; readonly options: readonly OptionView[] };
};

export type OptionView = {
  readonly value: string;
  /** Null for a person, whom the panel knows by the value. */
  readonly label: string | null;
};

/** A card of which not even the frame could be read. */
export const UNREADABLE: CardView = {
  hue: "grey",
  source: null,
  title: "",
  href: null,
  subtitle: null,
  parts: [],
};
