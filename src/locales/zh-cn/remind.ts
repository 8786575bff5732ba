import type { Catalog } from "../catalog.ts";

/** What people are reminded of. */
export const remind: Catalog = {
  "tell.queued": "工单 #{number}（{title}）等待接单。",
  "tell.urged": "工单 #{number} 被催办（第 {count} 次），请尽快处理。",
  "tell.escalated": "工单 #{number} 已升级（第 {level} 次），请尽快处理。",
};
