import { type RawData, WebSocket } from "ws";

/** A handshake that takes longer has failed. */
const HANDSHAKE_MS = 10_000;
/** A peer that does not answer our closing is cut off. */
const CLOSING_MS = 2_000;
/** No vendor sends a larger frame. */
const LARGEST_FRAME = 4_194_304;

/** Our end of a WebSocket to a vendor. Node only. */
export type ClientSocket = {
  /** Send one frame, text or binary. Resolves with whether it was handed to the network. */
  send(frame: string | Uint8Array): Promise<boolean>;
  /** Settles once it is closed, whoever did it; never rejects. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  /** Close it properly, or cut it when the peer does not answer. Resolves when it is closed. */
  close(): Promise<void>;
  /** Is there still a way out? */
  isOpen(): boolean;
};

export type SocketOpening =
  | { readonly type: "open"; readonly socket: ClientSocket }
  | { readonly type: "failed"; readonly reason: string };

/**
 * Open a WebSocket. Never rejects; gives up after ten seconds, or when `signal` fires.
 *
 * `onFrame` hears every frame from the first one on, in order, a ping or pong of the protocol as null: proof of life and
 * no more. What it throws is the caller's mistake and is not caught here.
 */
export function openSocket(
  url: string,
  onFrame: (frame: string | Uint8Array | null) => void,
  signal: AbortSignal,
): Promise<SocketOpening> {
  if (signal.aborted) return Promise.resolve({ type: "failed", reason: "given up" });
  let ws: WebSocket;
  try {
    ws = new WebSocket(url, { handshakeTimeout: HANDSHAKE_MS, maxPayload: LARGEST_FRAME });
  } catch {
    // The URL may hold a ticket, so the error's own words stay unsaid.
    return Promise.resolve({ type: "failed", reason: "the vendor named no usable address" });
  }
  let failure = "closed before it was open";
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    ws.once("close", (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  ws.on("error", (error) => {
    failure = codeOf(error);
  });
  ws.on("message", (data, isBinary) => onFrame(isBinary ? bytesOf(data) : data.toString()));
  ws.on("ping", () => onFrame(null));
  ws.on("pong", () => onFrame(null));
  const giveUp = (): void => ws.terminate();
  signal.addEventListener("abort", giveUp, { once: true });
  return new Promise((resolve) => {
    void closed.then(() => resolve({ type: "failed", reason: failure }));
    ws.once("open", () => {
      signal.removeEventListener("abort", giveUp);
      resolve({ type: "open", socket: clientSocket(ws, closed) });
    });
  });
}

function clientSocket(ws: WebSocket, closed: ClientSocket["closed"]): ClientSocket {
  return {
    closed,
    isOpen: () => ws.readyState === WebSocket.OPEN,
    send: (frame) =>
      ws.readyState === WebSocket.OPEN
        ? new Promise((resolve) => ws.send(frame, (error) => resolve(error == null)))
        : Promise.resolve(false),
    async close() {
      const cut = setTimeout(() => ws.terminate(), CLOSING_MS);
      ws.close(1000);
      await closed;
      clearTimeout(cut);
    },
  };
}

/** What went wrong, without the address, which may hold a ticket. */
function codeOf(error: Error): string {
  const status = /^Unexpected server response: (\d{3})$/.exec(error.message)?.[1];
  if (status !== undefined) return `HTTP ${status}`;
  return "code" in error && typeof error.code === "string" ? error.code : "the handshake failed";
}

function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) throw new TypeError("ws hands out one buffer a frame");
  return new Uint8Array(data);
}
