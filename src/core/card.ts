/** The colour of a card's head, by meaning: each tool maps it to its own palette. */
export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

/**
 * What a card says and what can be pressed and filled in on it, in no tool's dialect.
 *
 * `T` is what words are made of: `Text` while the core builds the card, `string` once `sayCard` has put it into the
 * language of the surface that shows it. `fitCard` then lowers it to what that surface has; renderers draw what is left.
 */
export type Card<T> = {
  readonly tone: Tone;
  readonly title: T;
  /** One short line under the title: status, owner. */
  readonly subtitle: T | null;
  readonly blocks: readonly Block<T>[];
  readonly controls: readonly Control<T>[];
  /** What is written where the folded controls are opened. */
  readonly more?: T;
};

export type Block<T> =
  /** Words as they are: nothing in them is a mark. */
  | { readonly type: "paragraph"; readonly text: T }
  /** Words in the dialect of `markdown.ts`. Words that a customer wrote belong into a paragraph. */
  | { readonly type: "markdown"; readonly text: T }
  | { readonly type: "fields"; readonly fields: readonly CardField<T>[] }
  | CardImage<T>
  /** Small grey print. */
  | { readonly type: "note"; readonly text: T }
  | { readonly type: "divider" };

export type CardField<T> = {
  readonly label: T;
  readonly value: T;
  /** The agent whom the value names, by our id. */
  readonly person?: string;
  /** The same by the vendor's id, filled in by `sayCard`: some tools show a person as a person. */
  readonly contact?: string;
};

/** A picture. `key` and `url` are filled in by `sayCard`, as far as the surface has them. */
export type CardImage<T> = {
  readonly type: "image";
  /** Our id of the attachment. */
  readonly attachment: string;
  /** What is said where no picture can be shown. */
  readonly alt: T;
  /** The vendor's name for the uploaded picture. */
  readonly key?: string;
  /** Where a person can open it. */
  readonly url?: string;
};

export type ButtonStyle = "default" | "primary" | "danger";

export type Button<T> = {
  readonly type: "button";
  readonly label: T;
  readonly style: ButtonStyle;
  /** What a click sends back, from `encodeAction`. */
  readonly action: string;
  /** A question that the tool asks before it sends the click; one that cannot ask sends it at once. */
  readonly confirm: T | null;
  /** Seldom needed: it stands in the tool's menu where there is one, and gives way first where there is no room. */
  readonly folded?: true;
};

/** Fields that are filled in on the card and sent with one button. A single choice is a form with one field. */
export type Form<T> = {
  readonly type: "form";
  readonly name: string;
  readonly fields: readonly FormField<T>[];
  readonly submit: { readonly label: T; readonly style: ButtonStyle; readonly action: string };
  /** As a button's. In a menu it is a button, and what it takes is asked for in the chat. */
  readonly folded?: true;
};

export type Control<T> =
  | Button<T>
  | { readonly type: "link"; readonly label: T; readonly url: string }
  | Form<T>
  /** Made by `fitCard` alone, of a button on a surface without any: who types `number` presses it. */
  | { readonly type: "reply"; readonly number: number; readonly label: T; readonly action: string };

type FieldOf<T, Type extends string> = {
  readonly type: Type;
  readonly name: string;
  readonly label: T;
  readonly required: boolean;
};

export type Option<T> = { readonly value: string; readonly label: T };

/** One who can be chosen: our agent id, and the vendor's id of the same person, null where the account knows none. */
export type Candidate<T> = Option<T> & { readonly contact: string | null };

/**
 * What is filled in comes back by the field's name, as text, and is never trusted: `text` as typed; `select` as the
 * option's value; `multi_select` as values with commas between (so that no value may hold one); `person` as our id, as
 * the vendor's, or where a tool only has a text as a typed name (`readPerson`); `datetime` in one of the forms that
 * `readMoment` reads.
 */
export type FormField<T> =
  | (FieldOf<T, "text"> & { readonly multiline: boolean; readonly placeholder?: T })
  | SelectField<T>
  | (FieldOf<T, "multi_select"> & { readonly options: readonly Option<T>[] })
  | (FieldOf<T, "person"> & { readonly people: readonly Candidate<T>[] })
  | FieldOf<T, "datetime">;

export type SelectField<T> = FieldOf<T, "select"> & { readonly options: readonly Option<T>[] };

export type FieldType = FormField<unknown>["type"];

/** How `sayCard` finds what a surface shows of our own ids. */
export type Shown = {
  image(attachment: string): { readonly key?: string; readonly url?: string };
  /** The vendor's id of an agent on the account that shows the card; null when it knows none. */
  contact(agent: string): string | null;
};

