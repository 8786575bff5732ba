import { createDingtalkSimulator, type DingtalkSimulator } from "./dingtalk/dingtalk-simulator.ts";
import { createFeishuSimulator, type FeishuSimulator } from "./feishu/simulator.ts";
import type { ToolClock, ToolSimulator, ToolWorld } from "./tool.ts";
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
 * hub reaches the simulated vendors: their API stands under `<vendorUrl>/<tool>`.
 */
export function createCompany(options: {
  readonly env: CompanyEnv;
  readonly world: CompanyWorld;
  readonly hubUrl: string;
  readonly vendorUrl: string;
  readonly fetch: typeof fetch;
  readonly clock: ToolClock;
  readonly speed: number;
}): Company {
  const { env, world, hubUrl, vendorUrl, ...common } = options;
  const need = (name: string): string => {
    const value = env[name];
    if (value === undefined) throw new Error(`The demo's environment lacks ${name}.`);
    return value;
  };
  const hook = (path: string): string => `${hubUrl}/hooks/${path}`;

  const feishu = createFeishuSimulator({
    ...common,
    world: world.feishu,
    app: {
      appId: need("FEISHU_APP_ID"),
      appSecret: need("FEISHU_APP_SECRET"),
      encryptKey: need("FEISHU_ENCRYPT_KEY"),
      verificationToken: need("FEISHU_VERIFICATION_TOKEN"),
    },
    eventsUrl: hook("feishu/hq"),
    callbacksUrl: hook("feishu/hq"),
  });
  const dingtalk = createDingtalkSimulator({
    ...common,
    world: world.dingtalk,
    app: {
      clientId: need("DINGTALK_CLIENT_ID"),
      clientSecret: need("DINGTALK_CLIENT_SECRET"),
      robotCode: need("DINGTALK_CLIENT_ID"),
      corpId: need("DINGTALK_CORP_ID"),
      aesKey: need("DINGTALK_AES_KEY"),
      token: need("DINGTALK_TOKEN"),
    },
    robotUrl: hook("dingtalk/suppliers/robot"),
    eventUrl: hook("dingtalk/suppliers/event"),
    oapiBase: `${vendorUrl}/dingtalk`,
  });
  dingtalk.importTemplate(need("DINGTALK_CARD_TEMPLATE_ID"), {}, { published: true });
  const wecom = createWecomSimulator({
    ...common,
    world: world.wecom,
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
