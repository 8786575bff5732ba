import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { type AddressInfo, createConnection } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { afterEach, describe, expect, it } from "vitest";
import { routes } from "../../../src/http/routes.ts";
import { createNodeHooks } from "../../../src/node-hooks.ts";
import type { HookCase } from "../../support/hook-case.ts";
import { leaks, WORDS } from "../../support/hook-cases.ts";
import { feishuCase } from "../../support/hook-feishu.ts";
import { createHookHub, type HookHub, type HookHubOptions } from "../../support/hook-hub.ts";
import { wecomCase } from "../../support/hook-wecom.ts";

const MEBIBYTE = 1_048_576;

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: whatever the headers promise, it does not come. */
  readonly body: Uint8Array | string | null;
};
type Answered = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};
/** A hub on a port of its own. */
type Door = {
  readonly hub: HookHub;
  readonly port: number;
  /** Who took each request, in order. */
  readonly takenBy: ("Node" | "Hono")[];
  close(): Promise<void>;
};
type HubState = HookHubOptions & { readonly overloaded?: boolean };

const open: Door[] = [];

afterEach(() => Promise.all(open.splice(0).map((door) => door.close())));

/** The same hub twice: as Node reaches it, and through Hono alone. */
async function bothWays(subject: HookCase, state: HubState = {}): Promise<readonly [Door, Door]> {
  const native = await openDoor(subject, state, true);
  const hono = await openDoor(subject, state, false);
  return [native, hono];
}

async function openDoor(subject: HookCase, state: HubState, native: boolean): Promise<Door> {
  const hub = createHookHub(subject, state);
  const running = { ...hub.running, overloaded: () => state.overloaded ?? false };
  const app = routes({
    running,
    afterReply() {},
    metrics: null,
    isOperator: () => false,
    watch: { onAppend: () => () => {}, origins: () => [], visitorOf: async () => null },
  });
  const takePush = createNodeHooks({ running, afterReply() {} });
  const hono = getRequestListener(app.fetch);
  const takenBy: Door["takenBy"] = [];
  const server = createServer((incoming, outgoing) => {
    const taken = native && takePush(incoming, outgoing);
    takenBy.push(taken ? "Node" : "Hono");
    if (!taken) void hono(incoming, outgoing);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const door: Door = {
    hub,
    port: (server.address() as AddressInfo).port,
    takenBy,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await hub.close();
      expect(leaks(subject, hub)).toEqual([]);
    },
  };
  open.push(door);
  return door;
}

function ask({ port }: Door, { method, path, headers, body }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = { ...headers, connection: "keep-alive" };
    const call = request({ host: "127.0.0.1", port, method, path, headers: sent, agent: false });
    call.on("error", reject);
    call.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        const { date: _now, ...rest } = response.headers;
        resolve({ status: response.statusCode ?? 0, headers: rest, body: text });
        call.destroy();
      });
    });
    if (body === null) call.flushHeaders();
    else call.end(body);
  });
}

/** Somebody's words as their vendor pushes them. */
async function saying(subject: HookCase, text = WORDS): Promise<Asked> {
  const said = { id: "4561255354251340001", sender: subject.clerk, text };
  const { method, query, headers, body } = await subject.messages.push(subject.say(said));
  return { method, path: `/hooks/${subject.account}?${query}`, headers, body };
}

/** Ask both ways: the answers, what was logged and what is stored must agree. */
async function agreed(subject: HookCase, asked: Asked, state?: HubState) {
  const [native, hono] = await bothWays(subject, state);
  const answer = await ask(native, asked);
  expect(answer).toEqual(await ask(hono, asked));
  expect(native.hub.logged).toEqual(hono.hub.logged);
  expect(await received(native)).toBe(await received(hono));
  return {
    answer,
    takenBy: native.takenBy[0],
    logged: native.hub.logged,
    received: await received(native),
  };
}

async function received({ hub }: Door): Promise<number> {
  return (await hub.store.page("inbox", 0, 10)).length;
}

type Row = readonly [
  name: string,
  status: number,
  takenBy: "Node" | "Hono",
  asked: Partial<Asked> & { readonly state?: HubState },
];

const NOT_SENT = { headers: { "content-length": "10" }, body: null };
const FULL: HubState = {
  beforeCommit: () => Promise.reject(new Error(`disk is full near "${WORDS}"`)),
};

