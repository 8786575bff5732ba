import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { streamSSE } from "hono/streaming";
import { answerPush, type HookOptions, limitBody } from "./hooks.ts";
import { problem } from "./problem.ts";
import { respond } from "./respond.ts";
import { accountFor } from "./take-in.ts";
import { type FeedWatch, followFeed } from "./web-stream.ts";

const LARGEST_BODY = 65_536;
const PREFLIGHT_S = 600;

/** How a page's event stream follows a visitor's feed; supplied by the program, which knows the web accounts' keys. */
export type VisitorWatch = FeedWatch & {
  /** The visitor behind a session token of this account, or null. */
  visitorOf(account: string, token: string): Promise<string | null>;
  /** Origins whose pages may use this account. */
  origins(account: string): readonly string[];
};

type WebOptions = HookOptions & { readonly watch: VisitorWatch };

/** The web chat's API: `POST /web/:account/session|messages|actions`, `GET /web/:account/events`. */
export function webRoutes(options: WebOptions): Hono {
  const app = new Hono();

  app.use("/web/:account/*", (c, next) =>
    cors({
      origin: (origin) => (options.watch.origins(accountOf(c)).includes(origin) ? origin : null),
      allowMethods: ["GET", "POST"],
      allowHeaders: ["authorization", "content-type", "last-event-id"],
      maxAge: PREFLIGHT_S,
    })(c, next),
  );
  app.post("/web/:account/:feed", limitBody(LARGEST_BODY), (c) =>
    answerPush(c, options, { account: accountOf(c), feed: c.req.param("feed") }),
  );
  app.get("/web/:account/events", (c) => events(c, options));
  return app;
}

function accountOf(c: Context): string {
  return `web/${c.req.path.split("/")[2] ?? ""}`;
}

/** What the visitor's feed holds after the event `after`, then whatever comes, for as long as the page listens. */
async function events(c: Context, { running, watch }: WebOptions): Promise<Response> {
  const account = accountFor(running, accountOf(c));
  if ("status" in account) return respond(account);
  const visitor = await watch.visitorOf(account.id, tokenOf(c));
  if (visitor === null)
    return respond(problem(401, "session", "There is no valid visitor session in this request."));
  const after = Number(c.req.header("last-event-id") ?? c.req.query("after") ?? 0);
  if (!Number.isSafeInteger(after) || after < 0)
    return respond(problem(400, "after", "`after` is the seq of an event: a whole number."));
  c.header("x-accel-buffering", "no"); // or nginx would hold events back
  const feed = { account: account.id, visitor, after };
  const response = streamSSE(c, (stream) => followFeed(stream, feed, { hub: running.hub, watch }));
  response.headers.set("connection", "close"); // nothing follows on it, so a hub that stops need not wait for it
  return response;
}

/** A browser's EventSource can send no header, so its token comes in the query. */
function tokenOf(c: Context): string {
  const bearer = /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1];
  return bearer ?? c.req.query("token") ?? "";
}
