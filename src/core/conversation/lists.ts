import { type Block, type Card, type Control, encodeAction } from "../card.ts";
import { agentName, type Policy } from "../config/policy.ts";
import { literal, type Text, t } from "../text.ts";
import type { Conversation } from "./conversation.ts";
import type { ListPage, ListRow } from "./facts.ts";

type Leaf = NonNullable<Conversation["list"]>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One page of a list of tickets, with the ways to the pages beside it and into each of its tickets. */
export function listCard(
  conversation: Conversation,
  shown: ListPage,
  at: number,
  policy: Policy,
): Card<Text> {
  const { list, page, pages, total, rows } = shown;
  const numbers = rows.map(({ number }) => number);
  const verbs = listVerbs({ list, page, pages, numbers });
  return {
    tone: "neutral",
    title: t(`list.${list}`, { total }),
    subtitle: pages > 1 ? t("list.page", { page: page + 1, pages }) : null,
    blocks: [...linesOf(rows, at, policy), { type: "note", text: t("list.hint") }],
    controls: verbs.map((verb) => button(conversation, verb, page)),
  };
}

/** Verbs of a page's buttons, in their order. */
export function listVerbs({ list, page, pages, numbers }: Omit<Leaf, "version">): string[] {
  return [
    ...(page > 0 ? [`list_${list}_${page - 1}`] : []),
    ...(page + 1 < pages ? [`list_${list}_${page + 1}`] : []),
    ...numbers.map((number) => `open_${number}`),
  ];
}

function linesOf(rows: readonly ListRow[], at: number, policy: Policy): Block<Text>[] {
  if (rows.length === 0) return [{ type: "paragraph", text: t("list.empty") }];
  const fields = rows.map((row) => ({
    label: literal(`#${row.number}`),
    value: lineOf(row, at, policy),
  }));
  return [{ type: "fields", fields }];
}

function lineOf({ title, status, owner, store, at: since }: ListRow, at: number, policy: Policy) {
  const line = t(owner === null ? "list.row" : "list.row_owned", {
    title,
    status: t(`status.${status}`),
    owner: owner === null ? "" : agentName(policy, owner),
    age: ageOf(at - since),
  });
  return store === null ? line : t("list.row_store", { line, store });
}

function ageOf(ms: number): Text {
  if (ms < HOUR) return t("age.minutes", { n: Math.max(0, Math.floor(ms / MINUTE)) });
  if (ms < DAY) return t("age.hours", { n: Math.floor(ms / HOUR) });
  return t("age.days", { n: Math.floor(ms / DAY) });
}

function button(conversation: Conversation, verb: string, present: number): Control<Text> {
  const [kind, what, page] = verb.split("_");
  const turn = Number(page) < present ? "previous" : "next";
  const label = kind === "open" ? literal(`#${what}`) : t(`button.${turn}`);
  const action = encodeAction({
    verb,
    subject: `conversation:${conversation.id}`,
    version: conversation.version,
  });
  return { type: "button", label, style: "default", action, confirm: null };
}
