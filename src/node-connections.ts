import type { ConnectionHealth } from "./app/connection-health.ts";
import type { RunningHub } from "./app/hub.ts";
import { keepAllConnected } from "./app/keep-all-connected.ts";
import { keepConnected } from "./app/keep-connected.ts";
import { intakeOf } from "./app/take-push.ts";
import type { AccountConfig } from "./config/load.ts";
import type { ChannelDeps } from "./ports/channel.ts";
import type { Connector, Line } from "./ports/connection.ts";
import type { LogFields, Logger } from "./ports/logger.ts";

/** What a connector is made with. Its log lines name its account. */
export type ConnectorDeps = Pick<ChannelDeps, "fetch" | "clock" | "log">;

/** Make the connector of an account whose transport is a long connection. */
export type MakeConnector = (account: AccountConfig, deps: ConnectorDeps) => Connector;

/** What tests do in another way. */
export type ConnectionOptions = {
  /** Connect an account in another way than its vendor's: how a test plays the vendor. */
  readonly makeConnector?: MakeConnector;
  /** How a test need not wait long for a connection that was cut. */
  readonly longestBackoffMs?: number;
};

export type NodeConnections = {
  lineOf(account: string): Line;
  /** Connect exactly these accounts from now on. Resolves once that has begun, not once they are connected. */
  use(accounts: readonly AccountConfig[]): Promise<void>;
  health(): readonly ConnectionHealth[];
  stop(): Promise<void>;
};

/** The long connections of a hub on Node. The vendors' clients are loaded when the first account asks for one. */
export function createNodeConnections(
  running: RunningHub,
  vendor: typeof fetch,
  { makeConnector, longestBackoffMs }: ConnectionOptions = {},
): NodeConnections {
  const { clock, log, random, counters } = running.hub;
  const all = keepAllConnected();
  let newest: readonly AccountConfig[] = [];

  async function use(accounts: readonly AccountConfig[]): Promise<void> {
    newest = accounts;
    if (accounts.length === 0) return all.use([]);
    const make = makeConnector ?? (await import("./connections.ts")).connectorFor;
    // Another set-up may have come while the clients were loaded.
    all.use(newest.map((account) => wanted(account, make)));
  }

  function wanted(configured: AccountConfig, make: MakeConnector) {
    const account = configured.id;
    const connector = make(configured, { fetch: vendor, clock, log: naming(account, log) });
    const intake = intakeOf(running, account);
    return {
      account,
      fingerprint: JSON.stringify(configured.config),
      start: () =>
        keepConnected({
          ...{ account, connector, intake, longestBackoffMs },
          ...{ clock, random, log, counters },
        }),
    };
  }

  return { lineOf: all.lineOf, use, health: all.health, stop: all.stop };
}

/** A log whose every line names the account. */
function naming(account: string, log: Logger): Logger {
  const named = (fields: LogFields = {}): LogFields => ({ account, ...fields });
  return {
    debug: (message, fields) => log.debug(message, named(fields)),
    info: (message, fields) => log.info(message, named(fields)),
    warn: (message, fields) => log.warn(message, named(fields)),
    error: (message, fields) => log.error(message, named(fields)),
  };
}
