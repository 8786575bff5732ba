import { dingtalkConfig } from "../../src/bots/dingtalk/config.ts";
import { dingtalk } from "../../src/bots/dingtalk/dingtalk.ts";
import { feishuConfig } from "../../src/bots/feishu/config.ts";
import { feishu } from "../../src/bots/feishu/feishu.ts";
import { wecomConfig } from "../../src/bots/wecom/config.ts";
import { wecom } from "../../src/bots/wecom/wecom.ts";
import type { Channel, ChannelDeps } from "../../src/ports/channel.ts";
import type { DingtalkOptions } from "../../src/simulator/dingtalk/context.ts";
import { createDingtalkSimulator } from "../../src/simulator/dingtalk/dingtalk-simulator.ts";
import { createFeishuSimulator } from "../../src/simulator/feishu/simulator.ts";
import type { FeishuOptions } from "../../src/simulator/feishu/state.ts";
import { createManualClock } from "../../src/simulator/manual-clock.ts";
import type { ToolSimulator } from "../../src/simulator/tool.ts";
import { createWecomSimulator } from "../../src/simulator/wecom/wecom-simulator.ts";

/** One of our bots and its simulated tool, each other's only correspondent. */
export type ToolMeeting<Simulator extends ToolSimulator> = {
  readonly channel: Channel;
  readonly simulator: Simulator;
  /** Paths that were called at the tool, oldest first. */
  readonly requests: readonly string[];
};

const SECRET = "0123456789abcdefghijABCDEFGHIJ0123456789xyz";

const person = (id: string, name: string) => ({ id, name, title: "店员" });
const direct = (id: string, member: string) => ({
  id,
  name: member,
  kind: "direct" as const,
  members: [member],
});

/** What a simulator is made with: nothing that it pushes arrives anywhere. */
function common() {
  const fetch = async () => new Response("gone", { status: 410 });
  return { clock: createManualClock(), speed: 1, fetch };
}

function met<Simulator extends ToolSimulator>(
  simulator: Simulator,
  make: (deps: ChannelDeps) => Channel,
): ToolMeeting<Simulator> {
  const clock = createManualClock();
  const requests: string[] = [];
  const channel = make({
    fetch: async (input, init) => {
      const request = new Request(input as string, init);
      requests.push(new URL(request.url).pathname);
      return simulator.fetch(request);
    },
    clock: { now: () => clock.now(), sleep: async () => {} },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  return { channel, simulator, requests };
}

export function meetFeishu(over: Partial<FeishuOptions> = {}) {
  const app = { appId: "cli_0123456789abcdef", appSecret: "s", verificationToken: "v" };
  const simulator = createFeishuSimulator({
    ...common(),
    world: {
      people: [person("ou_chen", "陈敏"), person("ou_li", "李雷")],
      chats: [direct("oc_chen", "ou_chen")],
    },
    app: { ...app, encryptKey: null },
    eventsUrl: "https://hub.test/hooks/feishu/hq",
    callbacksUrl: null,
    contacts: { ou_chen: { mobile: "13800000001" }, ou_li: { email: "li@example.com" } },
    ...over,
  });
  const config = feishuConfig.parse({
    app_id: app.appId,
    app_secret: app.appSecret,
    verification_token: app.verificationToken,
  });
  return met(simulator, (deps) => feishu.create(config, deps));
}

export function meetDingtalk(over: Partial<DingtalkOptions> = {}) {
  const app = { clientId: "dingkey", clientSecret: "s", robotCode: "dingkey", corpId: "ding1" };
  const simulator = createDingtalkSimulator({
    ...common(),
    world: { people: [person("0100", "陈敏")], chats: [] },
    app: { ...app, aesKey: SECRET, token: "token" },
    robotUrl: "https://hub.test/hooks/dingtalk/a/robot",
    eventUrl: "https://hub.test/hooks/dingtalk/a/event",
    mobiles: { "0100": "13800000001" },
    ...over,
  });
  const config = dingtalkConfig.parse({
    client_id: app.clientId,
    client_secret: app.clientSecret,
    aes_key: SECRET,
    token: "token",
  });
  return met(simulator, (deps) => dingtalk.create(config, deps));
}

export function meetWecom() {
  const simulator = createWecomSimulator({
    ...common(),
    world: { people: [person("chen", "陈敏"), person("LiLei", "李雷")], chats: [] },
    app: { corpId: "ww1", agentId: 1000002, secret: "s", token: "t", encodingAesKey: SECRET },
    callbackUrl: "https://hub.test/hooks/wecom/vendors",
    mobiles: { chen: "13800000001" },
    emails: { LiLei: "li@example.com" },
  });
  const config = wecomConfig.parse({
    corp_id: "ww1",
    agent_id: "1000002",
    secret: "s",
    token: "t",
    encoding_aes_key: SECRET,
  });
  return met(simulator, (deps) => wecom.create(config, deps));
}
