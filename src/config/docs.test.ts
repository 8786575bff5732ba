import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { definitions } from "../registry.ts";
import { configJsonSchema, fullSchema, type JsonSchema } from "./json-schema.ts";
import { parseConfig } from "./load.ts";

/** Every key that may be written, wherever. */
function keysOf({
  properties = {},
  additionalProperties,
  items,
  anyOf = [],
  oneOf = [],
}: JsonSchema): string[] {
  const inner = [...Object.values(properties), ...(items ? [items] : []), ...anyOf, ...oneOf];
  if (typeof additionalProperties === "object") inner.push(additionalProperties);
  return [...Object.keys(properties), ...inner.flatMap(keysOf)];
}

const KEYS = [...new Set(keysOf(configJsonSchema(fullSchema(definitions))))];

describe.each(["docs/configuration.md", "docs/configuration.zh-CN.md"])("%s", (file) => {
  const text = readFileSync(file, "utf8");

  it("describes every key", () => {
    expect(KEYS).toContain("stale_after_s");
    const words = new Set(text.match(/[a-z0-9_]+/g));
    expect(KEYS.filter((key) => !words.has(key))).toEqual([]);
  });

  it("begins with a configuration that works", async () => {
    const sample = [...text.matchAll(/```yaml\n([^`]*)```/g)]
      .map((match) => match[1] ?? "")
      .find((yaml) => yaml.startsWith("hub:"));
    const names = [...(sample ?? "").matchAll(/\$\{(\w+)\}/g)].map((match) => [match[1], "value"]);
    const result = await parseConfig(sample ?? "", {
      file: "loopdesk.yaml",
      env: Object.fromEntries(names),
      read: async () => "",
      accounts: definitions,
    });
    expect(result.ok ? result.warnings : result.problems).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });

  it("shows YAML that can be read", () => {
    for (const [, sample = ""] of text.matchAll(/```yaml\n([^`]*)```/g))
      expect(() => parse(sample)).not.toThrow();
  });
});
