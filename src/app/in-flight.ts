/** Deliveries under way: so many at once, and so many for one account, so that a slow vendor holds up only itself. */
export type InFlight = {
  /** How many more may begin now. */
  free(): number;
  /** Those of `rows` that may begin now, so that each account keeps to its share. */
  fitting<T extends { readonly account: string }>(rows: readonly T[]): readonly T[];
  /** Accounts that have as many under way as they may. */
  busy(): readonly string[];
  /** Note a delivery until it ends. `deliver` must not reject. */
  begin(account: string, deliver: () => Promise<void>): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
};

const AT_ONCE = 64;
const PER_ACCOUNT = 24;

export function createInFlight(
  ended: () => void,
  { atOnce = AT_ONCE, perAccount: share = PER_ACCOUNT } = {},
): InFlight {
  const underWay = new Set<Promise<void>>();
  const perAccount = new Map<string, number>();

  return {
    free: () => atOnce - underWay.size,
    fitting(rows) {
      const counts = new Map(perAccount);
      return rows.filter(({ account }) => {
        const count = (counts.get(account) ?? 0) + 1;
        counts.set(account, count);
        return count <= share;
      });
    },
    busy: () => [...perAccount].flatMap(([account, count]) => (count >= share ? [account] : [])),
    begin(account, deliver) {
      perAccount.set(account, (perAccount.get(account) ?? 0) + 1);
      const delivery = deliver().finally(() => {
        underWay.delete(delivery);
        const left = (perAccount.get(account) ?? 1) - 1;
        if (left === 0) perAccount.delete(account);
        else perAccount.set(account, left);
        ended();
      });
      underWay.add(delivery);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
