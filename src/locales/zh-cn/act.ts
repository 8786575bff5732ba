import type { Catalog } from "../catalog.ts";

/** What the page of a card's link says. */
export const act: Catalog = {
  "act.who": "你是谁",
  "act.who.hint": "请如实选择：操作会以此人的名义记入工单，并注明来自链接。",
  "act.choose": "请选择",
  "act.optional": "（可不填）",
  "act.as": "将以 {name} 的身份操作。",
  "act.missing": "请填写：{names}",
  "act.done": "已处理",
  "act.not_done": "没有处理",
  "act.pending": "正在处理",
  "act.pending.hint": "已收到，这个页面会自己更新。",
  "act.used": "这个链接已经用过了",
  "act.used.by": "{name} 用过这个链接。",
  "act.result": "结果：{text}",
  "act.refused": "现在不能这样做",
  "act.expired": "这个链接已过期",
  "act.expired.hint": "链接有效期为三天。请用群里较新的卡片。",
  "act.unknown": "没有这个链接",
  "act.unknown.hint": "请检查链接是否完整。",
  "act.busy": "现在太忙，请稍后再试。",
  "act.once": "这个链接只能用一次。",
  "act.and": "、",
  "act.close": "可以关闭这个页面了。",
};
