import type { ToolClock } from "./tool.ts";

/** How the vendor shall misbehave. */
export type Fault = {
  /** Which requests: those whose path starts with this. */
  readonly match: string;
  readonly method?: string;
  /** HTTP status of the answer; 0 breaks the connection without one. Default 500. */
  readonly status?: number;
  /** The vendor's own error code in the answer; the tool has a default. */
  readonly code?: number;
  /** Answer as a gateway before the vendor does: a page in HTML, without any code. */
  readonly page?: boolean;
  /** The answer asks to be left alone for so many seconds. */
  readonly retryAfterS?: number;
  /** How many requests it meets. */
  readonly times: number;
  /** Do what was asked and fail only then, as a timeout after success looks from outside. */
  readonly after?: boolean;
};

export type Faults = {
  /** Let the next matching requests fail. Of several that match, the oldest goes first. */
  fail(fault: Fault): void;
  /** Every answer takes so many ms more. */
  latencyMs: number;
  /** Carry out a request with the faults that meet it; `render` words an error answer in the vendor's way. */
  around(
    request: Request,
    effect: () => Promise<Response>,
    render: (status: number, code: number | null) => Response,
  ): Promise<Response>;
};

/** A vendor that misbehaves on demand. Without demands it changes nothing. */
export function createFaults(clock: ToolClock): Faults {
  const pending: { readonly fault: Fault; left: number }[] = [];

  function next(request: Request): Fault | null {
    const path = new URL(request.url).pathname;
    const found = pending.find(
      ({ fault }) =>
        path.startsWith(fault.match) && (fault.method ?? request.method) === request.method,
    );
    if (found === undefined) return null;
    found.left -= 1;
    if (found.left <= 0) pending.splice(pending.indexOf(found), 1);
    return found.fault;
  }

  const faults: Faults = {
    latencyMs: 0,
    fail(fault) {
      if (fault.times > 0) pending.push({ fault, left: fault.times });
    },
    async around(request, effect, render) {
      const fault = next(request);
      const answer = fault === null || fault.after === true ? await effect() : null;
      if (faults.latencyMs > 0) await clock.sleep(faults.latencyMs, request.signal);
      if (fault === null && answer !== null) return answer;
      const status = fault?.status ?? 500;
      if (status === 0) throw new TypeError("the simulated vendor closed the connection");
      return withRetryAfter(
        fault?.page === true ? gatewayPage(status) : render(status, fault?.code ?? null),
        fault?.retryAfterS,
      );
    },
  };
  return faults;
}

function gatewayPage(status: number): Response {
  const headers = { "content-type": "text/html" };
  return new Response(`<html><body><h1>${status}</h1></body></html>`, { status, headers });
}

function withRetryAfter(answer: Response, seconds: number | undefined): Response {
  if (seconds !== undefined) answer.headers.set("retry-after", String(seconds));
  return answer;
}
