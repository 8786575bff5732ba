import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { feishuConfig } from "../../src/bots/feishu/config.ts";
import { formatProblem } from "../../src/config/problem.ts";
import { readConfiguration } from "../../src/configure.ts";

const env = { FEISHU_APP_ID: "cli_0123456789abcdef", FEISHU_APP_SECRET: "made-up-secret" };

async function read(change: (yaml: string) => string = (yaml) => yaml) {
  const file = "examples/feishu.yaml";
  const result = await readConfiguration({
    file,
    env,
    read: async (path) => change(await readFile(path, "utf8")),
  });
  const problems = result.ok ? result.warnings : result.problems;
  return { result, said: problems.map((problem) => formatProblem(problem, "en")) };
}

it("is taken by the hub as it stands, without a warning: the shortest configuration, a long connection", async () => {
  const { result, said } = await read();
  expect(said).toEqual([]);
  if (!result.ok) return;
  expect(result.accounts.map(({ id }) => id)).toEqual(["feishu/hq"]);
  expect(feishuConfig.parse(result.accounts[0]?.config).transport).toBe("websocket");
});

it("tells where the key is missing that webhooks need", async () => {
  const { said } = await read((yaml) => yaml.replace("transport: websocket", "enabled: true"));
  expect(said).toEqual([
    'examples/feishu.yaml:10:5  bots.feishu.hq.verification_token: "verification_token" is missing; it must be text',
  ]);
});

it("tells which transports there are", async () => {
  const { said } = await read((yaml) => yaml.replace("transport: websocket", "transport: pigeon"));
  expect(said).toEqual([
    'examples/feishu.yaml:11:18  bots.feishu.hq.transport: cannot be "pigeon"; there is: webhook, websocket',
  ]);
});
