import type { InboundMessage, Part } from "../../core/message.ts";
import { type XmlNode, xmlText } from "../../wire/xml.ts";

/** Who did something, when, and in the chat with which app. */
export type PushHead = {
  readonly userid: string;
  readonly createTime: string;
  readonly at: number;
};

/** What every message and click has; null when something is missing or the app is not ours. */
export function readHead(push: XmlNode, agentId: number): PushHead | null {
  const userid = textOf(push, "FromUserName");
  const createTime = textOf(push, "CreateTime");
  if (userid === null || createTime === null || !/^\d{1,12}$/.test(createTime)) return null;
  if (xmlText(push, "AgentID") !== String(agentId)) return null;
  return { userid, createTime, at: Number(createTime) * 1000 };
}

/** A text that is not empty. */
export function textOf(node: XmlNode, tag: string): string | null {
  return xmlText(node, tag) || null;
}

/**
 * A message to the app; null when it lacks what every message has.
 *
 * An app talks with one member at a time, so the member's id names the chat. WeCom docs: 90239.
 */
export function readMessage(push: XmlNode, agentId: number): InboundMessage | null {
  const head = readHead(push, agentId);
  const messageId = textOf(push, "MsgId");
  if (head === null || messageId === null) return null;
  return {
    type: "message",
    dedupeKey: `wecom:${agentId}:${messageId}`,
    at: head.at,
    messageId,
    sender: { id: head.userid, name: null },
    place: { chat: head.userid, kind: "direct", thread: null },
    addressed: true,
    quotes: null,
    parts: readParts(push),
    handle: null,
  };
}

function readParts(push: XmlNode): Part[] {
  const kind = xmlText(push, "MsgType") ?? "";
  switch (kind) {
    case "text": {
      const text = xmlText(push, "Content")?.trim() ?? "";
      return text === "" ? [] : [{ type: "text", text }];
    }
    case "image":
    case "video":
    case "file":
      return [media(push, kind, kind)];
    case "voice":
      return [media(push, "audio", kind)];
    case "location":
      return [location(push)];
    case "link":
      return [link(push)];
    default:
      return [{ type: "unknown", kind }];
  }
}

function media(push: XmlNode, type: "image" | "video" | "file" | "audio", kind: string): Part {
  const key = textOf(push, "MediaId");
  if (key === null) return { type: "unknown", kind };
  return { type, key, name: textOf(push, "FileName"), recognised: null };
}

function location(push: XmlNode): Part {
  const latitude = Number(textOf(push, "Location_X") ?? Number.NaN);
  const longitude = Number(textOf(push, "Location_Y") ?? Number.NaN);
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  if (!isOnEarth) return { type: "unknown", kind: "location" };
  return { type: "location", title: xmlText(push, "Label") ?? "", latitude, longitude };
}

function link(push: XmlNode): Part {
  const url = textOf(push, "Url");
  if (url === null) return { type: "unknown", kind: "link" };
  return { type: "link", text: textOf(push, "Title") ?? url, url };
}
