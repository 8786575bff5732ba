/** A token as a vendor hands it out. `expiresAt` is ms UTC. */
export type IssuedToken = { readonly value: string; readonly expiresAt: number };

export type AccessToken = {
  /** The token to use now: cached, fetched anew shortly before it expires; callers at the same time share one fetch. */
  get(): Promise<string>;
  /** The vendor refused `refused`: fetch a new one, unless somebody has already done so. */
  renew(refused: string): Promise<string>;
};

/** Keep one access token fresh. `issue` makes one request to the vendor and rejects when it gets no token. */
export function createAccessToken(
  issue: () => Promise<IssuedToken>,
  now: () => number,
): AccessToken {
  const EARLY_MS = 180_000;
  let held: IssuedToken | null = null;
  const LOST_MS = 15_000; // on Workers, a request that is cut off never settles what it began
  let underWay: Promise<IssuedToken> | null = null;
  let lostAt = 0;

  function fetchOnce(): Promise<IssuedToken> {
    if (underWay !== null && now() < lostAt) return underWay;
    lostAt = now() + LOST_MS;
    underWay = issue()
      .then((token) => {
        held = token;
        return token;
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  }

  return {
    async get() {
      if (held !== null && now() < held.expiresAt - EARLY_MS) return held.value;
      return (await fetchOnce()).value;
    },
    async renew(refused) {
      if (held !== null && held.value !== refused) return held.value;
      held = null;
      return (await fetchOnce()).value;
    },
  };
}
