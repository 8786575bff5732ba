import type { Account } from "../../src/app/hub.ts";
import { startNodeHub } from "../../src/node.ts";
import type { Logger } from "../../src/ports/logger.ts";
import { makeSetup } from "../../src/setup.ts";
import { announce, onStop } from "../support/announce.ts";
import { app, policy } from "./desk.ts";

/*
 * The hub under test as the programs run it, but for one thing: the pace that Feishu allows a bot (50 messages a
 * second) is taken off, or that would be all that the delivery figures say.
 */

const [dataFolder = "", vendorUrl = ""] = process.argv.slice(2);
const config = {
  enabled: true,
  app_id: app.appId,
  app_secret: app.appSecret,
  encrypt_key: app.encryptKey,
  verification_token: app.verificationToken,
  api_base: vendorUrl,
};
const configured = {
  id: `feishu/${app.account}`,
  channel: "feishu",
  account: app.account,
  enabled: true,
  config,
};
const complain = (message: string, fields?: object): void => console.error(message, fields ?? {});
const log: Logger = { debug() {}, info() {}, warn: complain, error: complain };

const hub = await startNodeHub({
  dataFolder,
  port: 0,
  host: "127.0.0.1",
  log,
  adminToken: null,
  async makeSetup(deps) {
    const made = makeSetup(policy, [configured], deps);
    const accounts = new Map(
      [...made.setup.accounts].map(([id, account]) => [id, unpaced(account)]),
    );
    return { ...made, setup: { ...made.setup, accounts } };
  },
});
onStop(() => hub.stop());
announce(Number(new URL(hub.url).port));

function unpaced(account: Account): Account {
  const { channel } = account;
  return { ...account, channel: { ...channel, can: { ...channel.can, pacing: [] } } };
}
