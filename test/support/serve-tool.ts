import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterEach } from "vitest";
import { serveSockets } from "../../src/simulator/serve-sockets.ts";
import type { ToolSimulator } from "../../src/simulator/tool.ts";

export type ServedTool = {
  /** Where the tool's HTTP API is reached. */
  readonly url: string;
  /** Where its WebSockets are reached: what the tool's `socketBase` must say. */
  readonly socketBase: string;
  /** Cut every WebSocket without a word. */
  cutAll(): void;
};

const PREFIX = "/tools";

/**
 * Serve one simulated tool over HTTP and WebSocket on a free port of the loopback address, until the test ends. The tool
 * is made once the address is known, because it tells its clients where to connect.
 */
export async function serveTool(
  name: ToolSimulator["name"],
  make: (socketBase: string, url: string) => ToolSimulator,
): Promise<ServedTool> {
  let tool: ToolSimulator | null = null;
  const server = createServer(
    getRequestListener((request) => tool?.fetch(request) ?? new Response(null, { status: 503 })),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const socketBase = `ws://127.0.0.1:${port}${PREFIX}/${name}`;
  tool = make(socketBase, url);
  const { cutAll } = serveSockets(server, { tools: [tool], prefix: PREFIX });
  served.push({ server, tool, cutAll });
  return { url, socketBase, cutAll };
}

const served: { server: Server; tool: ToolSimulator; cutAll(): void }[] = [];

afterEach(async () => {
  for (const { server, tool, cutAll } of served.splice(0)) {
    await tool.stop();
    cutAll();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
