import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, isIPv6, type Socket } from "node:net";

/** A close waits so long for open connections. */
const CLOSE_MS = 3_000;

/** A server, for who takes its upgrades to WebSockets. Without a listener an upgrade is an ordinary request. */
export type UpgradingServer = Pick<Server, "on">;

export type Listening = {
  /** Where this machine itself reaches the server. */
  readonly url: string;
  readonly server: UpgradingServer;
  /** Take no new connection, let requests under way end, and cut what hangs on (event streams) after a while. */
  close(): Promise<void>;
};

/** Listen for HTTP; port 0 takes any free one. Resolves once connections are taken, rejects where the address cannot be had. */
export function listen(
  answer: RequestListener,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const sockets = new Set<Socket>();
    const server = createServer({ headersTimeout: 10_000, requestTimeout: 30_000 }, answer);
    server.listen(port, host, () => {
      resolve({
        url: `http://${hostInUrl(host)}:${(server.address() as AddressInfo).port}`,
        server,
        close,
      });
    });
    server.on("error", reject);
    server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });

    async function close(): Promise<void> {
      const closed = new Promise<void>((done) => server.close(() => done()));
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, CLOSE_MS);
      server.closeIdleConnections();
      await closed;
      clearTimeout(cut);
    }
  });
}

/** The host in a URL for this machine. An IPv6 address stands in brackets there (RFC 3986, 3.2.2); "all" is nobody's address. */
export function hostInUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return isIPv6(host) ? `[${host}]` : host;
}
