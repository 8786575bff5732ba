import type { Context } from "hono";
import { sameText, utf8 } from "../../wire/bytes.ts";
import { feishuCustomBotSign } from "../../wire/feishu-crypto.ts";
import { createRateLimiter, type RateLimiter } from "../rate-limit.ts";
import type { ToolClock, ToolMessage } from "../tool.ts";
import { checkCard, readContent } from "./content.ts";
import { FeishuError } from "./feishu-error.ts";
import { newId } from "./identity.ts";
import { readBody } from "./requests.ts";
import { isObject, type JsonObject } from "./shape.ts";
import type { Feishu } from "./state.ts";

/** A custom bot of a group: who has its token can post there. */
export type FeishuBoard = {
  readonly chat: string;
  readonly token: string;
  /** With one, each request is signed. */
  readonly secret?: string;
};

/** What the vendor keeps of the custom bots. */
export type Boards = {
  readonly known: readonly FeishuBoard[];
  readonly perSecond: RateLimiter;
  readonly perMinute: RateLimiter;
};

const BODY_BYTES = 20 * 1024;
const WINDOW_S = 3600;

export function createBoards(known: readonly FeishuBoard[], clock: ToolClock): Boards {
  return {
    known,
    perSecond: createRateLimiter(clock, { count: 5, perMs: 1_000 }),
    perMinute: createRateLimiter(clock, { count: 100, perMs: 60_000 }),
  };
}

/**
 * `POST /open-apis/bot/v2/hook/:token`: one message into the bot's group. Feishu docs: custom bot guide.
 *
 * Which codes refuse a token, a signature and a size is what integrators report.
 */
export async function postToBoard(feishu: Feishu, c: Context): Promise<Response> {
  const { boards, clock, world } = feishu;
  const body = await readBody(c);
  const board = boards.known.find(({ token }) => token === c.req.param("token"));
  if (board === undefined)
    throw refuse(19001, "param invalid: incoming webhook access token invalid");
  await checkSign(board, body, clock.now());
  if (utf8(JSON.stringify(body)).length > BODY_BYTES) throw refuse(9499, "Bad Request");
  const shown = shownBy(feishu, body);
  if (boards.perSecond.take(board.token) > 0 || boards.perMinute.take(board.token) > 0)
    throw refuse(11232, "frequency limited");
  world.post({ id: newId("om_"), chat: board.chat, from: "bot", quotes: null, body: shown });
  return Response.json({ code: 0, msg: "success", data: {} });
}

async function checkSign({ secret }: FeishuBoard, body: JsonObject, now: number): Promise<void> {
  if (secret === undefined) return;
  const timestamp = String(body.timestamp ?? "");
  const isFresh =
    /^\d{10}$/.test(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= WINDOW_S;
  const expected = await feishuCustomBotSign(timestamp, secret);
  if (!isFresh || !sameText(String(body.sign ?? ""), expected))
    throw refuse(19021, "sign match fail or timestamp is not within one hour from current time");
}

/** A card stands as `card` beside `msg_type`, everything else in `content`; both as JSON and not as a text of it. */
function shownBy(feishu: Feishu, body: JsonObject): ToolMessage["body"] {
  const { msg_type: kind, content, card } = body;
  if (kind === "interactive") {
    if (!isObject(card)) throw refuse(9499, "Bad Request");
    checkCard(card);
    return { type: "card", native: card, edition: 1 };
  }
  if ((kind !== "text" && kind !== "post") || !isObject(content)) throw refuse(9499, "Bad Request");
  return readContent(feishu, kind, JSON.stringify(content)).shown;
}

function refuse(code: number, message: string): FeishuError {
  return new FeishuError(code, message, { status: 200 });
}
