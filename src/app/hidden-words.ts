import { type Language, t } from "../core/text.ts";
import type { Delivery } from "../ports/channel.ts";
import type { Hub } from "./hub.ts";

/** Does the tool refuse what people wrote, and not what we say around it? */
export function isSensitive(delivery: { readonly type: string }): boolean {
  const { sensitive } = delivery as Partial<Extract<Delivery, { type: "failed" }>>;
  return delivery.type === "failed" && sensitive === true;
}

/** What people wrote, each in place of which a line says that the tool does not let us show it. */
export function hiddenWords(
  hub: Hub,
  language: Language,
  words: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const instead = hub.catalogs(language, new Map())(t("words.hidden"));
  return new Map([...words].map(([ref, body]) => [ref, body === "" ? "" : instead]));
}
