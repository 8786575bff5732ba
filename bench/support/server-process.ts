import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A server under test in a process of its own. */
export type ServerProcess = { readonly port: number; readonly pid: number };

/** Where programs are bundled to, where servers keep their data, and the servers themselves. */
export type Workshop = {
  /** Bundle the source of a program, so that no loader runs beside it. The path of the result. */
  bundle(source: URL): Promise<string>;
  /** A fresh folder for data. */
  folder(name: string): string;
  /** Start a program that prints `{"port": n}` once it answers and ends on SIGTERM. */
  start(
    program: string,
    args: readonly string[],
    nodeArgs?: readonly string[],
  ): Promise<ServerProcess>;
  /** End all servers. */
  stop(): Promise<void>;
  /** End all servers and leave nothing behind. */
  close(): Promise<void>;
};

/**
 * A folder laid out like the repository as far as a bundle looks around itself: its packages, and the migrations two
 * levels above the program.
 */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-bench-"));
  const programs = join(folder, "dist", "bench");
  mkdirSync(programs, { recursive: true });
  for (const name of ["node_modules", "migrations"])
    symlinkSync(join(ROOT, name), join(folder, name));
  const children: ChildProcess[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(children.map(stop));
  };
  return {
    async bundle(source) {
      const entry = fileURLToPath(source);
      const outfile = join(programs, basename(entry).replace(/\.ts$/, ".mjs"));
      await build({ ...BUNDLE, entryPoints: [entry], outfile });
      return outfile;
    },
    folder: (name) => mkdtempSync(join(folder, `${name}-`)),
    start(program, args, nodeArgs = []) {
      const child = spawn(process.execPath, [...nodeArgs, program, ...args], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      children.push(child);
      return portOf(child, child.stdout, basename(program));
    },
    stop: stopAll,
    async close() {
      await stopAll();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const BUNDLE: BuildOptions = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  logLevel: "error",
};

function portOf(child: ChildProcess, output: Readable, name: string): Promise<ServerProcess> {
  return new Promise((resolve, reject) => {
    let printed = "";
    child.once("exit", (code) =>
      reject(new Error(`${name} ended with code ${code} before it answered.`)),
    );
    output.setEncoding("utf8");
    output.on("data", (chunk: string) => {
      printed += chunk;
      const port = /\{"port":(\d+)\}/.exec(printed)?.[1];
      if (port !== undefined) resolve({ port: Number(port), pid: child.pid ?? 0 });
    });
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
