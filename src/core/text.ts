/** The languages every sentence of the product exists in; the first is the product's own. */
export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * Words that are not yet words.
 *
 * `key` names a sentence of the catalogs in `locales/`, filled with `params`; `ref` names a row of `texts`, where
 * everything that a human wrote is kept (so that erasing a person blanks rows, not logs); `literal` is policy text
 * from the configuration or a number that is the same in every language.
 */
export type Text =
  | { readonly key: string; readonly params?: Readonly<Record<string, Text | string | number>> }
  | { readonly ref: string }
  | { readonly literal: string };

/** Turn a text into words of one language. Supplied by the shell, which knows the catalogs and the `texts` rows. */
export type Say = (text: Text) => string;

export function literal(words: string): Text {
  return { literal: words };
}

/** A sentence of the catalogs. */
export function t(key: string, params?: Readonly<Record<string, Text | string | number>>): Text {
  return params === undefined ? { key } : { key, params };
}

/** Every `texts` row that a value made of texts refers to, at any depth. */
export function textRefs(value: unknown): string[] {
  const found = new Set<string>();
  collect(value, found);
  return [...found];
}

function collect(value: unknown, into: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, into);
  } else if (typeof value === "object" && value !== null) {
    if ("ref" in value && typeof value.ref === "string") into.add(value.ref);
    for (const item of Object.values(value)) collect(item, into);
  }
}
