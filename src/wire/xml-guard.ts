import { WireError } from "./wire-error.ts";

/** How many elements may lie inside each other, the root included. */
export const MAX_XML_DEPTH = 16;

/**
 * Refuse, in one pass over the text, what no vendor sends: a document type (`doctype`) and deep nesting (`too-deep`).
 *
 * What stands in CDATA or a comment is content: a user may well type a document type. Whether the text is well formed
 * is not asked here.
 */
export function guardXml(xml: string): void {
  let depth = 0;
  let at = xml.indexOf("<");
  while (at !== -1) {
    const end = endOfMarkup(xml, at);
    depth += levels(xml[at + 1]);
    if (depth > MAX_XML_DEPTH) throw tooDeep();
    if (levels(xml[at + 1]) === 1 && xml[end - 2] === "/") depth--; // <empty/>
    at = xml.indexOf("<", end);
  }
}

function endOfMarkup(xml: string, at: number): number {
  const next = xml[at + 1];
  if (next === "!") return endOfContent(xml, at);
  return endOf(xml, next === "?" ? "?>" : ">", at);
}

function levels(afterOpening: string | undefined): number {
  if (afterOpening === "/") return -1;
  return afterOpening === "!" || afterOpening === "?" ? 0 : 1;
}

function tooDeep(): WireError {
  return new WireError("too-deep", `expected at most ${MAX_XML_DEPTH} levels of XML, found more`);
}

/** The end of the CDATA section or comment at `at`; anything else after `<!` belongs to a document type. */
function endOfContent(xml: string, at: number): number {
  if (xml.startsWith("<![CDATA[", at)) return endOf(xml, "]]>", at + 9);
  if (xml.startsWith("<!--", at)) return endOf(xml, "-->", at + 4);
  throw new WireError("doctype", "expected XML without a document type, found a declaration");
}

function endOf(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from);
  if (at === -1) throw new WireError("malformed", `expected ${mark}, found the end of the XML`);
  return at + mark.length;
}
