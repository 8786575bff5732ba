import { type Context, Hono } from "hono";
import { routePath } from "hono/route";
import type { ConnectionHealth } from "../app/connection-health.ts";
import type { RunningHub } from "../app/hub.ts";
import { actRoutes } from "./act.ts";
import { failure } from "./failure.ts";
import { fileRoutes } from "./files.ts";
import { hookRoutes } from "./hooks.ts";
import { problem } from "./problem.ts";
import { readiness } from "./readiness.ts";
import { respond } from "./respond.ts";
import { type VisitorWatch, webRoutes } from "./web.ts";

export type RouteOptions = {
  readonly running: RunningHub;
  afterReply(context: Context, task: (left: boolean) => Promise<void>): void;
  readonly watch: VisitorWatch;
  /** The metrics page, or null where there is none. */
  metrics: (() => Promise<string>) | null;
  /** How the long connections are; absent where the runtime holds none. */
  connections?(): readonly ConnectionHealth[];
  /** May this request see metrics and admin routes? */
  isOperator(context: Context): boolean;
};

/** All public routes of a hub. */
export function routes(options: RouteOptions): Hono {
  const { running } = options;
  const app = new Hono();

  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const { status, body } = await readiness(running, options.connections?.() ?? []);
    return c.json(body, status);
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
  app.route("/", fileRoutes(running));
  app.route("/", actRoutes(options));

  app.notFound(() => respond(problem(404, "not_found", "There is nothing here.")));
  app.onError((error, c) => {
    const failed = { route: routePath(c), account: c.req.param("account") };
    return respond(failure(running.hub.log, error, failed));
  });
  return app;
}
