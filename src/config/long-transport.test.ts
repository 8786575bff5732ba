import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseConfig } from "./load.ts";
import { longTransportOf } from "./long-transport.ts";
import { formatProblem } from "./problem.ts";

const TEXT = `
hub: { name: 服务台, timezone: Asia/Shanghai, locale: zh-CN, public_url: "https://hub.test" }
bots:
  pigeon:
    pushed: { transport: webhook }
    stands: { transport: stream }
    implied: {}
    off: { transport: stream, enabled: false }
agents: { li: { name: 李工, pigeon/stands: p-li } }
intents:
  repair: { title: 设备报修, examples: [冰柜坏了], ticket: { type: repair, priority: high } }
teams:
  repair: { name: 维修, members: [li], chats: [{ bot: pigeon/stands, chat: roof }] }
dispatch: [{ team: repair }]
`;

const pigeon = {
  name: "pigeon",
  kind: "bots" as const,
  schema: z.strictObject({
    enabled: z.boolean().default(true),
    transport: z.enum(["webhook", "websocket", "stream"]).default("websocket"),
  }),
};

async function problemsOn(runtime: "node" | "workers"): Promise<string[]> {
  const read = async () => "";
  const options = { file: "loopdesk.yaml", env: {}, read, accounts: [pigeon], runtime };
  const result = await parseConfig(TEXT, options);
  const problems = result.ok ? result.warnings : result.problems;
  return problems.filter(({ level }) => level === "error").map((each) => formatProblem(each, "en"));
}

describe("an account with a long connection", () => {
  it("is right for a hub on Node", async () => {
    expect(await problemsOn("node")).toEqual([]);
  });

  it("is refused for a hub on Workers, written or implied, unless it is switched off", async () => {
    const why = "is a long connection, which Cloudflare Workers cannot keep up";
    const problems = await problemsOn("workers");
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain(
      `loopdesk.yaml:6:26  bots.pigeon.stands.transport: "stream" ${why}`,
    );
    expect(problems[1]).toContain(
      `loopdesk.yaml:7:5  bots.pigeon.implied.transport: "websocket" ${why}`,
    );
  });
});

it.each([
  [{ transport: "websocket" }, "websocket"],
  [{ transport: "stream" }, "stream"],
  [{ transport: "webhook" }, null],
  [{}, null],
])("%j asks for %s", (config, transport) => {
  expect(longTransportOf(config)).toBe(transport);
});
