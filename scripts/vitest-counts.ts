import { readFileSync } from "node:fs";
import { z } from "zod";

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

const report = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/**
 * What vitest's JSON report at `path` says. A file that broke outside its tests counts as one failure,
 * and so does a run that went wrong (`succeeded` false) without naming any test, or left no report.
 */
export function readCounts(path: string, succeeded: boolean): Counts {
  const found = parseReport(path);
  if (found === null) return { passed: 0, failed: 1, skipped: 0 };
  const brokenFiles = found.testResults.filter(
    (file) =>
      file.status === "failed" && file.assertionResults.every(({ status }) => status !== "failed"),
  ).length;
  const failed = found.numFailedTests + brokenFiles;
  return {
    passed: found.numPassedTests,
    failed: failed === 0 && !succeeded ? 1 : failed,
    skipped: found.numPendingTests + found.numTodoTests,
  };
}

function parseReport(path: string) {
  try {
    return report.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
}
