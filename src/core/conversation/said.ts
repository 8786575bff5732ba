import { agentName, type Policy, PRIORITIES, type Priority } from "../config/policy.ts";
import type { Takes } from "../intent/commands.ts";
import { literal, type Text, t } from "../text.ts";
import { teamValue } from "../ticket/asked.ts";
import { settable } from "../ticket/field.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Said } from "./conversation.ts";
import type { Usage } from "./help.ts";

/** What is wrong with what was said, in a sentence that says what would have been right. */
export type Fault = { readonly fault: Text };

/** What names nothing. */
export const NAMES_NOTHING: Omit<Said, "text"> = {
  targets: [],
  fields: [],
  priority: null,
  waiting: null,
  child: null,
};

type Values = Readonly<Record<string, string>>;
type Read = { readonly said: Omit<Said, "text">; readonly kept: string };

export function isFault(value: object): value is Fault {
  return "fault" in value;
}

/** What the words behind a command, or the answer to a question, name. `kept` are the words that are kept. */
export function readSaid(takes: Takes, words: string, policy: Policy): Read {
  switch (takes) {
    case "target":
      return { said: { ...NAMES_NOTHING, targets: targetsIn(words, policy) }, kept: words };
    case "field":
      return readField(words, policy);
    case "priority":
      return { said: { ...NAMES_NOTHING, priority: priorityIn(words) }, kept: words };
    case "waiting":
      return readWaiting(words);
    case "child":
      return { said: { ...NAMES_NOTHING, child: childIn(words) }, kept: words };
    default:
      return { said: NAMES_NOTHING, kept: words };
  }
}

/** The values that a verb needs beside its words, as a card's form would bring them; or what is wrong. */
export function argumentsFor(
  { takes, usage }: { readonly takes: Takes; readonly usage: Usage },
  said: Said,
  ticket: Ticket,
  policy: Policy,
): Values | Fault {
  const found: Text = said.text === null ? literal("") : { ref: said.text };
  switch (takes) {
    case "nothing":
      return said.text === null ? {} : { fault: t("typed.too_much", { found, ...usage }) };
    case "text":
      return said.text === null ? { fault: t("typed.needs_text", usage) } : {};
    case "reason":
      return {};
    case "target":
      return target(said, found, usage, ticket, policy);
    case "field":
      return field(said, found, ticket, policy);
    case "priority":
      return said.priority === null
        ? { fault: t("typed.no_priority", { found }) }
        : { priority: said.priority };
    case "waiting":
      return said.waiting === null
        ? { fault: t("typed.no_waiting", { found }) }
        : { waiting: said.waiting };
    case "child":
      return said.child !== null
        ? { number: String(said.child) }
        : { fault: t("typed.no_child", { found, ...usage }) };
  }
}

const GIVEN_TO = /^(?:给|到|转给|to\s+)\s*/iu;
const CLOSING = /[\s.。!！~]+$/u;

/** People and teams: those of exactly this id or name, else those whose name has it as a part. */
function targetsIn(words: string, policy: Policy): string[] {
  const wanted = words.replace(GIVEN_TO, "").replace(CLOSING, "").replace(/^@/u, "").trim();
  const name = folded(wanted);
  if (name === "") return [];
  const people = [...policy.agents.values()].map((agent) => ({ ...agent, target: agent.id }));
  const teams = [...policy.teams.values()].map((team) => ({ ...team, target: teamValue(team.id) }));
  const all = [...people, ...teams];
  const exact = all.filter((each) => folded(each.name) === name || each.id === name);
  const fitting = exact.length > 0 ? exact : all.filter((each) => folded(each.name).includes(name));
  return fitting.map(({ target }) => target).slice(0, 9);
}

const OWN_FIELDS = ["priority", "title", "store"] as const;
/** What every ticket has, by what people call it. */
const OWN_LABELS: Readonly<Record<(typeof OWN_FIELDS)[number], readonly string[]>> = {
  priority: ["priority", "优先级"],
  title: ["title", "标题"],
  store: ["store", "门店"],
};
const PRIORITY_WORDS: Readonly<Record<Priority, readonly string[]>> = {
  low: ["low", "低"],
  normal: ["normal", "普通", "中"],
  high: ["high", "高"],
  urgent: ["urgent", "紧急", "加急"],
};

