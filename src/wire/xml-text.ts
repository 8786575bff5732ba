import { WireError } from "./wire-error.ts";

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);
const REFERENCE = /&(?:([^;&]{1,10});)?/g;

/** Text outside CDATA as it is meant; an entity that XML itself does not define is an `entity` WireError. */
export function decodeEntities(text: string): string {
  return text.replace(REFERENCE, (_, name: string | undefined) => {
    const meant = name === undefined ? undefined : (ENTITIES.get(name) ?? numbered(name));
    if (meant !== undefined) return meant;
    throw new WireError("entity", "expected only XML's own entities, found another or a bare &");
  });
}

function numbered(name: string): string | undefined {
  const number = /^#(?:x([\da-fA-F]{1,6})|(\d{1,7}))$/.exec(name);
  if (number === null) return undefined;
  const point = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
  const isCharacter = point > 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : undefined;
}

// What no XML 1.0 document may hold: half surrogates, two non-characters, control characters other than white space.
const ILLEGAL = /\p{Surrogate}|[\uFFFE\uFFFF]|[^\P{Cc}\t\n\r\x7F-\x9F]/gu;

/**
 * Text as CDATA that a reader gives back unchanged: a `]]>` inside is split over two sections, a carriage return, which
 * readers turn into a line feed, stands outside. A character that XML cannot hold becomes U+FFFD.
 */
export function cdata(text: string): string {
  const content = text
    .replace(ILLEGAL, "\ufffd")
    .replaceAll("]]>", "]]]]><![CDATA[>")
    .replaceAll("\r", "]]>&#13;<![CDATA[");
  return `<![CDATA[${content}]]>`;
}
