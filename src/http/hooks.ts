import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Account, RunningHub } from "../app/hub.ts";
import type { HttpReply, Receipt } from "../ports/channel.ts";
import { problem } from "./problem.ts";
import { headersOf, rawRequest } from "./raw-request.ts";

/** No vendor pushes more than this; a larger body is refused before it is read. */
const LARGEST_BODY = 1_048_576;

export type HookOptions = {
  readonly running: RunningHub;
  /** Do something once the reply has left, or was lost on the way, without holding it up. */
  afterReply(context: Context, task: (left: boolean) => Promise<void>): void;
};

const STATUS = { signature: 401, stale: 401, malformed: 400 } as const;

/** Everything that a vendor pushes: `GET|POST /hooks/:channel/:account[/:feed]`. */
export function hookRoutes(options: HookOptions): Hono {
  const app = new Hono();
  const tooLarge = limitBody(LARGEST_BODY);
  app.on(
    ["GET", "POST"],
    ["/hooks/:channel/:account", "/hooks/:channel/:account/:feed"],
    tooLarge,
    (c) => {
      const { channel = "", account = "", feed } = c.req.param();
      return takeIn(c, options, `${channel}/${account}`, feed);
    },
  );
  return app;
}

/**
 * Refuse a body that is larger. A declared length is believed, because the server cuts the body off there; only a
 * body without one is counted as it comes, which costs a copy of the request.
 */
export function limitBody(maxSize: number): MiddlewareHandler {
  const refuse = (c: Context): Response =>
    problem(c, 413, "body_too_large", `The body is larger than ${maxSize} bytes.`);
  const counted = bodyLimit({ maxSize, onError: refuse });
  return async (c, next) => {
    const { "content-length": length, "transfer-encoding": encoding } = headersOf(c);
    if (length === undefined || encoding !== undefined) return counted(c, next);
    if (Number(length) > maxSize) return refuse(c);
    await next();
    return undefined;
  };
}

/** Take one request in for an account: prove, store, answer. */
export async function takeIn(
  c: Context,
  options: HookOptions,
  id: string,
  feed: string | undefined,
): Promise<Response> {
  const { running } = options;
  const arrivedAt = running.hub.clock.now();
  const account = running.hub.setup().accounts.get(id);
  if (account === undefined) return problem(c, 404, "unknown_account", "There is no such account.");
  if (!account.enabled) return problem(c, 403, "account_disabled", "This account is disabled.");
  const name = feed ?? account.feeds[0] ?? "";
  if (!account.feeds.includes(name))
    return problem(
      c,
      404,
      "unknown_feed",
      `This account has the feeds ${account.feeds.join(", ")}.`,
    );
  if (c.req.method === "POST" && running.overloaded()) {
    running.hub.counters.count("overloaded", { account: id });
    c.header("retry-after", "5");
    return problem(c, 503, "overloaded", "Too much mail waits to be worked. Come again.");
  }
  const receipt = await account.channel.receive(await rawRequest(c), name);
  return answer(c, options, { account, feed: name, receipt, arrivedAt });
}

type Proven = {
  readonly account: Account;
  readonly feed: string;
  readonly receipt: Receipt;
  readonly arrivedAt: number;
};

async function answer(
  c: Context,
  options: HookOptions,
  { account, feed, receipt, arrivedAt }: Proven,
): Promise<Response> {
  const { running, afterReply } = options;
  switch (receipt.type) {
    case "handshake":
      return respond(receipt.reply);
    case "refused":
      running.hub.counters.count("refused", { account: account.id, reason: receipt.reason });
      running.hub.log.warn("A push was refused.", {
        account: account.id,
        feed,
        reason: receipt.reason,
        detail: receipt.detail,
      });
      return problem(c, STATUS[receipt.reason], receipt.reason, "The request was refused.");
    case "inbound": {
      const { rows } = await running.receive(account, feed, receipt.items);
      const [item] = receipt.items;
      if (item?.type !== "action") return respond(await receipt.reply(null));
      const click = await running.answer(account, item, rows[0] ?? null, arrivedAt);
      afterReply(c, click.after);
      return respond(await receipt.reply(click.outcome));
    }
  }
}

function respond(reply: HttpReply): Response {
  return new Response(reply.body, { status: reply.status, headers: reply.headers });
}