function readField(words: string, policy: Policy): Read {
  const parted = /^([^=＝:：]{1,60})[=＝:：]([\s\S]*)$/u.exec(words);
  const label = folded(parted?.[1] ?? "");
  const kept = (parted?.[2] ?? words).trim();
  const labelled = [...policy.intents.values()].flatMap((intent) =>
    intent.fields.map((field) => ({ name: field.name, labels: [field.name, field.label] })),
  );
  const own = OWN_FIELDS.map((name) => ({ name, labels: OWN_LABELS[name] }));
  const named = [...labelled, ...own]
    .filter(({ labels }) => labels.some((each) => folded(each) === label))
    .map(({ name }) => name);
  const fields = [...new Set(named)];
  return { said: { ...NAMES_NOTHING, fields, priority: priorityIn(kept) }, kept };
}

function priorityIn(words: string): Priority | null {
  return PRIORITIES.find((each) => PRIORITY_WORDS[each].includes(folded(words))) ?? null;
}

const WAITING: readonly (readonly ["customer" | "external", RegExp])[] = [
  ["customer", /^(?:等(?:待)?)?\s*(?:客户|customer)[\s:：,，]*/iu],
  ["external", /^(?:等(?:待)?)?\s*(?:外部|第三方|external|third party)[\s:：,，]*/iu],
];

function readWaiting(words: string): Read {
  for (const [waiting, opening] of WAITING) {
    const found = opening.exec(words);
    if (found === null) continue;
    return { said: { ...NAMES_NOTHING, waiting }, kept: words.slice(found[0].length).trim() };
  }
  return { said: NAMES_NOTHING, kept: words };
}

function folded(words: string): string {
  return words.normalize("NFKC").toLowerCase().trim();
}

function childIn(words: string): number | null {
  const digits = /^(?:#|no\.?\s*|№)?\s*(\d{1,9})\s*号?$/iu.exec(
    words.normalize("NFKC").trim(),
  )?.[1];
  return digits === undefined ? null : Number(digits);
}

function target(
  { targets, text }: Said,
  found: Text,
  usage: Usage,
  ticket: Ticket,
  policy: Policy,
): Values | Fault {
  const [only, ...others] = targets;
  if (only !== undefined && others.length === 0) return { to: only };
  if (text === null)
    return { fault: t("typed.needs_target", { ...usage, names: colleagues(ticket, policy) }) };
  const names = literal(targets.map((one) => nameOf(one, policy)).join(" / "));
  return only === undefined
    ? { fault: t("typed.nobody", { found, names: colleagues(ticket, policy) }) }
    : { fault: t("typed.several", { found, names }) };
}

function colleagues({ team, owner }: Ticket, policy: Policy): Text {
  const people = (policy.teams.get(team)?.members ?? []).filter((id) => id !== owner);
  const teams = [...policy.teams.values()].filter(({ id }) => id !== team).map(({ name }) => name);
  const names = [...people.map((id) => agentName(policy, id)), ...teams];
  return literal(names.slice(0, 8).join(" / "));
}

function nameOf(target: string, policy: Policy): string {
  const team = [...policy.teams.values()].find(({ id }) => teamValue(id) === target);
  return team?.name ?? agentName(policy, target);
}

/** The field that a ticket of this kind has; one of the intent goes before one that every ticket has. */
function field(
  { fields, priority, text }: Said,
  found: Text,
  ticket: Ticket,
  policy: Policy,
): Values | Fault {
  const own = settable(ticket, policy);
  const name =
    fields.find((one) => own.some((field) => field.name === one)) ??
    OWN_FIELDS.find((one) => fields.includes(one));
  if (name !== undefined && text !== null) return { field: name, value: priority ?? "" };
  const labels = [
    ...own.map(({ label }) => literal(label)),
    ...OWN_FIELDS.map((one) => t(`field.${one}`)),
  ];
  return { fault: t("typed.no_field", { found, names: joined(labels) }) };
}

function joined(names: readonly Text[]): Text {
  return names.reduce((before, name) => t("list.and", { before, name }));
}
