import type { XmlNode, XmlValue } from "../../wire/xml.ts";
import type { Fields } from "../fields.ts";

/** Tags whose JSON name is not simply theirs in snake case. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["KeyName", "keyname"],
  ["UserId", "userid"],
  ["AppId", "appid"],
  ["PagePath", "pagepath"],
  ["CheckBox", "checkbox"],
]);
const NUMBERS: ReadonlySet<string> = new Set(["Type", "Style", "DescColor", "Mode", "AspectRatio"]);
const BOOLEANS: ReadonlySet<string> = new Set(["Disable", "IsChecked"]);

/**
 * The `<TemplateCard>` of a passive reply as the JSON that the API takes for the same card.
 *
 * A tag that ends in List is a list even when it stands once. WeCom docs: 90241.
 */
export function cardFromXml(node: XmlNode): Fields {
  const card: Record<string, unknown> = {};
  for (const [tag, values] of Object.entries(node)) {
    const read = values.map((value) => readValue(tag, value));
    card[NAMES.get(tag) ?? snakeCase(tag)] = tag.endsWith("List") ? read : read[0];
  }
  return card;
}

function readValue(tag: string, value: XmlValue): unknown {
  if (typeof value !== "string") return cardFromXml(value);
  if (NUMBERS.has(tag)) return Number(value);
  if (BOOLEANS.has(tag)) return value === "true";
  return value;
}

function snakeCase(tag: string): string {
  return tag.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
}
