import type { ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { killAll, listen, loopdesk, ownDesk, run, stop } from "../../support/cli-process.ts";

let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopdesk-cli-"));
});
afterEach(async () => {
  await killAll(running);
  rmSync(folder, { recursive: true, force: true });
});

/** A hub that follows a configuration of its own, and what it says. */
function followed() {
  const { file, env } = ownDesk(folder);
  const data = join(folder, "data");
  const args = ["--config", file, "--port", "0", "--host", "127.0.0.1", "--data", data];
  const hub = loopdesk(["start", ...args], { env });
  running.push(hub);
  return { hub, file, yaml: readFileSync(file, "utf8"), heard: listen(hub) };
}

describe("the command line", { timeout: 60_000 }, () => {
  it("ends with 2 when it was called wrongly, and says how", async () => {
    expect(await run(["start", "--port", "many"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("“many” is no port"),
    });
    expect(await run(["start", "--demo", "--config", "x.yaml"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("exclude each other"),
    });
    expect(await run(["fly"])).toMatchObject({ code: 2 });
    expect(await run(["check", "--demo", "x.yaml"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("exclude each other"),
    });
    expect(await run(["start"], { env: { PORT: "many" } })).toMatchObject({
      code: 2,
      err: expect.stringContaining("“many” is no port"),
    });
  });

  it("says in Chinese what is wrong with a command line, and in its help", async () => {
    const chinese = (...args: string[]) => run(args, { env: { LOOPDESK_LANGUAGE: "zh-CN" } });
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [["fly"], "没有命令 fly"],
      [["start", "--prot", "1"], "没有选项 --prot\n（是不是 --port？）"],
      [["start", "--port", "many"], "选项 -p, --port <port> 写错了：“many”不是端口号"],
      [["start", "--data"], "选项 -d, --data <folder> 后面缺少值"],
      [["push"], "缺少选项 --to <url>"],
      [["export", "a"], "export 最多 0 个参数，这里有 1 个。"],
    ];
    for (const [args, words] of wrong)
      expect(await chinese(...args)).toMatchObject({
        code: 2,
        err: expect.stringContaining(`错误：${words}`),
      });
    const { code, out } = await chinese("start", "--help");
    expect(code).toBe(0);
    expect(out).toContain("用法：loopdesk start [选项]");
    expect(out).not.toMatch(/[A-Za-z]+ [a-z]+ [a-z]+/);
  });

  it("has a version, and help in English", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(await run(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
    const { out } = await run(["--help"]);
    expect(out).toContain("Usage: loopdesk");
    expect(out).not.toMatch(/\p{Script=Han}/u);
  });

  it("ends with 1 and names the place when a configuration is wrong, and with 0 when it is right", async () => {
    const file = join(folder, "bad.yaml");
    writeFileSync(file, "hub: { nam: x }\n");
    expect(await run(["check", file])).toMatchObject({
      code: 1,
      err: expect.stringContaining(`${file}:1:8  hub.nam: there is no key "nam"`),
    });
    expect(await run(["check", "--demo"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("60 stores"),
    });
  });

  it("takes a changed configuration at once, and keeps the last good one on a bad change", async () => {
    const { hub, file, yaml, heard } = followed();
    const url = /running: (\S+)/.exec(await heard.until(/running: \S+\s/))?.[1] ?? "";
    const hook = (account: string) =>
      fetch(`${url}/hooks/feishu/${account}`, { method: "POST", body: "{}" });
    expect((await hook("second")).status).toBe(404);

    writeFileSync(file, yaml.replace("teams:\n", "teamz:\n"));
    await heard.until("the last good one stays in force");
    await heard.until('there is no key "teamz"; did you mean "teams"?');
    expect((await hook("hq")).status).not.toBe(404);

    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how the file names a variable.
    const feishu = "      api_base: ${SIMULATOR_URL}/feishu # 正式使用时去掉这一行\n";
    const second =
      "    second: { app_id: cli_0123456789abcdef, app_secret: x, verification_token: y, enabled: false }\n";
    expect(yaml).toContain(feishu);
    writeFileSync(file, yaml.replace(feishu, feishu + second));
    await heard.until("The configuration was changed and is in force.");
    expect((await hook("second")).status).toBe(403);
    expect(await stop(hub)).toBe(0);
  });

  it("takes a change up once the stores file that it names is there", async () => {
    const { file, yaml, heard } = followed();
    await heard.until("Loopdesk is running");
    const changed = yaml.replace("from: stores.csv", "from: new.csv");
    expect(changed).not.toBe(yaml);
    writeFileSync(file, changed);
    await heard.until("the last good one stays in force");
    cpSync(join(folder, "stores.csv"), join(folder, "new.csv"));
    await heard.until("The configuration was changed and is in force.");
  });
});
