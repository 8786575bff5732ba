import { wecomDecrypt, wecomEncrypt, wecomSignature } from "../../wire/wecom-crypto.ts";
import { createManualClock } from "../manual-clock.ts";
import type { WecomLimits } from "./context.ts";
import { createWecomSimulator } from "./wecom-simulator.ts";

/** An app as tests use it. */
export const app = {
  corpId: "ww1",
  agentId: 1000002,
  secret: "app-secret",
  token: "callback-token",
  encodingAesKey: "o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus",
};

const world = {
  people: [
    { id: "ZhangSan", name: "张三", title: "店长" },
    { id: "lisi", name: "李四", title: "维修" },
  ],
  chats: [{ id: "wr1", name: "外部群", kind: "group" as const, members: ["lisi"] }],
};

/** One push as the hub got it; `xml` is what was inside it. */
export type Pushed = {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly xml: string;
};

/** For tests: a simulator whose pushes are checked and opened, kept in `pushed` and answered by `hub`. */
export function given(
  hub: (pushed: Pushed, count: number) => Response | Promise<Response>,
  limits: WecomLimits = {},
) {
  const clock = createManualClock();
  const pushed: Pushed[] = [];
  const simulator = createWecomSimulator({
    world,
    clock,
    speed: 1,
    app,
    callbackUrl: "https://hub.test/hooks/wecom/stores?key=1",
    mobiles: { ZhangSan: "13800000000" },
    limits,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const body = await request.text();
      const seen = { method: request.method, url, body, xml: await open(url, body) };
      pushed.push(seen);
      return hub(seen, pushed.length);
    },
  });
  const call = async (method: string, path: string, body?: unknown) => {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const request = new Request(`https://qyapi.weixin.qq.com/cgi-bin${path}`, init);
    return (await (await simulator.fetch(request)).json()) as Record<string, never>;
  };
  const login = async (): Promise<string> => {
    const query = `corpid=${app.corpId}&corpsecret=${app.secret}`;
    return (await call("GET", `/gettoken?${query}`)).access_token ?? "";
  };
  /** Call the API with a good token. */
  const api = async (path: string, body: unknown) =>
    call("POST", `${path}?access_token=${await login()}`, body);
  const send = (message: object) =>
    api("/message/send", { touser: "ZhangSan", agentid: app.agentId, ...message });
  return {
    simulator,
    clock,
    pushed,
    call,
    login,
    api,
    send,
    messages: () => simulator.view().messages,
  };
}

/** Check the signature and decrypt, as a hub must. */
async function open(url: URL, body: string): Promise<string> {
  const query = url.searchParams;
  const encrypt = query.get("echostr") ?? sealedIn(body);
  const [timestamp, nonce] = [query.get("timestamp") ?? "", query.get("nonce") ?? ""];
  const expected = await wecomSignature({ token: app.token, timestamp, nonce, encrypt });
  if (query.get("msg_signature") !== expected) throw new Error("the push is not signed");
  const { encodingAesKey } = app;
  const { message, receiveId } = await wecomDecrypt({ encodingAesKey, encrypt });
  if (receiveId !== app.corpId) throw new Error("the push is encrypted for somebody else");
  return message;
}

/** The content of `Encrypt`. */
export function sealedIn(body: string): string {
  return /<Encrypt><!\[CDATA\[(.*?)\]\]><\/Encrypt>/.exec(body)?.[1] ?? "";
}

/** A hub that answers 200 and nothing else. */
export const ok = () => new Response("");

/** A passive reply to ZhangSan, encrypted and signed. */
export async function passive(inner: string, receiveId: string = app.corpId): Promise<Response> {
  const message = toZhangSan(inner);
  const { encodingAesKey, token } = app;
  const encrypt = await wecomEncrypt({ encodingAesKey, message, receiveId });
  const signed = { token, timestamp: "1700000000", nonce: "n", encrypt };
  return envelope(encrypt, await wecomSignature(signed));
}

export function toZhangSan(inner: string): string {
  return `<xml><ToUserName><![CDATA[ZhangSan]]></ToUserName>${inner}</xml>`;
}

export function envelope(encrypt: string, signature: string): Response {
  return new Response(
    `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt><MsgSignature><![CDATA[${signature}]]></MsgSignature>` +
      "<TimeStamp>1700000000</TimeStamp><Nonce><![CDATA[n]]></Nonce></xml>",
  );
}

/** A card with two buttons, a list and a menu. */
export const buttonCard = {
  card_type: "button_interaction",
  main_title: { title: "工单 T-1", desc: "冰柜不制冷" },
  horizontal_content_list: [{ keyname: "优先级", value: "高" }],
  task_id: "T-1_v1",
  button_selection: {
    question_key: "team",
    title: "转给",
    option_list: [
      { id: "net", text: "网络组" },
      { id: "cold", text: "冷链组" },
    ],
    selected_id: "cold",
  },
  button_list: [
    { text: "接单", style: 1, key: "claim|3|ticket:abc" },
    { text: "打开", type: 1, url: "https://hub.test/t/1" },
  ],
  action_menu: { desc: "更多", action_list: [{ text: "关闭", key: "close|3|ticket:abc" }] },
};

/** A card that asks two questions. */
export const multipleCard = {
  card_type: "multiple_interaction",
  main_title: { title: "转派" },
  task_id: "T-2",
  select_list: [
    {
      question_key: "team",
      option_list: [
        { id: "net", text: "网络组" },
        { id: "cold", text: "冷链组" },
      ],
    },
    { question_key: "level", option_list: [{ id: "1", text: "一级" }], selected_id: "1" },
  ],
  submit_button: { text: "提交", key: "transfer|3|ticket:abc" },
};

/** A card that only tells. */
export const noticeCard = {
  card_type: "text_notice",
  main_title: { title: "已关闭" },
  card_action: { type: 1, url: "https://hub.test/t/1" },
};

export const asCard = (card: object) => ({ msgtype: "template_card", template_card: card });
