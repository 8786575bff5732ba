import { parseArgs } from "node:util";
import { makePresses, type Press } from "./clicks/presses.ts";
import { makePushes } from "./ingest/pushes.ts";
import { startFeishuVendor } from "./support/feishu-vendor.ts";
import { type Connection, load, open } from "./support/load.ts";
import { quantile, round } from "./support/numbers.ts";
import { printFigures, printTable } from "./support/report.ts";
import { openWorkshop } from "./support/server-process.ts";

/*
 * How long a click waits for its answer: first while the hub has nothing else to do, then while the load of `ingest`
 * (signed messages over 32 connections, closed loop) goes on. Feishu hangs up after 3 s and tells the clicker that the
 * button failed, so what counts is the slowest of a thousand, and that none is late.
 */

const USAGE = "npm run bench -- clicks [--clicks 2000] [--rate 100]";
/** Feishu docs: cardkit-v1/card-callback-communication (200341). */
const DEADLINE_MS = 3_000;
const FAULTS = ["冰柜不制冷了", "咖啡机漏水", "收银机死机", "制冰机不出冰"];
const LOAD_ROUND = 4_000;
const PATIENCE_MS = 60_000;

type Answers = { readonly latencies: readonly number[]; readonly failed: number };

/** Press one after another, `rate` a second, each over whichever connection is free. */
async function pressAll(port: number, presses: readonly Press[], rate: number): Promise<Answers> {
  const startedAt = performance.now();
  const free: Connection[] = [];
  const opened = new Set<Connection>();
  const latencies: number[] = [];
  let failed = 0;
  await Promise.all(
    presses.map(async ({ request }, index) => {
      const due = startedAt + (index * 1000) / rate;
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      const connection = takeOpen(free) ?? (await open(port));
      opened.add(connection);
      const sentAt = performance.now();
      const status = await connection.exchange(request);
      latencies.push(performance.now() - sentAt);
      if (status !== 200) failed += 1;
      free.push(connection);
    }),
  );
  for (const connection of opened) connection.close();
  return { latencies, failed };
}

function takeOpen(free: Connection[]): Connection | null {
  const connection = free.pop();
  if (connection === undefined || connection.isOpen()) return connection ?? null;
  return takeOpen(free);
}

/** Messages over and over, until `over` says that it is enough. The rate at which they were acknowledged. */
async function keepLoading(port: number, over: () => boolean): Promise<number> {
  let acked = 0;
  const startedAt = performance.now();
  for (let index = 0; !over(); index += 1) {
    const requests = makePushes(`load${index}`, LOAD_ROUND).map(({ request }) => request);
    const { statuses } = await load(port, requests, 32);
    acked += statuses.filter((status) => status === 200).length;
  }
  return (acked * 1000) / (performance.now() - startedAt);
}

function row(name: string, { latencies, failed }: Answers): string[] {
  const at = (share: number): string => String(round(quantile(latencies, share), 1));
  const late = latencies.filter((ms) => ms > DEADLINE_MS).length;
  return [
    name,
    String(latencies.length),
    at(0.5),
    at(0.99),
    at(0.999),
    at(1),
    String(late),
    String(failed),
  ];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      clicks: { type: "string", default: "2000" },
      rate: { type: "string", default: "100" },
    },
  });
  const clicks = Number(values.clicks);
  const rate = Number(values.rate);
  if (!(clicks >= 100 && clicks <= 10_000 && rate >= 1 && rate <= 1_000))
    throw new Error(`--clicks is 100 to 10000, --rate 1 to 1000.\n${USAGE}`);

  const workshop = openWorkshop();
  const vendor = await startFeishuVendor();
  try {
    const program = await workshop.bundle(new URL("./ingest/hub-server.ts", import.meta.url));
    const hub = await workshop.start(program, [workshop.folder("hub"), vendor.url]);
    const faults = makePushes("fault", clicks * 2, { words: FAULTS, each: 1 });
    await load(
      hub.port,
      faults.map(({ request }) => request),
      32,
    );
    const presses = await pressable(vendor.posted, clicks * 2);
    const idle = await pressAll(hub.port, presses.slice(0, clicks), rate);
    let over = false;
    const loading = keepLoading(hub.port, () => over);
    const loaded = await pressAll(hub.port, presses.slice(clicks), rate).finally(() => {
      over = true;
    });
    const rps = await loading;
    console.log(`${clicks} clicks, ${rate} a second; deadline ${DEADLINE_MS} ms.\n`);
    printTable(
      ["hub", "clicks", "p50 ms", "p99 ms", "p99.9 ms", "slowest ms", "late", "failed"],
      [row("at rest", idle), row(`taking ${Math.round(rps)} messages/s`, loaded)],
    );
    printFigures("clicks", {
      p50_ms: round(quantile(loaded.latencies, 0.5), 2),
      p99_ms: round(quantile(loaded.latencies, 0.99), 2),
      p999_ms: round(quantile(loaded.latencies, 0.999), 2),
      idle_p999_ms: round(quantile(idle.latencies, 0.999), 2),
      late: loaded.latencies.filter((ms) => ms > DEADLINE_MS).length,
      failed: loaded.failed + idle.failed,
      load_rps: round(rps, 0),
    });
  } finally {
    await workshop.close();
    vendor.close();
  }
}

/** The presses, once so many cards stand in the team's chat. */
async function pressable(
  posted: ReadonlyMap<string, string>,
  count: number,
): Promise<readonly Press[]> {
  const until = performance.now() + PATIENCE_MS;
  let presses = makePresses(posted);
  while (presses.length < count && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    presses = makePresses(posted);
  }
  if (presses.length < count)
    throw new Error(`Only ${presses.length} of ${count} tickets have a card that can be pressed.`);
  return presses;
}

await main();
