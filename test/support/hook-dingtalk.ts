import { NOW } from "../contracts/channel-subject.ts";
import {
  AES_KEY,
  CARD_SECRET,
  CLIENT_SECRET,
  config,
  TOKEN,
} from "../contracts/dingtalk-account.ts";
import { clicks } from "../contracts/dingtalk-clicks.ts";
import { event } from "../contracts/dingtalk-event.ts";
import { robot } from "../contracts/dingtalk-robot.ts";
import type { HookCase } from "./hook-case.ts";

function answer(path: string): object {
  if (path === "/v1.0/oauth2/accessToken")
    return { accessToken: "ding-vendor-token", expireIn: 7200 };
  if (path === "/v1.0/card/instances/createAndDeliver") {
    return { success: true, result: { deliverResults: [{ success: true }] } };
  }
  if (path === "/v1.0/card/instances") return { success: true };
  return { processQueryKey: "pqk" };
}

/** DingTalk over HTTP: three feeds, of which only events are signed over the body. */
export const dingtalkCase: HookCase = {
  account: "dingtalk/vendors",
  config,
  group: "cidRepair==",
  clerk: "0123",
  engineer: "0456",
  messages: robot,
  clicks,
  handshakes: event,
  say: ({ id, sender, text }) =>
    JSON.stringify({
      msgId: id,
      createAt: NOW - 500,
      conversationType: "1",
      conversationId: `cid-${sender}`,
      senderId: `$:LWCP_v1:$${sender}`,
      senderStaffId: sender,
      senderNick: "陈店员",
      chatbotUserId: "$:LWCP_v1:$bot",
      msgtype: "text",
      text: { content: text },
    }),
  press: ({ id, operator, action, cardId }) =>
    JSON.stringify({
      type: "actionCallback",
      outTrackId: cardId,
      corpId: "ding1",
      userId: operator,
      // Nothing of DingTalk's tells two equal clicks apart but the body and its time.
      nonce: id,
      content: JSON.stringify({ cardPrivateData: { actionIds: ["act"], params: { action } } }),
    }),
  shown: (body) => body,
  vendor: (request) => Response.json(answer(new URL(request.url).pathname)),
  isUpdate: (request) => request.method === "PUT",
  secrets: [CLIENT_SECRET, CARD_SECRET, TOKEN, AES_KEY, "ding-vendor-token"],
};
