import { webAddress } from "./payload.ts";

export type RichSpan = {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strike: boolean;
  readonly code: boolean;
  /** A colour by name ("grey") or as #rrggbb. */
  readonly color: string | null;
  readonly href: string | null;
  /** The id of somebody who is mentioned; `all` is everybody. */
  readonly mention: string | null;
};

export type RichLine = {
  readonly type: "text" | "heading" | "item" | "quote" | "rule" | "space";
  /** What stands before a list item: a dot or its number. */
  readonly marker: string | null;
  readonly spans: readonly RichSpan[];
};

type Style = Omit<RichSpan, "text">;

const PLAIN: Style = {
  bold: false,
  italic: false,
  strike: false,
  code: false,
  color: null,
  href: null,
  mention: null,
};

// One alternative a mark; what stands between them is plain text.
const MARK =
  /\\(?<escaped>[\\`*_{}[\]()#+\-.!~>|< ])|`(?<code>[^`]+)`|\*\*(?<bold>.+?)\*\*(?!\*)|~~(?<strike>.+?)~~|\*(?<italic>[^*\s][^*]*)\*|(?<![0-9a-z])_(?<slanted>[^_\s](?:[^_]*[^_\s])?)_(?![0-9a-z])|\[(?<label>[^\]]+)\]\((?<href>[^)\s]+)\)|<font color(?:TokenV2)?=['"]?(?<color>#[0-9a-f]{3,8}|[\w-]+)['"]?>(?<colored>.*?)<\/font>|<at id=['"]?(?<at>[\w-]+)['"]?\s*>(?<name>[^<]*)<\/at>|<br\s*\/?>/i;

/**
 * The part of markdown that Feishu's and DingTalk's cards share, as lines of spans.
 *
 * No markup survives: what is not understood is shown as it was written, and a link is kept only to http(s).
 */
export function richText(source: string): RichLine[] {
  return source
    .replace(/<br\s*\/?>/gi, "\n")
    .split(/\r?\n/)
    .map(line);
}

function line(source: string): RichLine {
  const text = source.trimEnd();
  if (text.trim() === "") return { type: "space", marker: null, spans: [] };
  if (/^\s*(-{3,}|\*{3,})$/.test(text)) return { type: "rule", marker: null, spans: [] };
  const heading = /^#{1,6}\s+(.*)$/.exec(text);
  if (heading !== null) return made("heading", heading[1] ?? "");
  const quote = /^>\s?(.*)$/.exec(text);
  if (quote !== null) return made("quote", quote[1] ?? "");
  const item = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/.exec(text);
  if (item !== null)
    return made("item", item[2] ?? "", item[1] === undefined ? "•" : `${item[1]}.`);
  return made("text", text);
}

function made(type: RichLine["type"], text: string, marker: string | null = null): RichLine {
  return { type, marker, spans: spans(text, PLAIN) };
}

function spans(source: string, style: Style): RichSpan[] {
  const found: RichSpan[] = [];
  let rest = source;
  for (let match = MARK.exec(rest); match !== null; match = MARK.exec(rest)) {
    if (match.index > 0) found.push({ ...style, text: readable(rest.slice(0, match.index)) });
    found.push(...marked(match.groups ?? {}, match[0], style));
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== "") found.push({ ...style, text: readable(rest) });
  return found;
}

function marked(
  mark: Readonly<Record<string, string | undefined>>,
  whole: string,
  style: Style,
): RichSpan[] {
  if (mark.escaped !== undefined) return [{ ...style, text: mark.escaped }];
  if (mark.code !== undefined) return [{ ...style, code: true, text: mark.code }];
  if (mark.bold !== undefined) return spans(mark.bold, { ...style, bold: true });
  if (mark.strike !== undefined) return spans(mark.strike, { ...style, strike: true });
  const italic = mark.italic ?? mark.slanted;
  if (italic !== undefined) return spans(italic, { ...style, italic: true });
  if (mark.colored !== undefined) {
    return spans(mark.colored, { ...style, color: colorOf(mark.color ?? "") });
  }
  if (mark.at !== undefined) {
    return [{ ...style, mention: mark.at, text: mark.name || mark.at }];
  }
  const href = webAddress(mark.href);
  if (href === null) return [{ ...style, text: whole }];
  return spans(mark.label ?? href, { ...style, href });
}

/** Feishu names colours "grey" or "grey-600", DingTalk by a token such as "common_level3_base_color". */
function colorOf(name: string): string {
  if (name.startsWith("#")) return name.toLowerCase();
  return /^[a-z]+(?=-|$)/i.exec(name)?.[0].toLowerCase() ?? "grey";
}

// Senders write as an entity what would otherwise be a mark: &#42; or &lt;.
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: " ",
};

function readable(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|([a-z]+));/gi, (whole, code?: string, name?: string) => {
    if (code !== undefined) return String.fromCodePoint(Number(code));
    return ENTITIES[(name ?? "").toLowerCase()] ?? whole;
  });
}
