import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { ConnectionHealth } from "./app/connection-health.ts";
import type { CounterName, Counters } from "./app/hub.ts";

const HELP: Readonly<
  Record<CounterName, { readonly help: string; readonly labels: readonly string[] }>
> = {
  received: { help: "Inbound items stored, by account.", labels: ["account"] },
  duplicates: { help: "Inbound items that were ours already, by account.", labels: ["account"] },
  refused: { help: "Pushes refused, by account and reason.", labels: ["account", "reason"] },
  overloaded: {
    help: "Pushes turned away because too much mail waited, by account.",
    labels: ["account"],
  },
  worked: { help: "Inbox rows worked, by kind.", labels: ["kind"] },
  conflicts: {
    help: "Steps decided anew because something else was written meanwhile.",
    labels: [],
  },
  delivered: { help: "Messages delivered, by account.", labels: ["account"] },
  failed: { help: "Deliveries that failed, by account and class.", labels: ["account", "class"] },
  dead_letters: { help: "What became a dead letter, by kind.", labels: ["kind"] },
  refreshed: { help: "Cards shown or brought up to date, by account.", labels: ["account"] },
  reminders: {
    help: "Urgent calls for a person beside a message, by account, way and result.",
    labels: ["account", "way", "result"],
  },
  connection_attempts: { help: "Attempts at a long connection, by account.", labels: ["account"] },
  connection_losses: { help: "Long connections lost, by account.", labels: ["account"] },
  connection_silences: {
    help: "Long connections given up because the vendor fell silent, by account.",
    labels: ["account"],
  },
  connection_displacements: {
    help: "Long connections that another process took over, by account.",
    labels: ["account"],
  },
};

export type Metrics = { readonly counters: Counters; page(): Promise<string> };

/** What is asked at each scrape. */
export type MetricSources = {
  backlog(): Promise<number>;
  connections(): readonly ConnectionHealth[];
};

/** Prometheus metrics of this process. */
export function createMetrics({ backlog, connections }: MetricSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = new Map<CounterName, Counter>();
  for (const [name, { help, labels }] of Object.entries(HELP)) {
    const counter = new Counter({
      name: `loopdesk_${name}_total`,
      help,
      labelNames: [...labels],
      registers: [registry],
    });
    counters.set(name as CounterName, counter);
  }
  new Gauge({
    name: "loopdesk_backlog",
    help: "Inbox rows not yet worked.",
    registers: [registry],
    async collect() {
      this.set(await backlog());
    },
  });
  new Gauge({
    name: "loopdesk_connection_up",
    help: "1 while an account's long connection stands, by account.",
    labelNames: ["account"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { account, state } of connections())
        this.set({ account }, state === "connected" ? 1 : 0);
    },
  });
  return {
    counters: { count: (name, labels = {}) => counters.get(name)?.inc({ ...labels }) },
    page: () => registry.metrics(),
  };
}
