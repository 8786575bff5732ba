/**
 * `npm test`: everything CI asks for, part after part, then one line that adds it all up.
 * `npm run check` (--fast) leaves out the build, workerd and the browser. A check counts as one;
 * a test suite counts its tests. Exit code 1 when anything failed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "../test/browser/chromium.ts";
import { type Counts, readCounts } from "./vitest-counts.ts";

const fast = process.argv.includes("--fast");
const ci = process.env.CI !== undefined && process.env.CI !== "" && process.env.CI !== "false";
const reports = mkdtempSync(join(tmpdir(), "loopdesk-test-"));
const totals = { passed: 0, failed: 0, skipped: 0 };
const broken: string[] = [];

function heading(name: string) {
  console.log(`\n== ${name}`);
}

function add(name: string, counts: Counts) {
  totals.passed += counts.passed;
  totals.failed += counts.failed;
  totals.skipped += counts.skipped;
  if (counts.failed > 0) broken.push(name);
}

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: "inherit" }).status === 0;
}

/** A tool that is right or wrong as a whole. */
function check(name: string, command: string, ...args: string[]) {
  heading(name);
  const ok = succeeds(command, args);
  add(name, { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });
}

/** A vitest run, counted from its JSON report. */
function suite(name: string, ...args: string[]) {
  heading(name);
  const report = join(reports, `${name}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const ok = succeeds("vitest", ["run", ...args, ...reporters]);
  add(name, readCounts(report, ok));
}

function browserSuite() {
  if (findChromium() !== null || ci) {
    suite("browser", "--project", "browser");
    return;
  }
  heading("browser");
  console.log(
    "SKIPPED: no Chromium here. Install it or set CHROMIUM_PATH; with CI=true this fails.",
  );
}

try {
  check("lint", "biome", "ci");
  check("types", "tsc", "-p", "tsconfig.json");
  check("types of core", "tsc", "-p", "src/core");
  check("types of the console", "tsc", "-p", "console");
  check("dead code", "knip");
  suite("unit", "--project", "unit");
  if (!fast) {
    check("build", process.execPath, "scripts/build.mjs");
    suite("node", "--project", "node");
    suite("workerd", "--config", "vitest.workerd.config.ts");
    browserSuite();
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}

console.log("");
if (broken.length > 0) console.log(`Failed: ${broken.join(", ")}`);
if (totals.skipped > 0) console.log(`${totals.skipped} skipped`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
