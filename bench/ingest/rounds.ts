import { cpuMs } from "../support/cpu-time.ts";
import type { FeishuVendor } from "../support/feishu-vendor.ts";
import { load } from "../support/load.ts";
import { quantile } from "../support/numbers.ts";
import type { ServerProcess } from "../support/server-process.ts";
import type { Push } from "./pushes.ts";

const CONNECTIONS = 32;
const PATIENCE_MS = 15_000;

/** What one target did with the pushes of one round. */
export type Round = {
  readonly acked: number;
  /** Answered with anything but 200. */
  readonly refused: number;
  readonly ackRps: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the server for each message, us. */
  readonly cpuUs: number;
};

/** What the hub did beside acknowledging. */
export type HubRound = Round & {
  readonly doneRps: number;
  /** Processor time of the hub for each message until its card has gone out, us. */
  readonly doneCpuUs: number;
  /** From the last acknowledgement to the last card. */
  readonly drainS: number;
  /** Acknowledged, and no card came. */
  readonly lost: number;
  /** Answered with more than one card. */
  readonly doubled: number;
};

export async function runRound(server: ServerProcess, pushes: readonly Push[]): Promise<Round> {
  const { round } = await push(server, pushes);
  return round;
}

/** A round of the hub is over when every message that it acknowledged has its card at the vendor. */
export async function runHubRound(
  server: ServerProcess,
  pushes: readonly Push[],
  vendor: FeishuVendor,
): Promise<HubRound> {
  const before = vendor.cards.size;
  const cpuBefore = cpuMs(server.pid);
  const { round, acked, startedAt, endedAt } = await push(server, pushes);
  await vendor.answered(before + acked.length, PATIENCE_MS);
  const cards = acked.map(({ messageId }) => vendor.cards.get(messageId)?.size ?? 0);
  const lastAt = Math.max(vendor.lastCardAt(), endedAt);
  return {
    ...round,
    doneCpuUs: ((cpuMs(server.pid) - cpuBefore) * 1000) / pushes.length,
    doneRps: (cards.filter((count) => count > 0).length * 1000) / (lastAt - startedAt),
    drainS: (lastAt - endedAt) / 1000,
    lost: cards.filter((count) => count === 0).length,
    doubled: cards.filter((count) => count > 1).length,
  };
}

async function push(server: ServerProcess, pushes: readonly Push[]) {
  const requests = pushes.map(({ request }) => request);
  const cpuBefore = cpuMs(server.pid);
  const { statuses, latencies, startedAt, endedAt } = await load(
    server.port,
    requests,
    CONNECTIONS,
  );
  const acked = pushes.filter((_push, index) => statuses[index] === 200);
  const round: Round = {
    acked: acked.length,
    refused: pushes.length - acked.length,
    ackRps: (acked.length * 1000) / (endedAt - startedAt),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    cpuUs: ((cpuMs(server.pid) - cpuBefore) * 1000) / pushes.length,
  };
  return { round, acked, startedAt, endedAt };
}
