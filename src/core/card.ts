/** The colour of a card's head, by meaning: each tool maps it to its own palette. */
export type Tone = "neutral" | "info" | "success" | "warning" | "danger";

/**
 * What a card says and which buttons it carries, in no tool's dialect.
 *
 * `T` is what words are made of: `Text` while the core builds the card, `string` once the shell has put it into the
 * language of the surface that shows it. Renderers see only `Card<string>`.
 */
export type Card<T> = {
  readonly tone: Tone;
  readonly title: T;
  /** One short line under the title: status, owner. */
  readonly subtitle: T | null;
  readonly blocks: readonly Block<T>[];
  readonly controls: readonly Control<T>[];
};

export type Block<T> =
  | { readonly type: "paragraph"; readonly text: T }
  | {
      readonly type: "fields";
      readonly fields: readonly { readonly label: T; readonly value: T }[];
    }
  /** Small grey print. */
  | { readonly type: "note"; readonly text: T }
  | { readonly type: "divider" };

export type ButtonStyle = "default" | "primary" | "danger";

export type Control<T> =
  | {
      readonly type: "button";
      readonly label: T;
      readonly style: ButtonStyle;
      /** What a click sends back, from `encodeAction`. */
      readonly action: string;
      /** A question that the tool asks before it sends the click, where it can. */
      readonly confirm: T | null;
    }
  | { readonly type: "link"; readonly label: T; readonly url: string }
  /** Fields that are filled in on the card and sent with one button. */
  | {
      readonly type: "form";
      readonly name: string;
      readonly fields: readonly FormField<T>[];
      readonly submit: { readonly label: T; readonly style: ButtonStyle; readonly action: string };
    };

export type FormField<T> =
  | {
      readonly type: "select";
      readonly name: string;
      readonly label: T;
      readonly required: boolean;
      readonly options: readonly { readonly value: string; readonly label: T }[];
    }
  | {
      readonly type: "text";
      readonly name: string;
      readonly label: T;
      readonly required: boolean;
      readonly multiline: boolean;
    };

/** Put every word of a card into one language. */
export function sayCard<A, B>(card: Card<A>, say: (text: A) => B): Card<B> {
  return {
    tone: card.tone,
    title: say(card.title),
    subtitle: card.subtitle === null ? null : say(card.subtitle),
    blocks: card.blocks.map((block) => sayBlock(block, say)),
    controls: card.controls.map((control) => sayControl(control, say)),
  };
}

function sayBlock<A, B>(block: Block<A>, say: (text: A) => B): Block<B> {
  switch (block.type) {
    case "paragraph":
    case "note":
      return { type: block.type, text: say(block.text) };
    case "fields":
      return {
        type: "fields",
        fields: block.fields.map((field) => ({ label: say(field.label), value: say(field.value) })),
      };
    case "divider":
      return block;
  }
}

function sayControl<A, B>(control: Control<A>, say: (text: A) => B): Control<B> {
  switch (control.type) {
    case "button":
      return {
        ...control,
        label: say(control.label),
        confirm: control.confirm === null ? null : say(control.confirm),
      };
    case "link":
      return { ...control, label: say(control.label) };
    case "form":
      return {
        type: "form",
        name: control.name,
        fields: control.fields.map((field) => sayField(field, say)),
        submit: { ...control.submit, label: say(control.submit.label) },
      };
  }
}

function sayField<A, B>(field: FormField<A>, say: (text: A) => B): FormField<B> {
  if (field.type === "text") return { ...field, label: say(field.label) };
  return {
    ...field,
    label: say(field.label),
    options: field.options.map((option) => ({ value: option.value, label: say(option.label) })),
  };
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
