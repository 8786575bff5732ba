/**
 * The demo's simulated tools on their own, for a hub that runs elsewhere on this machine, such as `wrangler dev`:
 *
 *   npx tsx scripts/simulators.ts --secrets > .dev.vars      what that hub's configuration reads, as a file
 *   npx tsx scripts/simulators.ts                            Feishu, DingTalk and WeCom, and their page
 *
 * --hub and --port say where the hub is (default: http://127.0.0.1:8787) and where the tools shall be (default: 8090).
 */
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { demoEnv, mountDemo, serveDemoSockets } from "../src/cli/demo.ts";

const { hub, port, secrets } = parseArgs({
  options: {
    hub: { type: "string", default: "http://127.0.0.1:8787" },
    port: { type: "string", default: "8090" },
    secrets: { type: "boolean", default: false },
  },
}).values;
const url = `http://127.0.0.1:${port}`;

if (secrets) {
  const env = { ...demoEnv(hub, url), LOOPDESK_ADMIN_TOKEN: "only-for-this-machine" };
  for (const [name, value] of Object.entries(env)) console.log(`${name}="${value}"`);
} else {
  const app = new Hono();
  const company = mountDemo(app, hub, url);
  const server = createServer(getRequestListener(app.fetch));
  serveDemoSockets(server, company);
  server.listen(Number(port), "127.0.0.1", () =>
    console.log(`${url}/simulator plays Feishu, DingTalk and WeCom for ${hub}. Ctrl+C stops it.`),
  );
}
