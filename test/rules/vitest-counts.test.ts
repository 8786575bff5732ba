import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readCounts } from "../../scripts/vitest-counts.ts";

const folder = mkdtempSync(join(tmpdir(), "loopdesk-counts-"));
const path = join(folder, "report.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(passed: number, failed: number, files: readonly [string, readonly string[]][] = []) {
  const report = {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: files.map(([status, tests]) => ({
      status,
      assertionResults: tests.map((one) => ({ status: one })),
    })),
  };
  writeFileSync(path, JSON.stringify(report));
}

it("takes the counts from the report, and what was not run as skipped", () => {
  write(5, 1, [["failed", ["failed", "passed"]]]);
  expect(readCounts(path, false)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

it("counts a file that broke before its first test as one failure", () => {
  write(5, 0, [["failed", []]]);
  expect(readCounts(path, false)).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

it("counts a run that went wrong without naming a test as one failure", () => {
  write(5, 0);
  expect(readCounts(path, false).failed).toBe(1);
  expect(readCounts(path, true).failed).toBe(0);
});

it("counts a run without a readable report as one failure, whatever its exit code", () => {
  writeFileSync(path, "{");
  expect(readCounts(path, true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(readCounts(join(folder, "absent.json"), true).failed).toBe(1);
});
