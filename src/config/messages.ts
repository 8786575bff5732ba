import type { FindingCode } from "../core/config/finding.ts";
import type { FormatCode } from "../core/config/schema.ts";
import { say, type Words } from "./say.ts";
import { TEAM_MESSAGES } from "./team-messages.ts";

/** What can be wrong with a file before its meaning is looked at. */
export type ReadingCode =
  | "file-unreadable"
  | "file-too-large"
  | "file-not-utf8"
  | "yaml-syntax"
  | "yaml-duplicate-key"
  | "yaml-tab"
  | "yaml-documents"
  | "yaml-alias"
  | "yaml-alias-unknown"
  | "yaml-tag"
  | "yaml-key"
  | "yaml-version"
  | "yaml-depth"
  | "env-missing"
  | "env-form"
  | "missing"
  | "wrong-type"
  | "one-of"
  | "unknown-key"
  | "later"
  | "later-value"
  | "needs-node"
  | "cards-with-links"
  | "text-short"
  | "text-long"
  | "number-small"
  | "number-large"
  | "bad-format"
  | "told"
  | "csv-syntax"
  | "csv-header"
  | "csv-column-missing"
  | "csv-column-unknown"
  | "csv-column-twice"
  | "csv-cells"
  | "csv-cell-empty"
  | "csv-more";

export type ProblemCode = FindingCode | FormatCode | ReadingCode;

