import { readFile } from "node:fs/promises";
import { formatProblem } from "../../src/config/problem.ts";
import { importConfiguration, readConfiguration, registerCallbacks } from "../../src/configure.ts";
import type { Store } from "../../src/ports/store.ts";
import type { RegistryDeps } from "../../src/registry.ts";
import { type MadeSetup, makeSetup } from "../../src/setup.ts";
import { createMemoryBlobs } from "../support/memory-blobs.ts";

/** The demo's configuration as a hub has it, and what must be told to the vendors once the hub answers. */
export async function loadDemo(
  env: Readonly<Record<string, string>>,
  deps: Omit<RegistryDeps, "account">,
  store: Store,
): Promise<{ readonly made: MadeSetup; start(hubUrl: string): Promise<void> }> {
  const file = "examples/tea-chain/loopdesk.yaml";
  const result = await readConfiguration({ file, env, read: (path) => readFile(path, "utf8") });
  if (!result.ok)
    throw new Error(result.problems.map((problem) => formatProblem(problem, "en")).join("\n"));
  await importConfiguration(store, result, deps.clock.now());
  return {
    made: makeSetup(result.policy, result.accounts, deps, undefined, {
      blobs: createMemoryBlobs(),
      maxBytes: result.config.attachments.max_mb * 1024 * 1024,
      types: result.config.attachments.types,
    }),
    start: (hubUrl) => registerCallbacks(result, deps, hubUrl),
  };
}
