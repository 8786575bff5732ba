import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type DemoProcess = {
  readonly url: string;
  readonly data: string;
  readonly child: ChildProcess;
  stop(): Promise<number | null>;
};

/** Start the built program as `npm start` does, on a free port and a fresh data folder. */
export async function startDemo(): Promise<DemoProcess> {
  const data = mkdtempSync(join(tmpdir(), "loopdesk-demo-"));
  const args = ["dist/cli/loopdesk.js", "start", "--demo", "--port", "0", "--data", data];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await printedUrl(child);
  return {
    url,
    data,
    child,
    async stop() {
      if (child.exitCode === null) {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
      rmSync(data, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

async function printedUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("The demo has no standard output.");
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/\S+?(?=\/simulator)/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(
    `The demo ended with ${child.exitCode} before it named its address. Was it built (npm run build)?`,
  );
}
