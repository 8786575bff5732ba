import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, lint, runTool } from "./sandbox.ts";

/** A branch inside a branch, again and again: what the complexity limit is for. */
const TANGLE = `export function tangle(n: number): number {
${"if (n > 1) {\n".repeat(6)}return 1;\n${"}\n".repeat(6)}return 0;\n}\n`;

/** name of the file in the sandbox → [a text that breaks exactly this rule, the rule] */
const BROKEN: Readonly<Record<string, readonly [text: string, rule: string]>> = {
  "src/core/clock.ts": ["export const now = () => Date.now();\n", "lint/style/noRestrictedGlobals"],
  "src/core/new-date.ts": [
    "export const now = () => new Date();\n",
    "lint/style/noRestrictedGlobals",
  ],
  "src/core/uuid.ts": [
    "export const id = () => crypto.randomUUID();\n",
    "lint/style/noRestrictedGlobals",
  ],
  "src/core/hidden.ts": [
    "export const now = () => globalThis.Date.now();\n",
    "lint/style/noRestrictedGlobals",
  ],
  "src/core/chance.ts": ["export const chance = () => Math.random();\n", "plugin"],
  "src/core/ticket/chance.ts": ["export const draw = Math.random;\n", "plugin"],
  "src/core/ticket/clock.ts": [
    "export const now = () => Date.now();\n",
    "lint/style/noRestrictedGlobals",
  ],
  "src/wire/bytes.ts": [
    'export const bytes = Buffer.from("a");\n',
    "lint/style/noRestrictedGlobals",
  ],
  "src/app/environment.ts": ["export const port = process.env.PORT;\n", "lint/style/noProcessEnv"],
  "src/app/standard.ts": ["export default 1;\n", "lint/style/noDefaultExport"],
  "src/app/barrel.ts": ['export * from "./other.ts";\n', "lint/performance/noBarrelFile"],
  "src/app/any.ts": ["export const x: any = 1;\n", "lint/suspicious/noExplicitAny"],
  "src/app/print.ts": ['console.log("x");\n', "lint/suspicious/noConsole"],
  "src/app/bang.ts": [
    "export const f = (x: string | null) => x!;\n",
    "lint/style/noNonNullAssertion",
  ],
  "src/app/kinds.ts": ["export enum Kind {\n  a,\n}\n", "lint/style/noEnum"],
  "src/app/camelCase.ts": ["export const a = 1;\n", "lint/style/useFilenamingConvention"],
  "src/app/long.ts": [
    Array.from({ length: 301 }, (_, n) => `export const n${n} = ${n};\n`).join(""),
    "lint/style/noExcessiveLinesPerFile",
  ],
  "src/app/tangle.ts": [TANGLE, "lint/complexity/noExcessiveCognitiveComplexity"],
  "src/app/cycle-a.ts": [
    'import { b } from "./cycle-b.ts";\nexport const a = () => b;\n',
    "lint/suspicious/noImportCycles",
  ],
  "src/app/cycle-b.ts": [
    'import { a } from "./cycle-a.ts";\nexport const b = () => a;\n',
    "lint/suspicious/noImportCycles",
  ],
  "src/app/floating.ts": [
    "const f = async () => 1;\nexport const g = () => {\n  f();\n};\n",
    "lint/nursery/noFloatingPromises",
  ],
  "src/store/dev-only.ts": [
    'import { x } from "wrangler";\nexport const y = x;\n',
    "lint/correctness/noUndeclaredDependencies",
  ],
};

const CLEAN = {
  "src/core/clean.ts": "export const half = (n: number) => Math.floor(n / 2);\n",
  "src/cli/clean.ts": "console.log(process.env.PORT);\n",
  "src/worker.ts": "export default { fetch: () => new Response() };\n",
  "src/core/clean.test.ts": 'import { it } from "vitest";\nit("is free", () => void Date.now());\n',
};

/** One line each; only the first kind compiles in core. */
const PURE = [
  'import { z } from "zod";\nexport const shape = z.string();\n',
  'import { sha256 } from "@noble/hashes/sha2.js";\nexport const hash = sha256(new Uint8Array());\n',
  'import { evaluate } from "@marcbachmann/cel-js";\nexport const two = evaluate("1 + 1");\n',
  "export const sorted = [2, 1].toSorted();\n",
];
const IMPURE = [
  'export const a = () => fetch("https://example.com");\n',
  "export const a = () => process.pid;\n",
  "export const a = () => console;\n",
  'export const a = () => Buffer.from("a");\n',
  "export const a = () => setTimeout(() => 1, 1);\n",
  "export const a = () => performance.now();\n",
  "export const a = () => document.title;\n",
  'import { readFileSync } from "node:fs";\nexport const a = () => readFileSync("x");\n',
];
const files = (kind: string, texts: readonly string[]) =>
  Object.fromEntries(texts.map((text, i) => [`src/core/${kind}-${i}.ts`, text]));

let sandboxes: ReturnType<typeof createSandbox>[];
let found: ReturnType<typeof lint>;
let refused: ReadonlySet<string>;

beforeAll(() => {
  const broken = Object.fromEntries(Object.entries(BROKEN).map(([path, [text]]) => [path, text]));
  const forLint = createSandbox({ ...broken, ...CLEAN });
  const forTypes = createSandbox({ ...files("pure", PURE), ...files("impure", IMPURE) });
  sandboxes = [forLint, forTypes];
  found = lint(forLint.folder);
  const errors = runTool(forTypes.folder, "tsc", "-p", "src/core", "--pretty", "false");
  refused = new Set(
    Array.from(errors.matchAll(/^(\S+)\(\d+,\d+\): error/gm), ([, path]) => path ?? ""),
  );
});

afterAll(() => {
  for (const sandbox of sandboxes) sandbox.remove();
});

describe("the linter", () => {
  it.each(Object.entries(BROKEN))("finds what is wrong in %s", (path, [, rule]) => {
    expect(found.filter((error) => error.path === path).map((error) => error.rule)).toContain(rule);
  });

  it.each(Object.keys(CLEAN))("is silent about %s", (path) => {
    expect(found.filter((error) => error.path === path)).toEqual([]);
  });
});

describe("the types of core", () => {
  it.each(IMPURE.map((text, i) => [text.trim(), `src/core/impure-${i}.ts`]))(
    "refuse %s",
    (_, path) => {
      expect(refused).toContain(path);
    },
  );

  it.each(PURE.map((text, i) => [text.trim(), `src/core/pure-${i}.ts`]))("allow %s", (_, path) => {
    expect(refused).not.toContain(path);
  });
});
