import type { IncomingMessage, ServerResponse } from "node:http";
import type { RunningHub } from "./app/hub.ts";
import { failure } from "./http/failure.ts";
import { pushedTo, readHook } from "./http/hook-address.ts";
import { LARGEST_BODY, type Push, takeIn } from "./http/take-in.ts";
import type { HttpReply, RawRequest } from "./ports/channel.ts";
import { concat } from "./wire/bytes.ts";
import { plainBytes } from "./wire/node-builtins.ts";

export type NodeHookOptions = {
  readonly running: RunningHub;
  /** Do something once the reply has left, or was lost on the way, without holding it up. */
  afterReply(outgoing: ServerResponse, task: (left: boolean) => Promise<void>): void;
};

/** What a hook's address says, and the push that came to it. */
type Arrived = { readonly route: string; readonly account: string; readonly push: Push };

/**
 * Take pushes in straight from Node, and answer as `hookRoutes` does, without the price of a Request and a Response.
 *
 * Only the ordinary push is taken: GET or POST, to an address in plain letters, with a body that says how large it is
 * and is not too large. For any other request the answer is false and nothing has happened to it: it is for Hono.
 */
export function createNodeHooks(
  options: NodeHookOptions,
): (incoming: IncomingMessage, outgoing: ServerResponse) => boolean {
  const { running, afterReply } = options;

  async function answer(push: Push, outgoing: ServerResponse): Promise<void> {
    const { reply, after } = await takeIn(running, push);
    if (after !== null) afterReply(outgoing, after);
    send(outgoing, reply);
  }

  return (incoming, outgoing) => {
    const arrived = arrivedBy(incoming);
    if (arrived === null) return false;
    answer(arrived.push, outgoing).catch((error: unknown) =>
      send(outgoing, failure(running.hub.log, error, arrived)),
    );
    return true;
  };
}

/** The push that a request is, or null where it is not an ordinary one. */
function arrivedBy(incoming: IncomingMessage): Arrived | null {
  const { method } = incoming;
  if (method !== "POST" && method !== "GET") return null;
  const address = readHook(incoming.url ?? "");
  const length = declaredLength(incoming);
  if (address === null || length > LARGEST_BODY) return null;
  const { route, account, query } = address;
  const headers = incoming.headers as RawRequest["headers"];
  const read = async (): Promise<RawRequest> => {
    return { method, query, headers, body: await readBody(incoming) };
  };
  return { route, account, push: { ...pushedTo(address), method, read } };
}

/** What neither declares a length nor comes in chunks has no body. RFC 9112, 6.3. */
function declaredLength({ headers }: IncomingMessage): number {
  return headers["transfer-encoding"] === undefined
    ? Number(headers["content-length"] ?? 0)
    : Number.POSITIVE_INFINITY;
}

/** A body that Node cuts off at its declared length. Rejects when the sender hangs up before its end. */
function readBody(incoming: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  return new Promise((resolve, reject) => {
    incoming.on("data", (chunk: Uint8Array) => chunks.push(plainBytes(chunk)));
    incoming.on("end", () => {
      const [whole, ...more] = chunks;
      resolve(whole !== undefined && more.length === 0 ? whole : concat(...chunks));
    });
    incoming.on("error", reject);
  });
}

/** Node itself adds the length of what is given to `end` at once. */
function send(outgoing: ServerResponse, { status, headers, body }: HttpReply): void {
  outgoing.statusCode = status;
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  outgoing.end(body);
}
