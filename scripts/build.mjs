// Builds dist/: the server with tsc, the console with Vite. Plain JavaScript, because `prepare` runs it
// on every install, also on one without development dependencies (--if-possible: there it leaves dist/ alone).
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tools = [`${root}node_modules/typescript/bin/tsc`, `${root}node_modules/vite/bin/vite.js`];

/** Run one tool in the root folder; a failure ends this program with the tool's own exit code. */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

if (process.argv.includes("--if-possible") && !tools.every(existsSync)) {
  console.error(
    "build: skipped, TypeScript and Vite are not installed. dist/ stays as it is; `npm ci` with development dependencies builds it.",
  );
} else {
  const [tsc, vite] = tools;
  rmSync(`${root}dist`, { recursive: true, force: true });
  run(tsc, "-p", "tsconfig.build.json");
  run(vite, "build", "console", "--logLevel", "warn");
}
