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
    "除 name、role、phone、email 外，每个键是通道或“通道/账号”，值是对方系统里的编号。Every other key is a channel or channel/account, its value the vendor's id of the person.",
  "agents.*.name": "卡片上的名字。The name on cards.",
  "agents.*.phone":
    "电话：没写某个工具的编号时，用它在通讯录里查。The phone by which the person is found in a tool where no id is given.",
  "agents.*.email": "邮箱：用法同电话。The e-mail address, for the same.",
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
  "teams.*.thread_replies":
    "在工单卡片下回复时，internal 默认记内部备注，customer 默认发给客户。Who reads what is written under a ticket's card.",
  "teams.*.strategy": "grab：谁先接归谁。grab: whoever claims first.",
  "teams.*.resolution":
    "required：解决时必须写处理结果，默认 optional。required: whoever resolves must say how.",
  "teams.*.remind":
    "提醒方式：mention 在群里 @；app、sms、phone 给本人发应用内、短信、电话加急。How people are reminded: mention is an @ in the chats; app, sms and phone are urgent messages in person.",
  "teams.*.remind.queued": "来新工单时，默认不提醒。When a ticket comes in; default: not at all.",
  "teams.*.remind.urged": "被催办时，默认 [mention]。When a ticket is urged.",
  "teams.*.remind.escalated": "升级时，默认 [mention]。When a ticket is escalated.",
  "teams.*.summary":
    '每天几点把工单情况发到团队的聊天，如 "09:00"，周一到周五。When the team\'s chats are told each day how its work stands.',
  "teams.*.summary.at": '几点，hub.timezone 的时间，如 "09:00"。A time of hub.timezone.',
  "teams.*.summary.days": "哪几天，默认 mon-fri。On which days.",
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
  commands:
    "命令的更多写法：命令名 → 斜杠加文字的列表。More words for what can be typed: the command's name, then a list of words with a slash.",
  "ticket.overdue_after":
    "开单多久没解决算超时，默认 24h。A ticket not resolved so long after it was opened is overdue.",
  "attachments.max_mb": "附件最大多少 MB，默认 20。The largest file that is kept.",
  "attachments.types":
    "收哪几类附件：image、pdf、office、audio、video、archive、text，默认全部。Which groups of files are kept; default: all.",
  "attachments.folder":
    "附件存放的文件夹，默认数据目录下的 files。Where files are kept; default: files in the data folder.",
  "attachments.s3": "改存到 S3 兼容的对象存储。Keep them in an S3-compatible object store instead.",
  "attachments.s3.endpoint": "对象存储的地址，不含桶名。Its address without the bucket.",
  "attachments.s3.region": "区域，默认 auto。The region.",
  "attachments.s3.bucket": "桶。The bucket.",
  "attachments.s3.access_key_id": "访问密钥 ID。The id of the access key.",
  "attachments.s3.secret_access_key": "访问密钥。The access key itself.",
  "attachments.s3.prefix": "对象名的开头，默认没有。How the names of our objects begin.",
  "conversation.idle_after":
    "多久没有下文就算结束，默认 24h。After how much silence a conversation ends.",
};
