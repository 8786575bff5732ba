import { describe, expect, it } from "vitest";
import { z } from "zod";
import { configJsonSchema, fullSchema, knownKeys } from "./json-schema.ts";
import { parseConfig } from "./load.ts";
import { formatProblem } from "./problem.ts";

/** A channel whose accounts are of two kinds, and one of them of two. */
const accounts = [
  {
    name: "wecom",
    kind: "bots" as const,
    schema: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("app").optional().default("app"), agent_id: z.int() }),
      z.discriminatedUnion("transport", [
        z.strictObject({
          kind: z.literal("aibot"),
          transport: z.literal("websocket").optional().default("websocket"),
          bot_id: z.string(),
        }),
        z.strictObject({
          kind: z.literal("aibot"),
          transport: z.literal("webhook"),
          token: z.string(),
        }),
      ]),
    ]),
  },
];

async function report(account: string): Promise<string[]> {
  const yaml = `hub: { name: Desk, public_url: "https://desk.example.com" }\nbots: { wecom: { a: { ${account} } } }\nteams: { t: { name: T } }`;
  const read = async () => "";
  const result = await parseConfig(yaml, { file: "f", env: {}, read, accounts });
  return result.ok ? [] : result.problems.map((problem) => formatProblem(problem, "en"));
}

describe("accounts of several kinds", () => {
  it.each(["agent_id: 1", "kind: app, agent_id: 1", "kind: aibot, bot_id: b"])(
    "are read: %s",
    async (account) => {
      expect(await report(account)).toEqual([]);
    },
  );

  it.each([
    ["kind: bot", 'kind: cannot be "bot"; there is: app, aibot'],
    ["kind: 5", "kind: cannot be 5; there is: app, aibot"],
    ["kind: aibot, transport: stream", 'cannot be "stream"; there is: websocket, webhook'],
    ["kind: aibot, agent_id: 1", 'there is no key "agent_id"'],
    ["kind: aibot, transport: webhook", '"token" is missing'],
  ])("are named by what is wrong in %s", async (account, words) => {
    expect((await report(account)).join("\n")).toContain(words);
  });

  it("show all their keys to an editor", () => {
    const keys = knownKeys(configJsonSchema(fullSchema(accounts)), ["bots", "wecom", "any"]);
    expect([...new Set(keys)]).toEqual(["kind", "agent_id", "transport", "bot_id", "token"]);
  });
});
