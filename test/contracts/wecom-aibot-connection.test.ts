import { expect } from "vitest";
import { NO_ACTION } from "../../src/bots/wecom/aibot/card.ts";
import { connectionContract } from "./connection-contract.ts";
import type { ConnectionPush, ConnectionSample } from "./connection-subject.ts";
import { SECRET } from "./wecom-aibot-account.ts";
import { AT, click, clicked, event, messages } from "./wecom-aibot-samples.ts";
import { CLICK, REQ_ID, startVendor } from "./wecom-aibot-vendor.ts";

const feed = "app";
const handle = { value: REQ_ID, expiresAt: AT + 24 * 3_600_000 - 10_000 };

const samples: readonly ConnectionSample[] = [
  ...messages
    .filter(({ name }) => !name.includes("mention"))
    .map(({ name, body, item }) => ({
      name,
      feed,
      payload: JSON.stringify(body),
      items: [{ ...item, handle }],
      acknowledged: false,
    })),
  meaningless("event: somebody coming in", event("enter_chat")),
  meaningless("event: somebody's opinion", event("feedback_event", { feedback_event: {} })),
];

function meaningless(name: string, body: object): ConnectionSample {
  return { name, feed, payload: JSON.stringify(body), items: [], acknowledged: false };
}

function malformed(name: string, body: object): ConnectionPush {
  return { name, feed, payload: JSON.stringify(body) };
}

connectionContract("a wecom AI bot", {
  start: startVendor,
  samples,
  click: {
    name: CLICK,
    feed,
    payload: JSON.stringify(click()),
    items: [clicked],
    acknowledged: true,
    check(said, outcome) {
      if (outcome === "pending") {
        expect(said).toMatchObject({
          response_type: "update_template_card",
          template_card: { task_id: clicked.cardId, button_list: [{ key: NO_ACTION }] },
        });
        return;
      }
      expect(said).toEqual({
        chatid: "ZhangSan",
        chat_type: 1,
        msgtype: "markdown",
        markdown: { content: outcome.text },
      });
    },
  },
  malformed: [
    malformed("a message without a sender", { ...messages[0]?.body, from: {} }),
    malformed("a message without its id", { ...messages[0]?.body, msgid: "" }),
    malformed("event: a click without a card", click({ task_id: "" })),
    malformed("event: a click that says nothing", event("template_card_event")),
  ],
  hostile: [
    { name: "an empty frame", frame: "" },
    { name: "words", frame: "hello" },
    { name: "a list", frame: "[]" },
    { name: "no headers", frame: '{"cmd":"aibot_msg_callback","body":{}}' },
    { name: "no body", frame: '{"cmd":"aibot_msg_callback","headers":{"req_id":"1"}}' },
    { name: "an unknown command", frame: '{"cmd":"aibot_dance","headers":{"req_id":"1"}}' },
    { name: "an answer to nothing", frame: '{"headers":{"req_id":"1"},"errcode":0}' },
    { name: "deep JSON", frame: "[".repeat(100_000) },
    { name: "bytes", frame: Uint8Array.of(0xff, 0xfe, 0x00) },
  ],
  secrets: [SECRET],
});
