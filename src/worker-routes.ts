import type { Context, Hono } from "hono";
import { isOverloaded } from "./app/overload.ts";
import { openSession } from "./channels/web/session.ts";
import type { Loaded } from "./config/load.ts";
import { formatProblem } from "./config/problem.ts";
import { ConfigError, compileText, importConfiguration, registerCallbacks } from "./configure.ts";
import type { Language } from "./core/text.ts";
import { adminRoutes, type PushedConfiguration } from "./http/admin.ts";
import { routes } from "./http/routes.ts";
import type { VisitorWatch } from "./http/web.ts";
import { withKnownPeople } from "./people.ts";
import type { CloudflareQueue } from "./queue/cloudflare.ts";
import type { MadeSetup } from "./setup.ts";
import { sameText } from "./wire/bytes.ts";
import type { Invocation } from "./worker-hub.ts";
import type { Isolate } from "./worker-isolate.ts";

/** More unworked mail than this, and vendors are told to come again. */
const BACKLOG_LIMIT = 20_000;
/** A page hangs on another isolate than the one that delivers, so it looks for news this often. */
const LOOK_MS = 2_000;

/** All routes of a hub on Workers, for one request. `made` is null on a route that needs no configuration. */
export function workerRoutes(options: {
  readonly isolate: Isolate;
  readonly invocation: Invocation;
  readonly queue: CloudflareQueue;
  readonly made: MadeSetup | null;
  /** Empty: nobody is an operator. */
  readonly adminToken: string;
  /** Keep the invocation alive for something that goes on after the reply. */
  goOn(task: Promise<void>): void;
}): Hono {
  const { isolate, invocation, queue, made, adminToken, goOn } = options;
  const isOperator = (c: Context): boolean =>
    adminToken !== "" && sameText(c.req.header("authorization") ?? "", `Bearer ${adminToken}`);

  const app = routes({
    running: {
      ...invocation.running,
      overloaded: (items) => isOverloaded(isolate.backlog(), BACKLOG_LIMIT, items),
    },
    afterReply(_c, task) {
      // Another isolate may have had the mailbox, so somebody looks whether this click still waits.
      queue.wakeDelivery();
      goOn(task(true).then(queue.flush));
    },
    metrics: null,
    isOperator,
    watch: watchOf(isolate, invocation, made),
  });
  app.route(
    "/",
    adminRoutes({
      isOperator,
      async configure(pushed, language) {
        const compiled = await compile(isolate, pushed, language);
        if (!("ok" in compiled)) return compiled;
        const { store, deps } = isolate;
        const loaded = await withKnownPeople(store, compiled);
        await importConfiguration(store, loaded, deps.clock.now());
        goOn(registerCallbacks(loaded, deps, loaded.policy.hub.publicUrl));
        return [];
      },
    }),
  );
  return app;
}

/** A page that has looked often enough is let go; it comes again by itself, with what it has not yet seen. */
function watchOf({ deps }: Isolate, { spent }: Invocation, made: MadeSetup | null): VisitorWatch {
  return {
    ended: spent,
    onAppend(_account, _visitor, listener) {
      const timer = setInterval(listener, LOOK_MS);
      return () => clearInterval(timer);
    },
    origins: (account) => made?.webs.get(account)?.allowed_origins ?? [],
    async visitorOf(account, token) {
      const web = made?.webs.get(account);
      if (web === undefined) return null;
      return (await openSession(token, web.secret, deps.clock.now()))?.visitor ?? null;
    },
  };
}

/** What was pushed, checked here; or what is wrong with it, a line each. */
async function compile(
  { secrets }: Isolate,
  { yaml, directory }: PushedConfiguration,
  language: Language,
): Promise<Loaded | readonly string[]> {
  try {
    const loaded = await compileText(yaml, secrets, directory ?? undefined);
    if (directory !== null || loaded.related.length === 0) return loaded;
    const files = loaded.related.join(", ");
    return [`The stores are in ${files}: send them as \`directory\`, as \`loopdesk push\` does.`];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map((problem) => formatProblem(problem, language));
  }
}
