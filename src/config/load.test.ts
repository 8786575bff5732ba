// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how the configuration names a variable
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { buildModel, understand } from "../core/intent/understand.ts";
import { definitions } from "../registry.ts";
import { ACCOUNTS, parse, report, yaml } from "./bench.ts";
import { loadConfig } from "./load.ts";
import { formatProblem } from "./problem.ts";

const EXAMPLE = "examples/tea-chain";
const demo = JSON.parse(readFileSync(`${EXAMPLE}/demo.json`, "utf8"));
const read = (path: string) => readFile(path, "utf8");
const loadExample = () =>
  loadConfig({
    file: `${EXAMPLE}/loopdesk.yaml`,
    env: { ...demo.env, SIMULATOR_URL: "http://127.0.0.1:3000" },
    read,
    accounts: definitions,
  });

describe("the example of the tea chain", () => {
  it("is right, and without a warning", async () => {
    const result = await loadExample();
    const problems = result.ok ? result.warnings : result.problems;
    expect(problems.map((problem) => formatProblem(problem, "en"))).toEqual([]);
    expect(result.ok).toBe(true);
    expect(result.related).toEqual([`${EXAMPLE}/stores.csv`]);
  });

  it("has all its accounts, people, teams, intents, articles and stores", async () => {
    const result = await loadExample();
    if (!result.ok) throw new Error("The example has problems.");
    const { policy, accounts, directory } = result;
    expect(accounts.map(({ id, enabled }) => [id, enabled])).toEqual([
      ["feishu/hq", true],
      ["dingtalk/suppliers", true],
      ["wecom/vendors", true],
      ["web/shop", true],
    ]);
    expect([...policy.teams.keys()]).toEqual(["equipment", "supply", "it", "service"]);
    expect(policy.agents.size).toBeGreaterThanOrEqual(8);
    expect(policy.intents.size).toBe(5);
    for (const { examples } of policy.intents.values())
      expect(examples.length).toBeGreaterThanOrEqual(10);
    expect(policy.articles.size).toBeGreaterThanOrEqual(8);
    expect(directory.stores).toHaveLength(60);
    expect(directory.stores.find(({ id }) => id === "S0012")).toEqual({
      id: "S0012",
      name: "徐汇漕河泾店",
      region: "华东-上海",
      names: ["s0012", "徐汇漕河泾店", "漕河泾店", "漕河泾"],
    });
  });

  it("gives the same policy without its accounts, whose secrets need not be set then", async () => {
    const full = await loadExample();
    const options = { file: `${EXAMPLE}/loopdesk.yaml`, read, accounts: definitions };
    const env = { HUB_URL: demo.env.HUB_URL };
    const bare = await loadConfig({ ...options, env, policyOnly: true });
    if (!full.ok || !bare.ok) throw new Error("The example has problems.");
    expect(JSON.stringify(bare.policy)).toBe(JSON.stringify(full.policy));
    expect(bare.policy.agentsByIdentity).toEqual(full.policy.agentsByIdentity);
    const lacking = await loadConfig({ ...options, env: {}, policyOnly: true });
    const problems = lacking.ok ? [] : lacking.problems;
    expect(problems.map(({ path, code }) => [path.join("."), code])).toEqual([
      ["hub.public_url", "env-missing"],
    ]);
  });

  it("keeps its text without secrets", async () => {
    const result = await loadExample();
    if (!result.ok) throw new Error("The example has problems.");
    expect(result.yaml).toBe(readFileSync(`${EXAMPLE}/loopdesk.yaml`, "utf8"));
    for (const [name, secret] of Object.entries<string>(demo.env)) {
      if (name !== "HUB_URL") expect(result.yaml).not.toContain(secret);
    }
  });

  it("understands what its people say in words of their own", async () => {
    const result = await loadExample();
    if (!result.ok) throw new Error("The example has problems.");
    const { policy } = result;
    const model = buildModel({
      intents: [...policy.intents.values()],
      articles: [...policy.articles.values()],
    });
    const heard = (text: string) => {
      const { best } = understand(model, text);
      return best !== null && best.score >= policy.understanding.answer ? best.id : null;
    };
    expect(heard("店里制冰机坏了，能来修吗")).toBe("equipment_repair");
    expect(heard("鲜奶不够")).toBe("stock_shortage");
    expect(heard("收银机卡住了")).toBe("pos_fault");
    expect(heard("奶茶里喝到一只虫子")).toBe("complaint");
    expect(heard("外卖少了一杯")).toBe("refund");
    expect(heard("你们加盟费多少呀")).toBe("franchise_fee");
    expect(heard("今天天气怎么样")).toBeNull();
  });

  it("names people and chats that exist in the demo's tools", async () => {
    const result = await loadExample();
    if (!result.ok) throw new Error("The example has problems.");
    for (const { id, identities } of result.policy.agents.values()) {
      for (const [tool, person] of Object.entries(identities)) {
        const people = demo.world[tool].people.map((one: { id: string }) => one.id);
        expect(people, id).toContain(person);
      }
    }
    for (const { account, chat } of [...result.policy.teams.values()].flatMap(
      ({ chats }) => chats,
    )) {
      const world = demo.world[account.split("/")[0] ?? ""];
      if (chat !== null) expect(world.chats.map((one: { id: string }) => one.id)).toContain(chat);
    }
  });
});

