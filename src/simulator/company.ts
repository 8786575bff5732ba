import type { DingtalkOptions } from "./dingtalk/context.ts";
import { createDingtalkSimulator, type DingtalkSimulator } from "./dingtalk/dingtalk-simulator.ts";
import { createFeishuSimulator, type FeishuSimulator } from "./feishu/simulator.ts";
import type { FeishuOptions } from "./feishu/state.ts";
import type { ToolClock, ToolSimulator, ToolWorld } from "./tool.ts";
import type { WecomOptions } from "./wecom/context.ts";
import { createWecomSimulator, type WecomSimulator } from "./wecom/wecom-simulator.ts";

/** The made-up credentials of the demo: the environment that its configuration reads. */
export type CompanyEnv = Readonly<Record<string, string>>;

/** Who is in which tool. */
export type CompanyWorld = Readonly<Record<ToolSimulator["name"], ToolWorld>>;

export type Company = {
  readonly feishu: FeishuSimulator;
  readonly dingtalk: DingtalkSimulator;
  readonly wecom: WecomSimulator;
  readonly tools: readonly ToolSimulator[];
};

/**
 * One company with all three tools, each with one app whose pushes go to the hub at `hubUrl`. `vendorUrl` is where the
 * hub reaches the simulated vendors: their API stands under `<vendorUrl>/<tool>`, and so do their WebSockets where
 * `sockets` says that they are served there.
 */
export function createCompany(options: {
  readonly env: CompanyEnv;
  readonly world: CompanyWorld;
  readonly hubUrl: string;
  readonly vendorUrl: string;
  readonly sockets?: boolean;
  /** Feishu and DingTalk push over the connections that the hub opens to them, and not to its addresses. */
  readonly longConnections?: boolean;
  /** Webhooks of groups, by tool. */
  readonly boards?: {
    readonly feishu?: NonNullable<FeishuOptions["boards"]>;
    readonly dingtalk?: NonNullable<DingtalkOptions["boards"]>;
    readonly wecom?: NonNullable<WecomOptions["boards"]>;
  };
  /** WeCom has this AI bot too. */
  readonly aibot?: WecomOptions["aibot"];
  readonly fetch: typeof fetch;
  readonly clock: ToolClock;
  readonly speed: number;
}): Company {
  const { env, world, hubUrl, vendorUrl, fetch, clock, speed } = options;
  const { sockets = false, longConnections = false, aibot, boards = {} } = options;
  const common = (tool: ToolSimulator["name"]) => {
    const socketBase = `${vendorUrl.replace(/^http/, "ws")}/${tool}`;
    return { world: world[tool], fetch, clock, speed, ...(sockets && { socketBase }) };
  };
  const need = (name: string): string => {
    const value = env[name];
    if (value === undefined) throw new Error(`The demo's environment lacks ${name}.`);
    return value;
  };
  const hook = (path: string): string => `${hubUrl}/hooks/${path}`;

  const feishu = createFeishuSimulator({
    ...common("feishu"),
    boards: boards.feishu ?? [],
    app: {
      appId: need("FEISHU_APP_ID"),
      appSecret: need("FEISHU_APP_SECRET"),
      encryptKey: need("FEISHU_ENCRYPT_KEY"),
      verificationToken: need("FEISHU_VERIFICATION_TOKEN"),
      subscription: longConnections ? "websocket" : "webhook",
    },
    eventsUrl: hook("feishu/hq"),
    callbacksUrl: hook("feishu/hq"),
  });
  const dingtalk = createDingtalkSimulator({
    ...common("dingtalk"),
    boards: boards.dingtalk ?? [],
    app: {
      clientId: need("DINGTALK_CLIENT_ID"),
      clientSecret: need("DINGTALK_CLIENT_SECRET"),
      robotCode: need("DINGTALK_CLIENT_ID"),
      corpId: need("DINGTALK_CORP_ID"),
      aesKey: need("DINGTALK_AES_KEY"),
      token: need("DINGTALK_TOKEN"),
    },
    transport: longConnections ? "stream" : "webhook",
    robotUrl: hook("dingtalk/suppliers/robot"),
    eventUrl: hook("dingtalk/suppliers/event"),
    oapiBase: `${vendorUrl}/dingtalk`,
  });
  dingtalk.importTemplate(need("DINGTALK_CARD_TEMPLATE_ID"), {}, { published: true });
  const wecom = createWecomSimulator({
    ...common("wecom"),
    boards: boards.wecom ?? [],
    ...(aibot !== undefined && { aibot }),
    app: {
      corpId: need("WECOM_CORP_ID"),
      agentId: Number(need("WECOM_AGENT_ID")),
      secret: need("WECOM_SECRET"),
      token: need("WECOM_TOKEN"),
      encodingAesKey: need("WECOM_ENCODING_AES_KEY"),
    },
    callbackUrl: hook("wecom/vendors"),
  });
  return { feishu, dingtalk, wecom, tools: [feishu, dingtalk, wecom] };
}
