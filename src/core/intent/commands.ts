/** What stands behind a command's word, and the number of its ticket. */
export type Takes =
  | "nothing"
  /** Words that must be there. */
  | "text"
  /** Words that may be there. */
  | "reason"
  /** A person or a team. */
  | "target"
  /** `field=value`. */
  | "field"
  /** How urgent it is. */
  | "priority"
  /** Whom it waits for, and words that may follow. */
  | "waiting"
  /** The number of another ticket. */
  | "child";

export type ListName = "queue" | "mine" | "asked" | "overdue";

/** What a command leads to: a list, something of the desk itself, or something done to a ticket as its buttons name it. */
export type Does =
  | { readonly type: "list"; readonly list: ListName; readonly otherwise?: ListName }
  | { readonly type: "desk"; readonly deed: "human" | "help" }
  | { readonly type: "show" }
  | { readonly type: "verb"; readonly verb: string };

export type CommandSpec = {
  /** Its name in the YAML and in the log. */
  readonly name: string;
  /** What is typed after the slash; the first of each language is the one that help and examples show. */
  readonly words: { readonly "zh-CN": readonly string[]; readonly en: readonly string[] };
  /** Who has a use for it. Whether they may is decided by the ticket, as for a button. */
  readonly who: "anyone" | "staff";
  /** Is it about one ticket? */
  readonly ticket: boolean;
  readonly takes: Takes;
  readonly does: Does;
};

/** Everything that can be typed, in the order in which help shows it. */
export const COMMANDS: readonly CommandSpec[] = [
  list("tickets", ["工单"], ["tickets"], "anyone", { list: "queue", otherwise: "asked" }),
  list("mine", ["我的"], ["mine"], "anyone", { list: "mine", otherwise: "asked" }),
  list("asked", ["我提的"], ["asked"], "anyone", { list: "asked" }),
  list("queue", ["队列"], ["queue"], "staff", { list: "queue" }),
  list("overdue", ["超时"], ["overdue"], "staff", { list: "overdue" }),
  about("status", ["查询"], ["status", "show"], "anyone", "nothing", { type: "show" }),
  verb("urge", ["催办"], ["urge"], "anyone"),
  desk("human", ["转人工", "人工"], ["human", "agent"]),
  desk("help", ["帮助"], ["help"]),
  verb("claim", ["接单"], ["claim"], "staff"),
  verb("assign", ["转派", "转给"], ["transfer", "assign"], "staff", "target"),
  verb("return", ["退回"], ["return"], "staff"),
  verb("escalate", ["升级"], ["escalate"], "anyone"),
  verb("comment", ["回复"], ["reply", "comment"], "anyone", "text"),
  verb("note", ["备注"], ["note"], "staff", "text"),
  verb("wait_customer", ["等客户"], ["waitcustomer"], "staff", "reason"),
  verb("wait_external", ["等外部", "等第三方"], ["waitexternal"], "staff", "reason"),
  verb("resume", ["继续"], ["resume"], "staff"),
  verb("resolve", ["解决"], ["resolve"], "staff", "reason"),
  verb("confirm", ["确认"], ["confirm"], "anyone"),
  verb("reject", ["未解决"], ["unsolved"], "anyone"),
  verb("cancel", ["取消", "撤销"], ["cancel"], "anyone"),
  verb("close", ["关闭"], ["close"], "staff"),
  verb("reopen", ["重开"], ["reopen"], "anyone"),
  verb("watch", ["关注"], ["watch"], "staff"),
  verb("unwatch", ["取关"], ["unwatch"], "staff"),
  about("set", ["设置"], ["set"], "staff", "field", { type: "verb", verb: "set" }),
  verb("link", ["关联"], ["link"], "staff", "child"),
  verb("unlink", ["解除关联"], ["unlink"], "staff", "child"),
];

export const COMMAND_NAMES: readonly string[] = COMMANDS.map(({ name }) => name);

/** What the bot can ask for in chat, where a tool cannot take it on the card: by the verb of the card's form. */
export const ASKED: Readonly<Record<string, Takes>> = {
  comment: "text",
  note: "text",
  resolve_with: "text",
  assign: "target",
  pause: "waiting",
  set: "field",
  set_priority: "priority",
  link: "child",
  unlink: "child",
};

/** Buttons that have no command of their own, and the verb of the one that does it too. */
const COVERED: Readonly<Record<string, string>> = {
  resolve_with: "resolve",
  set_priority: "set",
  pause: "wait_external",
};

/** The command that does what a button of this verb does; null where there is none. */
export function commandFor(verb: string): CommandSpec | null {
  const meant = COVERED[verb] ?? verb;
  return COMMANDS.find(({ does }) => does.type === "verb" && does.verb === meant) ?? null;
}

/** The command of a name; null for a name that there is not. */
export function commandNamed(name: string): CommandSpec | null {
  return COMMANDS.find((command) => command.name === name) ?? null;
}

function list(
  name: string,
  zh: readonly string[],
  en: readonly string[],
  who: CommandSpec["who"],
  lists: Omit<Extract<Does, { type: "list" }>, "type">,
): CommandSpec {
  const words = { "zh-CN": zh, en };
  return { name, words, who, ticket: false, takes: "nothing", does: { type: "list", ...lists } };
}

function desk(name: "human" | "help", zh: readonly string[], en: readonly string[]): CommandSpec {
  const words = { "zh-CN": zh, en };
  const does = { type: "desk", deed: name } as const;
  return { name, words, who: "anyone", ticket: false, takes: "reason", does };
}

function about(
  name: string,
  zh: readonly string[],
  en: readonly string[],
  who: CommandSpec["who"],
  takes: Takes,
  does: Does,
): CommandSpec {
  return { name, words: { "zh-CN": zh, en }, who, ticket: true, takes, does };
}

/** A command that does what the button of the same name does. */
function verb(
  name: string,
  zh: readonly string[],
  en: readonly string[],
  who: CommandSpec["who"],
  takes: Takes = "nothing",
): CommandSpec {
  return about(name, zh, en, who, takes, { type: "verb", verb: name });
}
