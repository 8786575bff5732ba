import { DATA, type FeishuFrame, feishuHeader } from "../../wire/feishu-frame.ts";
import { createFeishuPieces } from "../../wire/feishu-pieces.ts";
import { createPushLines } from "../../wire/push-lines.ts";
import { type AnswerDeps, acknowledgement, answerPush } from "./connection-answer.ts";

/** What stands in every click, and in hardly anything else. Feishu docs: card callback communication. */
const CLICK = "card.action.trigger";

export type Pushes = {
  /** Take in one data frame. Throws a WireError on a piece that fits nothing. */
  take(frame: FeishuFrame): void;
  /** From now on nothing is taken in; Feishu sends it again over another connection. */
  refuse(): void;
  /** Resolves when everything that was taken in is answered. */
  settled(): Promise<void>;
};

/** The pushes of one connection: put together, answered side by side, acknowledged by `send`. */
export function createPushes(
  deps: AnswerDeps,
  send: (frame: Uint8Array) => Promise<boolean>,
): Pushes {
  const { clock, log } = deps;
  const pieces = createFeishuPieces();
  const lines = createPushLines();
  let refusing = false;

  async function acknowledge(frame: FeishuFrame, payload: Uint8Array): Promise<void> {
    const began = clock.now();
    const answer = await answerPush(payload, deps);
    const left = await send(acknowledgement(frame, answer, clock.now() - began));
    try {
      await answer.after?.(left);
    } catch (error) {
      const reason = error instanceof Error ? error.name : "error";
      log.error("What follows an answered click went wrong.", { reason });
    }
  }

  function put(frame: FeishuFrame, payload: Uint8Array): void {
    const kind = looksLikeClick(payload) ? "click" : "other";
    if (lines.add(kind, () => acknowledge(frame, payload), payload.length)) return;
    log.warn("Too many pushes at once over the long connection.");
    void send(acknowledgement(frame, { code: 500, body: null }, 0));
  }

  return {
    take(frame) {
      const type = feishuHeader(frame, "type");
      if (refusing || frame.method !== DATA || (type !== "event" && type !== "card")) return;
      const payload = pieces.add(frame, clock.now());
      if (payload !== null) put(frame, payload);
    },
    refuse() {
      refusing = true;
    },
    settled: lines.idle,
  };
}

/** Whatever it is, it is read in full later: this is about who goes first. */
function looksLikeClick(payload: Uint8Array): boolean {
  return new TextDecoder().decode(payload).includes(CLICK);
}
