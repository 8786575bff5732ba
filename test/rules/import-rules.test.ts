import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IMPORT_SAMPLES } from "./import-samples.ts";
import { createSandbox, lint } from "./sandbox.ts";

const RULE = "style/noRestrictedImports";

/** The ways to reach another file, a line each: a rule that misses one of them is no rule. */
const FORMS: readonly ((from: string) => string)[] = [
  (from) => `import "${from}";`,
  (from) => `import { a } from "${from}";`,
  (from) => `import type { A } from "${from}";`,
  (from) => `export { a } from "${from}";`,
  (from) => `export type { A } from "${from}";`,
  (from) => `await import("${from}");`,
];

/** Every specifier of every sample, with the lines of the sample file that use it (the first line is 1). */
const cases = IMPORT_SAMPLES.flatMap(({ file, may, mayNot }) =>
  [...may, ...mayNot].map((from, row) => ({
    file,
    from,
    allowed: row < may.length,
    lines: FORMS.map((_, form) => row * FORMS.length + form + 1),
  })),
);

function sampleText(file: string): string {
  const own = cases.filter((one) => one.file === file);
  return own.flatMap(({ from }) => FORMS.map((write) => `${write(from)}\n`)).join("");
}

let sandbox: ReturnType<typeof createSandbox>;
let flagged: ReadonlySet<string>;

beforeAll(() => {
  sandbox = createSandbox(
    Object.fromEntries(IMPORT_SAMPLES.map(({ file }) => [file, sampleText(file)])),
  );
  flagged = new Set(
    lint(sandbox.folder, `--only=${RULE}`).map(({ path, line }) => `${path}:${line}`),
  );
});

afterAll(() => sandbox.remove());

describe("imports between folders", () => {
  it.each(cases.filter(({ allowed }) => !allowed))(
    "refuses $from in $file, however it is written",
    ({ file, lines }) => {
      expect(lines.filter((line) => !flagged.has(`${file}:${line}`))).toEqual([]);
    },
  );

  it.each(cases.filter(({ allowed }) => allowed))("allows $from in $file", ({ file, lines }) => {
    expect(lines.filter((line) => flagged.has(`${file}:${line}`))).toEqual([]);
  });
});
