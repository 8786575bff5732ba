import type { ToolMessage, ToolView, UrgentMark } from "../../../src/simulator/tool.ts";
import { dingtalkCard } from "./card/dingtalk.ts";
import { feishuCard } from "./card/feishu.ts";
import type { CardView } from "./card/view.ts";
import { wecomCard } from "./card/wecom.ts";
import type { Seat } from "./seat.ts";
import type { ToolName } from "./skin.ts";

/** One message as a panel draws it, whichever tool or channel it belongs to. */
export type Line = {
  readonly id: string;
  /** ms UTC */
  readonly at: number;
  readonly mine: boolean;
  /** Null is the bot. */
  readonly author: { readonly id: string; readonly name: string } | null;
  /** The beginning of what it answers. */
  readonly quote: string | null;
  /** How loudly the tool told of it; absent for an ordinary message. */
  readonly urgent?: UrgentMark;
  readonly body:
    | { readonly type: "text"; readonly text: string }
    | { readonly type: "card"; readonly card: CardView; readonly edition: number }
    | { readonly type: "attachment"; readonly kind: string; readonly name: string };
};

const READERS: Readonly<Record<ToolName, (native: unknown, person: string) => CardView>> = {
  feishu: feishuCard,
  dingtalk: dingtalkCard,
  wecom: wecomCard,
};

/** The messages of one chat, as the person in the seat sees them. */
export function toolLines(view: ToolView, seat: Seat): Line[] {
  const names = new Map(view.people.map((person) => [person.id, person.name]));
  const all = new Map(view.messages.map((message) => [message.id, message]));
  return view.messages
    .filter((message) => message.chat === seat.chat)
    .map((message) => ({
      id: message.id,
      at: message.at,
      mine: message.from === seat.person,
      author:
        message.from === "bot"
          ? null
          : { id: message.from, name: names.get(message.from) ?? message.from },
      quote: message.quotes === null ? null : snippet(all.get(message.quotes), view.tool),
      body: bodyOf(message.body, view.tool, seat.person),
      ...(message.urgent === undefined ? {} : { urgent: message.urgent }),
    }));
}

/** The newest message of a chat in a few words; empty when there is none. */
export function lastWords(view: ToolView, chat: string): string {
  const message = view.messages.findLast((one) => one.chat === chat);
  return snippet(message, view.tool) ?? "";
}

/** The card that a message shows; null when it shows something else. */
export function cardOf({ body }: ToolMessage, tool: ToolName): CardView | null {
  return body.type === "card" ? READERS[tool](body.native, "") : null;
}

function bodyOf(body: ToolMessage["body"], tool: ToolName, person: string): Line["body"] {
  if (body.type !== "card") return body;
  return { type: "card", card: READERS[tool](body.native, person), edition: body.edition };
}

function snippet(message: ToolMessage | undefined, tool: ToolName): string | null {
  if (message === undefined) return null;
  const { body } = message;
  switch (body.type) {
    case "text":
      return body.text;
    case "attachment":
      return body.name;
    case "card":
      return READERS[tool](body.native, "").title; // a title is the same for everybody
  }
}
