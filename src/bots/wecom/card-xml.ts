import type { XmlContent } from "../../wire/xml.ts";
import type { CardNode } from "./render.ts";

/** The names that are not written as their JSON names suggest. */
const TAGS: Readonly<Record<string, string>> = {
  keyname: "KeyName",
  userid: "UserId",
  checkbox: "CheckBox",
};

/** A template card as the `<TemplateCard>` of a passive reply; a list repeats its tag. WeCom docs: 90241. */
export function cardXml(card: CardNode): XmlContent {
  const content: Record<string, XmlContent[string]> = {};
  for (const [name, value] of Object.entries(card)) content[tagOf(name)] = toXml(value);
  return content;
}

function toXml(value: CardNode[string]): XmlContent[string] {
  if (typeof value !== "object") return value;
  return isList(value) ? value.map(cardXml) : cardXml(value);
}

function isList(value: CardNode | readonly CardNode[]): value is readonly CardNode[] {
  return Array.isArray(value);
}

function tagOf(name: string): string {
  const words = name.split("_").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return TAGS[name] ?? words.join("");
}
