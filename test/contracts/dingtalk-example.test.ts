import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { dingtalkConfig } from "../../src/bots/dingtalk/config.ts";
import { formatProblem } from "../../src/config/problem.ts";
import { readConfiguration, registerCallbacks } from "../../src/configure.ts";
import { createBench, json } from "./channel-fakes.ts";

const file = "examples/dingtalk.yaml";
const env = {
  DINGTALK_CLIENT_ID: "dingappkey",
  DINGTALK_CLIENT_SECRET: "made-up-secret",
  DINGTALK_CARD_TEMPLATE_ID: "made-up.schema",
};

/** The example, with other words in place of its transport. */
async function load(transport = "transport: stream") {
  const read = async (path: string) =>
    (await readFile(path, "utf8")).replace("transport: stream", transport);
  const result = await readConfiguration({ file, env, read });
  const problems = result.ok ? result.warnings : result.problems;
  expect(problems.map((problem) => formatProblem(problem, "en"))).toEqual([]);
  if (!result.ok) throw new Error("the example is wrong");
  return result;
}

it("is taken by the hub as it stands: the shortest configuration, which uses Stream", async () => {
  const { accounts } = await load();
  expect(accounts.map(({ id }) => id)).toEqual(["dingtalk/desk"]);
  expect(dingtalkConfig.parse(accounts[0]?.config).transport).toBe("stream");
});

it("registers an address for clicks over HTTP, and none over Stream", async () => {
  const keys = "card_route_key: desk\n      card_api_secret: made-up";
  const calls: number[] = [];
  for (const transport of ["webhook", "stream"]) {
    const { deps, requests } = createBench(() => json({ accessToken: "t", expireIn: 7200 }));
    const loaded = await load(`transport: ${transport}\n      ${keys}`);
    await registerCallbacks(loaded, deps, "https://desk.example.com");
    calls.push(requests.length);
  }
  expect(calls).toEqual([2, 0]);
});
