import { expect } from "vitest";
import type { Card } from "../../src/core/card.ts";
import type { Outbound } from "../../src/core/message.ts";
import type { FailureClass } from "../../src/ports/channel.ts";
import { json } from "./channel-fakes.ts";
import { type AnswerSample, NOW } from "./channel-subject.ts";

/** What every group webhook is sent in its tests. */
export const card: Card<string> = {
  tone: "warning",
  title: "冰柜不制冷",
  subtitle: "待接单",
  blocks: [
    { type: "paragraph", text: "三号柜" },
    { type: "fields", fields: [{ label: "门店", value: "上海南京西路店" }] },
  ],
  controls: [
    { type: "link", label: "接单", url: "https://desk.example.com/a/one" },
    { type: "link", label: "升级", url: "https://desk.example.com/a/two" },
  ],
};

export const text: Outbound<string> = {
  id: "m0000000000000000001",
  to: { kind: "chat", id: "board" },
  inReplyTo: null,
  content: { type: "text", text: "工程师已出发，预计半小时" },
};

export const cardMessage: Outbound<string> = { ...text, content: { type: "card", card } };

export const sent = { type: "sent", remoteId: text.id, updateTokens: [] } as const;

/** No board can change a card. */
export const noUpdate = {
  possible: false,
  surface: { id: text.id, to: text.to, remoteId: text.id, updateTokens: [], version: 9 },
  card,
  class: "window-closed",
} as const;

/** An answer of the vendor, with words that repeat ours. */
export function refusal(
  body: Readonly<Record<string, unknown>>,
  failureClass: FailureClass,
  afterMs: number | null = null,
): AnswerSample {
  return {
    name: JSON.stringify(body),
    answer: () =>
      json({ ...body, errmsg: "工程师已出发，预计半小时", msg: "工程师已出发，预计半小时" }),
    delivery: { type: "failed", class: failureClass, afterMs },
  };
}

/** Unix seconds of the samples. */
export const SECONDS = String(NOW / 1000);

export async function bodyOf(request: Request): Promise<unknown> {
  expect(request.method).toBe("POST");
  return JSON.parse(await request.clone().text());
}
