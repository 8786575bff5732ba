import { createManualClock } from "../manual-clock.ts";
import type { JsonObject } from "./shape.ts";
import { createFeishuSimulator } from "./simulator.ts";
import type { FeishuOptions } from "./state.ts";

/** A Feishu with one shop manager, one engineer and one group, a clock to turn, and a hub that answers as it is told. */
export function createBench(overrides: Partial<FeishuOptions> = {}) {
  const clock = createManualClock();
  const received: { url: string; headers: Headers; body: string }[] = [];
  const hub = { answer: async (): Promise<Response> => Response.json({}) };
  const app = overrides.app ?? {
    appId: "cli_0123456789abcdef",
    appSecret: "app-secret",
    encryptKey: null,
    verificationToken: "verification-token",
  };
  const simulator = createFeishuSimulator({
    world: WORLD,
    clock,
    speed: 1,
    app,
    eventsUrl: "http://hub.test/hooks/feishu/hq",
    callbacksUrl: "http://hub.test/hooks/feishu/hq",
    contacts: { ou_chen: { mobile: "13800000001", email: "chen@example.com" } },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      received.push({ url: request.url, headers: request.headers, body: await request.text() });
      return hub.answer();
    },
    ...overrides,
  });
  const call = caller(simulator, app);
  return { clock, simulator, hub, received, app, call };
}

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
};

/** Call the API with a good token, unless another (or none) is given. */
function caller(
  simulator: { fetch(request: Request): Promise<Response> },
  app: { readonly appId: string; readonly appSecret: string },
) {
  let token: string | null = null;
  async function send(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const url = `https://open.feishu.cn/open-apis${path}`;
    const answer = await simulator.fetch(new Request(url, { ...init, method }));
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  }
  return async (method: string, path: string, body?: unknown, given?: string | null) => {
    if (given === undefined && token === null) {
      const secret = JSON.stringify({ app_id: app.appId, app_secret: app.appSecret });
      const issued = await send("POST", "/auth/v3/tenant_access_token/internal", { body: secret });
      token = String(issued.body.tenant_access_token);
    }
    const bearer = given === undefined ? token : given;
    return send(method, path, {
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
    });
  };
}

/** The data of a good answer. */
export function dataOf(answer: Answer): JsonObject {
  if (answer.status !== 200 || answer.body.code !== 0) {
    throw new Error(`expected success, found ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  return answer.body.data as JsonObject;
}

/** A small good card: one button, or a form when `form` is given. */
export function cardOf(title: string, elements: readonly unknown[] = [buttonOf("claim")]) {
  return {
    schema: "2.0",
    config: { update_multi: true },
    header: { title: { tag: "plain_text", content: title }, template: "blue" },
    body: { elements: [{ tag: "markdown", content: "**冰柜不制冷**" }, ...elements] },
  };
}

export function buttonOf(action: string, more: JsonObject = {}) {
  return {
    tag: "button",
    text: { tag: "plain_text", content: action },
    type: "primary",
    behaviors: [{ type: "callback", value: { action } }],
    ...more,
  };
}

const WORLD = {
  people: [
    { id: "ou_chen", name: "陈敏", title: "门店店长" },
    { id: "ou_li", name: "李雷", title: "冷链工程师" },
  ],
  chats: [
    { id: "oc_repair", name: "报修群", kind: "group" as const, members: ["ou_chen", "ou_li"] },
    { id: "oc_chen", name: "陈敏", kind: "direct" as const, members: ["ou_chen"] },
  ],
};
