import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  killAll,
  listen,
  loopdesk,
  ownDesk,
  run,
  stop,
  type Where,
} from "../../support/cli-process.ts";
import { openPage } from "../../support/event-page.ts";

const LOOKS = [
  ["export"],
  ["replay"],
  ["rebuild"],
  ["dead-letters", "list"],
  ["dead-letters", "replay"],
];

let folder: string;
const running: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopdesk-cli-data-"));
});
afterEach(async () => {
  await killAll(running);
  rmSync(folder, { recursive: true, force: true });
});

/** A hub that answers, and its address. */
async function started(args: readonly string[], where: Where = {}) {
  const child = loopdesk(["start", "--port", "0", "--host", "127.0.0.1", ...args], where);
  running.push(child);
  const printed = await listen(child).until(/running: \S+\s/);
  return { child, url: /running: (http:\/\/[^/\s]+)/.exec(printed)?.[1] ?? "" };
}

/** Run several commands at once, each with the same further arguments. */
function runEach(
  commands: readonly (readonly string[])[],
  more: readonly string[],
  where: Where = {},
) {
  return Promise.all(commands.map((command) => run([...command, ...more], where)));
}

/** A visitor of the web chat asks, and is answered. */
async function ask(url: string): Promise<void> {
  const session = await fetch(`${url}/web/shop/session`, { method: "POST" });
  const { token } = (await session.json()) as { token: string };
  await fetch(`${url}/web/shop/messages`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ id: "message-1", text: "加盟费多少" }),
  });
  const page = await openPage(`${url}/web/shop/events?token=${token}`);
  for (let answered = false; !answered; ) {
    const block = await page.block();
    answered = JSON.stringify(block).includes('"from":"desk"');
  }
  await page.leave();
}

describe("commands that look at data", { timeout: 120_000 }, () => {
  it("read what a running hub writes, while no second hub starts on it, and find it right when it has stopped", async () => {
    const data = ["--data", folder];
    const { child, url } = await started(["--demo", ...data]);
    await ask(url);
    const exported = await run(["export", ...data]);
    expect(exported.code).toBe(0);
    for (const table of ["configs", "events", "visitor_events", "settings"])
      expect(exported.out).toContain(`{"table":"${table}"`);
    expect(await run(["dead-letters", "list", ...data])).toMatchObject({ code: 0 });
    for (const command of [["start", "--demo", "--port", "0"], ["rebuild"]])
      expect(await run([...command, ...data])).toMatchObject({
        code: 3,
        err: expect.stringContaining("Another hub is running"),
      });
    expect(await stop(child)).toBe(0);
    const replayed = await run(["replay", ...data]);
    expect(replayed).toMatchObject({ code: 0, err: "" });
    expect(replayed.out).toMatch(/^[1-9]\d* causes? .*\n.*byte for byte/);
    expect(await run(["rebuild", ...data])).toMatchObject({ code: 0 });
  });

  it("end with 3 where there is no data, and begin none", async () => {
    const empty = join(folder, "empty");
    for (const ended of await runEach(LOOKS, ["--data", empty]))
      expect(ended).toMatchObject({
        code: 3,
        out: "",
        err: expect.stringContaining(`There is no data in ${empty} yet`),
      });
    expect(existsSync(empty)).toBe(false);
  });

  it("end with 3 and words where the folder or its database is none", async () => {
    const file = join(folder, "loopdesk.db");
    const begin = ["start", "--demo", "--port", "0"];
    writeFileSync(file, "This is a letter, and longer than the head of a database.".repeat(3));
    for (const ended of await runEach([...LOOKS, begin], ["--data", folder]))
      expect(ended).toMatchObject({
        code: 3,
        err: expect.stringContaining(`${folder} cannot be used (file is not a database)`),
      });
    expect(await run([...begin, "--data", file])).toMatchObject({
      code: 3,
      err: expect.stringContaining(`${file} cannot be used`),
    });
  });

  it("look for the same data: that of the configuration, with --demo the demo's", async () => {
    writeFileSync(join(folder, "loopdesk.yaml"), "hub: {}\n");
    const looked = async (commands: typeof LOOKS, ...more: string[]) =>
      (await runEach(commands, more, { cwd: folder })).map(
        ({ err }) => /no data in (\S+)/.exec(err)?.[1],
      );
    expect(await looked(LOOKS)).toEqual(LOOKS.map(() => "data"));
    expect(await looked(LOOKS, "--demo")).toEqual(LOOKS.map(() => "data/demo"));
    rmSync(join(folder, "loopdesk.yaml"));
    expect(await looked([["replay"]])).toEqual(["data/demo"]);
  });
});

describe("data of real accounts", { timeout: 120_000 }, () => {
  it("is replayed without their secrets, and never mixes with the demo's", async () => {
    const { file, env } = ownDesk(join(folder, "desk"));
    const data = join(folder, "data");
    const { child, url } = await started(["--config", file], {
      env: { ...env, LOOPDESK_DATA: data },
    });
    await ask(url);
    expect(await stop(child)).toBe(0);

    const here = (more: Record<string, string>) => ({ env: { LOOPDESK_DATA: data, ...more } });
    const demo = await run(["start", "--demo", "--port", "0"], here({}));
    expect(demo).toMatchObject({ code: 3, err: expect.stringContaining("data of real accounts") });
    const chinese = here({ LOOPDESK_LANGUAGE: "zh-CN" });
    expect((await run(["start", "--demo"], chinese)).err).toContain("真实账号的数据");
    for (const ended of await runEach(LOOKS, ["--demo"], here({})))
      expect(ended).toMatchObject({ code: 3, out: "" });

    const replayed = await run(["replay"], here({ HUB_URL: "http://127.0.0.1:9" }));
    expect(replayed).toMatchObject({ code: 0, err: "" });
    expect(replayed.out).toMatch(/^[1-9]\d* cause/);
    const lacking = await run(["replay"], here({}));
    expect(lacking.code).toBe(1);
    expect(lacking.err).toContain("add --demo");
    expect(lacking.err).toMatch(/:\d+:\d+ {2}hub.public_url: the environment variable HUB_URL/);
    expect(lacking.err).not.toContain("SECRET");
  });

  it("is not begun by a configuration that cannot be used", async () => {
    const file = join(folder, "bad.yaml");
    const data = join(folder, "data");
    writeFileSync(file, "hub: { nam: x }\n");
    const ended = await run(["start", "--config", file, "--data", data]);
    expect(ended).toMatchObject({ code: 1, err: expect.stringContaining('there is no key "nam"') });
    expect(existsSync(data)).toBe(false);
  });
});
