import {
  attributesOf,
  BODY_ATTRIBUTES,
  CARD_ATTRIBUTES,
  CONFIG_ATTRIBUTES,
  HEADER_ATTRIBUTES,
  HEADER_COLOURS,
  INTERACTIVE_TAGS,
  RETIRED_TAGS,
} from "./card-attributes.ts";
import { checkElement, checkText } from "./card-element.ts";
import {
  badShape,
  CardFlaw,
  expectKnown,
  expectList,
  expectObject,
  expectOneOf,
  expectText,
} from "./card-flaw.ts";
import { isObject, type JsonObject } from "./shape.ts";

const MOST_ELEMENTS = 200;
const ELEMENT_ID = /^[A-Za-z][A-Za-z0-9_]{0,19}$/;

/**
 * What Feishu would refuse a card for; null for a card that it shows.
 *
 * JSON 2.0 is checked strictly, JSON 1.0 (whose unknown attributes Feishu ignores) only in outline. Feishu docs:
 * card-json-v2-structure, form-container, im-v1/message/create.
 */
export function findCardFlaw(card: unknown): CardFlaw | null {
  try {
    checkCard(card);
    return null;
  } catch (error) {
    if (error instanceof CardFlaw) return error;
    throw error;
  }
}

export function isSchema2(card: JsonObject): boolean {
  return card.schema === "2.0";
}

/** Does the card say itself that all who see it see the same? */
export function isShared(card: JsonObject): boolean {
  const config = card.config;
  return isObject(config) && config.update_multi === true;
}

function checkCard(value: unknown): void {
  const card = expectObject(value, "ROOT");
  const schema = card.schema ?? "1.0";
  if (schema === "1.0") {
    if (card.elements !== undefined) expectList(card.elements, "ROOT -> elements");
    return;
  }
  if (schema !== "2.0") throw badShape("ROOT -> schema", 'expected "1.0" or "2.0"');
  expectKnown(card, CARD_ATTRIBUTES, "ROOT");
  checkConfig(card.config);
  checkHeader(card.header);
  const body = expectObject(card.body, "ROOT -> body");
  expectKnown(body, BODY_ATTRIBUTES, "ROOT -> body");
  const seen: Seen = { elements: 0, names: new Set(), ids: new Set() };
  checkAll(body.elements, { path: "ROOT -> body -> elements", parent: "body", form: false }, seen);
}

function checkConfig(value: unknown): void {
  if (value === undefined) return;
  const config = expectObject(value, "ROOT -> config");
  expectKnown(config, CONFIG_ATTRIBUTES, "ROOT -> config");
  if (config.update_multi === false) {
    throw badShape("ROOT -> config", "schema V2 only supports update_multi true");
  }
}

function checkHeader(value: unknown): void {
  if (value === undefined) return;
  const header = expectObject(value, "ROOT -> header");
  expectKnown(header, HEADER_ATTRIBUTES, "ROOT -> header");
  checkText(header.title, "ROOT -> header -> title");
  if (header.subtitle !== undefined) checkText(header.subtitle, "ROOT -> header -> subtitle");
  expectOneOf(header.template, HEADER_COLOURS, "ROOT -> header -> template");
}

/** What must be unique in the whole card. */
type Seen = { elements: number; readonly names: Set<string>; readonly ids: Set<string> };

type Where = { readonly path: string; readonly parent: string; readonly form: boolean };

function checkAll(value: unknown, where: Where, seen: Seen): void {
  for (const [index, each] of expectList(value, where.path).entries()) {
    const element = expectObject(each, `${where.path} -> [${index}]`);
    const tag = expectText(element.tag, `${where.path} -> [${index}] -> tag`);
    const path = `${where.path} -> [${index}](tag: ${tag})`;
    checkTag(element, tag, { ...where, path });
    count(element, path, seen);
    checkName(element, tag, { ...where, path }, seen);
    checkElement(element, path, where.form);
    checkChildren(element, tag, { ...where, path }, seen);
  }
}

function checkTag(element: JsonObject, tag: string, where: Where): void {
  if (RETIRED_TAGS.has(tag)) {
    const words = `cards of schema V2 no longer support this capability; ErrorValue: unsupported tag ${tag}`;
    throw new CardFlaw(200861, where.path, words);
  }
  const attributes = attributesOf(tag);
  if (attributes === null) throw badShape(where.path, `unknown tag ${tag}`);
  if (attributes !== "any") expectKnown(element, attributes, where.path);
  if ((tag === "column") !== (where.parent === "column_set")) {
    throw badShape(where.path, `a ${tag} cannot stand in ${where.parent}`);
  }
  if (tag === "form" && where.parent !== "body") {
    throw badShape(where.path, "a form can only stand at the root of the card");
  }
  if (tag === "table" && where.form) throw badShape(where.path, "a form cannot hold a table");
}

function count(element: JsonObject, path: string, seen: Seen): void {
  seen.elements += 1;
  if (seen.elements > MOST_ELEMENTS) throw new CardFlaw(11310, path, "element exceeds the limit");
  const id = element.element_id;
  if (id === undefined) return;
  if (!ELEMENT_ID.test(expectText(id, path))) {
    throw badShape(
      path,
      "element_id must be 1 to 20 letters, digits or _, and begin with a letter",
    );
  }
  if (seen.ids.has(String(id))) throw badShape(path, `duplicate element_id ${id}`);
  seen.ids.add(String(id));
}

function checkName(element: JsonObject, tag: string, where: Where, seen: Seen): void {
  const needed = tag === "form" || (where.form && INTERACTIVE_TAGS.has(tag));
  const name = element.name;
  if (needed && (typeof name !== "string" || name === "")) {
    throw new CardFlaw(200530, where.path, `a ${tag} needs a name here`);
  }
  if (!needed) return;
  if (seen.names.has(String(name))) {
    throw new CardFlaw(200530, where.path, `duplicate name ${name}`);
  }
  seen.names.add(String(name));
}

function checkChildren(element: JsonObject, tag: string, where: Where, seen: Seen): void {
  const inside = { ...where, parent: tag, form: where.form || tag === "form" };
  if (tag === "column_set") {
    checkAll(element.columns, { ...inside, path: `${where.path} -> columns` }, seen);
  } else if (["column", "form", "interactive_container", "collapsible_panel"].includes(tag)) {
    checkAll(element.elements, { ...inside, path: `${where.path} -> elements` }, seen);
  }
}
