/** What a vendor answers who is asked for a token: the token, `expiresAt` in ms UTC, or why there is none. */
export type Issued<Failure> =
  | { readonly type: "token"; readonly value: string; readonly expiresAt: number }
  | { readonly type: "no-token"; readonly failure: Failure };

export type AccessToken<Failure> = {
  /**
   * Make a call with the token; when its answer says that the token was refused, once more with a new one.
   *
   * The token is cached and fetched anew shortly before it expires; callers at the same time share one fetch.
   */
  use<Answer>(
    call: (token: string) => Promise<Answer>,
    isRefused: (answer: Answer) => boolean,
  ): Promise<Answer | Failure>;
};

/** Keep one access token fresh. `issue` makes one request to the vendor. */
export function createAccessToken<Failure>(
  issue: () => Promise<Issued<Failure>>,
  now: () => number,
): AccessToken<Failure> {
  const EARLY_MS = 180_000;
  const LOST_MS = 15_000; // on Workers, a request that is cut off never settles what it began
  let held: Extract<Issued<Failure>, { type: "token" }> | null = null;
  let underWay: Promise<Issued<Failure>> | null = null;
  let lostAt = 0;

  function fetchOnce(): Promise<Issued<Failure>> {
    if (underWay !== null && now() < lostAt) return underWay;
    lostAt = now() + LOST_MS;
    underWay = issue()
      .then((issued) => {
        if (issued.type === "token") held = issued;
        return issued;
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  }

  /** The token to use now, unless it is the one that was refused. */
  async function current(refused: string | null): Promise<Issued<Failure>> {
    if (held?.value === refused) held = null;
    return held !== null && now() < held.expiresAt - EARLY_MS ? held : fetchOnce();
  }

  return {
    async use(call, isRefused) {
      const first = await current(null);
      if (first.type === "no-token") return first.failure;
      const answer = await call(first.value);
      if (!isRefused(answer)) return answer;
      const second = await current(first.value);
      return second.type === "no-token" ? second.failure : call(second.value);
    },
  };
}
