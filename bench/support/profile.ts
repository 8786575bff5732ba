import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { round } from "./numbers.ts";
import { printTable } from "./report.ts";

type Frame = { readonly functionName: string; readonly url: string; readonly lineNumber: number };
type Profile = {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
};

const SHOWN = 14;

/** Say where the time of the newest `.cpuprofile` in a folder went: by package or source file, then by function. */
export function printHotSpots(folder: string): void {
  const newest = readdirSync(folder)
    .filter((file) => file.endsWith(".cpuprofile"))
    .sort()
    .at(-1);
  if (newest === undefined) return;
  const profile = JSON.parse(readFileSync(join(folder, newest), "utf8")) as Profile;
  const place = placeFinder();
  const frames = new Map(
    profile.nodes.map(({ id, callFrame }) => [
      id,
      { place: place(callFrame), name: callFrame.functionName || "(anonymous)" },
    ]),
  );
  const byPlace = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let busy = 0;
  profile.samples.forEach((sample, index) => {
    const frame = frames.get(sample);
    if (frame === undefined || frame.name === "(idle)" || frame.name === "(program)") return;
    const us = profile.timeDeltas[index] ?? 0;
    busy += us;
    add(byPlace, frame.place, us);
    add(byFunction, `${frame.name}  ${frame.place}`, us);
  });
  printShares("where", byPlace, busy);
  printShares("function", byFunction, busy);
}

function add(sums: Map<string, number>, key: string, value: number): void {
  sums.set(key, (sums.get(key) ?? 0) + value);
}

function printShares(title: string, sums: ReadonlyMap<string, number>, whole: number): void {
  const most = [...sums].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  printTable(
    [title, "% of busy"],
    most.map(([name, us]) => [name, String(round((us / whole) * 100, 1))]),
  );
  console.log("");
}

/** Where a frame was written. A bundle marks the source of each stretch by a comment line. */
function placeFinder(): (frame: Frame) => string {
  const bundles = new Map<string, readonly string[]>();
  return ({ url, lineNumber }) => {
    const part = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
    if (part !== undefined) return part;
    if (!url.startsWith("file:")) return url === "" ? "(native)" : url;
    const lines = bundles.get(url) ?? readFileSync(fileURLToPath(url), "utf8").split("\n");
    bundles.set(url, lines);
    for (let line = lineNumber; line >= 0; line -= 1) {
      const source = /^\/\/ \S*?((?:src|bench)\/\S+)$/.exec(lines[line] ?? "")?.[1];
      if (source !== undefined) return source;
    }
    return url;
  };
}
