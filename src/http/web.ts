import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { streamSSE } from "hono/streaming";
import { type HookOptions, takeIn } from "./hooks.ts";
import { problem } from "./problem.ts";

const LARGEST_BODY = 65_536;
const PAGE = 200;
const HEARTBEAT_MS = 20_000;

/** How a page's event stream follows a visitor's feed; supplied by the program, which knows the web accounts' keys. */
export type VisitorWatch = {
  /** The visitor behind a session token of this account, or null. */
  visitorOf(account: string, token: string): Promise<string | null>;
  onAppend(account: string, visitor: string, listener: () => void): () => void;
  /** Origins whose pages may use this account. */
  origins(account: string): readonly string[];
};

/** The web chat's API: `POST /web/:account/session|messages|actions`, `GET /web/:account/events`. */
export function webRoutes(options: HookOptions & { readonly watch: VisitorWatch }): Hono {
  const app = new Hono();
  const { watch, running } = options;
  const accountOf = (c: Context): string => `web/${c.req.path.split("/")[2] ?? ""}`;

  app.use("/web/:account/*", (c, next) =>
    cors({
      origin: (origin) => (watch.origins(accountOf(c)).includes(origin) ? origin : null),
      allowHeaders: ["authorization", "content-type", "last-event-id"],
    })(c, next),
  );
  app.post("/web/:account/:feed", bodyLimit({ maxSize: LARGEST_BODY, onError: (c) => problem(c, 413, "body_too_large", `The body is larger than ${LARGEST_BODY} bytes.`) }), (c) =>
    takeIn(c, options, accountOf(c), c.req.param("feed")),
  );
  app.get("/web/:account/events", async (c) => {
    const account = accountOf(c);
    const visitor = await watch.visitorOf(account, tokenOf(c));
    if (visitor === null) return problem(c, 401, "session", "There is no valid visitor session in this request.");
    const after = Number(c.req.header("last-event-id") ?? c.req.query("after") ?? 0);
    if (!Number.isSafeInteger(after) || after < 0) return problem(c, 400, "after", "`after` is the seq of an event: a whole number.");
    return follow(c, { account, visitor, after, running, watch });
  });
  return app;
}

function tokenOf(c: Context): string {
  return /^Bearer (\S+)$/.exec(c.req.header("authorization") ?? "")?.[1] ?? c.req.query("token") ?? "";
}

type Following = {
  readonly account: string;
  readonly visitor: string;
  readonly after: number;
  readonly running: HookOptions["running"];
  readonly watch: VisitorWatch;
};

/** Send what the page has not yet, then whatever comes, and a sign of life while nothing does. */
function follow(c: Context, { account, visitor, after, running, watch }: Following): Response {
  return streamSSE(c, async (stream) => {
    let seen = after;
    let woken = new AbortController();
    const ring = (): void => woken.abort();
    const stop = watch.onAppend(account, visitor, ring);
    stream.onAbort(ring);
    try {
      while (!stream.aborted) {
        woken = new AbortController();
        const events = await running.hub.store.visitorEvents(account, visitor, seen, PAGE);
        for (const { seq, body } of events) {
          const { type, ...data } = JSON.parse(body) as { readonly type: string };
          await stream.writeSSE({ id: String(seq), event: type, data: JSON.stringify({ seq, ...data }) });
          seen = seq;
        }
        if (events.length === PAGE) continue;
        if (!woken.signal.aborted) await running.hub.clock.sleep(HEARTBEAT_MS, woken.signal);
        if (events.length === 0 && !stream.aborted) await stream.write(": alive\n\n");
      }
    } finally {
      stop();
    }
  });
}
