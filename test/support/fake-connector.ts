import type {
  ConnectionEnd,
  Connector,
  Intake,
  LineAnswer,
  OpenConnection,
  Opening,
} from "../../src/ports/connection.ts";

/** What becomes of an attempt. */
export type AttemptFate =
  | "open"
  /** Nothing comes until it is given up. */
  | "hang"
  /** Nothing comes, and it does not hear that it is given up. */
  | "deaf"
  | "throw"
  | Extract<Opening, { readonly type: "failed" }>;

/** The vendor's end of one connection. */
export type FakeConnection = {
  readonly intake: Intake;
  readonly requests: Readonly<Record<string, unknown>>[];
  /** What it answers to a request. */
  answer: LineAnswer;
  /** Since when nothing was heard; null: it is heard all the time. */
  silentSince: number | null;
  /** How it ended, if it did. */
  endedBy: ConnectionEnd["type"] | null;
  /** It does not close, whoever asks. */
  stuck: boolean;
  end(end: ConnectionEnd): void;
};

export type FakeConnector = {
  readonly connector: Connector;
  /** When each attempt began, ms UTC. */
  readonly attempts: number[];
  /** Connections that are not closed, oldest first. */
  readonly open: Set<FakeConnection>;
  /** What the next attempts come to; after the last one, they open. */
  readonly fates: AttemptFate[];
  /** Called with each connection once it stands, and those that are not closed at that moment. */
  onOpen: (connection: FakeConnection, others: readonly FakeConnection[], now: number) => void;
};

export const LOST: ConnectionEnd = { type: "lost", reason: "ECONNRESET" };
export const RETIRING: ConnectionEnd = { type: "retiring", reason: "the server restarts" };
export const DISPLACED: ConnectionEnd = { type: "displaced", reason: "connected elsewhere" };

export const UNREACHED: AttemptFate = {
  type: "failed",
  class: "transient",
  afterMs: null,
  reason: "ECONNREFUSED",
};
export const BAD_SECRET: AttemptFate = {
  type: "failed",
  class: "config",
  afterMs: null,
  reason: "40001 invalid secret",
};

/** A vendor that does as it is told, without a wire. */
export function createFakeConnector(now: () => number, silenceMs = 60_000): FakeConnector {
  const fake: FakeConnector = {
    attempts: [],
    open: new Set(),
    fates: [],
    onOpen: () => {},
    connector: {
      silenceMs,
      async open(intake, signal) {
        fake.attempts.push(now());
        const fate = fake.fates.shift() ?? "open";
        if (fate === "throw") throw new TypeError("a mistake of the connector");
        if (fate === "deaf") return new Promise<Opening>(() => {});
        if (fate === "hang") return givenUp(signal);
        return fate === "open" ? { type: "open", connection: stand(intake) } : fate;
      },
    },
  };

  function stand(intake: Intake): OpenConnection {
    let settle = (_end: ConnectionEnd): void => {};
    const ended = new Promise<ConnectionEnd>((resolve) => {
      settle = resolve;
    });
    const connection: FakeConnection = {
      intake,
      requests: [],
      answer: { type: "answered", body: {} },
      silentSince: null,
      endedBy: null,
      stuck: false,
      end(end) {
        connection.endedBy ??= end.type;
        settle(end);
      },
    };
    const others = [...fake.open];
    fake.open.add(connection);
    fake.onOpen(connection, others, now());
    return {
      ended,
      heardAt: () => connection.silentSince ?? now(),
      async request(frame) {
        connection.requests.push(frame);
        return connection.answer;
      },
      async close() {
        if (connection.stuck) await new Promise(() => {});
        fake.open.delete(connection);
        settle({ type: "lost", reason: "closed by us" });
      },
    };
  }

  return fake;
}

function givenUp(signal: AbortSignal): Promise<Opening> {
  return new Promise((resolve) => {
    const give = (): void =>
      resolve({ type: "failed", class: "transient", afterMs: null, reason: "given up" });
    if (signal.aborted) give();
    signal.addEventListener("abort", give, { once: true });
  });
}
