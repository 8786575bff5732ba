import type { Outbound } from "../../../core/message.ts";
import type { ChannelDeps, Delivery } from "../../../ports/channel.ts";
import type { Line, LineAnswer } from "../../../ports/connection.ts";
import { failed } from "../failure.ts";
import { aibotFailure, isCardKnown, isReplyClosed } from "./failure.ts";
import { errcodeOf } from "./frames.ts";
import { isUrl } from "./reply-handle.ts";

/** A connection that is away is made anew within seconds. */
const AWAY_MS = 2000;
/** How many messages are remembered as answered. */
const REMEMBERED = 10_000;

type Body = Readonly<Record<string, unknown>>;

/** What is to be shown, in WeCom's words. */
export type Said = {
  readonly asReply: Body;
  readonly asPush: Body;
  readonly isCard: boolean;
};

export type Message = Pick<Outbound<string>, "id" | "to" | "inReplyTo">;
export type Saying = (message: Message, said: Said) => Promise<Delivery>;

/**
 * Make the one way to say something over the long connection. The first answer to a message is a reply to it, everything
 * else is pushed into the chat. WeCom takes one reply to each message, for 24 hours; where it takes none (any more) we
 * push. WeCom docs: 101463.
 */
export function createSaying({ clock }: ChannelDeps, line: Line): Saying {
  const replied = new Set<string>();

  /** The req_id to reply to; null when the message is to be pushed. Each is handed out once, whatever comes of it. */
  function takeReply({ inReplyTo }: Message): string | null {
    const handle = inReplyTo?.handle ?? null;
    if (handle === null || handle.expiresAt <= clock.now() || isUrl(handle)) return null;
    if (replied.has(handle.value)) return null;
    replied.add(handle.value);
    for (const oldest of replied) {
      if (replied.size <= REMEMBERED) break;
      replied.delete(oldest);
    }
    return handle.value;
  }

  return async (message, { asReply, asPush, isCard }) => {
    const reqId = takeReply(message);
    if (reqId !== null) {
      const frame = { cmd: "aibot_respond_msg", req_id: reqId, body: asReply };
      const answer = await line.request(frame);
      if (answer.type === "unreached") replied.delete(reqId);
      if (answer.type !== "answered" || !isReplyClosed(errcodeOf(answer))) {
        return delivered(message.id, isCard, answer);
      }
    }
    // chat_type: 1 a person, 0 whichever it is, groups first.
    const { kind, id: chatid } = message.to;
    const body = { chatid, chat_type: kind === "person" ? 1 : 0, ...asPush };
    return delivered(message.id, isCard, await line.request({ cmd: "aibot_send_msg", body }));
  };
}

/** WeCom gives messages no id, so ours names them; a card's is its task_id, which each click on it brings back. */
function delivered(id: string, isCard: boolean, answer: LineAnswer): Delivery {
  if (answer.type !== "answered") return unanswered(answer);
  const errcode = errcodeOf(answer);
  if (errcode === "") return { type: "unknown", reason: "an answer without errcode" };
  const isShown = errcode === "0" || (isCard && isCardKnown(errcode));
  return isShown ? { type: "sent", remoteId: id, updateTokens: [] } : aibotFailure(errcode);
}

function unanswered(answer: Exclude<LineAnswer, { readonly type: "answered" }>): Delivery {
  return answer.type === "unreached"
    ? failed("transient", answer.reason, AWAY_MS)
    : { type: "unknown", reason: answer.reason };
}
