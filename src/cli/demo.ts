import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono } from "hono";
import {
  type Company,
  type CompanyEnv,
  type CompanyWorld,
  createCompany,
} from "../simulator/company.ts";
import { createSimulatorApi } from "../simulator/console-api.ts";
import { serveSockets } from "../simulator/serve-sockets.ts";
import { createVendorApis } from "../simulator/vendor-apis.ts";
import { systemClock } from "../system-clock.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/tea-chain/", import.meta.url));
const CONSOLE = fileURLToPath(new URL("../../dist/console/", import.meta.url));

/** The demo's configuration file. */
export const DEMO_CONFIG = `${EXAMPLE}loopdesk.yaml`;

/** Below it stand the tools' open platforms, by name. */
const VENDORS = "/simulator/vendors";

type DemoFile = { readonly env: CompanyEnv; readonly world: CompanyWorld };

/** The made-up secrets that the demo's configuration reads, and where its vendors are. */
export function demoEnv(hubUrl: string, simulatorUrl = hubUrl): CompanyEnv {
  return { ...demoFile().env, HUB_URL: hubUrl, SIMULATOR_URL: vendorUrl(simulatorUrl) };
}

/**
 * Put the simulated tools and their page into an app that is reached at `ownUrl`: beside the hub, or on their own. Their
 * WebSockets are served by `serveDemoSockets`.
 */
export function mountDemo(app: Hono, hubUrl: string, ownUrl = hubUrl): Company {
  const company = createCompany({
    ...demoFile(),
    env: demoEnv(hubUrl, ownUrl),
    hubUrl,
    vendorUrl: vendorUrl(ownUrl),
    sockets: true,
    fetch: globalThis.fetch,
    clock: systemClock,
    speed: 1,
  });
  app.route("/simulator/api", createSimulatorApi({ tools: company.tools }));
  app.route(VENDORS, createVendorApis({ tools: company.tools }));
  const page = serveStatic({ root: CONSOLE, path: "index.html" });
  app.get("/simulator", page);
  app.get("/", (c) => c.redirect("/simulator"));
  app.use(
    "/console/*",
    serveStatic({ root: CONSOLE, rewriteRequestPath: (path) => path.replace(/^\/console/, "") }),
  );
  return company;
}

/** Serve the tools' long connections where their HTTP APIs are. Returns the way to cut them, which servers do not. */
export function serveDemoSockets(
  server: Parameters<typeof serveSockets>[0],
  { tools }: Company,
): { cutAll(): void } {
  return serveSockets(server, { tools, prefix: VENDORS });
}

function demoFile(): DemoFile {
  return JSON.parse(readFileSync(`${EXAMPLE}demo.json`, "utf8")) as DemoFile;
}

function vendorUrl(simulatorUrl: string): string {
  return `${simulatorUrl}${VENDORS}`;
}
