import type { Catalog } from "../catalog.ts";

export const ticket: Catalog = {
  erased: "[已删除]",
  recalled: "（消息已撤回）",
  times: "{n} 次",

  "status.new": "待接单",
  "status.assigned": "已分派",
  "status.in_progress": "处理中",
  "status.waiting_customer": "等待客户",
  "status.waiting_external": "等待第三方",
  "status.resolved": "待确认",
  "status.closed": "已关闭",
  "status.cancelled": "已撤销",

  "priority.low": "低",
  "priority.normal": "普通",
  "priority.high": "高",
  "priority.urgent": "紧急",

  "closed.confirmed": "提单人已确认解决",
  "closed.no_answer": "提单人未回复，已自动关闭",
  "closed.by_agent": "由处理人关闭",
  "child.blocks": "未结束，解决本单前要先结束",
  "child.follows": "未结束，不影响本单",
  "child.over": "已结束",
};
