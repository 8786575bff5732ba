import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { wecomAccount } from "../../src/bots/wecom/account.ts";
import { formatProblem } from "../../src/config/problem.ts";
import { readConfiguration } from "../../src/configure.ts";

const file = "examples/wecom.yaml";
const env = {
  WECOM_BOT_ID: "aib-made-up",
  WECOM_BOT_SECRET: "made-up-secret",
  WECOM_CORP_ID: "ww1",
  WECOM_AGENT_ID: "1000002",
  WECOM_SECRET: "made-up-app-secret",
  WECOM_TOKEN: "made-up-token",
  WECOM_ENCODING_AES_KEY: "a".repeat(43),
};

async function load(change: (yaml: string) => string = (yaml) => yaml) {
  const read = async (path: string) => change(await readFile(path, "utf8"));
  const result = await readConfiguration({ file, env, read });
  const problems = result.ok ? result.warnings : result.problems;
  const accounts = result.ok ? result.accounts : [];
  return { accounts, said: problems.map((problem) => formatProblem(problem, "en")) };
}

it("is taken by the hub as it stands: the shortest configuration, an AI bot's long connection", async () => {
  const { accounts, said } = await load();
  expect(said).toEqual([]);
  expect(accounts.map(({ id }) => id)).toEqual(["wecom/desk"]);
  expect(wecomAccount.parse(accounts[0]?.config)).toMatchObject({
    kind: "aibot",
    transport: "websocket",
  });
});

it("is taken with the app that it shows as well", async () => {
  const uncommented = (yaml: string) =>
    yaml.replaceAll(/^ {4}# (app:| {2}[a-z_]+: \$)/gm, "    $1");
  const { accounts, said } = await load(uncommented);
  expect(said).toEqual([]);
  expect(accounts.map(({ config }) => config.kind)).toEqual(["aibot", "app"]);
});

it("tells what a bot in webhook mode lacks", async () => {
  const { said } = await load((yaml) =>
    yaml.replace("kind: aibot", "kind: aibot\n      transport: webhook"),
  );
  expect(said).toEqual([
    'examples/wecom.yaml:10:5  bots.wecom.desk.token: "token" is missing; it must be text',
    'examples/wecom.yaml:10:5  bots.wecom.desk.encoding_aes_key: "encoding_aes_key" is missing; it must be text',
  ]);
});
