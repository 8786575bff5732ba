import type { Clock } from "../../../ports/clock.ts";
import type { Line, LineAnswer } from "../../../ports/connection.ts";
import { textOf } from "./fields.ts";
import { type AibotFrame, newReqId, writeFrame } from "./frames.ts";

const ANSWER_MS = 5000;

export type Requests = Line & {
  /** Hand over a frame that may be the answer to a request. */
  heard(frame: AibotFrame): void;
};

/**
 * Requests over one connection, each matched with its answer by the req_id. A frame is `{ cmd, req_id?, body? }`; without
 * a req_id it gets a new one. What is not answered in five seconds, or when `over` fires, is unanswered.
 */
export function createRequests(
  clock: Clock,
  send: (frame: string) => Promise<boolean>,
  over: AbortSignal,
): Requests {
  const waiting = new Map<string, (answer: LineAnswer) => void>();

  over.addEventListener("abort", () => {
    for (const tell of waiting.values()) tell(unanswered("the connection ended"));
  });

  async function ask(frame: string, reqId: string): Promise<LineAnswer> {
    const done = new AbortController();
    const answered = new Promise<LineAnswer>((resolve) => waiting.set(reqId, resolve));
    // From now on: a network that stands still does not take the frame either.
    const silence = clock
      .sleep(ANSWER_MS, done.signal)
      .then(() => unanswered(`no answer within ${ANSWER_MS} ms`));
    const lost = send(frame).then((left) => (left ? answered : UNREACHED));
    try {
      return await Promise.race([answered, silence, lost]);
    } finally {
      done.abort();
      waiting.delete(reqId);
    }
  }

  return {
    async request({ cmd, req_id: given, body }) {
      const command = textOf(cmd) ?? "";
      const reqId = textOf(given) ?? newReqId(command);
      if (over.aborted) return UNREACHED;
      // Two answers with one req_id could not be told apart.
      if (waiting.has(reqId)) return { type: "unreached", reason: "this req_id is in use" };
      return ask(writeFrame(command, reqId, body), reqId);
    },
    heard({ reqId, whole }) {
      waiting.get(reqId)?.({ type: "answered", body: whole });
    },
  };
}

const UNREACHED: LineAnswer = { type: "unreached", reason: "not connected" };

function unanswered(reason: string): LineAnswer {
  return { type: "unanswered", reason };
}
