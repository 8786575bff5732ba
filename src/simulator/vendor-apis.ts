import { type Context, Hono } from "hono";
import { routePath } from "hono/route";
import { noSuchTool } from "./console-api.ts";
import type { ToolSimulator } from "./tool.ts";

/**
 * Every tool's open-platform API under its name, to be mounted at `/simulator/vendors`: an account whose `api_base` is
 * `http://127.0.0.1:PORT/simulator/vendors/feishu` talks to the simulated Feishu. Unknown tools give 404.
 */
export function createVendorApis(options: { readonly tools: readonly ToolSimulator[] }): Hono {
  return new Hono().all("/:tool/*", (c) => {
    const tool = options.tools.find(({ name }) => name === c.req.param("tool"));
    if (tool === undefined) return noSuchTool(c.req.param("tool"), options.tools);
    return tool.fetch(new Request(withoutPrefix(c), c.req.raw));
  });
}

/** The URL as the vendor would see it: without the mount point and the tool's name. */
function withoutPrefix(c: Context): URL {
  const url = new URL(c.req.url);
  const tool = routePath(c).split("/").indexOf(":tool");
  url.pathname = `/${url.pathname
    .split("/")
    .slice(tool + 1)
    .join("/")}`;
  return url;
}
