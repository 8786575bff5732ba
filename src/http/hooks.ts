import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { RunningHub } from "../app/hub.ts";
import { HOOK_ROUTES, type HookAddress, pushedTo } from "./hook-address.ts";
import { problem } from "./problem.ts";
import { headersOf, rawRequest } from "./raw-request.ts";
import { respond } from "./respond.ts";
import { LARGEST_BODY, type Push, takeIn } from "./take-in.ts";

export type HookOptions = {
  readonly running: RunningHub;
  /** Do something once the reply has left, or was lost on the way, without holding it up. */
  afterReply(context: Context, task: (left: boolean) => Promise<void>): void;
};

/** Everything that a vendor pushes: GET and POST to each of `HOOK_ROUTES`. */
export function hookRoutes(options: HookOptions): Hono {
  const app = new Hono();
  app.on(["GET", "POST"], [...HOOK_ROUTES], limitBody(LARGEST_BODY), (c) => {
    const address = c.req.param() as HookAddress;
    return answerPush(c, options, pushedTo(address));
  });
  return app;
}

/**
 * Refuse a body that is larger. A declared length is believed, because the server cuts the body off there; only a
 * body without one is counted as it comes, which costs a copy of the request.
 */
export function limitBody(maxSize: number): MiddlewareHandler {
  const refuse = (): Response =>
    respond(problem(413, "body_too_large", `The body is larger than ${maxSize} bytes.`));
  const counted = bodyLimit({ maxSize, onError: refuse });
  return async (c, next) => {
    const { "content-length": length, "transfer-encoding": encoding } = headersOf(c);
    if (length === undefined || encoding !== undefined) return counted(c, next);
    if (Number(length) > maxSize) return refuse();
    await next();
    return undefined;
  };
}

/** Take a request in for an account's feed, and answer it. */
export async function answerPush(
  c: Context,
  { running, afterReply }: HookOptions,
  to: Pick<Push, "account" | "feed">,
): Promise<Response> {
  const push = { ...to, method: c.req.method, read: () => rawRequest(c) };
  const { reply, after } = await takeIn(running, push);
  if (after !== null) afterReply(c, after);
  return respond(reply);
}
