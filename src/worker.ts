import type { Hub } from "./app/hub.ts";
import { reasonOf } from "./app/step-error.ts";
import { forgetBodies } from "./app/sweep.ts";
import { problem } from "./http/problem.ts";
import { respond } from "./http/respond.ts";
import type { Logger } from "./ports/logger.ts";
import type { Queue } from "./ports/queue.ts";
import { type CloudflareQueue, createCloudflareQueue, type WakeUp } from "./queue/cloudflare.ts";
import type { MadeSetup } from "./setup.ts";
import { beginInvocation, type Invocation } from "./worker-hub.ts";
import { createIsolate, type Isolate } from "./worker-isolate.ts";
import { workerRoutes } from "./worker-routes.ts";

/** Bindings of wrangler.toml; beside them stand the secrets that the configuration names as `${…}`. */
export type WorkerEnv = {
  readonly DB: D1Database;
  readonly WAKE: globalThis.Queue<WakeUp>;
  readonly LOOPDESK_ADMIN_TOKEN?: string;
  /** What our own links are signed with; without it a random secret that the database keeps. */
  readonly LOOPDESK_KEY?: string;
};

/** Answered without a configuration. */
const FREE = new Set(["/healthz", "/admin/config"]);
/** What becomes due before the next sweep gets a wake-up of its own. */
const SWEEP_MS = 60_000;

/** By its database, of which an isolate has one. */
const isolates = new WeakMap<D1Database, Isolate>();

function isolateOf(env: WorkerEnv): Isolate {
  const isolate = isolates.get(env.DB) ?? createIsolate(env, env.DB, log);
  isolates.set(env.DB, isolate);
  return isolate;
}

export default {
  async fetch(request: Request, env: WorkerEnv, context: ExecutionContext): Promise<Response> {
    const shared = isolateOf(env);
    let made: MadeSetup | null = null;
    if (!FREE.has(new URL(request.url).pathname)) {
      try {
        made = await shared.setup();
      } catch (error) {
        log.error("The database did not answer.", { error: reasonOf(error) });
        return notReady("The database did not answer. Were the migrations applied?");
      }
      if (made === null)
        return notReady(
          "There is no configuration yet that this hub can use: push one with `loopdesk push`.",
        );
      context.waitUntil(shared.lookAtBacklog());
    }
    const queue = queueOf(env);
    const invocation = begin(env, queue, made);
    const adminToken = env.LOOPDESK_ADMIN_TOKEN ?? "";
    const goOn = (task: Promise<void>): void => context.waitUntil(task);
    const app = workerRoutes({ isolate: shared, invocation, queue, made, adminToken, goOn });
    const response = await app.fetch(request, env, context);
    context.waitUntil(queue.flush());
    return response;
  },

  /** Somebody says that something is due. */
  async queue(_batch: MessageBatch<WakeUp>, env: WorkerEnv): Promise<void> {
    await workWhatIsDue(env);
  },

  /** The sweep: whatever is due, whether or not a wake-up told of it; and old bodies are forgotten. */
  async scheduled(_controller, env: WorkerEnv): Promise<void> {
    const hub = await workWhatIsDue(env);
    if (hub === null) return;
    await forgetBodies(hub);
    await isolateOf(env).lookUp(hub);
  },
} satisfies ExportedHandler<WorkerEnv, WakeUp>;

/** Work as much as one invocation may, and send a wake-up for the rest. Null while there is no configuration. */
async function workWhatIsDue(env: WorkerEnv): Promise<Hub | null> {
  const made = await isolateOf(env).setup();
  if (made === null) return null;
  const { running, enough } = begin(env, NOBODY, made);
  await running.settle();
  const { store, clock } = running.hub;
  const now = clock.now();
  const next = enough() ? now : await store.nextDue(now);
  if (next !== null && next < now + SWEEP_MS) await queueOf(env).wakeIn(next - now);
  return running.hub;
}

/** Nobody needs to be woken for what the same invocation goes on to do. */
const NOBODY: Queue = { wake() {}, wakeDelivery() {} };

function begin(env: WorkerEnv, queue: Queue, made: MadeSetup | null): Invocation {
  return beginInvocation({
    db: env.DB,
    queue,
    log,
    numbers: isolateOf(env).numbers,
    ...(env.LOOPDESK_KEY === undefined ? {} : { key: env.LOOPDESK_KEY }),
    setup() {
      if (made === null) throw new Error("This route works without a configuration.");
      return made;
    },
  });
}

function queueOf(env: WorkerEnv): CloudflareQueue {
  return createCloudflareQueue({
    send: (wakeUp, delaySeconds) => env.WAKE.send(wakeUp, { contentType: "text", delaySeconds }),
    failed: (error) =>
      log.warn("A wake-up was not sent; the sweep finds what is due.", { error: reasonOf(error) }),
  });
}

/** What to answer as long as there is no hub. */
function notReady(detail: string): Response {
  return respond(problem(503, "not_ready", detail, { "retry-after": "60" }));
}

const log: Logger = {
  debug: (message, fields) => write("debug", message, fields),
  info: (message, fields) => write("info", message, fields),
  warn: (message, fields) => write("warn", message, fields),
  error: (message, fields) => write("error", message, fields),
};

function write(level: string, message: string, fields: object = {}): void {
  // biome-ignore lint/suspicious/noConsole: on Workers the console is the log.
  console.log(JSON.stringify({ level, message, ...fields }));
}
