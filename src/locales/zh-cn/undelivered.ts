import type { Catalog } from "../catalog.ts";

/** What is said of a message that a tool does not deliver, and of words that it refuses to show. */
export const undelivered: Catalog = {
  "words.hidden": "（平台不允许在这里显示这段内容）",
  "card.undelivered": "未能送达客户：{text}\n原因：{why}",
  "card.undelivered_notice": "一条通知未能送达客户。原因：{why}",
  "tell.undelivered": "工单 #{number} 有一条给客户的消息未能送达：{why}。内容见工单卡片。",
  "undelivered.sensitive": "内容被平台判为敏感，请换种说法",
  "undelivered.content": "平台拒收这条消息，或客户已不接收本应用的消息",
  "undelivered.window-closed": "已超过平台允许联系客户的时间，需客户先发消息",
  "undelivered.config": "应用设置或权限有误，请联系管理员",
  "undelivered.nobody": "平台上已没有这位客户",
  "undelivered.gave-up": "平台长时间没有接收，已停止重试",
};
