import type { ToolClock } from "./tool.ts";

export type Tokens = {
  /** Hand out a token; `expiresInMs` is what remains of its life. */
  issue(): { readonly token: string; readonly expiresInMs: number };
  check(token: string): "valid" | "expired" | "unknown";
  /** Make every token handed out so far worthless at once. */
  revoke(): void;
};

export type TokenOptions = {
  readonly clock: ToolClock;
  /** What a token starts with. */
  readonly prefix: string;
  /** Default: two hours. */
  readonly lifeMs?: number;
  /** The newest token is handed out again while at least this remains of it; null makes a new one every time. */
  readonly reuseWhileMs: number | null;
};

/** Access tokens of one app. A new one never ends the life of an older one. */
export function createTokens(options: TokenOptions): Tokens {
  const lifeMs = options.lifeMs ?? 2 * 60 * 60_000;
  const expiries = new Map<string, number>();
  let newest: string | null = null;

  function remaining(token: string | null): number {
    if (token === null) return 0;
    return (expiries.get(token) ?? 0) - options.clock.now();
  }

  return {
    issue() {
      const left = remaining(newest);
      if (
        newest !== null &&
        options.reuseWhileMs !== null &&
        left > 0 &&
        left >= options.reuseWhileMs
      ) {
        return { token: newest, expiresInMs: left };
      }
      const token = options.prefix + crypto.randomUUID().replaceAll("-", "");
      expiries.set(token, options.clock.now() + lifeMs);
      newest = token;
      return { token, expiresInMs: lifeMs };
    },
    check(token) {
      const expiry = expiries.get(token);
      if (expiry === undefined) return "unknown";
      return options.clock.now() < expiry ? "valid" : "expired";
    },
    revoke() {
      expiries.clear();
      newest = null;
    },
  };
}