const NOTHING_SHOWN: Shown = { image: () => ({}), contact: () => null };

/** Put every word of a card into one language, and our ids into those of the surface that will show it. */
export function sayCard<A, B>(
  card: Card<A>,
  say: (text: A) => B,
  shown: Shown = NOTHING_SHOWN,
): Card<B> {
  return {
    tone: card.tone,
    title: say(card.title),
    subtitle: card.subtitle === null ? null : say(card.subtitle),
    blocks: card.blocks.map((block) => sayBlock(block, say, shown)),
    controls: card.controls.map((control) => sayControl(control, say, shown)),
    ...(card.more === undefined ? {} : { more: say(card.more) }),
  };
}

function sayBlock<A, B>(block: Block<A>, say: (text: A) => B, shown: Shown): Block<B> {
  switch (block.type) {
    case "paragraph":
    case "markdown":
    case "note":
      return { type: block.type, text: say(block.text) };
    case "fields":
      return { type: "fields", fields: block.fields.map((field) => sayPair(field, say, shown)) };
    case "image":
      return { ...block, alt: say(block.alt), ...shown.image(block.attachment) };
    case "divider":
      return block;
  }
}

function sayPair<A, B>(field: CardField<A>, say: (text: A) => B, shown: Shown): CardField<B> {
  const contact = field.person === undefined ? null : shown.contact(field.person);
  const said = { ...field, label: say(field.label), value: say(field.value) };
  return contact === null ? said : { ...said, contact };
}

function sayControl<A, B>(control: Control<A>, say: (text: A) => B, shown: Shown): Control<B> {
  switch (control.type) {
    case "button":
      return {
        ...control,
        label: say(control.label),
        confirm: control.confirm === null ? null : say(control.confirm),
      };
    case "link":
    case "reply":
      return { ...control, label: say(control.label) };
    case "form":
      return {
        ...control,
        fields: control.fields.map((field) => sayField(field, say, shown)),
        submit: { ...control.submit, label: say(control.submit.label) },
      };
  }
}

function sayField<A, B>(field: FormField<A>, say: (text: A) => B, shown: Shown): FormField<B> {
  const label = say(field.label);
  switch (field.type) {
    case "text": {
      const { placeholder, ...rest } = field;
      return placeholder === undefined
        ? { ...rest, label }
        : { ...rest, label, placeholder: say(placeholder) };
    }
    case "select":
    case "multi_select":
      return {
        ...field,
        label,
        options: field.options.map((option) => ({ value: option.value, label: say(option.label) })),
      };
    case "person":
      return {
        ...field,
        label,
        people: field.people.map((one) => ({
          value: one.value,
          label: say(one.label),
          contact: one.contact ?? shown.contact(one.value),
        })),
      };
    case "datetime":
      return { ...field, label };
  }
}

/** What one click means: do `verb` to the stream `subject`, as its card stood at `version`. */
export type ActionRef = {
  readonly verb: string;
  /** A stream: `ticket:<id>` or `conversation:<key>.<generation>`. */
  readonly subject: string;
  readonly version: number;
};

/** The form in which an action travels through a vendor's card and back; at most 128 ASCII bytes, no secret in it. */
export function encodeAction(action: ActionRef): string {
  return `${action.verb}|${action.version}|${action.subject}`;
}

/** Read an action back; null when it is not one of ours. What it names is still only the clicker's claim. */
export function decodeAction(encoded: string): ActionRef | null {
  const match = /^([a-z0-9_]{1,32})\|(\d{1,15})\|((?:ticket|conversation):[0-9a-z.]{1,64})$/.exec(
    encoded,
  );
  if (match === null) return null;
  const [, verb = "", version = "", subject = ""] = match;
  return { verb, version: Number(version), subject };
}

const ASK = "ask_";

/**
 * The action of a button that stands for a form which the tool cannot show: "ask me in the chat for what `action` needs".
 * It is the same action with `ask_` before its verb; null when it is none of ours or its verb has more than 28 letters.
 */
export function askAction(action: string): string | null {
  const read = decodeAction(action);
  if (read === null) return null;
  const asking = encodeAction({ ...read, verb: `${ASK}${read.verb}` });
  return decodeAction(asking) === null ? null : asking;
}

/** The verb that a click asks to be asked for; null when it asks for none. */
export function askedVerb(verb: string): string | null {
  return verb.startsWith(ASK) && verb.length > ASK.length ? verb.slice(ASK.length) : null;
}