const ROWS: readonly Row[] = [
  ["a proven push", 200, "Node", {}],
  ["a push to a named feed", 200, "Node", { path: "/hooks/feishu/hq/event" }],
  ["a push with a query that means nothing", 200, "Node", { path: "/hooks/feishu/hq?a=b&c" }],
  ["a push without its proof", 401, "Node", { headers: {} }],
  ["a push without a body", 401, "Node", { body: "" }],
  ["a bare GET", 400, "Node", { method: "GET", headers: {}, body: "" }],
  ["garbage as large as may be", 401, "Node", { body: "x".repeat(MEBIBYTE) }],
  ["an unknown account", 404, "Node", { path: "/hooks/feishu/none", ...NOT_SENT }],
  ["an unknown channel", 404, "Node", { path: "/hooks/constructor/hq", ...NOT_SENT }],
  ["an unknown feed", 404, "Node", { path: "/hooks/feishu/hq/nonsense", ...NOT_SENT }],
  ["a disabled account", 403, "Node", { ...NOT_SENT, state: { enabled: false } }],
  ["too much mail", 503, "Node", { state: { overloaded: true } }],
  ["too much mail, without its proof", 401, "Node", { headers: {}, state: { overloaded: true } }],
  ["a store that takes nothing", 500, "Node", { state: FULL }],
  [
    "a store that takes nothing, on a feed",
    500,
    "Node",
    { path: "/hooks/feishu/hq/event", state: FULL },
  ],
  [
    "a GET while too much mail waits",
    400,
    "Node",
    { method: "GET", body: "", state: { overloaded: true } },
  ],
  ["a HEAD", 401, "Hono", { method: "HEAD", body: "" }],
  ["a PUT", 404, "Hono", { method: "PUT" }],
  ["a DELETE", 404, "Hono", { method: "DELETE", body: "" }],
  ["an OPTIONS", 404, "Hono", { method: "OPTIONS", body: "" }],
  ["a percent-encoded account", 200, "Hono", { path: "/hooks/feishu/h%71" }],
  ["a percent-encoded slash", 404, "Hono", { path: "/hooks/feishu%2Fhq" }],
  ["a broken percent-encoding", 404, "Hono", { path: "/hooks/feishu/h%zz" }],
  ["a path with a dot segment", 200, "Hono", { path: "/hooks/dingtalk/../feishu/hq" }],
  ["an address with its host", 200, "Hono", { path: "http://hub.test/hooks/feishu/hq" }],
  ["a slash at the end", 404, "Hono", { path: "/hooks/feishu/hq/" }],
  ["a segment too many", 404, "Hono", { path: "/hooks/feishu/hq/event/x" }],
  ["a segment too few", 404, "Hono", { path: "/hooks/feishu" }],
  ["a neighbour of the hooks", 404, "Hono", { path: "/hooksx/feishu/hq" }],
  [
    "a body that says it is too large",
    413,
    "Hono",
    { headers: { "content-length": String(MEBIBYTE + 1) }, body: null },
  ],
  [
    "a body that is too large and does not say so",
    413,
    "Hono",
    { headers: { "transfer-encoding": "chunked" }, body: "x".repeat(MEBIBYTE + 1) },
  ],
];

describe("a request straight from Node", () => {
  it.each(ROWS)(
    "is answered as through Hono: %s, %i, taken by %s",
    async (_name, status, takenBy, row) => {
      const { state, ...asked } = row;
      const push = { ...(await saying(feishuCase)), path: "/hooks/feishu/hq" };
      const was = await agreed(feishuCase, { ...push, ...asked }, state);
      expect([was.answer.status, was.takenBy]).toEqual([status, takenBy]);
      expect(was.received).toBe(status === 200 ? 1 : 0);
    },
  );

  it("is answered as through Hono when its proven body comes in chunks", async () => {
    const push = await saying(feishuCase);
    const headers = { ...push.headers, "transfer-encoding": "chunked" };
    const { answer, takenBy } = await agreed(feishuCase, { ...push, headers });
    expect([answer.status, takenBy]).toEqual([200, "Hono"]);
  });

  it("keeps every byte of a body that does not come at once", async () => {
    const text = `${WORDS} ${"冰".repeat(100_000)}`;
    const { answer, takenBy } = await agreed(feishuCase, await saying(feishuCase, text));
    expect([answer.status, takenBy]).toEqual([200, "Node"]);
  });

  it("proves itself by its query", async () => {
    const push = await saying(wecomCase);
    const proven = await agreed(wecomCase, push);
    expect([proven.answer.status, proven.takenBy]).toEqual([200, "Node"]);
    const [path = ""] = push.path.split("?");
    const bare = await agreed(wecomCase, { ...push, path });
    expect([bare.answer.status, bare.takenBy]).toEqual([401, "Node"]);
  });

  it.each(wecomCase.handshakes.handshakes)("answers $name", async ({ request: made, check }) => {
    const { query } = await made();
    const path = `/hooks/${wecomCase.account}?${query}`;
    const asked = { method: "GET", path, headers: {}, body: "" };
    const { answer, takenBy } = await agreed(wecomCase, asked);
    expect([answer.status, takenBy]).toEqual([200, "Node"]);
    await check({ status: 200, headers: {}, body: answer.body });
  });

  it("says of a failure which route and whose account, and nothing of its words", async () => {
    const { logged } = await agreed(feishuCase, await saying(feishuCase), FULL);
    const failed = { route: "/hooks/:channel/:account", account: "hq", error: "Error" };
    expect(logged).toEqual([`A request failed. ${JSON.stringify(failed)}`]);
  });

  it("may break off in the middle of its body", async () => {
    const ways = await bothWays(feishuCase);
    for (const door of ways) {
      await hangUp(
        door,
        "POST /hooks/feishu/hq HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nhalf",
      );
      await expect.poll(() => door.hub.logged.length).toBe(1);
      expect((await ask(door, await saying(feishuCase))).status).toBe(200);
    }
    const [native, hono] = ways;
    expect(native.takenBy).toEqual(["Node", "Node"]);
    expect(native.hub.logged).toEqual(hono.hub.logged);
  });
});

/** Write onto a socket, wait until the hub has taken the request up, and be gone. */
async function hangUp({ port, takenBy }: Door, text: string): Promise<void> {
  const socket = createConnection(port, "127.0.0.1");
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.write(text);
  await expect.poll(() => takenBy.length).toBe(1);
  socket.destroy();
  await closed;
}
