import type { Candidate, Form, FormField, Option } from "../card.ts";
import { agentName, type Policy, PRIORITIES } from "../config/policy.ts";
import { literal, type Text, t } from "../text.ts";
import { meantVerb, teamValue } from "./asked.ts";
import type { Audience } from "./card.ts";
import { actionOf, type May } from "./card-buttons.ts";
import { settable } from "./field.ts";
import { FROM } from "./statuses.ts";
import { CHILD_KINDS, isOver, type Ticket } from "./ticket.ts";

/**
 * What is filled in on the card, each form named by its action's verb, the most important first: a tool with room for
 * fewer shows the first ones.
 */
export function formsOf(
  ticket: Ticket,
  audience: Audience,
  policy: Policy,
  may: May,
): Form<Text>[] {
  if (audience === "requester" || isOver(ticket.status) || ticket.status === "resolved") return [];
  const required = policy.teams.get(ticket.team)?.resolution === "required";
  const resolve = form("resolve_with", [words("resolution")], ticket, required);
  const forms = [
    ...(required ? [resolve] : []),
    form("comment", [{ ...words("comment"), placeholder: t("hint.comment") }], ticket),
    ...transferForm(ticket, policy),
    form("note", [{ ...line("note", "text"), placeholder: t("hint.note") }], ticket),
    ...(required ? [] : [resolve]),
    form("set_priority", [priority(ticket)], ticket),
    form(
      "pause",
      [select("waiting", WAITS), { ...line("reason", "text"), required: false }],
      ticket,
    ),
    form("set", [fieldChoice(ticket, policy), line("new_value", "text")], ticket),
    form("link", [line("child_number", "number"), select("kind", KINDS)], ticket),
    ...unlinkForm(ticket),
  ];
  return forms.filter(
    ({ name }) => FROM[meantVerb(name)].includes(ticket.status) && may({ verb: name }),
  );
}

const WAITS = ["customer", "external"].map(
  (value): Option<Text> => ({ value, label: t(`status.waiting_${value}`) }),
);
const KINDS = CHILD_KINDS.map((value): Option<Text> => ({ value, label: t(`child.${value}`) }));

/** To a colleague, the lead among them, or to another team. */
function transferForm(ticket: Ticket, policy: Policy): Form<Text>[] {
  const own = policy.teams.get(ticket.team);
  const ids = [...(own?.members ?? []), ...(own?.lead == null ? [] : [own.lead])];
  const people = [...new Set(ids)]
    .filter((id) => id !== ticket.owner && policy.agents.has(id))
    .map((id): Candidate<Text> => candidate(id, agentName(policy, id)));
  const teams = [...policy.teams.values()]
    .filter(({ id }) => id !== ticket.team)
    .map(({ id, name }) => candidate(teamValue(id), name));
  const offered = [...people, ...teams];
  if (offered.length === 0) return [];
  const label = t("field.assignee");
  return [
    form(
      "assign",
      [{ type: "person", name: "to", label, required: true, people: offered }],
      ticket,
    ),
  ];
}

function candidate(value: string, name: string): Candidate<Text> {
  return { value, label: literal(name), contact: null };
}

function priority(ticket: Ticket): FormField<Text> {
  const others = PRIORITIES.filter((value) => value !== ticket.priority);
  return select(
    "priority",
    others.map((value) => ({ value, label: t(`priority.${value}`) })),
  );
}

/** What can be written anew; the priority has a form of its own. */
function fieldChoice(ticket: Ticket, policy: Policy): FormField<Text> {
  const fields = settable(ticket, policy).filter(({ type }) => type === "text");
  const own = fields.map(({ name, label }) => ({ value: name, label: literal(label) }));
  const taken = new Set(fields.map(({ name }) => name));
  const always = ["title", "store"].filter((name) => !taken.has(name));
  return select("field", [
    ...own,
    ...always.map((value) => ({ value, label: t(`field.${value}`) })),
  ]);
}

function unlinkForm(ticket: Ticket): Form<Text>[] {
  const { children = [] } = ticket;
  if (children.length === 0) return [];
  const options = children.map(({ number }) => ({
    value: String(number),
    label: literal(`#${number}`),
  }));
  return [form("unlink", [select("number", options)], ticket)];
}

type TextField = Extract<FormField<Text>, { readonly type: "text" }>;

/** Several lines, which are kept as the words of the action. */
function words(label: string): TextField {
  return {
    type: "text",
    name: "text",
    label: t(`field.${label}`),
    required: true,
    multiline: true,
  };
}

function line(label: string, name: "text" | "number"): TextField {
  return { type: "text", name, label: t(`field.${label}`), required: true, multiline: false };
}

function select(name: string, options: readonly Option<Text>[]): FormField<Text> {
  return { type: "select", name, label: t(`field.${name}`), required: true, options };
}

function form(
  verb: string,
  fields: readonly FormField<Text>[],
  ticket: Ticket,
  primary = false,
): Form<Text> {
  const style = primary ? "primary" : "default";
  return {
    type: "form",
    name: verb,
    fields,
    submit: { label: t(`button.${verb}`), style, action: actionOf(verb, ticket) },
  };
}
