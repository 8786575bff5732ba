import type { ConnectionHealth } from "../app/connection-health.ts";
import type { RunningHub } from "../app/hub.ts";

export type Readiness = {
  readonly status: 200 | 503;
  readonly body: {
    readonly status: "ready" | "degraded" | "overloaded";
    readonly backlog: number;
    /** Times in ms UTC. Absent where no account has a long connection. */
    readonly connections?: readonly ConnectionHealth[];
  };
};

/**
 * What `/readyz` says. 503 while vendors are told to come again; a connection that is down is no reason to send them
 * elsewhere, because the rest works: that is "degraded". Rejects when the store does not answer.
 */
export async function readiness(
  { hub, overloaded }: RunningHub,
  connections: readonly ConnectionHealth[],
): Promise<Readiness> {
  const backlog = await hub.store.backlog();
  const down = connections.some(({ state }) => state !== "connected");
  const shown = connections.length === 0 ? { backlog } : { backlog, connections };
  if (overloaded()) return { status: 503, body: { status: "overloaded", ...shown } };
  return { status: 200, body: { status: down ? "degraded" : "ready", ...shown } };
}
