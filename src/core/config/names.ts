import type { Config } from "./schema.ts";

/** Every name that another place of a configuration may refer to. */
export type Names = {
  /** Channels that this build of the hub has, configured or not. */
  readonly channels: ReadonlySet<string>;
  readonly accounts: ReadonlySet<string>;
  /** Accounts that are switched off. */
  readonly disabled: ReadonlySet<string>;
  /** Accounts that are a group's webhook: they post into one chat and hear nothing. */
  readonly boards: ReadonlySet<string>;
  readonly agents: ReadonlySet<string>;
  readonly teams: ReadonlySet<string>;
};

export function namesOf(config: Config, channels: readonly string[]): Names {
  const accounts = new Set<string>();
  const disabled = new Set<string>();
  for (const [channel, bodies] of Object.entries({ ...config.bots, ...config.channels })) {
    for (const [account, body] of Object.entries(bodies)) {
      accounts.add(`${channel}/${account}`);
      if (body.enabled === false) disabled.add(`${channel}/${account}`);
    }
  }
  return {
    channels: new Set(channels),
    accounts,
    disabled,
    boards: boardsOf(config),
    agents: new Set(Object.keys(config.agents)),
    teams: new Set(Object.keys(config.teams)),
  };
}

/** The accounts of `kind: board`. */
export function boardsOf({ bots }: Config): ReadonlySet<string> {
  const accounts = Object.entries(bots).flatMap(([channel, bodies]) =>
    Object.entries(bodies).map(([account, { kind }]) => ({ id: `${channel}/${account}`, kind })),
  );
  return new Set(accounts.flatMap(({ id, kind }) => (kind === "board" ? [id] : [])));
}
