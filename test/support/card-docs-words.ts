import type { CardAbilities, MarkdownFeature, UpdateRule } from "../../src/core/card-abilities.ts";
import type { Language } from "../../src/core/text.ts";

/** The words of the generated tables in docs/cards. */
export type DocWords = {
  readonly surface: string;
  readonly surfaces: Readonly<Record<string, string>>;
  readonly heads: Readonly<Record<string, string>>;
  readonly press: Readonly<Record<CardAbilities["buttons"]["press"], string>>;
  readonly markdown: Readonly<Record<MarkdownFeature, string>>;
  readonly images: Readonly<Record<CardAbilities["images"], string>>;
  readonly updates: Readonly<Record<UpdateRule["by"], string>>;
  readonly instead: { readonly select: string; readonly text: string };
  readonly asked: string;
  readonly alone: string;
  readonly plain: string;
  readonly always: string;
  readonly unknown: string;
  readonly comma: string;
  readonly semicolon: string;
  yes(is: boolean): string;
  options(n: number): string;
  bytes(n: number): string;
  time(ms: number): string;
  pace(count: number, perMs: number): string;
};

const DAY = 86_400_000;

const EN: DocWords = {
  surface: "surface",
  surfaces: {},
  heads: {
    press: "a press is",
    buttons: "buttons",
    menu: "in a menu",
    confirm: "asks first",
    links: "links",
    forms: "forms",
    text: "text",
    select: "one of a list",
    multi_select: "several of a list",
    person: "person",
    datetime: "date and time",
    markdown: "marks",
    images: "pictures",
    title: "title",
    subtitle: "status line",
    all: "all words",
    rows: "rows",
    label: "row's label",
    value: "row's value",
    button: "button",
    bytes: "bytes",
    by: "changed by",
    within: "for",
    pace: "at most",
    copies: "receivers of one card",
  },
  press: { callback: "a click", link: "a page that opens", reply: "a number to type" },
  markdown: {
    bold: "bold",
    italic: "italic",
    code: "code",
    link: "link",
    list: "list",
    quote: "quotation",
  },
  images: { key: "uploaded", url: "by address", none: "as a link" },
  updates: {
    message: "the message's id",
    own_id: "our id of it",
    code: "a code, once each",
    click: "a click only",
    none: "never",
  },
  instead: { select: "a list, if few", text: "as text" },
  asked: "asked in the chat",
  alone: ", alone on the card",
  plain: "plain words",
  always: "always",
  unknown: "not stated",
  comma: ", ",
  semicolon: "; ",
  yes: (is) => (is ? "yes" : "no"),
  options: (n) => ` of ${n}`,
  bytes: (n) => (Number.isFinite(n) ? n.toLocaleString("en") : "–"),
  time: (ms) => (ms >= DAY ? `${ms / DAY} days` : `${ms / 1000} s`),
  pace: (count, perMs) => `${count} in ${perMs / 1000} s`,
};

const ZH: DocWords = {
  surface: "界面",
  surfaces: {
    Feishu: "飞书",
    DingTalk: "钉钉",
    "WeCom app": "企业微信应用",
    "WeCom AI bot": "企业微信智能机器人",
    "Web chat": "网页聊天",
    "Feishu group webhook": "飞书群机器人",
    "DingTalk group webhook": "钉钉群机器人",
    "DingTalk ActionCard": "钉钉 ActionCard",
    "WeCom group webhook": "企业微信群消息推送",
    "Plain text": "纯文字",
  },
  heads: {
    press: "按下之后",
    buttons: "按钮",
    menu: "菜单里另有",
    confirm: "先问一句",
    links: "链接",
    forms: "表单",
    text: "文字",
    select: "单选",
    multi_select: "多选",
    person: "人员",
    datetime: "日期时间",
    markdown: "标记",
    images: "图片",
    title: "标题",
    subtitle: "状态行",
    all: "全部文字",
    rows: "字段行",
    label: "字段名",
    value: "字段值",
    button: "按钮",
    bytes: "字节",
    by: "凭什么更新",
    within: "多久之内",
    pace: "最快",
    copies: "一张卡片的接收者",
  },
  press: { callback: "点击传回", link: "打开页面", reply: "回复数字" },
  markdown: {
    bold: "粗体",
    italic: "斜体",
    code: "代码",
    link: "链接",
    list: "列表",
    quote: "引用",
  },
  images: { key: "先上传", url: "按地址", none: "变成链接" },
  updates: {
    message: "消息 id",
    own_id: "我们自己的 id",
    code: "更新码，每个用一次",
    click: "只能在点击时",
    none: "不能",
  },
  instead: { select: "人少时用单选", text: "用文字" },
  asked: "在聊天里问",
  alone: "，独占一张卡片",
  plain: "纯文字",
  always: "一直",
  unknown: "没有说明",
  comma: "、",
  semicolon: "；",
  yes: (is) => (is ? "是" : "否"),
  options: (n) => `，各 ${n} 项`,
  bytes: (n) => (Number.isFinite(n) ? n.toLocaleString("en") : "–"),
  time: (ms) => (ms >= DAY ? `${ms / DAY} 天` : `${ms / 1000} 秒`),
  pace: (count, perMs) => `${perMs / 1000} 秒 ${count} 次`,
};

export const DOC_WORDS: Readonly<Record<Language, DocWords>> = { en: EN, "zh-CN": ZH };
