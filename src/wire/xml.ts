import { XMLParser, XMLValidator } from "fast-xml-parser";
import { WireError } from "./wire-error.ts";
import { guardXml, MAX_XML_DEPTH } from "./xml-guard.ts";
import { cdata, decodeEntities } from "./xml-text.ts";

/** The elements inside an element, by tag, each tag with all its values in the order of the document. */
export type XmlNode = { readonly [tag: string]: readonly XmlValue[] };
/** An element with elements inside is a node, any other is its text; attributes and text between elements are not kept. */
export type XmlValue = string | XmlNode;

const TEXT = "#text";
const CDATA = "#cdata";
const DROPPED = "#dropped"; // no tag of a valid document is called this
const DROPPED_TAGS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

const parser = new XMLParser({
  preserveOrder: true, // tells CDATA from text, which alone may hold &amp; and the like
  textNodeName: TEXT,
  cdataPropName: CDATA,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
  maxNestedTags: MAX_XML_DEPTH - 1, // counts the elements around the one that opens
  transformTagName: (tag) => (DROPPED_TAGS.has(tag) ? DROPPED : tag),
  onDangerousProperty: (tag) => tag, // ours have no prototype to shadow
});

/**
 * Parse XML that somebody else wrote; the root is the one tag of the node returned.
 *
 * A document type is a `doctype` WireError, an entity other than XML's own five and character numbers an `entity` one,
 * more than 16 levels a `too-deep` one, all else that is not well formed a `malformed` one.
 */
export function parseXml(text: string): XmlNode {
  const xml = text.startsWith("\ufeff") ? text.slice(1) : text;
  guardXml(xml);
  const node = toValue(wellFormed(xml));
  if (typeof node === "string" || Object.values(node).flat().length !== 1) throw notXml();
  return node;
}

type Ordered = readonly Readonly<Record<string, unknown>>[];

function wellFormed(xml: string): Ordered {
  const endsWithTag = xml.trimEnd().endsWith(">"); // the validator does not look behind the root
  const tree = endsWithTag && XMLValidator.validate(xml) === true ? treeOf(xml) : null;
  if (tree === null) throw notXml();
  return tree;
}

/** Null where the parser throws: its error may quote the text, so it must not become a cause. */
function treeOf(xml: string): Ordered | null {
  try {
    return parser.parse(xml);
  } catch {
    return null;
  }
}

function notXml(): WireError {
  return new WireError("malformed", "expected one well-formed XML element, found something else");
}

function toValue(children: Ordered): XmlValue {
  let text = "";
  let node: Record<string, XmlValue[]> | null = null;
  for (const child of children) {
    for (const tag of Object.keys(child)) {
      const inside = child[tag];
      if (tag === TEXT) text += decodeEntities(String(inside));
      else if (tag === CDATA) text += cdataText(inside as Ordered);
      else if (tag !== DROPPED) node = added(node, tag, toValue(inside as Ordered));
    }
  }
  return node ?? text;
}

function added(
  node: Record<string, XmlValue[]> | null,
  tag: string,
  value: XmlValue,
): Record<string, XmlValue[]> {
  const grown: Record<string, XmlValue[]> = node ?? Object.create(null);
  const values = grown[tag];
  if (values === undefined) grown[tag] = [value];
  else values.push(value);
  return grown;
}

function cdataText(inside: Ordered): string {
  return inside.map((part) => String(part[TEXT])).join("");
}

/** The text of the first element called `tag`; null when there is none or it holds elements. */
export function xmlText(node: XmlNode, tag: string): string | null {
  const value = valuesOf(node, tag)[0];
  return typeof value === "string" ? value : null;
}

/** Every element called `tag` that holds elements. */
export function xmlNodes(node: XmlNode, tag: string): XmlNode[] {
  return valuesOf(node, tag).filter((value) => typeof value !== "string");
}

function valuesOf(node: XmlNode, tag: string): readonly XmlValue[] {
  return Object.hasOwn(node, tag) ? (node[tag] ?? []) : [];
}

/** Elements to write, by tag: a text goes into CDATA, a number stands bare, a list repeats its tag. */
export type XmlContent = { readonly [tag: string]: XmlPart | readonly XmlPart[] };
type XmlPart = string | number | XmlContent;

const TAG = /^[A-Za-z_][\w.-]*$/;

/** Write elements such as `{ xml: { MsgType: "text" } }`; `parseXml` gives their text back unchanged. */
export function buildXml(content: XmlContent): string {
  return Object.entries(content)
    .flatMap(([tag, parts]) => [parts].flat().map((part) => element(tag, part)))
    .join("");
}

function element(tag: string, part: XmlPart): string {
  if (!TAG.test(tag)) throw new WireError("malformed", `<${tag}> is not a tag`);
  return `<${tag}>${inner(part)}</${tag}>`;
}

function inner(part: XmlPart): string {
  if (typeof part === "string") return cdata(part);
  return typeof part === "number" ? String(part) : buildXml(part);
}
