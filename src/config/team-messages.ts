import { say } from "./say.ts";

/** What can be wrong with a team and its chats. */
export const TEAM_MESSAGES = {
  "member-twice": say("“{name}”在成员里写了两次", '"{name}" stands twice among the members'),
  "member-unreachable": say(
    "“{name}”在这个团队用的账号上都没有身份，收不到卡片，也不能接单",
    '"{name}" has no identity at any account of this team, and can neither see nor claim its tickets',
  ),
  "remind-way-missing": say(
    "这个团队的账号都不能用“{name}”提醒，会改用较轻的方式{hint}",
    'no account of this team can remind by "{name}"; a quieter way is taken instead{hint}',
  ),
  "chat-reaches-nobody": say(
    "没有一个成员在 {account} 有身份，这里不会有卡片",
    "no member has an identity at {account}, so no card comes here",
  ),
  "account-disabled": say(
    "账号“{name}”已停用，这里收不到卡片",
    'the account "{name}" is switched off, so no card comes here',
  ),
  "chat-twice": say(
    "与 {other} 是同一个群，只留一个",
    "is the same chat as {other}; keep one of them",
  ),
  "chat-missing": say(
    "要写“chat”（群）或“members: true”（每人一张卡）",
    'write "chat" (a group) or "members: true" (a card for each member)',
  ),
  "board-has-one-chat": say(
    "“{name}”是群 webhook，只能发到它自己的群，不写“{key}”",
    '"{name}" is a group webhook, which posts into its own group alone: leave out "{key}"',
  ),
  "team-without-chats": say(
    "没有“chats”，新工单不会通知任何人",
    'has no "chats", so nobody is told about new tickets',
  ),
  "team-without-members": say(
    "没有“members”，没有人能接单",
    'has no "members", so nobody can claim its tickets',
  ),
} as const;
