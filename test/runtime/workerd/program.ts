import {
  applyD1Migrations,
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  reset,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import worker from "../../../src/worker.ts";

export const HUB = "https://hub.test";

/** The Worker as Cloudflare runs it, its wake-ups caught on their way to the queue and its vendors played here. */
export type Program = {
  /** Delays of the wake-ups that were sent, in seconds. */
  readonly wakeUps: number[];
  /** Our calls to vendors so far. */
  readonly calls: Request[];
  /** Answer a vendor call. */
  vendor: (request: Request) => Response | Promise<Response>;
  /** Runs before each batch goes to the database; a rejection is the database's. */
  beforeBatch: () => Promise<void>;
  /** Send a request; what the Worker does after its reply is done too. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Put a configuration into force. */
  push(body: unknown, token?: string): Promise<Response>;
  /** Deliver the wake-ups that were sent, as the queue would. */
  wake(): Promise<void>;
  /** The cron trigger. */
  sweep(at?: number): Promise<void>;
  /** One row of the database. */
  row<T>(sql: string, ...values: unknown[]): Promise<T | null>;
  count(table: string): Promise<number>;
};

/** A fresh database, migrated, and the program on it. */
export async function createProgram(): Promise<Program> {
  await reset();
  await applyD1Migrations(env.DB, env.MIGRATIONS);
  const wakeUps: number[] = [];
  const calls: Request[] = [];
  const program: Program = {
    wakeUps,
    calls,
    vendor: feishuVendor(),
    beforeBatch: async () => {},
    async ask(path, init) {
      const context = createExecutionContext();
      const request = new Request(`${HUB}${path}`, init);
      const response = await worker.fetch(request as never, bindings, context);
      await waitOnExecutionContext(context);
      return response;
    },
    push: (body, token = env.LOOPDESK_ADMIN_TOKEN) =>
      program.ask("/admin/config", {
        method: "PUT",
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      }),
    async wake() {
      const sent = wakeUps.splice(0);
      if (sent.length === 0) throw new Error("No wake-up was sent.");
      const messages = sent.map((_delay, index) => ({
        id: String(index),
        timestamp: new Date(),
        attempts: 1,
        body: "due" as const,
      }));
      const batch = createMessageBatch<"due">("loopdesk-wake", messages);
      const context = createExecutionContext();
      await worker.queue(batch, bindings);
      const { outcome, retryMessages } = await getQueueResult(batch, context);
      if (outcome !== "ok" || retryMessages.length > 0)
        throw new Error("A wake-up was given back.");
    },
    sweep: (at = Date.now()) =>
      worker.scheduled(createScheduledController({ scheduledTime: new Date(at) }), bindings),
    row: (sql, ...values) =>
      env.DB.prepare(sql)
        .bind(...values)
        .first(),
    async count(table) {
      return (await env.DB.prepare(`select count(*) as n from ${table}`).first("n")) as number;
    },
  };
  const DB = {
    prepare: (sql: string) => env.DB.prepare(sql),
    async batch(statements: D1PreparedStatement[]) {
      await program.beforeBatch();
      return env.DB.batch(statements);
    },
  };
  const WAKE = {
    async send(_body: "due", options?: QueueSendOptions) {
      wakeUps.push(options?.delaySeconds ?? 0);
    },
  };
  const bindings = { ...env, DB: DB as D1Database, WAKE: WAKE as unknown as Queue<"due"> };
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input as Request, init as RequestInit);
    calls.push(request.clone() as Request);
    return program.vendor(request);
  });
  return program;
}

/** Feishu as far as the hub calls it: a token for the app, and an id for each message. */
function feishuVendor(): Program["vendor"] {
  let sent = 0;
  return (request) => {
    if (request.url.includes("/tenant_access_token/"))
      return Response.json({ code: 0, tenant_access_token: "made-up-token", expire: 7200 });
    sent += 1;
    return Response.json({ code: 0, data: { message_id: `om_sent_${sent}` } });
  };
}
