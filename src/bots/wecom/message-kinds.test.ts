import { expect, it } from "vitest";
import { type Kind, kindsOf, readAs } from "../../../test/support/message-kinds.ts";
import { buildXml, parseXml, type XmlContent, xmlNodes } from "../../wire/xml.ts";
import { readMessage } from "./message.ts";

/** Messages as an app gets them, decrypted. WeCom docs: 90239. */
const SAMPLES: Readonly<Partial<Record<Kind, XmlContent>>> = {
  text: { MsgType: "text", Content: "冰柜坏了" },
  image: { MsgType: "image", PicUrl: "https://p.example/1", MediaId: "media1" },
  file: { MsgType: "file", MediaId: "media1", FileName: "发票.pdf" },
  audio: { MsgType: "voice", MediaId: "media1", Format: "amr" },
  video: { MsgType: "video", MediaId: "media1", ThumbMediaId: "media2" },
  location: {
    MsgType: "location",
    Location_X: "31.23",
    Location_Y: "121.47",
    Scale: "16",
    Label: "南京西路",
  },
  link: {
    MsgType: "link",
    Title: "照片",
    Description: "三张",
    Url: "https://a.example",
    PicUrl: "",
  },
  "any other": { MsgType: "weapp" },
};

function read(sample: XmlContent) {
  const head = { ToUserName: "ww1", FromUserName: "ZhangSan", CreateTime: 1_700_000_000 };
  const xml = buildXml({ xml: { ...head, ...sample, MsgId: "45612", AgentID: 1000002 } });
  const [node] = xmlNodes(parseXml(xml), "xml");
  const message = node === undefined ? null : readMessage(node, 1_000_002);
  if (message === null) throw new Error("not a message");
  return message;
}

it.each(kindsOf("wecom"))("a message of the kind %s is read as: %s", (kind, as) => {
  const message = read(SAMPLES[kind] ?? {});
  expect(readAs(message)).toBe(as);
  expect(message).toMatchObject({ addressed: true, quotes: null, place: { kind: "direct" } });
});
