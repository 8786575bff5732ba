import type { PushResult, ToolClock } from "./tool.ts";

/** One HTTP request to the hub, signed for this attempt. */
export type PushRequest = {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What came of one attempt. */
export type PushAttempt = {
  /** When it was sent, ms UTC. */
  readonly at: number;
  /** Null when no answer came. */
  readonly status: number | null;
  /** The body of the answer; empty when none came. */
  readonly body: string;
  /** Was the answer what the vendor wants to hear? */
  readonly accepted: boolean;
  /** Why no answer came. */
  readonly failure: "timeout" | "network" | "stopped" | null;
};

export type Push = {
  /** Make the request of one attempt (0 is the first): same event, new signature. */
  build(attempt: number): Promise<PushRequest>;
  /** Does the vendor take this answer for an acknowledgement? Throwing counts as no. */
  accepts(answer: { readonly status: number; readonly body: string }): boolean | Promise<boolean>;
};

export type PushHandle = {
  /** Settles with the first attempt. */
  readonly first: Promise<PushResult>;
  /** Settles when it was accepted, when the schedule ended, or on `stop`. */
  readonly done: Promise<PushResult>;
};

export type Pusher = {
  push(push: Push): PushHandle;
  /** One attempt without any redelivery, as callbacks of cards are sent. */
  once(push: Push): Promise<PushAttempt>;
  /** The newest 200 attempts of all pushes, oldest first. */
  attempts(): readonly PushAttempt[];
  /** End all attempts and redeliveries under way; resolves when they have ended. */
  stop(): Promise<void>;
};

export type PusherOptions = {
  readonly fetch: typeof fetch;
  readonly clock: ToolClock;
  /** The delays of redeliveries are divided by this; the deadline is not. */
  readonly speed: number;
  /** An answer that is not complete after so many ms counts as none. */
  readonly deadlineMs: number;
  /** How long the vendor waits after each failed attempt, ms; its length is the number of redeliveries. */
  readonly retryDelaysMs: readonly number[];
};

const KEPT_ATTEMPTS = 200;

/** Deliver pushes as a vendor does: at the deadline it hangs up, and it tries again until it is answered well. */
export function createPusher(options: PusherOptions): Pusher {
  const stopping = createStop();
  const running = new Set<Promise<unknown>>();
  const attempts: PushAttempt[] = [];

  function track<T>(work: Promise<T>): Promise<T> {
    running.add(work);
    const ended = () => running.delete(work);
    work.then(ended, ended);
    return work;
  }

  async function attempt(push: Push, ordinal: number): Promise<PushAttempt> {
    const made = await tryOnce(options, push, ordinal, stopping);
    attempts.push(made);
    if (attempts.length > KEPT_ATTEMPTS) attempts.shift();
    return made;
  }

  async function redeliver(push: Push, first: Promise<PushAttempt>): Promise<PushResult> {
    let last = await first;
    let count = 1;
    for (const delay of options.retryDelaysMs) {
      if (last.accepted || stopping.stopped()) break;
      await stopping.during((signal) => options.clock.sleep(delay / options.speed, signal));
      if (stopping.stopped()) break;
      last = await attempt(push, count);
      count += 1;
    }
    return resultOf(last, count);
  }

  return {
    push(push) {
      const first = track(attempt(push, 0));
      return {
        first: first.then((made) => resultOf(made, 1)),
        done: track(redeliver(push, first)),
      };
    },
    once: (push) => track(attempt(push, 0)),
    attempts: () => [...attempts],
    async stop() {
      stopping.stop();
      await Promise.allSettled([...running]);
    },
  };
}

function resultOf(attempt: PushAttempt, attempts: number): PushResult {
  return { delivered: attempt.accepted, status: attempt.status, attempts };
}

async function tryOnce(
  options: PusherOptions,
  push: Push,
  ordinal: number,
  stopping: Stop,
): Promise<PushAttempt> {
  const at = options.clock.now();
  const none = { at, status: null, body: "", accepted: false };
  if (stopping.stopped()) return { ...none, failure: "stopped" };
  const request = await push.build(ordinal);
  const hangUp = new AbortController();
  const answered = ask(options.fetch, request, hangUp.signal);
  const deadline = stopping.during(async (signal) => {
    const over = () => hangUp.abort();
    signal.addEventListener("abort", over, { once: true });
    await options.clock.sleep(options.deadlineMs, hangUp.signal);
    return "late" as const;
  });
  const answer = await Promise.race([answered, deadline]);
  hangUp.abort();
  if (answer === "late") return { ...none, failure: stopping.stopped() ? "stopped" : "timeout" };
  if (answer === null) return { ...none, failure: stopping.stopped() ? "stopped" : "network" };
  return { at, ...answer, accepted: await isAccepted(push, answer), failure: null };
}

type Stop = {
  stopped(): boolean;
  stop(): void;
  /** Do something with a signal of its own, so that no signal has as many listeners as there are pushes. */
  during<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T>;
};

function createStop(): Stop {
  const open = new Set<AbortController>();
  let stopped = false;
  return {
    stopped: () => stopped,
    stop() {
      stopped = true;
      for (const controller of open) controller.abort();
    },
    async during(task) {
      const controller = new AbortController();
      open.add(controller);
      try {
        return await task(controller.signal);
      } finally {
        open.delete(controller);
      }
    },
  };
}

async function isAccepted(push: Push, answer: { status: number; body: string }): Promise<boolean> {
  try {
    return await push.accepts(answer);
  } catch {
    return false;
  }
}

async function ask(
  fetch: PusherOptions["fetch"],
  request: PushRequest,
  signal: AbortSignal,
): Promise<{ status: number; body: string } | null> {
  const method = request.method ?? "POST";
  try {
    const answer = await fetch(request.url, {
      method,
      headers: request.headers,
      ...(method === "POST" ? { body: request.body } : {}),
      redirect: "manual", // no vendor follows one
      signal,
    });
    return { status: answer.status, body: await answer.text() };
  } catch {
    return null;
  }
}
