import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** The program from its sources, as a person would run it. */
function loopdesk(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const inherited = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };
  return spawn(process.execPath, ["--import", "tsx", "src/cli/loopdesk.ts", ...args], {
    env: { ...inherited, LOOPDESK_LANGUAGE: "en", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

async function run(...args: string[]): Promise<Ended> {
  const child = loopdesk(args);
  const text = { out: "", err: "" };
  child.stdout?.on("data", (chunk) => (text.out += chunk));
  child.stderr?.on("data", (chunk) => (text.err += chunk));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, ...text };
}

/** Everything that a running program has printed so far, and a way to wait for words in it. */
function listen(child: ChildProcess): { until(words: string | RegExp): Promise<string> } {
  let printed = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      printed += chunk;
      for (const listener of listeners) listener();
    });
  }
  return {
    until: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!(typeof words === "string" ? printed.includes(words) : words.test(printed))) return;
          listeners.delete(look);
          resolve(printed);
        };
        listeners.add(look);
        child.once("exit", (code) => reject(new Error(`It ended with ${code} after:\n${printed}`)));
        look();
      }),
  };
}

let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopdesk-cli-"));
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null) continue;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

describe("the command line", { timeout: 60_000 }, () => {
  it("ends with 2 when it was called wrongly, and says how", async () => {
    expect(await run("start", "--port", "many")).toMatchObject({
      code: 2,
      err: expect.stringContaining("“many” is no port"),
    });
    expect(await run("start", "--demo", "--config", "x.yaml")).toMatchObject({
      code: 2,
      err: expect.stringContaining("exclude each other"),
    });
    expect(await run("fly")).toMatchObject({ code: 2 });
  });

  it("ends with 1 and names the place when a configuration is wrong, and with 0 when it is right", async () => {
    const file = join(folder, "bad.yaml");
    writeFileSync(file, "hub: { nam: x }\n");
    expect(await run("check", file)).toMatchObject({
      code: 1,
      err: expect.stringContaining(`${file}:1:8  hub.nam: there is no key "nam"`),
    });
    expect(await run("check", "--demo")).toMatchObject({
      code: 0,
      out: expect.stringContaining("60 stores"),
    });
  });

  it("ends with 3 when the data folder cannot be used", async () => {
    expect(await run("export", "--data", folder)).toMatchObject({
      code: 3,
      err: expect.stringContaining("no data"),
    });
  });

  it("runs the demo until it is asked to stop; meanwhile its data can be read, but no second hub starts on it", async () => {
    const demo = loopdesk(["start", "--demo", "--port", "0", "--data", folder]);
    running.push(demo);
    await listen(demo).until("Loopdesk is running: http://127.0.0.1:");
    expect(await run("export", "--data", folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining('{"table":"configs"'),
    });
    expect(await run("dead-letters", "list", "--data", folder)).toMatchObject({ code: 0 });
    expect(await run("start", "--demo", "--port", "0", "--data", folder)).toMatchObject({
      code: 3,
      err: expect.stringContaining("Another hub is running"),
    });
    demo.kill("SIGTERM");
    expect((await once(demo, "exit"))[0]).toBe(0);
    expect(await run("replay", "--demo", "--data", folder)).toMatchObject({
      code: 0,
      out: expect.stringContaining("byte for byte"),
    });
    expect(await run("rebuild", "--data", folder)).toMatchObject({ code: 0 });
  });

  it("takes a changed configuration at once, and keeps the last good one on a bad change", async () => {
    cpSync("examples/tea-chain", folder, { recursive: true });
    const file = join(folder, "loopdesk.yaml");
    const yaml = readFileSync(file, "utf8");
    const { env } = JSON.parse(readFileSync("examples/tea-chain/demo.json", "utf8")) as {
      env: Record<string, string>;
    };
    const hub = loopdesk(
      [
        "start",
        "--config",
        file,
        "--port",
        "0",
        "--host",
        "127.0.0.1",
        "--data",
        join(folder, "data"),
      ],
      {
        ...env,
        HUB_URL: "http://127.0.0.1:9",
        SIMULATOR_URL: "http://127.0.0.1:9",
      },
    );
    running.push(hub);
    const heard = listen(hub);
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
    hub.kill("SIGTERM");
    expect((await once(hub, "exit"))[0]).toBe(0);
  });
});
