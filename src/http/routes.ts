import { type Context, Hono } from "hono";
import { routePath } from "hono/route";
import type { RunningHub } from "../app/hub.ts";
import { reasonOf } from "../app/step-error.ts";
import { hookRoutes } from "./hooks.ts";
import { problem } from "./problem.ts";
import { type VisitorWatch, webRoutes } from "./web.ts";

export type RouteOptions = {
  readonly running: RunningHub;
  afterReply(context: Context, task: (left: boolean) => Promise<void>): void;
  readonly watch: VisitorWatch;
  /** The metrics page, or null where there is none. */
  metrics: (() => Promise<string>) | null;
  /** May this request see metrics and admin routes? */
  isOperator(context: Context): boolean;
};

/** All public routes of a hub. */
export function routes(options: RouteOptions): Hono {
  const { running } = options;
  const app = new Hono();

  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const backlog = await running.hub.store.backlog();
    const ready = !running.overloaded();
    return c.json({ status: ready ? "ready" : "overloaded", backlog }, ready ? 200 : 503);
  });
  app.get("/metrics", async (c) => {
    if (options.metrics === null)
      return problem(c, 404, "no_metrics", "This runtime keeps no metrics.");
    if (!options.isOperator(c))
      return problem(
        c,
        403,
        "operators_only",
        "Ask from the machine itself, or with the admin token.",
      );
    return c.text(await options.metrics());
  });
  app.route("/", hookRoutes(options));
  app.route("/", webRoutes(options));

  app.notFound((c) => problem(c, 404, "not_found", "There is nothing here."));
  app.onError((error, c) => {
    // Which route and whose account: a path may hold a token, and an error's message what somebody sent.
    running.hub.log.error("A request failed.", {
      route: routePath(c),
      account: c.req.param("account"),
      error: reasonOf(error),
    });
    return problem(
      c,
      500,
      "internal",
      "The hub failed to handle this. It was not stored; please try again.",
    );
  });
  return app;
}
