/**
 * JSON with the keys of every object in code-unit order and no undefined values: equal values give equal bytes, which
 * is what a replay compares. Only for plain data: null, booleans, finite numbers, strings, arrays and objects.
 */
export function canonicalJson(value: unknown): string {
  return append("", value);
}

/** One text that grows costs half of what many small ones do that are joined at each level. */
function append(json: string, value: unknown): string {
  if (typeof value === "string") return json + quoted(value);
  if (typeof value !== "object" || value === null) return json + JSON.stringify(value);
  return Array.isArray(value) ? appendList(json, value) : appendObject(json, value);
}

function appendList(json: string, list: readonly unknown[]): string {
  let written = `${json}[`;
  for (let at = 0; at < list.length; at++) {
    if (at > 0) written += ",";
    written = append(written, list[at]);
  }
  return `${written}]`;
}

function appendObject(json: string, object: object): string {
  let written = json;
  let before = "{";
  for (const key of sortedKeys(object)) {
    const inner: unknown = object[key as keyof typeof object];
    if (inner === undefined) continue;
    written = append(`${written}${before}${quoted(key)}:`, inner);
    before = ",";
  }
  return before === "{" ? `${written}{}` : `${written}}`;
}

/** What was read from canonical JSON is in order already. */
function sortedKeys(object: object): readonly string[] {
  const keys = Object.keys(object);
  return keys.every((key, at) => at === 0 || (keys[at - 1] ?? "") < key) ? keys : keys.sort();
}

const QUOTE = 34;
const BACKSLASH = 92;

/** A string of JSON: written here when nothing in it needs an escape, which a call for each short text is dear for. */
function quoted(text: string): string {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isPlain = code >= 32 && code !== QUOTE && code !== BACKSLASH && code < 0xd800;
    if (!isPlain) return JSON.stringify(text);
  }
  return `"${text}"`;
}
