/** What editors show beside a key, by path; `*` is any name or position. Chinese first, then English. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {
  hub: "服务台本身。The desk itself.",
  "hub.name": "客户看到的名字。The name that customers see.",
  "hub.timezone": "IANA 时区，默认 Asia/Shanghai。An IANA time zone.",
  "hub.locale": "默认语言。The language where nothing else is said.",
  "hub.public_url":
    "外网访问服务台的地址，不带结尾的斜杠。The address under which the outside reaches the hub.",
  bots: "聊天工具里的机器人：通道 → 账号。Bots in chat tools: channel, then account.",
  channels: "客户的其他入口：通道 → 账号。Other ways in for customers: channel, then account.",
  agents: "处理工单的人。The people who work tickets.",
  "agents.*":
    "除 name 和 role 外，每个键是通道或“通道/账号”，值是对方系统里的编号。Every other key is a channel or channel/account, its value the vendor's id of the person.",
  "agents.*.name": "卡片上的名字。The name on cards.",
  "agents.*.role":
    "agent 坐席、supervisor 主管、admin 管理员、vendor 供应商的人。What the person may do; a vendor's people see less.",
  stores: "门店：CSV 文件或列表。The stores: a CSV file or a list.",
  "stores.from":
    "CSV 路径，相对于本文件；列为 id,name,region,aliases。Path of a CSV, relative to this file.",
  "stores.*.region": "派单规则可用的区域。The region, for dispatch rules.",
  "stores.*.aliases": "客户会说的其他叫法。Other names that customers use.",
  intents: "客户会提出的事情。What customers ask for.",
  "intents.*.title": "工单标题和菜单上的名字。The title of its tickets, and its name in menus.",
  "intents.*.examples":
    "客户会怎么说，十句以上最好。How customers say it; ten sentences and more are best.",
  "intents.*.keywords": "出现就算的词。Words that mean it wherever they stand.",
  "intents.*.fields": "开单前要问的。What to ask for before the ticket is opened.",
  "intents.*.fields.*.ask": "怎么问；必填字段必须有。The question; a required field needs one.",
  "intents.*.fields.*.label":
    "卡片上的名称，默认是键名。Its name on cards; the key where left out.",
  "intents.*.fields.*.type": "text 文字、store 门店、image 图片。What kind of answer it takes.",
  "intents.*.fields.*.required": "没有就一直问。Ask until it is given.",
  "intents.*.ticket.type":
    "派单规则里的 ticket.type，默认是意图的键名。ticket.type in dispatch rules; the intent's key where left out.",
  "intents.*.ticket.priority": "优先级，默认 normal。The priority.",
  knowledge: "直接回答的问题。Questions with a ready answer.",
  "knowledge.*.id": "不写则由问题算出。Derived from the question where left out.",
  "knowledge.*.similar": "同一个问题的其他问法。Other wordings of the same question.",
  teams: "接工单的团队。The teams that work tickets.",
  "teams.*.lead": "负责人：升级时找谁。Who is told when a ticket is escalated.",
  "teams.*.members": "能接单的人。Who may claim its tickets.",
  "teams.*.chats": "工单卡片发到哪里。Where its tickets' cards stand.",
  "teams.*.chats.*.bot": "账号，如 feishu/hq。An account, such as feishu/hq.",
  "teams.*.chats.*.chat": "群的编号。The id of the group.",
  "teams.*.chats.*.members": "true：每个成员一张卡。true: a card for each member.",
  "teams.*.chats.*.language": "这里用什么语言，默认 hub.locale。The language spoken here.",
  "teams.*.strategy": "grab：谁先接归谁。grab: whoever claims first.",
  dispatch: "派单规则，从上往下第一条成立的算数。Dispatch rules; the first that holds counts.",
  "dispatch.*.when":
    "CEL 条件，可用 ticket.type、ticket.intent、ticket.priority、ticket.account、store.id、store.name、store.region；不写则总是成立。A CEL condition; always true where left out.",
  "understanding.answer": "从这个分数起直接处理。From this score on, act.",
  "understanding.clarify":
    "从这个分数起请客户选择，再低就转人工。From this score on, offer a choice.",
  "ticket.confirm_after":
    "解决后等客户确认多久，默认 3d。How long a resolved ticket waits for the customer.",
  "ticket.reopen_within": "关闭后多久内能重开，默认 7d。How long a closed ticket can be reopened.",
  "ticket.urge_every": "两次催办的最短间隔，默认 15m。Least time between two urges.",
  "conversation.idle_after":
    "多久没有下文就算结束，默认 24h。After how much silence a conversation ends.",
};
