import { decrypt, getSignature } from "@wecom/crypto";
import { expect } from "vitest";
import type { InboundAction, InboundMessage, Part } from "../../src/core/message.ts";
import type { HttpReply } from "../../src/ports/channel.ts";
import { buildXml, parseXml, type XmlContent, xmlNodes, xmlText } from "../../src/wire/xml.ts";
import { NOW, type PushSample, type PushSubject, type ReplySample } from "./channel-subject.ts";
import {
  AES_KEY,
  account,
  asked,
  CORP,
  card,
  proven,
  pushed,
  strangersAccount,
  TOKEN,
} from "./wecom-account.ts";

const SECONDS = NOW / 1000 - 2;
const AT = SECONDS * 1000;

function payload(inside: XmlContent): string {
  return buildXml({
    xml: {
      ToUserName: CORP,
      FromUserName: "ZhangSan",
      CreateTime: SECONDS,
      AgentID: 1000002,
      ...inside,
    },
  });
}

const expectEmpty = (reply: HttpReply) => expect(reply.body).toBe("");
const nothing: ReplySample[] = [{ name: "nothing to say", outcome: null, check: expectEmpty }];

function said(name: string, inside: XmlContent, parts: readonly Part[]): PushSample {
  const message: InboundMessage = {
    type: "message",
    dedupeKey: "wecom:1000002:4561255354251345929",
    at: AT,
    messageId: "4561255354251345929",
    sender: { id: "ZhangSan", name: null },
    place: { chat: "ZhangSan", kind: "direct", thread: null },
    addressed: true,
    quotes: null,
    parts,
    handle: null,
  };
  const xml = payload({ ...inside, MsgId: "4561255354251345929" });
  return { name, payload: xml, items: [message], replies: nothing };
}

const clickXml: XmlContent = {
  MsgType: "event",
  Event: "template_card_event",
  EventKey: "claim|7|ticket:t1",
  TaskId: "m0000000000000000001",
  CardType: "button_interaction",
  ResponseCode: "rc",
};

const clicked: InboundAction = {
  type: "action",
  dedupeKey: `wecom:1000002:ZhangSan:${SECONDS}:template_card_event:claim|7|ticket:t1:m0000000000000000001`,
  at: AT,
  operator: { id: "ZhangSan", name: null },
  action: "claim|7|ticket:t1",
  values: {},
  cardId: "m0000000000000000001",
  place: { chat: "ZhangSan", kind: "direct", thread: null },
  updateToken: { value: "rc", expiresAt: AT + 72 * 3_600_000 },
};

/** Open a passive reply with WeCom's own package and give its inside. */
function opened(reply: HttpReply) {
  const envelope = xmlNodes(parseXml(reply.body), "xml")[0] ?? {};
  const [encrypt = "", timestamp = "", nonce = ""] = ["Encrypt", "TimeStamp", "Nonce"].map(
    (tag) => xmlText(envelope, tag) ?? undefined,
  );
  expect(xmlText(envelope, "MsgSignature")).toBe(getSignature(TOKEN, timestamp, nonce, encrypt));
  const { id, message } = decrypt(AES_KEY, encrypt);
  expect(id).toBe(CORP);
  const inside = xmlNodes(parseXml(message), "xml")[0] ?? {};
  expect(xmlText(inside, "ToUserName")).toBe("ZhangSan");
  expect(xmlText(inside, "FromUserName")).toBe(CORP);
  expect(xmlText(inside, "CreateTime")).toBe(String(NOW / 1000));
  return inside;
}

const clickReplies: ReplySample[] = [
  {
    name: "worked, with the new card and how it ended",
    outcome: { tone: "success", text: "已接单\n谢谢", card },
    check(reply) {
      const inside = opened(reply);
      expect(xmlText(inside, "MsgType")).toBe("update_template_card");
      expect(inside.TemplateCard?.[0]).toEqual({
        CardType: ["button_interaction"],
        Source: [{ Desc: ["待接单"], DescColor: ["2"] }],
        MainTitle: [{ Title: ["冰柜不制冷"] }],
        QuoteArea: [{ Type: ["0"], QuoteText: ["已接单 谢谢"] }],
        SubTitleText: ["三号柜"],
        HorizontalContentList: [{ KeyName: ["门店"], Value: ["上海南京西路店"] }],
        ButtonList: [{ Text: ["接单"], Style: ["1"], Key: ["claim|7|ticket:t1"] }],
      });
    },
  },
  {
    name: "refused, with the card as it is",
    outcome: { tone: "error", text: "只有组员可以接单", card: null },
    check(reply) {
      const inside = opened(reply);
      expect(xmlText(inside, "MsgType")).toBe("update_button");
      expect(inside.Button).toEqual([{ ReplaceName: ["只有组员可以接单"] }]);
    },
  },
  { name: "still being worked", outcome: "pending", check: expectEmpty },
];

