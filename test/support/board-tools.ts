import { dingtalkAccount } from "../../src/bots/dingtalk/account.ts";
import { dingtalk } from "../../src/bots/dingtalk/dingtalk.ts";
import { feishuAccount } from "../../src/bots/feishu/account.ts";
import { feishu } from "../../src/bots/feishu/feishu.ts";
import { wecomAccount } from "../../src/bots/wecom/account.ts";
import { wecom } from "../../src/bots/wecom/wecom.ts";
import type { Channel } from "../../src/ports/channel.ts";
import { createDingtalkSimulator } from "../../src/simulator/dingtalk/dingtalk-simulator.ts";
import type { Faults } from "../../src/simulator/faults.ts";
import { createFeishuSimulator } from "../../src/simulator/feishu/simulator.ts";
import type { ToolSimulator } from "../../src/simulator/tool.ts";
import { createWecomSimulator } from "../../src/simulator/wecom/wecom-simulator.ts";
import { createTestClock } from "./test-clock.ts";

const CHAT = "group-1";
const SECRET = "made-up-secret";
const AES_KEY = "a".repeat(43);

/** What a hook of a test's own would be. */
const never = new AbortController().signal;

/** A tool whose one group has a board, and our account of it. */
export type BoardTool = {
  readonly tool: ToolSimulator & { readonly faults: Faults };
  readonly clock: ReturnType<typeof createTestClock>;
  /** The account as it should be, or with the wrong signature or address. */
  channel(wrong?: "secret" | "address"): Channel;
};

function common() {
  const clock = createTestClock();
  const options = {
    world: {
      people: [],
      chats: [{ id: CHAT, name: "维修群", kind: "group" as const, members: [] }],
    },
    clock: {
      now: clock.now,
      sleep: (ms: number, signal: AbortSignal | undefined) => clock.sleep(ms, signal ?? never),
    },
    speed: 1,
    fetch: async () => new Response(""),
  };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const deps = (tool: ToolSimulator) => ({
    clock,
    log,
    fetch: (async (input, init) => tool.fetch(new Request(input, init))) as typeof fetch,
  });
  return { clock, options, deps };
}

function feishuTool(): BoardTool {
  const { clock, options, deps } = common();
  const tool = createFeishuSimulator({
    ...options,
    app: { appId: "cli_1", appSecret: "s", encryptKey: null, verificationToken: "v" },
    eventsUrl: "http://hub.test/e",
    callbacksUrl: null,
    boards: [{ chat: CHAT, token: "hook", secret: SECRET }],
  });
  return {
    tool,
    clock,
    channel: (wrong) =>
      feishu.create(
        feishuAccount.parse({
          kind: "board",
          token: wrong === "address" ? "other" : "hook",
          secret: wrong === "secret" ? "other" : SECRET,
        }),
        deps(tool),
      ),
  };
}

function dingtalkTool(): BoardTool {
  const { clock, options, deps } = common();
  const tool = createDingtalkSimulator({
    ...options,
    app: {
      clientId: "c",
      clientSecret: "s",
      robotCode: "c",
      corpId: "corp",
      aesKey: AES_KEY,
      token: "tok",
    },
    robotUrl: "http://hub.test/r",
    eventUrl: "http://hub.test/e",
    boards: [{ chat: CHAT, accessToken: "at", secret: SECRET }],
  });
  return {
    tool,
    clock,
    channel: (wrong) =>
      dingtalk.create(
        dingtalkAccount.parse({
          kind: "board",
          access_token: wrong === "address" ? "other" : "at",
          secret: wrong === "secret" ? "other" : SECRET,
        }),
        deps(tool),
      ),
  };
}

function wecomTool(): BoardTool {
  const { clock, options, deps } = common();
  const tool = createWecomSimulator({
    ...options,
    app: { corpId: "ww1", agentId: 1, secret: "s", token: "t", encodingAesKey: AES_KEY },
    callbackUrl: "http://hub.test/c",
    boards: [{ chat: CHAT, key: "key-1" }],
  });
  return {
    tool,
    clock,
    channel: (wrong) =>
      wecom.create(
        wecomAccount.parse({ kind: "board", key: wrong === undefined ? "key-1" : "other" }),
        deps(tool),
      ),
  };
}

export const BOARD_TOOLS = {
  feishu: feishuTool,
  dingtalk: dingtalkTool,
  wecom: wecomTool,
} as const;
