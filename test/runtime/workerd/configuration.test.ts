import { reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createProgram, type Program } from "./program.ts";
import { pushFeishu, REPAIR_DESK, said } from "./repair-desk.ts";

let program: Program;
beforeEach(async () => {
  program = await createProgram();
});

const good = { yaml: REPAIR_DESK, directory: null };

async function problemsOf(response: Response): Promise<string> {
  expect(response.status).toBe(422);
  const { status, problems } = await response.json<{ status: string; problems: string[] }>();
  expect(status).toBe("refused");
  return problems.join("\n");
}

describe("a Worker without a configuration", () => {
  it("says that it lives, whatever its database does", async () => {
    await reset();
    const response = await program.ask("/healthz");
    expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
  });

  it("asks everybody else to come again, and says what it needs", async () => {
    for (const path of ["/hooks/feishu/hq", "/web/shop/session", "/readyz"]) {
      const response = await program.ask(path, { method: path === "/readyz" ? "GET" : "POST" });
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("60");
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await response.text()).toContain("loopdesk push");
    }
    expect(await program.count("inbox")).toBe(0);
  });

  it("asks whether the migrations were applied while its tables are not there", async () => {
    await reset();
    const response = await program.ask("/readyz");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("migrations");
  });

  it("rests when it is woken", async () => {
    await program.sweep();
    expect(program.calls).toEqual([]);
  });
});

describe("a pushed configuration", () => {
  it.each([
    ["without a token", undefined],
    ["with a wrong token", "Bearer made-up-admin-tokem"],
    ["with a token of no characters", "Bearer "],
  ])("is refused %s", async (_name, authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    const init = { method: "PUT", headers, body: JSON.stringify(good) };
    expect((await program.ask("/admin/config", init)).status).toBe(403);
    expect(await program.count("configs")).toBe(0);
  });

  it.each([
    ["no JSON", "yaml"],
    ["nothing", ""],
    ["another shape", JSON.stringify({ yaml: 1, directory: null })],
    ["no word about the directory", JSON.stringify({ yaml: REPAIR_DESK })],
  ])("is malformed when it is %s", async (_name, body) => {
    const headers = { authorization: `Bearer ${env.LOOPDESK_ADMIN_TOKEN}` };
    const response = await program.ask("/admin/config", { method: "PUT", headers, body });
    expect(response.status).toBe(400);
    expect(await program.count("configs")).toBe(0);
  });

  it("is refused with every problem and its place, and the one before stays in force", async () => {
    expect((await program.push(good)).status).toBe(200);
    const yaml = REPAIR_DESK.replace("members: [li, wang]", "members: [lee]").replace(
      "oc_repair",
      '""',
    );
    const problems = await problemsOf(await program.push({ yaml, directory: null }));
    expect(problems).toMatch(/loopdesk\.yaml:\d+:\d+ {2}teams\.repair/);
    expect(await program.count("configs")).toBe(1);
    expect((await pushFeishu(program, said("om_1", "冰柜坏了"))).status).toBe(200);
  });

  it("is refused in the language of whoever pushes it", async () => {
    const body = JSON.stringify({
      yaml: REPAIR_DESK.replace("[li, wang]", "[lee]"),
      directory: null,
    });
    const headers = {
      authorization: `Bearer ${env.LOOPDESK_ADMIN_TOKEN}`,
      "accept-language": "zh-CN",
    };
    const response = await program.ask("/admin/config", { method: "PUT", headers, body });
    expect(await problemsOf(response)).toMatch(/\p{Script=Han}/u);
  });

  it("is refused when it names a secret that the Worker does not have, without telling the others", async () => {
    const yaml = REPAIR_DESK.replace("FEISHU_APP_SECRET", "NOT_SET");
    const problems = await problemsOf(await program.push({ yaml, directory: null }));
    expect(problems).toContain("NOT_SET");
    expect(problems).not.toContain(env.FEISHU_ENCRYPT_KEY);
  });

  it("is refused when it names a binding that is no text", async () => {
    const yaml = REPAIR_DESK.replace("FEISHU_APP_SECRET", "DB");
    expect(await problemsOf(await program.push({ yaml, directory: null }))).toContain("DB");
  });

  it("is refused when it asks for a long connection, which needs Node", async () => {
    const yaml = REPAIR_DESK.replace("app_id: cli_0123", "$&\n      transport: websocket");
    const problems = await problemsOf(await program.push({ yaml, directory: null }));
    expect(problems).toMatch(/feishu\.hq\.transport: .*webhook.*Node/);
    expect(await program.count("configs")).toBe(0);
  });

  it("is refused when its stores are in a file that did not come with it", async () => {
    const { yaml } = env.TEA_CHAIN;
    expect(await problemsOf(await program.push({ yaml, directory: null }))).toContain("stores.csv");
    expect(await program.count("configs")).toBe(0);
  });

  it("is in force with its stores from the next request on", async () => {
    expect((await program.push(good)).status).toBe(200);
    expect(await program.count("stores")).toBe(2);
    expect((await program.ask("/hooks/feishu/other", { method: "POST" })).status).toBe(404);
    expect((await program.ask("/readyz")).status).toBe(200);
  });

  it("brings the stores of a file along", async () => {
    program.vendor = () => new Response("", { status: 403 }); // no address for clicks is registered
    expect((await program.push(env.TEA_CHAIN)).status).toBe(200);
    expect(await program.count("stores")).toBe(env.TEA_CHAIN.directory?.stores.length);
    expect((await program.ask("/readyz")).status).toBe(200);
  });

  it("brings forty thousand stores along", async () => {
    program.vendor = () => new Response("", { status: 403 });
    const stores = Array.from({ length: 40_000 }, (_, index) => {
      const id = `S${10_000 + index}`;
      return { id, name: `第${index}号店`, region: "华东-上海", names: [id, `第${index}号`] };
    });
    const directory = { fingerprint: "forty thousand", stores };
    expect((await program.push({ ...env.TEA_CHAIN, directory })).status).toBe(200);
    expect(await program.count("store_names")).toBe(80_000);
  });

  it("takes the place of the one before with the next request", async () => {
    await program.push(good);
    const yaml = REPAIR_DESK.replace("app_id:", "enabled: false\n      app_id:");
    expect((await program.push({ yaml, directory: null })).status).toBe(200);
    expect((await pushFeishu(program, said("om_1", "冰柜坏了"))).status).toBe(403);
    await program.push(good);
    expect((await pushFeishu(program, said("om_1", "冰柜坏了"))).status).toBe(200);
  });

  it("stays in force when another program writes one that this one cannot use", async () => {
    await program.push(good);
    expect((await program.ask("/readyz")).status).toBe(200);
    await env.DB.batch([
      env.DB.prepare("update configs set active = 0"),
      env.DB.prepare("insert into configs (hash, yaml, at, active) values ('h', 'hub: 1', 1, 1)"),
    ]);
    expect((await pushFeishu(program, said("om_1", "冰柜坏了"))).status).toBe(200);
  });
});
