import type { ChannelDeps } from "../../src/ports/channel.ts";
import type { LogFields } from "../../src/ports/logger.ts";
import { NOW } from "./channel-subject.ts";

/** How a fake vendor treats one request: answers it, or throws as `fetch` throws. */
export type Vendor = (request: Request) => Response | Promise<Response>;

export type Bench = {
  readonly deps: ChannelDeps;
  /** Every request that left the channel, in order. */
  readonly requests: readonly Request[];
  /** Every log line, as text. */
  readonly lines: readonly string[];
  /** Let time pass (or run backwards). */
  advance(ms: number): void;
};

/** Everything a channel is given, faked: a vendor, a clock that stands still, a log that is kept. */
export function createBench(vendor: Vendor = noVendor): Bench {
  const requests: Request[] = [];
  const lines: string[] = [];
  let now = NOW;
  const write = (message: string, fields?: LogFields) => {
    lines.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  const fakeFetch: typeof fetch = async (input: unknown, init?: unknown) => {
    const request = new Request(input as string, init as RequestInit);
    requests.push(request.clone() as Request);
    return vendor(request);
  };
  return {
    deps: {
      fetch: fakeFetch,
      clock: { now: () => now, sleep: async () => {} },
      log: { debug: write, info: write, warn: write, error: write },
    },
    requests,
    lines,
    advance: (ms) => {
      now += ms;
    },
  };
}

function noVendor(request: Request): never {
  throw new Error(`no call was expected: ${request.method} ${new URL(request.url).pathname}`);
}

/** `fetch` failing before a connection was made. */
export function neverConnected(): never {
  throw new TypeError("fetch failed", {
    cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }),
  });
}

/** `fetch` failing after the request left. */
export function neverAnswered(): never {
  throw new DOMException("The operation was aborted due to timeout", "TimeoutError");
}

/** The connection breaking after the request left. */
export function brokenOff(): never {
  throw new TypeError("fetch failed", {
    cause: Object.assign(new Error("x"), { code: "ECONNRESET" }),
  });
}

/** A JSON answer of a vendor. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });
}
