import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";
import { beforeAll, expect, it } from "vitest";
import { ROOT } from "./sandbox.ts";

/** What may be in the Worker beside our own code: pure packages, and what they bring along. */
const PACKAGES = [
  "@marcbachmann/cel-js",
  "@noble/hashes",
  "aws4fetch",
  "csv-parse",
  "fast-xml-parser",
  "hono",
  "yaml",
  "zod",
];
const BROUGHT_BY_XML = [
  "fast-xml-builder",
  "@nodable/entities",
  "anynum",
  "is-unsafe",
  "path-expression-matcher",
  "strnum",
  "xml-naming",
];
/** Parts of ours that belong to Node or to the other side of the wire. */
const NOT_OURS =
  /^src\/(cli\/|simulator\/|node(-hooks)?\.ts|metrics\.ts|blobs\/folder|store\/(open-)?sqlite|config\/watch)/;
/** Cloudflare takes 3 MB after compression from the smallest plan; ours may grow to this before somebody looks why. */
const MOST_BYTES = 600_000;

/** Bundle an entry as Wrangler does: the same conditions, and what the runtime itself offers left outside. */
async function bundle(contents: string) {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT, sourcefile: "entry.ts", loader: "ts" },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*", "node:*", "fs", "path", "crypto", "util", "better-sqlite3"],
    absWorkingDir: ROOT,
    logLevel: "silent",
  });
  return { flaws: flawsOf(metafile), bytes: gzipSync(outputFiles[0]?.contents ?? "").length };
}

/** Everything in a bundle that must not be in it. */
function flawsOf({ inputs, outputs }: Metafile): string[] {
  const left = Object.values(outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const packages = Object.keys(inputs).flatMap(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  );
  const allowed = [...PACKAGES, ...BROUGHT_BY_XML];
  const strange = packages.filter((name) => !allowed.includes(name));
  const ours = Object.keys(inputs).filter((path) => NOT_OURS.test(path));
  return [...new Set([...left, ...strange, ...ours])].sort();
}

let worker: Awaited<ReturnType<typeof bundle>>;
beforeAll(async () => {
  worker = await bundle('export { default } from "./src/worker.ts";');
}, 60_000);

it("the Worker holds no vendor SDK, no engine, nothing of Node's and no simulator", () => {
  expect(worker.flaws).toEqual([]);
});

it("the Worker asks its runtime for no compatibility with Node", () => {
  const settings = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
  expect(settings).toMatch(/^compatibility_date = /m);
  expect(settings).not.toMatch(/nodejs_compat|compatibility_flags/);
});

it("the Worker stays small", () => {
  expect(worker.bytes).toBeGreaterThan(50_000);
  expect(worker.bytes).toBeLessThan(MOST_BYTES);
});

it.each([
  ["a built-in of Node", 'import "node:fs";', "node:fs"],
  ["a built-in under its old name", 'import "path";', "path"],
  ["an engine", 'import "./src/store/sqlite.ts";', "src/store/sqlite.ts"],
  ["a vendor's SDK", 'import "@wecom/crypto";', "@wecom/crypto"],
  ["a simulator", 'import "./src/simulator/world.ts";', "src/simulator/world.ts"],
])("a bundle with %s is caught", async (_name, contents, found) => {
  expect((await bundle(contents)).flaws).toContain(found);
});
