import { utf8 } from "../../wire/bytes.ts";
import { randomNonce } from "../../wire/random.ts";
import { asFields, type Fields, objectsOf, textOf } from "../fields.ts";
import { createRateLimiter, type RateLimiter } from "../rate-limit.ts";
import type { ToolClock, ToolMessage } from "../tool.ts";
import type { World } from "../world.ts";
import { checkTemplateCard } from "./template-card.ts";
import { success, WecomError } from "./wecom-error.ts";

/** The message push of a group: who has its key can post there. */
export type WecomBoard = { readonly chat: string; readonly key: string };

/** What the vendor keeps of them. */
export type Boards = { readonly known: readonly WecomBoard[]; readonly perMinute: RateLimiter };

export const BOARD_PATH = "/cgi-bin/webhook/send";

const TEXT_BYTES = 2048;
const MARKDOWN_BYTES = 4096;
const NOTICES = ["text_notice", "news_notice"];

export function createBoards(known: readonly WecomBoard[], clock: ToolClock): Boards {
  return { known, perMinute: createRateLimiter(clock, { count: 20, perMs: 60_000 }) };
}

/** `POST /cgi-bin/webhook/send?key=…`: one message into the group, 20 in a minute. WeCom docs: 99110. */
export function sendToBoard(
  { boards, world }: { readonly boards: Boards; readonly world: World },
  body: Fields,
  url: URL,
): Response {
  const board = boards.known.find(({ key }) => key === url.searchParams.get("key"));
  if (board === undefined) throw new WecomError(93000, "invalid webhook url");
  const message = readBoardMessage(body);
  if (boards.perMinute.take(board.key) > 0) throw new WecomError(45009, "api freq out of limit");
  const id = `board-${randomNonce(20)}`;
  world.post({ id, chat: board.chat, from: "bot", quotes: null, body: message });
  return success();
}

function readBoardMessage(body: Fields): ToolMessage["body"] {
  const kind = textOf(body, "msgtype");
  const inside = asFields(body[kind]);
  switch (kind) {
    case "text":
      return { type: "text", text: sized(inside, TEXT_BYTES) };
    case "markdown":
    case "markdown_v2":
      return { type: "text", text: sized(inside, MARKDOWN_BYTES) };
    case "news":
      return news(inside);
    case "template_card":
      return notice(inside);
    default:
      throw new WecomError(40008, "msgtype is not one that a group webhook takes");
  }
}

function sized(inside: Fields | null, most: number): string {
  const text = textOf(inside, "content");
  const bytes = utf8(text).length;
  if (bytes === 0) throw new WecomError(44004, "content is missing or empty");
  if (bytes > most) throw new WecomError(45002, `content has ${bytes} bytes, at most ${most} fit`);
  return text;
}

function news(inside: Fields | null): ToolMessage["body"] {
  const articles = objectsOf(inside, "articles");
  if (articles.length < 1 || articles.length > 8)
    throw new WecomError(45008, "news needs 1 to 8 articles");
  const lines = articles.map((one) => `${textOf(one, "title")} ${textOf(one, "url")}`);
  return { type: "text", text: lines.join("\n") };
}

/** Only cards that tell; nothing on them calls back. */
function notice(card: Fields | null): ToolMessage["body"] {
  if (card === null) throw new WecomError(40063, "template_card is missing");
  if (!NOTICES.includes(textOf(card, "card_type")))
    throw new WecomError(42031, `card_type must be ${NOTICES.join(" or ")}`);
  checkTemplateCard(card, "send");
  return { type: "card", native: card, edition: 1 };
}
