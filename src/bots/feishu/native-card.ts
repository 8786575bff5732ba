/** Elements of card JSON 2.0, as far as we use it. It refuses attributes that it does not know. */
export type Native = Readonly<Record<string, unknown>> & { readonly tag: string };

/** Feishu docs: card-json-v2-structure. */
export type NativeCard = {
  readonly schema: "2.0";
  readonly config: { readonly update_multi: true };
  readonly header: Readonly<Record<string, unknown>>;
  readonly body: { readonly elements: readonly Native[] };
};

/**
 * Words that Feishu shows as they are.
 *
 * Everything that a person may have written goes through here and never into a `markdown` or `lark_md` text, where
 * `<at id=all></at>` would call a whole chat.
 */
export function plain(content: string): Native {
  return { tag: "plain_text", content: content === "" ? "—" : content };
}

export function div(text: Native): Native {
  return { tag: "div", text };
}

/** Small grey print. */
export function small(content: string): Native {
  return div({ ...plain(content), text_size: "notation", text_color: "grey" });
}

/** Columns beside each other: `bisect` halves the card, `flow` lets each take what it needs and wraps. */
export function columns(mode: "bisect" | "flow", cells: readonly (readonly Native[])[]): Native {
  const width = mode === "flow" ? { width: "auto" } : { width: "weighted", weight: 1 };
  return {
    tag: "column_set",
    flex_mode: mode,
    horizontal_spacing: "8px",
    columns: cells.map((elements) => ({ tag: "column", ...width, elements })),
  };
}
