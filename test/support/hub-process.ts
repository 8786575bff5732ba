/**
 * A whole hub in a process of its own, made to be killed: `hub-process.ts <data folder> <vendor URL>`.
 *
 * It prints its address as one line of JSON, logs to stderr, and ends well on SIGTERM. LOOPDESK_TEST_KILL names the
 * commit at which it kills itself.
 */

import { startNodeHub } from "../../src/node.ts";
import type { LogFields } from "../../src/ports/logger.ts";
import type { Store } from "../../src/ports/store.ts";
import { makeSetup } from "../../src/setup.ts";
import { botAccounts, killPolicy } from "./kill-desk.ts";
import { readKillPoint, withKillSwitch } from "./kill-switch.ts";

const [dataFolder = "", vendor = ""] = process.argv.slice(2);
const kill = process.env.LOOPDESK_TEST_KILL;

function write(level: string, message: string, fields?: LogFields): void {
  process.stderr.write(`${JSON.stringify({ level, message, ...fields })}\n`);
}

function wrapStore(store: Store): Store {
  if (kill === undefined) return store;
  return withKillSwitch(store, readKillPoint(kill), () => process.kill(process.pid, "SIGKILL"));
}

const hub = await startNodeHub({
  dataFolder,
  port: 0,
  host: "127.0.0.1",
  adminToken: null,
  log: {
    debug: () => {},
    info: (message, fields) => write("info", message, fields),
    warn: (message, fields) => write("warn", message, fields),
    error: (message, fields) => write("error", message, fields),
  },
  wrapStore,
  makeSetup: async (deps) => makeSetup(killPolicy, botAccounts(vendor), deps),
});
process.once("SIGTERM", () => {
  void hub.stop();
});
process.stdout.write(`${JSON.stringify({ url: hub.url })}\n`);
