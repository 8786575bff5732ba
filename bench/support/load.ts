import type { Buffer } from "node:buffer";
import { connect, type Socket } from "node:net";

export type Load = {
  /** For each request the status of its answer, and how long that took, ms. */
  readonly statuses: readonly number[];
  readonly latencies: readonly number[];
  readonly startedAt: number;
  readonly endedAt: number;
};

/**
 * Send requests over keep-alive connections, each of which sends its next one as soon as it has an answer.
 *
 * Requests are whole HTTP/1.1 messages made beforehand, and answers are read no further than needed, so that the
 * client costs far less than what it measures.
 */
export async function load(
  port: number,
  requests: readonly Uint8Array[],
  connections: number,
): Promise<Load> {
  const statuses = new Array<number>(requests.length).fill(0);
  const latencies = new Array<number>(requests.length).fill(0);
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: Math.min(connections, requests.length) }, async () => {
      const connection = await open(port);
      for (let index = next++; index < requests.length; index = next++) {
        const sentAt = performance.now();
        statuses[index] = await connection.exchange(requests[index] ?? new Uint8Array());
        latencies[index] = performance.now() - sentAt;
      }
      connection.close();
    }),
  );
  return { statuses, latencies, startedAt, endedAt: performance.now() };
}

export type Connection = {
  exchange(request: Uint8Array): Promise<number>;
  /** A server closes a connection that was idle for a while. */
  isOpen(): boolean;
  close(): void;
};

/** One keep-alive connection, for one request at a time. */
export function open(port: number): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    socket.once("error", reject);
    socket.once("connect", () => resolve(speak(socket)));
  });
}

function speak(socket: Socket): Connection {
  let waiting: { resolve(status: number): void; reject(error: Error): void } | null = null;
  let held = "";
  socket.on("data", (chunk: Buffer) => {
    held += chunk.toString("latin1");
    const status = answered(held);
    if (status === null) return;
    held = "";
    const done = waiting;
    waiting = null;
    done?.resolve(status);
  });
  const broken = (error?: Error): void =>
    waiting?.reject(
      error ?? new Error("The server closed a connection in the middle of a request."),
    );
  socket.on("error", broken);
  socket.on("close", () => broken());
  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    isOpen: () => socket.readyState === "open",
    close: () => socket.destroy(),
  };
}

/** The status of an answer that has arrived whole, else null. */
function answered(text: string): number | null {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1];
  const whole =
    length === undefined ? text.endsWith("0\r\n\r\n") : text.length >= end + 4 + Number(length);
  return whole ? Number(text.slice(9, 12)) : null;
}
