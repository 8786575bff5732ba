import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { definitions } from "../../src/registry.ts";
import { ROOT } from "./sandbox.ts";

/** The example that shows all bots together; a channel may have one of its own instead, examples/<name>. */
const SHARED_EXAMPLE = "examples/tea-chain";
const MOST_LINES = 300;

/** Tracked files and new ones, as paths from the root; nothing that .gitignore names. */
function listFiles(): string[] {
  const out = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  );
  return out.split("\0").filter((path) => path !== "" && existsSync(join(ROOT, path)));
}

const files = listFiles();
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const below = (folder: string) => files.filter((path) => path.startsWith(`${folder}/`));

const adapters = ["bots", "channels"].flatMap((kind) =>
  readdirSync(join(ROOT, "src", kind), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ kind, name, folder: `src/${kind}/${name}` })),
);

/** What is said of an adapter in the YAML of its own example folder or file, or of the shared one. */
function exampleText(name: string): string {
  const own = files.filter((path) => path.startsWith(`examples/${name}`));
  return [...own, ...below(SHARED_EXAMPLE)]
    .filter((path) => /\.ya?ml$/.test(path))
    .map(read)
    .join("\n");
}

describe("every bot and channel", () => {
  it("is looked at: the folders are where this test looks for them", () => {
    expect(adapters.map(({ folder }) => folder)).toContain("src/bots/feishu");
    expect(adapters.map(({ folder }) => folder)).toContain("src/channels/web");
  });

  it.each(adapters)("$folder has a line in src/registry.ts", ({ kind, name }) => {
    const own = definitions.filter((one) => one.kind === kind && one.name === name);
    expect(own).toHaveLength(1);
  });

  it.each(adapters)("$folder runs the contract of channels in a test", ({ folder, name }) => {
    const tests = [...below(folder), ...below("test/contracts")].filter(
      (path) => path.endsWith(".test.ts") && (path.startsWith(folder) || path.includes(`/${name}`)),
    );
    expect(tests.filter((path) => /channel-[a-z-]*contract\.ts"/.test(read(path)))).not.toEqual([]);
  });

  it.each(adapters)("$folder is shown in an example", ({ name }) => {
    expect(exampleText(name)).toMatch(new RegExp(`^\\s+${name}:`, "m"));
  });
});

describe("every file", () => {
  const sources = files.filter((path) => /\.(ts|tsx|mjs|css)$/.test(path));
  const texts = files.filter((path) => !/\.(png|jpg|ico|woff2?|wav|mp3|onnx|bin)$/.test(path));

  it("is looked at: the sources are among them", () => {
    expect(sources).toContain("src/core/id.ts");
  });

  it(`of source has at most ${MOST_LINES} lines`, () => {
    const long = sources.filter((path) => read(path).split("\n").length - 1 > MOST_LINES);
    expect(long).toEqual([]);
  });

  it("names no place on somebody's machine", () => {
    const homes = /(?:^|[\s"'`=(:])\/(?:home|Users)\/[\w.-]+\//m;
    const places = [ROOT, `${homedir()}/`].filter((place) => place.split("/").length > 3);
    const telling = texts.filter((path) => {
      const text = read(path);
      return homes.test(text) || places.some((place) => text.includes(place));
    });
    expect(telling).toEqual([]);
  });

  it("of AGENTS.md keeps it under 100 lines, so that it is read", () => {
    expect(read("AGENTS.md").split("\n").length).toBeLessThan(100);
  });
});
