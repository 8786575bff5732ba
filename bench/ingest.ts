import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { makePushes } from "./ingest/pushes.ts";
import { type HubRound, type Round, runHubRound, runRound } from "./ingest/rounds.ts";
import { type FeishuVendor, startFeishuVendor } from "./support/feishu-vendor.ts";
import { median, round } from "./support/numbers.ts";
import { printHotSpots } from "./support/profile.ts";
import { printFigures, printTable } from "./support/report.ts";
import { openWorkshop, type ServerProcess, type Workshop } from "./support/server-process.ts";

/*
 * How fast the hub takes messages in, beside the least that can be done. Signed and encrypted Feishu messages are
 * posted over 32 connections, closed loop, to four targets in turn, round after round; each answers a message's card
 * at a vendor that takes it at once. Ratios are made within a round, because the machine is never twice the same.
 */

const USAGE = "npm run bench -- ingest [--messages 8000] [--rounds 5] [--profile FOLDER]";
const WARM_UP = 4_000;

type Targets = {
  readonly hub: ServerProcess;
  readonly oneRow: ServerProcess;
  readonly fourRows: ServerProcess;
  readonly sdk: ServerProcess;
};
type Rounds = {
  readonly hub: HubRound;
  readonly oneRow: Round;
  readonly fourRows: Round;
  readonly sdk: Round;
};

async function startTargets(
  workshop: Workshop,
  vendorUrl: string,
  profile: string | undefined,
): Promise<Targets> {
  const [hub, bare, sdk] = await Promise.all([
    workshop.bundle(new URL("./ingest/hub-server.ts", import.meta.url)),
    workshop.bundle(new URL("./ingest/bare-server.ts", import.meta.url)),
    workshop.bundle(new URL("./ingest/sdk-server.ts", import.meta.url)),
  ]);
  const profiling = profile === undefined ? [] : ["--cpu-prof", "--cpu-prof-dir", profile];
  return {
    hub: await workshop.start(hub, [workshop.folder("hub"), vendorUrl], profiling),
    oneRow: await workshop.start(bare, [workshop.folder("one-row"), "one-row"]),
    fourRows: await workshop.start(bare, [workshop.folder("four-rows"), "four-rows"]),
    sdk: await workshop.start(sdk, []),
  };
}

async function runAll(
  targets: Targets,
  vendor: FeishuVendor,
  run: string,
  messages: number,
): Promise<Rounds> {
  const pushes = makePushes(run, messages);
  return {
    oneRow: await runRound(targets.oneRow, pushes),
    hub: await runHubRound(targets.hub, pushes, vendor),
    fourRows: await runRound(targets.fourRows, pushes),
    sdk: await runRound(targets.sdk, pushes),
  };
}

function figuresOf(rounds: readonly Rounds[]): Readonly<Record<string, number>> {
  const typical = (of: (one: Rounds) => number, digits: number): number =>
    round(median(rounds.map(of)), digits);
  const sum = (of: (one: Rounds) => number): number =>
    rounds.reduce((total, one) => total + of(one), 0);
  return {
    ack_rps: typical(({ hub }) => hub.ackRps, 0),
    done_rps: typical(({ hub }) => hub.doneRps, 0),
    ratio_to_limit: typical(({ hub, oneRow }) => hub.ackRps / oneRow.ackRps, 3),
    ratio_done: typical(({ hub, fourRows }) => hub.doneRps / fourRows.ackRps, 3),
    ratio_to_sdk: typical(({ hub, sdk }) => hub.ackRps / sdk.ackRps, 3),
    p50_ms: typical(({ hub }) => hub.p50, 2),
    p99_ms: typical(({ hub }) => hub.p99, 2),
    backlog_drain_s: typical(({ hub }) => hub.drainS, 3),
    lost: sum(({ hub }) => hub.lost),
    doubled: sum(({ hub }) => hub.doubled),
  };
}

function printRounds(rounds: readonly Rounds[]): void {
  const row = (name: string, of: (one: Rounds) => Round): string[] => {
    const picked = rounds.map(of);
    const typical = (pick: (one: Round) => number, digits: number): string =>
      String(round(median(picked.map(pick)), digits));
    const rates = picked.map(({ ackRps }) => round(ackRps, 0));
    const range = `${Math.min(...rates)}-${Math.max(...rates)}`;
    return [
      name,
      typical((one) => one.ackRps, 0),
      range,
      typical((one) => one.p50, 1),
      typical((one) => one.p99, 1),
      typical((one) => one.cpuUs, 0),
      typical((one) => one.refused, 0),
    ];
  };
  printTable(
    ["target", "messages/s", "range", "p50 ms", "p99 ms", "cpu us", "refused"],
    [
      row("bare: one row, group commit, FULL", ({ oneRow }) => oneRow),
      row("bare: four rows, group commit, FULL", ({ fourRows }) => fourRows),
      row("node-sdk dispatcher, nothing stored", ({ sdk }) => sdk),
      row("hub, acknowledged (committed, FULL)", ({ hub }) => hub),
      row("hub, done (card at the vendor)", ({ hub }) => ({
        ...hub,
        ackRps: hub.doneRps,
        cpuUs: hub.doneCpuUs,
      })),
    ],
  );
}

/** What holds `done` back: the hub's one processor, or what it waits for (the disk, the vendor). */
function bottleneckOf(rounds: readonly Rounds[]): string {
  const used = median(rounds.map(({ hub }) => (hub.doneRps * hub.doneCpuUs) / 1e6));
  const what = used > 0.8 ? "its processor time" : "what it waits for, the disk first";
  return `The hub uses ${Math.round(used * 100)} % of one processor until the last card is out: done is bound by ${what}. Where it goes: --profile FOLDER.`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      messages: { type: "string", default: "8000" },
      rounds: { type: "string", default: "5" },
      profile: { type: "string" },
    },
  });
  const messages = Number(values.messages);
  const count = Number(values.rounds);
  if (
    !Number.isInteger(messages) ||
    messages < 32 ||
    messages > 15_000 ||
    !Number.isInteger(count) ||
    count < 1
  ) {
    throw new Error(
      `--messages is 32 to 15000 (more than that waiting and the hub turns mail away), --rounds at least 1.\n${USAGE}`,
    );
  }
  if (values.profile !== undefined) mkdirSync(values.profile, { recursive: true });

  const workshop = openWorkshop();
  const vendor = await startFeishuVendor();
  try {
    const rounds: Rounds[] = [];
    const targets = await startTargets(workshop, vendor.url, values.profile);
    await runAll(targets, vendor, "warm", WARM_UP);
    for (let index = 0; index < count; index += 1)
      rounds.push(await runAll(targets, vendor, `r${index}`, messages));
    await workshop.stop();
    console.log(`${count} rounds of ${messages} messages, 32 connections; medians.\n`);
    printRounds(rounds);
    console.log(`\n${bottleneckOf(rounds)}\n`);
    if (values.profile !== undefined) printHotSpots(values.profile);
    printFigures("ingest", figuresOf(rounds));
  } finally {
    await workshop.close();
    vendor.close();
  }
}

await main();