describe("reading a configuration", () => {
  it("gives one hash for one text, whatever the environment", async () => {
    const text = yaml('knowledge: [{ question: "${X}", answer: b }]');
    const [a, b] = [await parse(text, { env: { X: "1" } }), await parse(text, { env: { X: "2" } })];
    expect(a.ok && a.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(a.ok && a.hash).toBe(b.ok && b.hash);
  });

  it("reads each account by its channel's schema", async () => {
    const result = await parse(
      yaml().replace("bots: {", 'bots: { wecom: { a: { agent_id: "7" } },'),
    );
    expect(result.ok && result.accounts).toEqual([
      {
        id: "feishu/hq",
        channel: "feishu",
        account: "hq",
        enabled: true,
        config: expect.objectContaining({ app_id: "cli" }),
      },
      {
        id: "wecom/a",
        channel: "wecom",
        account: "a",
        enabled: true,
        config: { kind: "app", agent_id: 7 },
      },
    ]);
  });

  it("says which account is switched off", async () => {
    const result = await parse(yaml().replace("app_id: cli", "app_id: cli, enabled: false"));
    expect(result.ok && result.accounts[0]?.enabled).toBe(false);
  });

  it("finds the directory beside the configuration, and tells its rows apart", async () => {
    const text = yaml("stores: { from: data/stores.csv }");
    const files = { "data/stores.csv": "id,name,aliases\nS1,A,x\nS2,B,X\nS1,C,\nS3,,\n" };
    expect(await report(text, { files })).toEqual([
      'data/stores.csv:5:1  "name" must not be empty',
    ]);
    const fine = { "data/stores.csv": "id,name,aliases\nS1,A,x\nS2,B,X\nS1,C,\n" };
    expect(await report(text, { files: fine })).toEqual([
      'data/stores.csv:3:1  warning: the store name "x" is that of data/stores.csv:2 too; customers who say it are asked which one',
      'data/stores.csv:4:1  warning: the store id "S1" is that of data/stores.csv:2 too; the first one counts',
    ]);
    const result = await parse(text, { files: fine });
    expect(result.ok && result.directory.stores.map(({ id, name }) => id + name)).toEqual([
      "S1A",
      "S2B",
    ]);
    expect(result.related).toEqual(["data/stores.csv"]);
  });

  it("reads forty thousand stores", async () => {
    const rows = Array.from(
      { length: 40_000 },
      (_, at) => `S${at},门店${at}号,华东,老店${at}|别名${at}`,
    );
    const result = await parse(yaml("stores: { from: s.csv }"), {
      files: { "s.csv": `id,name,region,aliases\n${rows.join("\n")}` },
    });
    expect(result.ok && result.directory.stores.length).toBe(40_000);
  }, 30_000);

  it("says so when the file itself cannot be read", async () => {
    const result = await loadConfig({
      file: "nowhere/loopdesk.yaml",
      env: {},
      read,
      accounts: ACCOUNTS,
    });
    expect(result).toMatchObject({
      ok: false,
      problems: [{ code: "file-unreadable", line: 1, column: 1 }],
    });
    expect(!result.ok && result.problems.map((problem) => formatProblem(problem, "zh-CN"))).toEqual(
      ["nowhere/loopdesk.yaml:1:1  无法读取文件 nowhere/loopdesk.yaml（ENOENT）"],
    );
  });
});
