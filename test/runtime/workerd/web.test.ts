import { beforeEach, describe, expect, it } from "vitest";
import { createProgram, type Program } from "./program.ts";
import { REPAIR_DESK } from "./repair-desk.ts";

const ORIGIN = "https://shop.test";

let program: Program;
beforeEach(async () => {
  program = await createProgram();
  await program.push({ yaml: REPAIR_DESK, directory: null });
});

function post(path: string, body: unknown, token = ""): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, origin: ORIGIN };
  return program.ask(`/web/shop/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

async function visit(): Promise<string> {
  return (await (await post("session", {})).json<{ token: string }>()).token;
}

/** Listen as a page does until `words` came; resolves with everything that came until then. */
async function listenFor(words: string, token: string, after = 0): Promise<string> {
  const query = new URLSearchParams({ token, after: String(after) });
  const response = await program.ask(`/web/shop/events?${query}`);
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  if (response.body === null) throw new Error("The stream has no body.");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let heard = "";
  while (!heard.includes(words)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`The stream ended after:\n${heard}`);
    heard += value;
  }
  await reader.cancel();
  return heard;
}

describe("a web chat on Workers", () => {
  it("is opened from its pages, and answers what a visitor asks", async () => {
    const opened = await post("session", {});
    expect(opened.headers.get("access-control-allow-origin")).toBe(ORIGIN);
    const { token } = await opened.json<{ token: string }>();
    const said = await post("messages", { id: "message-1", text: "加盟费多少" }, token);
    expect(said.status).toBe(202);
    await program.wake();
    const heard = await listenFor("请看官网", token);
    expect(heard.indexOf("加盟费多少")).toBeLessThan(heard.indexOf("请看官网"));
  });

  it("tells a page that listens already what another isolate delivers", async () => {
    const token = await visit();
    await post("messages", { id: "message-1", text: "加盟费多少" }, token);
    const heard = listenFor("请看官网", token);
    await program.wake();
    expect(await heard).toContain("加盟费多少");
  });

  it("goes on where a page was cut off", async () => {
    const token = await visit();
    await post("messages", { id: "message-1", text: "加盟费多少" }, token);
    await program.wake();
    expect(await listenFor("请看官网", token, 1)).not.toContain('"seq":1,');
  });

  it("listens to no one without a session of ours, and takes nothing from them", async () => {
    const { token } = await (await post("session", {})).json<{ token: string }>();
    const forged = `${token.slice(0, -2)}${token.endsWith("AA") ? "BB" : "AA"}`;
    for (const bad of ["", "garbage", forged]) {
      expect((await post("messages", { id: "message-1", text: "在吗" }, bad)).status).toBe(401);
      expect((await program.ask(`/web/shop/events?token=${bad}`)).status).toBe(401);
    }
    expect(await program.count("inbox")).toBe(0);
  });
});
