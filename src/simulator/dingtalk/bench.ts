import { createManualClock } from "../manual-clock.ts";
import type { ToolMessage } from "../tool.ts";
import type { DingtalkOptions } from "./context.ts";
import { createDingtalkSimulator } from "./dingtalk-simulator.ts";

/** An app as tests use it. */
export const app = {
  clientId: "dingkey",
  clientSecret: "ding-secret",
  robotCode: "dingkey",
  corpId: "ding1",
  aesKey: "o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus",
  token: "tokenxxxx",
};
export const GROUP = "cidGroup==";
const world = {
  people: [
    { id: "0123", name: "张三", title: "店长" },
    { id: "0456", name: "李四", title: "维修" },
  ],
  chats: [{ id: GROUP, name: "维修群", kind: "group" as const, members: ["0123"] }],
};
export const ACTION = "claim|3|ticket:abc";
export const ASKS_FIRST = "escalate|3|ticket:abc";
export const SUBMIT = "transfer|3|ticket:abc";

type Pushed = { url: URL; headers: Headers; json: Record<string, unknown> };

/** For tests: a simulator whose pushes are kept in `pushed` and answered by `hub`. */
export function given(
  hub: (pushed: Pushed, count: number) => Response | Promise<Response>,
  more: Partial<DingtalkOptions> = {},
) {
  const clock = createManualClock();
  const pushed: Pushed[] = [];
  const simulator = createDingtalkSimulator({
    world,
    clock,
    speed: 1,
    app,
    robotUrl: "https://hub.test/hooks/dingtalk/a/robot",
    eventUrl: "https://hub.test/hooks/dingtalk/a/event?key=1",
    mobiles: { "0123": "13800000000" },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const seen = {
        url: new URL(request.url),
        headers: request.headers,
        json: (await request.json()) as Record<string, unknown>,
      };
      pushed.push(seen);
      return hub(seen, pushed.length);
    },
    ...more,
  });
  const messages = () => simulator.view().messages;
  const api = (method: string, path: string, body?: unknown, token = "") =>
    simulator.fetch(
      new Request(`https://api.dingtalk.com${path}`, {
        method,
        headers: { "content-type": "application/json", "x-acs-dingtalk-access-token": token },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  const call = async (method: string, path: string, body?: unknown, token = "") => {
    const response = await api(method, path, body, token);
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  };
  const login = async (): Promise<string> => {
    const keys = { appKey: app.clientId, appSecret: app.clientSecret };
    return (await call("POST", "/v1.0/oauth2/accessToken", keys)).body.accessToken ?? "";
  };
  return { simulator, clock, pushed, messages, api, call, login };
}

/** A hub that answers 200 and nothing else. */
export const ok = () => new Response("");

/** A card in the group, with one button and a form. */
export const card = {
  cardTemplateId: "t.schema",
  outTrackId: "track-1",
  callbackType: "HTTP",
  callbackRouteKey: "loop",
  cardData: {
    cardParamMap: {
      title: "冰柜不制冷",
      buttons: JSON.stringify([
        { text: "接单", color: "blue", action: ACTION },
        { text: "升级", color: "red", action: ASKS_FIRST, confirm: "确定升级？" },
      ]),
      form: JSON.stringify({
        fields: [
          {
            name: "team",
            label: "转给",
            type: "SELECT",
            required: true,
            options: [
              { value: "net", text: "网络组" },
              { value: "cold", text: "冷链组" },
            ],
          },
          { name: "note", label: "说明", type: "TEXT", required: false },
        ],
      }),
      form_action: SUBMIT,
    },
  },
  openSpaceId: `dtv1.card//IM_GROUP.${GROUP}`,
  imGroupOpenSpaceModel: { supportForward: false },
  imGroupOpenDeliverModel: { robotCode: app.robotCode },
};

/** A simulator that shows the card above and has its callback registered. */
export async function givenCard(hub: Parameters<typeof given>[0], apiSecret = "api-secret") {
  const kit = given(hub);
  kit.simulator.importTemplate("t.schema", {});
  const token = await kit.login();
  const register = {
    callbackRouteKey: "loop",
    callbackUrl: "https://hub.test/hooks/dingtalk/a/card",
    apiSecret,
  };
  await kit.call("POST", "/v1.0/card/callbacks/register", register, token);
  await kit.call("POST", "/v1.0/card/instances/createAndDeliver", card, token);
  const message = kit.messages()[0];
  if (message === undefined) throw new Error("the card was not delivered");
  return { ...kit, token, message: message.id };
}

/** The card that a message shows. */
export function native(message: ToolMessage | undefined) {
  if (message?.body.type !== "card") throw new Error("no card");
  return message.body.native as { cardParamMap: Record<string, string> };
}
