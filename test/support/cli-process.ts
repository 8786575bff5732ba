import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../rules/sandbox.ts";

type Env = Readonly<Record<string, string>>;
export type Where = { readonly env?: Env; readonly cwd?: string };

/** The program from its sources, as a person would run it; in English unless `env` says otherwise. */
export function loopdesk(
  args: readonly string[],
  { env = {}, cwd = ROOT }: Where = {},
): ChildProcess {
  const inherited = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };
  const tsx = import.meta.resolve("tsx");
  return spawn(process.execPath, ["--import", tsx, join(ROOT, "src/cli/loopdesk.ts"), ...args], {
    cwd,
    env: { ...inherited, LOOPDESK_LANGUAGE: "en", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Run a command to its end. */
export async function run(args: readonly string[], where: Where = {}): Promise<Ended> {
  const child = loopdesk(args, where);
  const text = { out: "", err: "" };
  child.stdout?.on("data", (chunk) => (text.out += chunk));
  child.stderr?.on("data", (chunk) => (text.err += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...text };
}

/** Everything that a running program has printed so far, and a way to wait for words in it. */
export function listen(child: ChildProcess): { until(words: string | RegExp): Promise<string> } {
  let printed = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      printed += chunk;
      for (const listener of listeners) listener();
    });
  }
  return {
    until: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!(typeof words === "string" ? printed.includes(words) : words.test(printed))) return;
          listeners.delete(look);
          resolve(printed);
        };
        listeners.add(look);
        child.once("exit", (code) => reject(new Error(`It ended with ${code} after:\n${printed}`)));
        look();
      }),
  };
}

/** Ask a program to stop; resolves with its exit code. */
export async function stop(child: ChildProcess): Promise<number | null> {
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

/** End whatever of these still runs. */
export async function killAll(children: ChildProcess[]): Promise<void> {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}

/** The tea chain as somebody's own configuration in `folder`, and the environment that it needs. */
export function ownDesk(folder: string): { readonly file: string; readonly env: Env } {
  const example = join(ROOT, "examples/tea-chain");
  cpSync(example, folder, { recursive: true });
  const { env } = JSON.parse(readFileSync(join(example, "demo.json"), "utf8")) as { env: Env };
  const nowhere = "http://127.0.0.1:9";
  const file = join(folder, "loopdesk.yaml");
  return { file, env: { ...env, HUB_URL: nowhere, SIMULATOR_URL: nowhere } };
}
