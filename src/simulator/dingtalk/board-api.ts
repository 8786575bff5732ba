import { sameText, utf8 } from "../../wire/bytes.ts";
import { dingtalkCustomRobotSign } from "../../wire/dingtalk-sign.ts";
import { randomNonce } from "../../wire/random.ts";
import { asFields, type Fields, textOf } from "../fields.ts";
import { createRateLimiter, type RateLimiter } from "../rate-limit.ts";
import type { ToolClock, ToolMessage } from "../tool.ts";
import { actionCard } from "./action-card.ts";
import type { ApiCall, DingtalkContext } from "./context.ts";
import { OldApiRefusal } from "./refusal.ts";
import { readWebhookMessage } from "./robot-message.ts";

/** A custom robot of a group: who has its token can post there. */
export type DingtalkBoard = {
  readonly chat: string;
  readonly accessToken: string;
  /** With one, each request is signed. */
  readonly secret?: string;
};

/** What the vendor keeps of the custom robots. */
export type Boards = {
  readonly known: readonly DingtalkBoard[];
  readonly perMinute: RateLimiter;
  /** Until when a robot is mute, by its token. */
  readonly mutedUntil: Map<string, number>;
  /** `msgUuid`s that were shown. */
  readonly shown: Set<string>;
};

const WINDOW_MS = 3_600_000;
const MUTE_MS = 600_000;
const BODY_BYTES = 20_000;
const KINDS = ["text", "link", "markdown", "actionCard", "feedCard"];

export function createBoards(known: readonly DingtalkBoard[], clock: ToolClock): Boards {
  const perMinute = createRateLimiter(clock, { count: 20, perMs: 60_000 });
  return { known, perMinute, mutedUntil: new Map(), shown: new Set() };
}

/**
 * `POST /robot/send?access_token=…`: one message into the robot's group; more than 20 in a minute mute it for ten. The
 * same `msgUuid` again is answered as before and shows nothing. DingTalk docs: custom-robots-send-group-messages.
 */
export async function sendToBoard(
  { boards, clock, world }: DingtalkContext,
  body: Fields,
  { url }: ApiCall,
): Promise<Response> {
  const { searchParams: query } = url;
  const board = boards.known.find(({ accessToken }) => accessToken === query.get("access_token"));
  if (board === undefined) throw new OldApiRefusal(400101, "access_token 不存在");
  await checkSign(board, query, clock.now());
  if (world.chat(board.chat) === null) throw new OldApiRefusal(400013, "群已被解散");
  const message = readBoardMessage(body);
  const uuid = textOf(body, "msgUuid");
  const done = Response.json({ errcode: 0, errmsg: "ok" });
  if (uuid !== "" && boards.shown.has(uuid)) return done;
  limit(boards, board, clock.now());
  if (uuid !== "") boards.shown.add(uuid);
  const id = `msg${randomNonce(20)}`;
  world.post({ id, chat: board.chat, from: "bot", quotes: null, body: message });
  return done;
}

async function checkSign(
  { secret }: DingtalkBoard,
  query: URLSearchParams,
  now: number,
): Promise<void> {
  if (secret === undefined) return;
  const timestamp = query.get("timestamp") ?? "";
  const isFresh = /^\d{13}$/.test(timestamp) && Math.abs(now - Number(timestamp)) <= WINDOW_MS;
  const expected = await dingtalkCustomRobotSign(secret, timestamp);
  if (!isFresh || !sameText(query.get("sign") ?? "", expected))
    throw new OldApiRefusal(310000, "sign not match");
}

function limit({ perMinute, mutedUntil }: Boards, { accessToken }: DingtalkBoard, now: number) {
  const isMuted = (mutedUntil.get(accessToken) ?? 0) > now;
  if (!isMuted && perMinute.take(accessToken) === 0) return;
  if (!isMuted) mutedUntil.set(accessToken, now + MUTE_MS);
  throw new OldApiRefusal(410100, "发送速度太快而限流");
}

function readBoardMessage(body: Fields): ToolMessage["body"] {
  const kind = textOf(body, "msgtype");
  if (!KINDS.includes(kind)) throw new OldApiRefusal(400105, "不支持的消息类型");
  if (utf8(JSON.stringify(body)).length > BODY_BYTES)
    throw new OldApiRefusal(460101, "message too long, exceed 20000 bytes");
  const card = kind === "actionCard" ? actionCard(asFields(body.actionCard)) : null;
  const message = card ?? (kind === "actionCard" ? null : readWebhookMessage(body));
  if (message === null) throw new OldApiRefusal(40035, "缺少参数");
  return message;
}
