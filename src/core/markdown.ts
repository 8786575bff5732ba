/**
 * The small dialect of a card's markdown texts: `**bold**`, `_italic_` or `*italic*`, `` `code` ``, `[words](url)`; lines
 * that begin with `- `, `* `, `+ ` or `1. ` are lists, with `> ` a quotation, with `#` bold; an empty line ends a block.
 * A backslash before a mark or a space takes its meaning away. What is no mark is shown as it is written.
 */
export type MarkdownBlock =
  | { readonly type: "paragraph" | "quote"; readonly lines: readonly Spans[] }
  | { readonly type: "list"; readonly ordered: boolean; readonly lines: readonly Spans[] };

/** One line; neighbours differ in style, and none is empty. */
export type Spans = readonly Span[];

export type Style = {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly code: boolean;
  /** A web address. */
  readonly url: string | null;
};

export type Span = Style & { readonly text: string };

const PLAIN: Style = { bold: false, italic: false, code: false, url: null };
const BOLD: Style = { ...PLAIN, bold: true };

/** Read a text of the dialect. Never fails: what cannot be read as a mark is text. */
export function readMarkdown(source: string): MarkdownBlock[] {
  const blocks: { type: MarkdownBlock["type"]; ordered: boolean; lines: Spans[] }[] = [];
  let open = false;
  for (const raw of source.split(/\r\n|[\n\r\u2028\u2029]/)) {
    const { type, ordered, style, text } = readLine(trimmed(raw));
    const spans = joined(readSpans(text, style));
    if (spans.length === 0) {
      open = false;
      continue;
    }
    const last = open ? blocks.at(-1) : undefined;
    if (last?.type === type && last.ordered === ordered) last.lines.push(spans);
    else blocks.push({ type, ordered, lines: [spans] });
    open = true;
  }
  return blocks.map(({ type, ordered, lines }) =>
    type === "list" ? { type, ordered, lines } : { type, lines },
  );
}

/** Without white space at the ends, but with a last space that a backslash keeps. */
function trimmed(line: string): string {
  const text = line.trim();
  const slashes = /\\*$/.exec(text)?.[0].length ?? 0;
  return slashes % 2 === 1 && line.trimStart().length > text.length ? `${text} ` : text;
}

const LINE = /^(?:(?<bullet>[-*+]) |(?<number>\d{1,3})[.)] |(?<quote>>) ?|(?<head>#{1,6}) )(?=.)/;

function readLine(text: string) {
  const match = LINE.exec(text);
  const { bullet, number, quote, head } = match?.groups ?? {};
  const rest = text.slice(match?.[0].length ?? 0);
  const inside = match === null ? rest : rest.trimStart();
  const line = { ordered: number !== undefined, style: PLAIN, text: inside };
  if (bullet !== undefined || number !== undefined) return { ...line, type: "list" as const };
  if (quote !== undefined) return { ...line, type: "quote" as const };
  return { ...line, type: "paragraph" as const, style: head === undefined ? PLAIN : BOLD };
}

/** What may stand behind a backslash. */
const ESCAPED = /^\\([!-/:-@[-`{-~ ])/;
const LINK = /^\[((?:\\.|[^\\\]]){1,300})\]\((https?:\/\/[^\s()<>]+)\)/i;
const CODE = /^`([^`]+)`/;

function readSpans(source: string, style: Style): Span[] {
  const found: Span[] = [];
  const line: Line = { source, unclosed: new Set() };
  for (let at = 0; at < source.length; ) {
    const mark = readMark(line, at, style);
    if (mark === null) {
      const plain = plainAt(source, at);
      found.push({ ...style, text: plain });
      at += plain.length;
    } else {
      found.push(...mark.spans);
      at += mark.length;
    }
  }
  return found;
}

const NO_MARKS = /[^\\`[*_]+/y;

/** The words up to the next character that could be a mark; one that could, and is none, stands alone. */
function plainAt(source: string, at: number): string {
  NO_MARKS.lastIndex = at;
  return NO_MARKS.exec(source)?.[0] ?? source.charAt(at);
}

type Mark = { readonly spans: readonly Span[]; readonly length: number };

/** `unclosed`: marks that nothing closes from some place on, so that nobody looks again. */
type Line = { readonly source: string; readonly unclosed: Set<string> };

function readMark(line: Line, at: number, style: Style): Mark | null {
  const rest = line.source.slice(at);
  const escaped = ESCAPED.exec(rest);
  if (escaped !== null) return { spans: [{ ...style, text: escaped[1] ?? "" }], length: 2 };
  const code = CODE.exec(rest);
  if (code !== null && !style.code) {
    const [whole, text = ""] = code;
    return { spans: [{ ...style, code: true, text }], length: whole.length };
  }
  const link = style.url === null ? LINK.exec(rest) : null;
  if (link !== null) {
    const [whole, label = "", url = ""] = link;
    return { spans: readSpans(label, { ...style, url }), length: whole.length };
  }
  if (!style.bold && rest.startsWith("**"))
    return readBetween(line, at, "**", { ...style, bold: true });
  if (style.italic || !/^[*_]/.test(rest)) return null;
  return readBetween(line, at, rest.startsWith("_") ? "_" : "*", { ...style, italic: true });
}

/** What stands between this mark and its next, if both touch words and neither is inside one. */
function readBetween(line: Line, at: number, mark: string, style: Style): Mark | null {
  const { source, unclosed } = line;
  if (unclosed.has(mark) || !isMark(source, at, mark)) return null;
  const start = at + mark.length;
  if (!/^\S/u.test(source.slice(start))) return null;
  for (let end = start; end < source.length; end += skip(source, end)) {
    const closes = end > start && source.startsWith(mark, end) && isMark(source, end, mark);
    if (!closes || endsInSpace(source, end)) continue;
    const spans = readSpans(source.slice(start, end), style);
    return { spans, length: end + mark.length - at };
  }
  unclosed.add(mark);
  return null;
}

/** How far to the next place where a mark may stand: never inside an escape or a piece of code. */
function skip(source: string, at: number): number {
  const rest = source.slice(at);
  const whole = ESCAPED.exec(rest)?.[0] ?? CODE.exec(rest)?.[0];
  if (whole !== undefined) return whole.length;
  return rest.startsWith("**") ? 2 : 1;
}

function endsInSpace(source: string, end: number): boolean {
  return /\s/.test(source[end - 1] ?? " ") && source[end - 2] !== "\\";
}

/** An underscore inside a name is none, and one star is none beside another. */
function isMark(source: string, at: number, mark: string): boolean {
  const before = source[at - 1] ?? "";
  const after = source[at + mark.length] ?? "";
  if (mark === "_") return !(isWord(before) && isWord(after));
  return mark === "**" || (before !== "*" && after !== "*");
}

function isWord(character: string): boolean {
  return /^[0-9a-z]$/i.test(character);
}

/** Neighbours of one style in one piece. */
export function joined(spans: Spans): Span[] {
  const all: Span[] = [];
  for (const span of spans) {
    const last = all.at(-1);
    if (span.text === "") continue;
    if (last !== undefined && sameStyle(last, span))
      all[all.length - 1] = { ...last, text: last.text + span.text };
    else all.push(span);
  }
  return all;
}

function sameStyle(a: Style, b: Style): boolean {
  return a.bold === b.bold && a.italic === b.italic && a.code === b.code && a.url === b.url;
}
