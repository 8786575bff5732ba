import type { ChannelDeps } from "../../../ports/channel.ts";
import type {
  ConnectionEnd,
  Connector,
  Intake,
  LineAnswer,
  OpenConnection,
  Opening,
} from "../../../ports/connection.ts";
import { type ClientSocket, openSocket } from "../../../wire/client-socket.ts";
import { later } from "../../../wire/later.ts";
import { type Callbacks, createCallbacks } from "./callbacks.ts";
import type { AibotSocketConfig } from "./config.ts";
import { aibotFailure } from "./failure.ts";
import { errcodeOf, isDone, readFrame } from "./frames.ts";
import { createRequests, type Requests } from "./requests.ts";

type ConnectorDeps = Pick<ChannelDeps, "clock" | "log">;

/** WeCom docs: 101463. */
const PING_MS = 30_000;
/** Two pings and their answers were lost. */
const SILENCE_MS = 75_000;
/** How long a bot stays away that subscribed too often. WeCom names no time. */
const TOO_OFTEN_MS = 60_000;
/** A parting connection waits so long for what it was sent. */
const PARTING_MS = 5000;

/**
 * The long connection of one AI bot. Messages need no acknowledgement here and are not sent again; a click is answered
 * with its new card. WeCom keeps one connection for each bot: whoever subscribes last has it, and the one before ends as
 * `displaced`. Node only. WeCom docs: 101463.
 */
export function createAibotConnector(config: AibotSocketConfig, deps: ConnectorDeps): Connector {
  return {
    silenceMs: SILENCE_MS,
    open: (intake, signal) => open(config, deps, intake, signal),
  };
}

async function open(
  config: AibotSocketConfig,
  deps: ConnectorDeps,
  intake: Intake,
  signal: AbortSignal,
): Promise<Opening> {
  const session = createSession(config, deps, intake);
  const opening = await openSocket(config.ws_url, session.heard, signal);
  if (opening.type === "failed") return failedOpening("transient", opening.reason);
  session.attach(opening.socket);
  const giveUp = (): void => session.end({ type: "lost", reason: "given up" });
  signal.addEventListener("abort", giveUp, { once: true });
  if (signal.aborted) giveUp();
  const { bot_id, secret } = config;
  const answer = await session.requests.request({
    cmd: "aibot_subscribe",
    body: { bot_id, secret },
  });
  signal.removeEventListener("abort", giveUp);
  if (!isDone(answer)) {
    session.end({ type: "lost", reason: "not subscribed" });
    await opening.socket.close();
    return notSubscribed(answer);
  }
  void keepAlive(deps, session);
  return { type: "open", connection: connectionOf(deps, session, opening.socket) };
}

type Session = {
  readonly requests: Requests;
  readonly callbacks: Callbacks;
  readonly ended: Promise<ConnectionEnd>;
  /** Fires when it has ended. */
  readonly over: AbortSignal;
  /** Take up nothing more that the hub refuses. */
  retire(): void;
  heard(frame: string | Uint8Array | null): void;
  heardAt(): number;
  attach(socket: ClientSocket): void;
  end(why: ConnectionEnd): void;
};

function createSession(config: AibotSocketConfig, deps: ConnectorDeps, intake: Intake): Session {
  const over = new AbortController();
  const retired = new AbortController();
  let socket: ClientSocket | null = null;
  let heardAt = deps.clock.now();
  const ended = later<ConnectionEnd>();
  const end = (why: ConnectionEnd): void => {
    ended.settle(why);
    over.abort();
  };
  const send = async (frame: string): Promise<boolean> => (await socket?.send(frame)) ?? false;
  const requests = createRequests(deps.clock, send, over.signal);
  const callbacks = createCallbacks({
    config,
    deps,
    intake,
    line: requests,
    stopped: retired.signal,
    displaced() {
      end({ type: "displaced", reason: "another process has connected as this bot" });
      void socket?.close();
    },
  });
  return {
    requests,
    callbacks,
    ended: ended.promise,
    over: over.signal,
    retire: () => retired.abort(),
    heardAt: () => heardAt,
    heard(frame) {
      heardAt = deps.clock.now();
      const read = frame === null ? null : readFrame(frame);
      if (read === null) return;
      if (read.cmd === null) requests.heard(read);
      else callbacks.take(read);
    },
    attach(opened) {
      socket = opened;
      void opened.closed.then(({ code }) => end({ type: "lost", reason: `closed with ${code}` }));
    },
    end,
  };
}

/** WeCom drops a connection that does not ping; one whose ping is refused is not subscribed any more. */
async function keepAlive({ clock }: ConnectorDeps, session: Session): Promise<void> {
  for (;;) {
    await clock.sleep(PING_MS, session.over);
    if (session.over.aborted) return;
    const answer = await session.requests.request({ cmd: "ping" });
    if (answer.type === "answered" && !isDone(answer)) {
      session.end({ type: "lost", reason: `a ping was refused: ${errcodeOf(answer)}` });
    }
  }
}

function connectionOf(
  { clock }: ConnectorDeps,
  session: Session,
  socket: ClientSocket,
): OpenConnection {
  return {
    ended: session.ended,
    heardAt: session.heardAt,
    request: session.requests.request,
    async close() {
      // A lost connection is no reason to give up what came over it: that takes no answer.
      if (!session.over.aborted) session.retire();
      const waited = new AbortController();
      await Promise.race([
        session.callbacks.settled(),
        clock.sleep(PARTING_MS, AbortSignal.any([session.over, waited.signal])),
      ]);
      waited.abort();
      session.end({ type: "lost", reason: "closed by us" });
      await socket.close();
    },
  };
}

function notSubscribed(answer: LineAnswer): Opening {
  if (answer.type !== "answered") return failedOpening("transient", answer.reason);
  const { class: failureClass, afterMs, reason } = aibotFailure(errcodeOf(answer));
  if (failureClass === "config") return failedOpening("config", reason);
  if (failureClass === "rate") return failedOpening("rate", reason, afterMs ?? TOO_OFTEN_MS);
  return failedOpening("transient", reason, afterMs);
}

function failedOpening(
  failureClass: Extract<Opening, { readonly type: "failed" }>["class"],
  reason: string,
  afterMs: number | null = null,
): Opening {
  return { type: "failed", class: failureClass, afterMs, reason };
}
