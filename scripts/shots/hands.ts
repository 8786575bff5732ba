import { dingtalkCard } from "../../console/src/simulator/card/dingtalk.ts";
import { feishuCard } from "../../console/src/simulator/card/feishu.ts";
import type { ButtonView, CardPart, CardView } from "../../console/src/simulator/card/view.ts";
import { wecomCard } from "../../console/src/simulator/card/wecom.ts";
import type { ToolMessage, ToolSimulator } from "../../src/simulator/tool.ts";
import type { ShotCompany } from "./company.ts";

export type Tool = ToolSimulator["name"];

/** Who sits in front of a tool, and which of their chats is open. */
export type Seat = { readonly tool: Tool; readonly person: string; readonly chat: string };

/** Somebody at their tool, who reads cards and presses what stands on them. */
export type Hands = {
  say(
    text: string,
    more?: Omit<Parameters<ToolSimulator["say"]>[0], "person" | "chat" | "text">,
  ): Promise<void>;
  /** Press the button with one of these labels on the newest card that has it, with `text` in its form's first field. */
  press(labels: readonly string[], text?: string): Promise<void>;
  /** Addresses of the links on the newest card, by label. */
  links(): ReadonlyMap<string, string>;
};

export function handsOf(company: ShotCompany, { tool, person, chat }: Seat): Hands {
  const simulator = company[tool];
  const cards = () =>
    simulator
      .view()
      .messages.filter((message) => message.chat === chat)
      .flatMap((message) => {
        const card = cardOf(tool, message, person);
        return card === null ? [] : [{ id: message.id, buttons: card.parts.flatMap(pressesOf) }];
      })
      .reverse();

  return {
    async say(text, more = {}) {
      const { delivered } = await simulator.say({ person, chat, text, ...more });
      if (!delivered) throw new Error(`Nobody heard "${text}" in ${tool}.`);
      await company.quiet();
    },
    async press(labels, text) {
      for (const { id, buttons } of cards()) {
        const found = buttons.find(({ label }) => labels.includes(label));
        if (found?.does.type !== "press") continue;
        const values = text === undefined ? {} : { [found.field ?? ""]: text };
        const { error } = await simulator.press({
          person,
          message: id,
          button: found.does.button,
          values,
        });
        if (error !== null) throw new Error(`${tool}: ${labels.join()}: ${error.text}`);
        await company.quiet();
        return;
      }
      throw new Error(`No card of ${person} in ${tool} has the button ${labels.join(" or ")}.`);
    },
    links() {
      const [newest] = cards();
      return new Map(
        newest?.buttons.flatMap(({ label, does }) =>
          does.type === "open" ? [[label, does.url] as const] : [],
        ),
      );
    },
  };
}

function cardOf(tool: Tool, { body }: ToolMessage, person: string): CardView | null {
  if (body.type !== "card") return null;
  switch (tool) {
    case "feishu":
      return feishuCard(body.native);
    case "dingtalk":
      return dingtalkCard(body.native, person);
    case "wecom":
      return wecomCard(body.native);
  }
}

/** A button, and the first field of the form it stands in. */
type Press = Pick<ButtonView, "label" | "does"> & { readonly field?: string };

function pressesOf(part: CardPart): readonly Press[] {
  switch (part.type) {
    case "buttons":
    case "menu":
      return part.buttons;
    case "form": {
      const [first] = part.parts.flatMap((one) => (one.type === "field" ? [one.field.name] : []));
      const inside = part.parts.flatMap(pressesOf);
      return first === undefined ? inside : inside.map((press) => ({ ...press, field: first }));
    }
    case "fold":
      return part.parts.flatMap(pressesOf);
    case "columns":
      return part.columns.flatMap(({ parts }) => parts.flatMap(pressesOf));
    default:
      return [];
  }
}
