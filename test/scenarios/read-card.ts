import { dingtalkCard } from "../../console/src/simulator/card/dingtalk.ts";
import { feishuCard } from "../../console/src/simulator/card/feishu.ts";
import { houseCard } from "../../console/src/simulator/card/house.ts";
import type { ButtonView, CardPart, CardView } from "../../console/src/simulator/card/view.ts";
import { wecomCard } from "../../console/src/simulator/card/wecom.ts";
import type { Card } from "../../src/core/card.ts";

/** A card as a person reads it in one of the tools. */
export type ReadCard = {
  readonly title: string;
  /** Everything that can be read on it. */
  readonly words: string;
  readonly buttons: readonly ReadButton[];
};

type Tool = "feishu" | "dingtalk" | "wecom" | "web";

export type ReadButton = { readonly label: string; readonly button: string };

/** Read a card as its tool draws it for one person: with the same eyes as the simulator page. */
export function readCard(tool: Tool, native: unknown, person: string): ReadCard {
  const view = viewOf(tool, native, person);
  const parts = view.parts.flatMap(flat);
  return {
    title: view.title,
    words: [view.source ?? "", view.title, view.subtitle ?? "", ...parts.flatMap(wordsOf)].join(
      "\n",
    ),
    buttons: parts.flatMap((part) =>
      part.type === "buttons" || part.type === "menu" ? part.buttons.flatMap(pressable) : [],
    ),
  };
}

function viewOf(tool: Tool, native: unknown, person: string): CardView {
  switch (tool) {
    case "feishu":
      return feishuCard(native);
    case "dingtalk":
      return dingtalkCard(native, person);
    case "wecom":
      return wecomCard(native);
    case "web":
      return houseCard(native as Card<string>);
  }
}

function flat(part: CardPart): CardPart[] {
  if (part.type === "columns") return part.columns.flatMap((column) => column.parts.flatMap(flat));
  return part.type === "form" || part.type === "fold" ? part.parts.flatMap(flat) : [part];
}

function wordsOf(part: CardPart): string[] {
  if (part.type === "rich" || part.type === "plain" || part.type === "quote") return [part.text];
  if (part.type === "image") return [part.alt];
  return part.type === "fields" ? part.fields.map(({ label, value }) => `${label} ${value}`) : [];
}

function pressable({ label, does }: ButtonView): ReadButton[] {
  return does.type === "press" ? [{ label, button: does.button }] : [];
}