/** A sentence for every problem. `{hint}` is what would have been right: the nearest known name, else all of them. */
export const MESSAGES: Readonly<Record<ProblemCode, Words>> = {
  "file-unreadable": say(
    "无法读取文件 {file}（{reason}）",
    "the file {file} cannot be read ({reason})",
  ),
  "file-too-large": say(
    "文件有 {size} 字节，上限是 {limit} 字节",
    "the file has {size} bytes; at most {limit} are read",
  ),
  "file-not-utf8": say(
    "文件不是 UTF-8 编码，请另存为 UTF-8",
    "the file is not UTF-8; save it as UTF-8",
  ),
  "yaml-syntax": say("YAML 语法错误：{detail}", "the YAML cannot be read: {detail}"),
  "yaml-duplicate-key": say(
    "键“{name}”写了两次，只留一个",
    'the key "{name}" is written twice; keep one of them',
  ),
  "yaml-tab": say("不能用制表符缩进，请用空格", "tabs cannot indent YAML; use spaces"),
  "yaml-documents": say(
    "文件里有多个 YAML 文档（---），只能有一个",
    "the file holds several YAML documents (---); only one is read",
  ),
  "yaml-alias": say(
    "别名（*）展开得太多，上限是 {limit} 次",
    "aliases (*) expand too often; at most {limit} times",
  ),
  "yaml-alias-unknown": say(
    "别名 *{name} 之前没有 &{name}",
    "the alias *{name} has no &{name} before it",
  ),
  "yaml-tag": say(
    "不支持 YAML 标签 {name}，请去掉",
    "the YAML tag {name} is not supported; take it out",
  ),
  "yaml-key": say("键必须是普通文字", "a key must be plain text"),
  "yaml-version": say(
    "只读 YAML 1.2，请去掉 %YAML {name}",
    "only YAML 1.2 is read; take %YAML {name} out",
  ),
  "yaml-depth": say("嵌套太深，无法读取", "the file nests too deeply to be read"),
  "env-missing": say("没有设置环境变量 {name}", "the environment variable {name} is not set"),
  "env-form": say(
    "“$”后面的大括号里应是变量名，如 FEISHU_APP_ID；要写“$”和大括号本身，请把“$”写两遍",
    'the braces after "$" must hold the name of a variable, such as FEISHU_APP_ID; to write "$" and a brace themselves, double the "$"',
  ),
  missing: say("缺少“{name}”，应为{expected}", '"{name}" is missing; it must be {expected}'),
  "wrong-type": say("应为{expected}，实际是{found}", "must be {expected}, but is {found}"),
  "one-of": say("不能是{found}{hint}", "cannot be {found}{hint}"),
  "unknown-key": say("没有“{name}”这个键{hint}", 'there is no key "{name}"{hint}'),
  later: say("本版本还没有“{name}”，请先去掉", '"{name}" is not in this version yet; take it out'),
  "later-value": say(
    "本版本还不支持{found}，请写“{instead}”",
    '{found} is not in this version yet; write "{instead}"',
  ),
  "needs-node": say(
    "“{name}”是长连接，Cloudflare Workers 上没有常驻进程来保持它：请写“webhook”，或在 Node 上运行",
    '"{name}" is a long connection, which Cloudflare Workers cannot keep up: write "webhook", or run the hub on Node',
  ),
  "cards-with-links": say(
    "没有“card_template_id”，卡片上的按钮只能是链接，卡片也不会更新；导入卡片模板的步骤见 docs/dingtalk-card-template.zh-CN.md",
    'has no "card_template_id", so its cards have links in the place of buttons and do not change; how to import the template: docs/dingtalk-card-template.md',
  ),
  "text-short": say(
    "文字太短，至少 {minimum} 个字",
    "the text is too short; at least {minimum} characters",
  ),
  "text-long": say(
    "文字太长，最多 {maximum} 个字",
    "the text is too long; at most {maximum} characters",
  ),
  "number-small": say(
    "不能小于 {minimum}，实际是{found}",
    "must be at least {minimum}, but is {found}",
  ),
  "number-large": say(
    "不能大于 {maximum}，实际是{found}",
    "must be at most {maximum}, but is {found}",
  ),
  "bad-format": say("{found}不符合要求（{detail}）", "{found} is not right ({detail})"),
  told: say("{detail}", "{detail}"),
  "bad-id": say(
    "{found}不能作名字：以小写字母开头，只用小写字母、数字、“-”和“_”，最多 32 个",
    '{found} cannot be a name: begin with a small letter and use small letters, digits, "-" and "_", 32 at most',
  ),
  "bad-account": say(
    "{found}不是账号，应写成“通道/账号”，如 feishu/hq",
    '{found} is no account; write "channel/account", as in feishu/hq',
  ),
  "bad-duration": say(
    "{found}不是时长，应为整数加单位 s、m、h 或 d，如 15m",
    "{found} is no length of time; write a whole number and s, m, h or d, as in 15m",
  ),
  "bad-timezone": say(
    "没有{found}这个时区，应为 IANA 名称，如 Asia/Shanghai",
    "{found} is no time zone; write an IANA name, as in Asia/Shanghai",
  ),
  "bad-url": say(
    "{found}不是网址，应以 https:// 或 http:// 开头",
    "{found} is no address; it must begin with https:// or http://",
  ),
  "bad-time": say(
    "{found}不是时间，应写成 00:00 到 23:59，如 09:00（加引号）",
    "{found} is no time of day; write 00:00 to 23:59, as in 09:00, with quotes around it",
  ),
  "bad-days": say(
    "{found}不是星期，应写一天或从几到几，如 mon-fri",
    "{found} are no days of the week; write one, or from one to another, as in mon-fri",
  ),
  "bad-phone": say(
    "不是电话号码，应写成 13800000000 或 +1 415 555 0100",
    "is no phone number; write it as in 13800000000 or +1 415 555 0100",
  ),
  "bad-email": say(
    "不是邮箱，应写成 name@example.com",
    "is no e-mail address; write it as in name@example.com",
  ),
  "text-empty": say("不能为空", "must not be empty"),
  "chat-or-members": say(
    "“chat”（群）和“members: true”（每人一张卡）只写一个",
    'write either "chat" (a group) or "members: true" (a card for each member), not both',
  ),
  "ask-missing": say(
    "必填的字段要有“ask”：向客户提的问题",
    'a required field needs "ask": the question that asks for it',
  ),
  "no-team": say(
    "至少要有一个团队，工单才有去处",
    "there must be at least one team for tickets to go to",
  ),
  "bad-command": say(
    "{found}不能作命令：应为斜杠加文字，如 /催一下，不含空格和数字",
    "{found} cannot be a command; write a slash and letters, as in /nudge, without blanks and digits",
  ),
  "no-examples": say(
    "至少要有一句“examples”或一个“keywords”，否则永远认不出它",
    'needs at least one of "examples" or "keywords", or nothing ever means it',
  ),
  "csv-syntax": say("CSV 语法错误：{detail}", "the CSV cannot be read: {detail}"),
  "csv-header": say(
    "缺少表头，第一行应为 id,name,region,aliases",
    "the header is missing; the first line must be id,name,region,aliases",
  ),
  "csv-column-missing": say("表头缺少“{name}”列", 'the header lacks the column "{name}"'),
  "csv-column-unknown": say("没有“{name}”这一列{hint}", 'there is no column "{name}"{hint}'),
  "csv-column-twice": say("“{name}”列写了两次", 'the column "{name}" stands twice'),
  "csv-cells": say(
    "这一行有 {count} 格，表头有 {expected} 格",
    "this row has {count} cells, the header {expected}",
  ),
  "csv-cell-empty": say("“{name}”不能为空", '"{name}" must not be empty'),
  "csv-more": say("还有 {count} 处问题没有列出", "{count} more problems are not listed"),
  "unknown-channel": say("没有“{name}”这个通道{hint}", 'there is no channel "{name}"{hint}'),
  "unknown-account": say("没有“{name}”这个账号{hint}", 'there is no account "{name}"{hint}'),
  "unknown-agent": say("没有“{name}”这个坐席{hint}", 'there is no agent "{name}"{hint}'),
  "unknown-team": say("没有“{name}”这个团队{hint}", 'there is no team "{name}"{hint}'),
  "same-identity": say(
    "与 {other} 是同一个人，一个身份只能属于一个坐席",
    "is the same person as {other}; an identity belongs to one agent",
  ),
  "same-contact": say(
    "与 {other} 相同，一个电话或邮箱只能属于一个坐席",
    "is that of {other} too; a phone or e-mail belongs to one agent",
  ),
  "agent-without-team": say("不在任何团队里，接不到工单", "is in no team and gets no tickets"),
  "agent-without-identity": say(
    "没有任何通道的身份，也没有电话或邮箱可查，无法被认出",
    "has no identity at any channel and no phone or e-mail to find one by, and cannot be recognised",
  ),
  ...TEAM_MESSAGES,
  "duplicate-wording": say("“{text}”与 {other} 是同一句话", '"{text}" says the same as {other}'),
  "duplicate-article": say("与 {other} 的编号相同", "has the same id as {other}"),
  "duplicate-label": say(
    "名称“{label}”与 {other} 相同",
    'the label "{label}" is that of {other} too',
  ),
  "second-store-field": say(
    "门店字段只能有一个，已有 {other}",
    "there can be one store field; {other} is one already",
  ),
  "thresholds-order": say(
    "clarify（{clarify}）不能高于 answer（{answer}）",
    "clarify ({clarify}) must not be above answer ({answer})",
  ),
  "command-taken": say(
    "“{text}”已经是命令 {command} 的写法，换一个",
    '"{text}" stands for the command {command} already; choose another word',
  ),
  "duplicate-command": say("“{text}”写了两次", '"{text}" is there twice'),
  "no-catch-all": say(
    "没有兜底规则：最后一条应只写 team，不写 when{hint}",
    "has no catch-all: the last rule must have a team and no when{hint}",
  ),
  "unreachable-rule": say(
    "永远轮不到：{other} 已经接住所有工单",
    "is never reached: {other} takes every ticket",
  ),
  "condition-unknown": say("条件里没有“{name}”{hint}", 'conditions know no "{name}"{hint}'),
  "condition-type": say("条件不成立：{name}", "the condition makes no sense: {name}"),
  "condition-syntax": say("条件写错了：{name}", "the condition cannot be read: {name}"),
  "condition-not-boolean": say(
    "条件的结果应为真或假，实际是 {name}",
    "the condition must be true or false, but is of type {name}",
  ),
  "condition-compares": say("{fact} 不会是“{name}”{hint}", '{fact} is never "{name}"{hint}'),
  "duplicate-store-id": say(
    "门店编号“{id}”与 {other} 重复，以先写的为准",
    'the store id "{id}" is that of {other} too; the first one counts',
  ),
  "duplicate-store-name": say(
    "门店名“{name}”与 {other} 重复，客户说起时需要再问",
    'the store name "{name}" is that of {other} too; customers who say it are asked which one',
  ),
  "more-duplicates": say("还有 {count} 处重复没有列出", "{count} more duplicates are not listed"),
};
