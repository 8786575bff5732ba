import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import type { ToolSimulator, ToolSocket } from "./tool.ts";

/** Vendors' frames are smaller: a larger one ends the connection. */
const LARGEST_FRAME = 4_194_304;

/**
 * Serve the tools' long connections on a Node server: `PREFIX/TOOL/PATH` reaches `connect` of that tool with `/PATH`.
 * An address that is no tool's is refused with 404. Resolves with the way to cut all of them.
 */
export function serveSockets(
  server: Pick<Server, "on">,
  options: { readonly tools: readonly ToolSimulator[]; readonly prefix: string },
): { cutAll(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_FRAME });
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Uint8Array) => {
    const target = targetOf(request, options);
    if (target === null) {
      stream.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, stream, head as never, (socket) =>
      target.connect(toolSocket(socket), target.url),
    );
  });
  return {
    cutAll() {
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

type Target = { readonly connect: NonNullable<ToolSimulator["connect"]>; readonly url: URL };

function targetOf(
  request: IncomingMessage,
  { tools, prefix }: { readonly tools: readonly ToolSimulator[]; readonly prefix: string },
): Target | null {
  const url = new URL(request.url ?? "/", "ws://tool");
  if (!url.pathname.startsWith(`${prefix}/`)) return null;
  const [name = "", ...path] = url.pathname.slice(prefix.length + 1).split("/");
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool?.connect === undefined) return null;
  url.pathname = `/${path.join("/")}`;
  return { connect: (socket, at) => tool.connect?.(socket, at), url };
}

function toolSocket(socket: WebSocket): ToolSocket {
  socket.on("error", () => {
    // `close` follows, which is what a tool acts on.
  });
  return {
    send: (frame) => {
      if (socket.readyState === socket.OPEN) socket.send(frame);
    },
    close: (code, reason) => socket.close(code, reason),
    cut: () => socket.terminate(),
    onFrame: (listener) =>
      socket.on("message", (data: RawData, isBinary: boolean) =>
        listener(isBinary ? bytesOf(data) : textOf(data)),
      ),
    onClose: (listener) => socket.once("close", () => listener()),
  };
}

/** A server's socket hands out one buffer a frame. */
function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) throw new TypeError("expected one buffer a frame");
  return new Uint8Array(data);
}

function textOf(data: RawData): string {
  return new TextDecoder().decode(bytesOf(data));
}
