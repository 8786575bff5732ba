import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const RULES = [
  "biome.json",
  "scripts/lint",
  "package.json",
  "tsconfig.json",
  "src/core/tsconfig.json",
];

/**
 * A folder outside the repository with the project's real rules and the given files in it (path → text),
 * so that a broken sample can be judged without standing in the tree. Call `remove` when done.
 */
export function createSandbox(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-rules-"));
  for (const rule of RULES) cpSync(join(ROOT, rule), join(folder, rule), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Run one of the installed tools there. Its exit code is not looked at: a broken sample is meant to fail. */
export function runTool(folder: string, tool: string, ...args: string[]): string {
  const { stdout, error } = spawnSync(join(ROOT, "node_modules/.bin", tool), args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return stdout;
}

const report = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      severity: z.string(),
      location: z.object({ path: z.string(), start: z.object({ line: z.number() }) }),
    }),
  ),
});

/** Biome's errors in the sandbox's sources. `rule` is its category, such as "lint/style/noEnum" or "plugin". */
export function lint(folder: string, ...options: string[]) {
  const args = ["lint", "--reporter=json", "--max-diagnostics=none", ...options, "src", "console"];
  const { diagnostics } = report.parse(JSON.parse(runTool(folder, "biome", ...args)));
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ category, location }) => ({
      rule: category,
      path: location.path,
      line: location.start.line,
    }));
}