function click(name: string, more: XmlContent, expected: Partial<InboundAction>): PushSample {
  const xml = payload({ ...clickXml, ...more });
  return { name, payload: xml, items: [{ ...clicked, ...expected }], replies: clickReplies };
}

const samples: PushSample[] = [
  said("a text", { MsgType: "text", Content: " 打印机坏了\n" }, [
    { type: "text", text: "打印机坏了" },
  ]),
  said("a text of markup", { MsgType: "text", Content: "a]]>b &amp; <c>" }, [
    { type: "text", text: "a]]>b &amp; <c>" },
  ]),
  said("a picture", { MsgType: "image", PicUrl: "https://x", MediaId: "md1" }, [
    { type: "image", key: "md1", name: null, recognised: null },
  ]),
  said("a voice message", { MsgType: "voice", MediaId: "md2", Format: "amr" }, [
    { type: "audio", key: "md2", name: null, recognised: null },
  ]),
  said("a video", { MsgType: "video", MediaId: "md3", ThumbMediaId: "md4" }, [
    { type: "video", key: "md3", name: null, recognised: null },
  ]),
  said("a file", { MsgType: "file", MediaId: "md5", FileName: "日志.txt" }, [
    { type: "file", key: "md5", name: "日志.txt", recognised: null },
  ]),
  said("a file without its id", { MsgType: "file" }, [{ type: "unknown", kind: "file" }]),
  said(
    "a place",
    { MsgType: "location", Location_X: "23.134", Location_Y: "113.358", Label: "天河路 1 号" },
    [{ type: "location", title: "天河路 1 号", latitude: 23.134, longitude: 113.358 }],
  ),
  said("a place that is none", { MsgType: "location", Location_X: "91", Location_Y: "0" }, [
    { type: "unknown", kind: "location" },
  ]),
  said("a link", { MsgType: "link", Title: "说明书", Url: "https://example.com/m" }, [
    { type: "link", text: "说明书", url: "https://example.com/m" },
  ]),
  said("a kind that we do not read", { MsgType: "hologram" }, [
    { type: "unknown", kind: "hologram" },
  ]),
  click("a click", {}, {}),
  click(
    "a click in a card's menu, on a card with two lists",
    {
      Event: "template_card_menu_event",
      SelectedItems: {
        SelectedItem: [
          { QuestionKey: "team", OptionIds: { OptionId: "net" } },
          { QuestionKey: "tags", OptionIds: { OptionId: ["a", "b"] } },
          { QuestionKey: "untouched", OptionIds: { OptionId: "-" } },
        ],
      },
    },
    {
      dedupeKey: clicked.dedupeKey.replace("card_event", "card_menu_event"),
      values: { team: "net", tags: "a,b" },
    },
  ),
  click("a click without a response_code", { ResponseCode: "" }, { updateToken: null }),
  {
    name: "somebody opening the app",
    payload: payload({ MsgType: "event", Event: "enter_agent", EventKey: "" }),
    items: [],
    replies: nothing,
  },
];

/** Everything that WeCom pushes to one app. */
export const pushes: PushSubject = {
  name: "messages and events",
  feed: "app",
  create: account,
  createStranger: strangersAccount,
  prove: proven,
  push: (xml) => pushed(xml),
  coversBody: true,
  proof: { headers: [], query: ["msg_signature", "timestamp", "nonce"] },
  window: { pastMs: 3_600_000, futureMs: 3_600_000 },
  samples,
  handshakes: [
    {
      name: "the check of the address",
      request: () => asked("7428394028394820"),
      check: (reply) => expect(reply.body).toBe("7428394028394820"),
    },
    {
      name: "the check of the address with a bare + in its question",
      async request() {
        const request = await asked("7428394028394820");
        const query = new URLSearchParams(request.query);
        query.set("echostr", (query.get("echostr") ?? "").replaceAll("+", " "));
        return { ...request, query: String(query) };
      },
      check: (reply) => expect(reply.body).toBe("7428394028394820"),
    },
  ],
  forgeries: [
    {
      name: "a message for another corp",
      request: () => pushed(payload({ MsgType: "text", Content: "x", MsgId: "1" }), "ww2"),
      reason: "signature",
    },
    {
      name: "a question for another corp",
      request: () => asked("1", "ww2"),
      reason: "signature",
    },
    {
      name: "a message of another app",
      request: () =>
        pushed(payload({ MsgType: "text", Content: "x", MsgId: "1", AgentID: "1000003" })),
      reason: "malformed",
    },
    {
      name: "an event of another app",
      request: () => pushed(payload({ MsgType: "event", Event: "subscribe", AgentID: "1000003" })),
      reason: "malformed",
    },
    {
      name: "a message without a sender",
      request: () =>
        pushed(payload({ MsgType: "text", Content: "x", MsgId: "1", FromUserName: "" })),
      reason: "malformed",
    },
    {
      name: "a click without a card",
      request: () => pushed(payload({ ...clickXml, TaskId: "" })),
      reason: "malformed",
    },
  ],
};
