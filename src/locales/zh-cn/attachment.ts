import type { Catalog } from "../catalog.ts";

export const attachment: Catalog = {
  "attachment.image": "[图片]",
  "attachment.file": "[文件]",
  "attachment.audio": "[语音]",
  "attachment.video": "[视频]",
  "attachment.sticker": "[表情]",
  "attachment.instead": "附件 {name}：{url}",
  "attachment.missing": "附件 {name} 未能取得。",
  "attachment.refused": "附件 {name} 太大或类型不受支持，未保存。",
  "file.unknown": "没有这个文件。请检查链接是否完整。",
  "file.expired": "这个链接已过期。请在工单卡片上打开新的链接。",
  "file.gone": "这个文件未保存，或已被撤回。",
  "file.pending": "这个文件还在获取中，请稍后再试。",
};
