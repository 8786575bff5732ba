import { NOW } from "../contracts/channel-subject.ts";
import { ENCRYPT_KEY, encryptedConfig, TOKEN } from "../contracts/feishu-account.ts";
import { feishuPushes } from "../contracts/feishu-pushes.ts";
import type { HookCase } from "./hook-case.ts";

const [push] = feishuPushes;
if (push === undefined) throw new Error("Feishu has no pushes.");

function envelope(id: string, type: string, event: object): string {
  const header = {
    event_id: `ev-${id}`,
    event_type: type,
    create_time: String(NOW),
    token: TOKEN,
    app_id: "cli_0123",
    tenant_key: "t1",
  };
  return JSON.stringify({ schema: "2.0", header, event });
}

let sent = 0;

/** Feishu with an Encrypt Key. */
export const feishuCase: HookCase = {
  account: "feishu/hq",
  config: encryptedConfig,
  group: "oc_repair",
  clerk: "ou_clerk",
  engineer: "ou_li",
  messages: push,
  clicks: push,
  handshakes: push,
  say: ({ id, sender, text }) =>
    envelope(id, "im.message.receive_v1", {
      sender: { sender_id: { open_id: sender }, sender_type: "user", tenant_key: "t1" },
      message: {
        message_id: id,
        create_time: String(NOW - 500),
        chat_id: `oc_${sender}`,
        chat_type: "p2p",
        message_type: "text",
        content: JSON.stringify({ text }),
      },
    }),
  press: ({ id, operator, action, cardId }) =>
    envelope(id, "card.action.trigger", {
      operator: { open_id: operator, tenant_key: "t1" },
      token: "c-update-token",
      action: { tag: "button", value: { action } },
      context: { open_message_id: cardId, open_chat_id: "oc_repair" },
    }),
  shown: (body) => body,
  vendor(request) {
    if (request.url.includes("/tenant_access_token/")) {
      return Response.json({ code: 0, tenant_access_token: "t-vendor-token", expire: 7200 });
    }
    sent += 1;
    return Response.json({ code: 0, data: { message_id: `om_sent_${sent}` } });
  },
  isUpdate: (request) => request.method === "PATCH",
  secrets: [ENCRYPT_KEY, TOKEN, String(encryptedConfig.app_secret), "t-vendor-token"],
};
