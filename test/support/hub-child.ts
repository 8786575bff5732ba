import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type KillPoint, writeKillPoint } from "./kill-switch.ts";

const PROGRAM = fileURLToPath(new URL("./hub-process.ts", import.meta.url));
const START_MS = 30_000;
const END_MS = 20_000;

export type HubChild = {
  readonly url: string;
  /** Lines that it has logged so far. */
  readonly lines: readonly string[];
  /** Has it ended, in whichever way? */
  dead(): boolean;
  /** SIGKILL, now. */
  kill(): void;
  /** Wait until it has been killed; rejects when it ends otherwise, or not at all. */
  killed(): Promise<void>;
  /** SIGTERM, and wait until it has ended well. */
  stop(): Promise<void>;
};

type End = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** Start a hub as a process of its own. Resolves once it answers. */
export async function startHubChild(options: {
  readonly folder: string;
  readonly vendor: string;
  readonly killAt: KillPoint | null;
}): Promise<HubChild> {
  const { folder, vendor, killAt } = options;
  const { LOOPDESK_TEST_KILL: _inherited, ...env } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", PROGRAM, folder, vendor], {
    env: killAt === null ? env : { ...env, LOOPDESK_TEST_KILL: writeKillPoint(killAt) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => lines.push(line));
  const ended = new Promise<End>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const url = await within(
    START_MS,
    "to start",
    Promise.race([address(child), early(ended, lines)]),
  );

  async function endsBy(what: string, good: (end: End) => boolean): Promise<void> {
    const end = await within(END_MS, what, ended);
    if (!good(end)) throw new Error(`expected the hub ${what}, found ${story(end, lines)}`);
  }

  return {
    url,
    lines,
    dead: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => void child.kill("SIGKILL"),
    killed: () => endsBy("to be killed", ({ signal }) => signal === "SIGKILL"),
    async stop() {
      child.kill("SIGTERM");
      await endsBy("to end well", ({ code }) => code === 0);
    },
  };
}

function address(
  child: ChildProcess & { readonly stdout: NodeJS.ReadableStream },
): Promise<string> {
  return new Promise((resolve) => {
    createInterface({ input: child.stdout }).once("line", (line) => {
      resolve((JSON.parse(line) as { readonly url: string }).url);
    });
  });
}

async function early(ended: Promise<End>, lines: readonly string[]): Promise<never> {
  throw new Error(`The hub did not start: ${story(await ended, lines)}`);
}

function story({ code, signal }: End, lines: readonly string[]): string {
  return [`code ${code}, signal ${signal}`, ...lines.slice(-20)].join("\n");
}

async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms} ms for the hub ${what}`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
