import type { ChannelDeps } from "../../ports/channel.ts";
import type { ConnectionEnd, Connector, OpenConnection } from "../../ports/connection.ts";
import { type ClientSocket, openSocket } from "../../wire/client-socket.ts";
import {
  DINGTALK_TOPICS,
  type DingtalkFrame,
  dingtalkAck,
  readDingtalkFrame,
} from "../../wire/dingtalk-frame.ts";
import { later } from "../../wire/later.ts";
import { createPushLines } from "../../wire/push-lines.ts";
import type { DingtalkConfig } from "./config.ts";
import { askGateway, notOpened } from "./connection-gateway.ts";
import type { Ack } from "./connection-push.ts";
import { type WorkDeps, workFrame } from "./connection-work.ts";

/** DingTalk pings every 20 to 30 s, as GitHub soimy/openclaw-channel-dingtalk#308 measured. */
const SILENCE_MS = 60_000;
/** How long pushes under way may take to be answered when the connection is given up. */
const CLOSING_MS = 2_000;
const HOUR_MS = 3_600_000;

export type DingtalkConnectorDeps = Pick<ChannelDeps, "fetch" | "clock" | "log">;

/**
 * How an account connects to DingTalk's Stream mode: ask the gateway for an address, open the socket, translate what
 * comes, and acknowledge it once the hub has it. developerpedia: learn/stream/protocol.
 */
export function createDingtalkConnector(
  config: DingtalkConfig,
  deps: DingtalkConnectorDeps,
): Connector {
  const quotaUsedUp = hourly(deps, () =>
    deps.log.error("DingTalk's API quota is used up: messages come without their words.", {
      code: 20001,
    }),
  );

  return {
    silenceMs: SILENCE_MS,
    async open(intake, signal) {
      const address = await askGateway(config, deps, signal);
      if (address.type === "failed") return address;
      const live = createLive(deps, { config, deps, intake, quotaUsedUp });
      const opening = await openSocket(address.url, live.onFrame, signal);
      if (opening.type === "failed") return notOpened("transient", opening.reason);
      return { type: "open", connection: live.over(opening.socket) };
    },
  };
}

type Live = {
  onFrame(message: string | Uint8Array | null): void;
  over(socket: ClientSocket): OpenConnection;
};

/** Frames may come before whoever opened the socket has it in hand, so hearing begins before `over`. */
function createLive({ clock, log }: DingtalkConnectorDeps, work: Omit<WorkDeps, "answer">): Live {
  const lines = createPushLines();
  const socket = later<ClientSocket>();
  const ended = later<ConnectionEnd>();
  let heardAt = clock.now();

  async function answer({ messageId }: DingtalkFrame, { code, data }: Ack): Promise<boolean> {
    return (await socket.promise).send(dingtalkAck(messageId, code, data));
  }

  function onSystem(frame: DingtalkFrame): void {
    if (frame.topic === "ping") void answer(frame, { code: 200, data: frame.data });
    // No more pushes come from now on, and in about 10 s the socket is closed.
    if (frame.topic === "disconnect") {
      ended.settle({ type: "retiring", reason: "DingTalk closes this connection soon" });
    }
  }

  return {
    onFrame(message) {
      heardAt = clock.now();
      if (message === null) return;
      const frame = readDingtalkFrame(message);
      if (frame === null) {
        return log.warn("A frame of DingTalk was skipped: it is none.", { length: message.length });
      }
      if (frame.type === "SYSTEM") return onSystem(frame);
      const kind = frame.topic === DINGTALK_TOPICS.card ? "click" : "other";
      const task = (): Promise<void> => workFrame({ ...work, answer }, frame);
      // What is beyond is left to be sent again.
      if (!lines.add(kind, task, frame.data.length)) {
        log.warn("A push of DingTalk was not taken: too many wait already.");
      }
    },
    over(opened) {
      socket.settle(opened);
      void opened.closed.then(({ code }) =>
        ended.settle({ type: "lost", reason: `closed with ${code}` }),
      );
      return {
        ended: ended.promise,
        heardAt: () => heardAt,
        request: async () => ({ type: "unreached", reason: "DingTalk takes no requests this way" }),
        async close() {
          if (opened.isOpen()) await orLate(clock, lines.idle());
          await opened.close();
        },
      };
    },
  };
}

/** Wait for what is under way, but not for ever. */
async function orLate(clock: ChannelDeps["clock"], done: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  await Promise.race([done, clock.sleep(CLOSING_MS, over.signal)]);
  over.abort();
}

/** Do it now, unless it was done within the last hour. */
function hourly({ clock }: DingtalkConnectorDeps, act: () => void): () => void {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    if (clock.now() - last < HOUR_MS) return;
    last = clock.now();
    act();
  };
}
