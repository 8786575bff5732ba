import type { Catalog } from "../catalog.ts";

/** What stands in the place of what words alone cannot show, and what is said of a message that cannot be read. */
export const message: Catalog = {
  "message.location": "[位置] {place}",
  "message.quoted": "{words}\n（引用：{quoted}）",
  "message.edited": "{words}（已编辑）",
  "say.unreadable": "这种消息我还看不了，请用文字说明，或发图片、文件。",
};
