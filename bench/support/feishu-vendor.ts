import { Buffer } from "node:buffer";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type FeishuVendor = {
  readonly url: string;
  /** Cards that answer a message, by the message's id: the `uuid` of each card that a person would see. */
  readonly cards: ReadonlyMap<string, ReadonlySet<string>>;
  /** Cards that were sent to a chat of their own accord: what each is called, and its JSON as it was sent. */
  readonly posted: ReadonlyMap<string, string>;
  /** When the newest card came, by `performance.now()`. */
  readonly lastCardAt: () => number;
  /** Resolves once so many messages are answered, or no card has come for `patienceMs`. */
  answered(count: number, patienceMs: number): Promise<void>;
  close(): void;
};

/**
 * The least that Feishu's side must be for a bot to answer on it: it gives a token, takes messages and changes of
 * cards at once, and notes which message each card answers. A `uuid` that comes again is the same card, as at Feishu.
 * Feishu docs: tenant_access_token_internal, im-v1/message/reply, im-v1/message-card/patch.
 */
export async function startFeishuVendor(): Promise<FeishuVendor> {
  const cards = new Map<string, Set<string>>();
  const posted = new Map<string, string>();
  let lastCardAt = 0;
  let sent = 0;

  function take(path: string, body: string): object {
    if (path.endsWith("/tenant_access_token/internal")) {
      return { code: 0, msg: "ok", tenant_access_token: "t-bench", expire: 7_200 };
    }
    const message = REPLY.exec(path)?.[1];
    if (message !== undefined && body.includes('"msg_type":"interactive"'))
      note(message, UUID.exec(body)?.[1] ?? "");
    sent += 1;
    if (path.includes("receive_id_type=chat_id")) posted.set(`om_sent_${sent}`, body);
    return { code: 0, msg: "success", data: { message_id: `om_sent_${sent}` } };
  }

  function note(message: string, uuid: string): void {
    const known = cards.get(message);
    if (known === undefined) cards.set(message, new Set([uuid]));
    else known.add(uuid);
    lastCardAt = performance.now();
  }

  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const answer = JSON.stringify(take(request.url ?? "", body));
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(answer),
      });
      response.end(answer);
    });
  });
  server.keepAliveTimeout = 60_000;
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    cards,
    posted,
    lastCardAt: () => lastCardAt,
    async answered(count, patienceMs) {
      let before = -1;
      let quietSince = performance.now();
      while (cards.size < count && performance.now() - quietSince < patienceMs) {
        if (cards.size !== before) quietSince = performance.now();
        before = cards.size;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const REPLY = /\/im\/v1\/messages\/([^/?]+)\/reply/;
const UUID = /"uuid":"([^"]+)"/;

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => resolve(body));
    request.on("error", reject);
  });
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
