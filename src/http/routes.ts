import { type Context, Hono } from "hono";
import { routePath } from "hono/route";
import type { RunningHub } from "../app/hub.ts";
import { failure } from "./failure.ts";
import { hookRoutes } from "./hooks.ts";
import { problem } from "./problem.ts";
import { respond } from "./respond.ts";
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
      return respond(problem(404, "no_metrics", "This runtime keeps no metrics."));
    if (!options.isOperator(c)) {
      const detail = "Ask from the machine itself, or with the admin token.";
      return respond(problem(403, "operators_only", detail));
    }
    return c.text(await options.metrics());
  });
  app.route("/", hookRoutes(options));
  app.route("/", webRoutes(options));

  app.notFound(() => respond(problem(404, "not_found", "There is nothing here.")));
  app.onError((error, c) => {
    const failed = { route: routePath(c), account: c.req.param("account") };
    return respond(failure(running.hub.log, error, failed));
  });
  return app;
}
