import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createSimulatorApi } from "./console-api.ts";
import { createBench } from "./feishu/bench.ts";
import { createManualClock } from "./manual-clock.ts";
import { createVendorApis } from "./vendor-apis.ts";

function setUp() {
  const bench = createBench();
  const clock = createManualClock();
  const tools = [bench.simulator];
  const app = new Hono()
    .route("/simulator/api", createSimulatorApi({ tools, clock }))
    .route("/simulator/vendors", createVendorApis({ tools }));
  const post = async (path: string, body: unknown, type = "application/json") => {
    const init = { method: "POST", body: JSON.stringify(body), headers: { "content-type": type } };
    const answer = await app.request(`/simulator/api${path}`, init);
    return { status: answer.status, body: await jsonOf(answer) };
  };
  return { ...bench, app, post, clock };
}

type Body = { code: number; detail: string; errors: { path: string }[]; tools: unknown[] };

async function jsonOf(answer: Response): Promise<Body> {
  return (await answer.json()) as Body;
}

const said = { person: "ou_chen", chat: "oc_chen", text: "冰柜坏了" };

describe("simulator API", () => {
  it("lets people say and press, and shows the state", async () => {
    const { app, post, call } = setUp();
    const pushed = await post("/feishu/say", said);
    expect(pushed).toEqual({ status: 200, body: { delivered: true, status: 200, attempts: 1 } });
    const card = {
      schema: "2.0",
      body: {
        elements: [{ tag: "button", behaviors: [{ type: "callback", value: { action: "ok" } }] }],
      },
    };
    const sent = await call("POST", "/im/v1/messages?receive_id_type=chat_id", {
      receive_id: "oc_chen",
      msg_type: "interactive",
      content: JSON.stringify(card),
    });
    const { message_id: message } = sent.body.data as { message_id: string };
    const pressed = await post("/feishu/press", { person: "ou_chen", message, button: "ok" });
    expect(pressed).toEqual({ status: 200, body: { toast: null, error: null } });
    const state = await jsonOf(await app.request("/simulator/api/state"));
    expect(state.tools).toMatchObject([
      { tool: "feishu", messages: [{ from: "ou_chen" }, { from: "bot" }] },
    ]);
  });

  it.each([
    ["an unknown tool", "/slack/say", said, 404, 'no simulated tool "slack"; there are: feishu'],
    ["a missing field", "/feishu/say", { chat: "oc_chen", text: "x" }, 400, "body"],
    ["neither words nor attachment", "/feishu/say", { ...said, text: " " }, 400, "body"],
    [
      "an unknown field",
      "/feishu/press",
      { person: "a", message: "b", button: "c", x: 1 },
      400,
      "body",
    ],
    ["a body that is no object", "/feishu/press", 7, 400, "body"],
    [
      "somebody who is not there",
      "/feishu/say",
      { ...said, person: "ou_x" },
      400,
      "no person ou_x",
    ],
  ])("refuses %s with a clear error", async (_what, path, body, status, words) => {
    const { post, simulator } = setUp();
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toContain(words);
    expect(simulator.view().messages).toEqual([]);
  });

  it("names the field that is wrong", async () => {
    const { post } = setUp();
    const { body } = await post("/feishu/say", {
      ...said,
      attachment: { kind: "video", name: "x" },
    });
    expect(body.errors[0]?.path).toBe("attachment.kind");
  });

  it("takes JSON only", async () => {
    const { post } = setUp();
    expect((await post("/feishu/say", said, "text/plain")).status).toBe(415);
  });
});

describe("stream of changes", () => {
  it("sends many changes as one event, and a heartbeat after 15 quiet seconds", async () => {
    const { app, simulator, clock } = setUp();
    const answer = await app.request("/simulator/api/events");
    expect(answer.headers.get("content-type")).toContain("text/event-stream");
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    const next = async () => (await reader?.read())?.value;
    expect(await next()).toBe(": open\n\n");
    await clock.advance(15_000);
    expect(await next()).toBe(": heartbeat\n\n");
    await simulator.say(said);
    await simulator.say(said);
    await clock.advance(50);
    expect(await next()).toBe('event: change\ndata: {"tool":"feishu"}\n\n');
    await clock.advance(15_000);
    expect(await next()).toBe(": heartbeat\n\n");
    await reader?.cancel();
    await clock.advance(0);
    expect(clock.sleepers()).toBe(0);
  });
});

describe("vendor APIs", () => {
  it("reach each tool under its name with path, query, headers and body", async () => {
    const { app, simulator } = setUp();
    const base = "/simulator/vendors/feishu/open-apis";
    const headers = {
      authorization: `Bearer ${simulator.tokens.issue().token}`,
      "content-type": "application/json",
    };
    const body = JSON.stringify({
      receive_id: "on_chen",
      msg_type: "text",
      content: '{"text":"你好"}',
    });
    const url = `${base}/im/v1/messages?receive_id_type=union_id`;
    const answer = await app.request(url, { method: "POST", body, headers });
    expect((await jsonOf(answer)).code).toBe(0);
    expect(simulator.view().messages).toMatchObject([{ chat: "oc_chen", from: "bot" }]);
  });

  it("give 404 for a tool that is not there", async () => {
    const { app } = setUp();
    const answer = await app.request("/simulator/vendors/slack/api/x");
    expect(answer.status).toBe(404);
    expect((await jsonOf(answer)).detail).toContain("slack");
  });
});
