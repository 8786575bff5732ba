import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { definitions } from "../registry.ts";
import { ACCOUNTS } from "./bench.ts";
import { DESCRIPTIONS } from "./descriptions.ts";
import { configJsonSchema, fullSchema, knownKeys } from "./json-schema.ts";
import { printJson } from "./print-json.ts";

const TEXT = printJson(configJsonSchema(fullSchema(definitions)));

describe("the JSON Schema for editors", () => {
  it("is the one in the repository (`npx vitest run src/config/json-schema.test.ts -u` writes it anew)", async () => {
    await expect(TEXT).toMatchFileSnapshot("../../loopdesk.schema.json");
  });

  it("knows the keys at every path, also inside accounts, lists and choices", () => {
    const schema = configJsonSchema(fullSchema(ACCOUNTS));
    expect(knownKeys(schema, ["hub"])).toEqual(["name", "timezone", "locale", "public_url"]);
    expect(knownKeys(schema, ["bots"])).toEqual(["feishu", "wecom"]);
    expect(knownKeys(schema, ["bots", "wecom", "any"])).toEqual(["kind", "agent_id"]);
    expect(knownKeys(schema, ["teams", "any", "chats", 3])).toEqual([
      "bot",
      "chat",
      "members",
      "language",
    ]);
    expect(knownKeys(schema, ["stores"])).toEqual(["from"]);
    expect(knownKeys(schema, ["stores", 0])).toEqual(["id", "name", "region", "aliases"]);
    expect(knownKeys(schema, ["nowhere", "at", 1, "all"])).toEqual([]);
  });

  it("accepts the example as it is written, variables and all, and refuses a slip of the pen", () => {
    const schema = z.fromJSONSchema(JSON.parse(TEXT));
    const example = parse(readFileSync("examples/tea-chain/loopdesk.yaml", "utf8"));
    expect(schema.safeParse(example).error?.issues ?? []).toEqual([]);
    expect(schema.safeParse({ ...example, tems: {} }).success).toBe(false);
    expect(schema.safeParse({ ...example, ticket: { urge_every: "soon" } }).success).toBe(false);
  });

  it("describes only keys that exist", () => {
    for (const description of Object.values(DESCRIPTIONS))
      expect(TEXT).toContain(JSON.stringify(description));
  });
});
