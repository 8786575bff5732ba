import { sameActor } from "../actor.ts";
import {
  type Block,
  type Card,
  type Control,
  encodeAction,
  type FormField,
  type Tone,
} from "../card.ts";
import { agentName, type Policy } from "../config/policy.ts";
import type { TicketVerb } from "../permission.ts";
import { literal, type Text, t } from "../text.ts";
import { objection } from "./decide.ts";
import { type Comment, isOver, streamOf, type Ticket, type TicketStatus } from "./ticket.ts";

/** For whom one copy of a ticket's card is made. A team's copy may stand in a chat of many, so it names no requester. */
export type Audience = "team" | "member" | "requester";

type Press = {
  readonly verb: string;
  readonly style: "default" | "primary" | "danger";
  readonly confirm?: true;
  /** Few may, so it stands only on the copy of one who may. */
  readonly personal?: true;
};

const ESCALATE: Press = { verb: "escalate", style: "danger", confirm: true };
const CANCEL: Press = { verb: "cancel", style: "danger", confirm: true, personal: true };
const REOPEN: Press = { verb: "reopen", style: "default", confirm: true };

/** Which buttons stand on the card of each audience in each status, in this order. */
const BUTTONS: Readonly<
  Record<"staff" | "requester", Readonly<Record<TicketStatus, readonly Press[]>>>
> = {
  staff: {
    new: [{ verb: "claim", style: "primary" }, ESCALATE, CANCEL],
    assigned: [
      { verb: "claim", style: "primary" },
      { verb: "resolve", style: "default" },
      { verb: "return", style: "default" },
      ESCALATE,
      CANCEL,
    ],
    in_progress: [
      { verb: "resolve", style: "primary" },
      { verb: "wait_customer", style: "default" },
      { verb: "wait_external", style: "default" },
      { verb: "return", style: "default" },
      ESCALATE,
      CANCEL,
    ],
    waiting_customer: [
      { verb: "resume", style: "primary" },
      { verb: "resolve", style: "default" },
      ESCALATE,
      CANCEL,
    ],
    waiting_external: [
      { verb: "resume", style: "primary" },
      { verb: "resolve", style: "default" },
      ESCALATE,
      CANCEL,
    ],
    resolved: [
      { verb: "reopen", style: "default" },
      { verb: "close", style: "default", confirm: true },
    ],
    closed: [REOPEN],
    cancelled: [REOPEN],
  },
  requester: {
    new: [
      { verb: "urge", style: "default" },
      { verb: "cancel", style: "danger", confirm: true },
    ],
    assigned: [
      { verb: "urge", style: "default" },
      { verb: "cancel", style: "danger", confirm: true },
    ],
    in_progress: [
      { verb: "urge", style: "default" },
      { verb: "cancel", style: "danger", confirm: true },
    ],
    waiting_customer: [
      { verb: "urge", style: "default" },
      { verb: "cancel", style: "danger", confirm: true },
    ],
    waiting_external: [
      { verb: "urge", style: "default" },
      { verb: "cancel", style: "danger", confirm: true },
    ],
    resolved: [
      { verb: "confirm", style: "primary" },
      { verb: "reject", style: "danger" },
    ],
    closed: [REOPEN],
    cancelled: [REOPEN],
  },
};

/** Verbs of buttons that stand for a verb with an argument. */
export const SHORTHANDS: Readonly<
  Record<string, { readonly verb: TicketVerb; readonly waiting: "customer" | "external" }>
> = {
  wait_customer: { verb: "pause", waiting: "customer" },
  wait_external: { verb: "pause", waiting: "external" },
};

/**
 * The card of a ticket as one audience shall see it now. `reader` is the agent whose own copy it is: it carries what that
 * agent may press now. A copy for many, and the requester's, carries what its audience may.
 */
export function ticketCard(
  ticket: Ticket,
  audience: Audience,
  policy: Policy,
  reader: string | null = null,
): Card<Text> {
  const may = mayPress(ticket, policy, audience === "requester" ? null : reader);
  return {
    tone: toneOf(ticket),
    title: t("card.ticket.title", { number: ticket.number, title: ticket.title }),
    subtitle: stateOf(ticket, policy),
    blocks: blocksOf(ticket, audience, policy),
    controls: [
      ...buttonsOf(ticket, audience, may),
      ...formsOf(ticket, audience, policy).filter(({ name }) => may({ verb: name })),
    ],
  };
}

type May = (press: Pick<Press, "verb" | "personal">) => boolean;

function mayPress(ticket: Ticket, policy: Policy, reader: string | null): May {
  if (reader === null) return ({ personal }) => personal !== true;
  const by = { kind: "agent", id: reader } as const;
  return ({ verb }) => {
    const meant = SHORTHANDS[verb]?.verb ?? (verb as TicketVerb);
    return objection({ verb: meant, by, seen: null }, ticket, policy) === null;
  };
}

/** The status of a ticket, and who has it. */
export function stateOf(ticket: Ticket, policy: Policy): Text {
  const status = t(`status.${ticket.status}`);
  if (ticket.owner === null) return status;
  return t("card.ticket.owned", {
    status,
    owner: agentName(policy, ticket.owner),
  });
}

function toneOf(ticket: Ticket): Tone {
  if (ticket.status === "closed") return "success";
  if (ticket.status === "cancelled") return "neutral";
  if (ticket.status === "resolved") return "success";
  if (ticket.level > 0 || ticket.priority === "urgent") return "danger";
  if (ticket.urges > 0 || ticket.status === "new") return "warning";
  return "info";
}

function blocksOf(ticket: Ticket, audience: Audience, policy: Policy): Block<Text>[] {
  const blocks: Block<Text>[] = [{ type: "paragraph", text: ticket.description }];
  blocks.push({ type: "fields", fields: fieldsOf(ticket, audience, policy) });
  const talk = ticket.comments
    .filter((comment) => comment.visible || audience !== "requester")
    .slice(-3);
  for (const comment of talk) {
    const who = speakerOf(comment, ticket, policy);
    const key = comment.visible ? "card.comment" : "card.note";
    blocks.push({ type: "note", text: t(key, { who, text: { ref: comment.text } }) });
  }
  if (ticket.resolution !== null)
    blocks.push({ type: "paragraph", text: t("card.resolution", { text: ticket.resolution }) });
  if (ticket.closeReason !== null)
    blocks.push({ type: "note", text: t(`closed.${ticket.closeReason}`) });
  return blocks;
}

/** Agents by name, unless they are the one who asked: a team's copy does not tell who that is. */
function speakerOf({ by }: Comment, ticket: Ticket, policy: Policy): Text | string {
  if (sameActor(by, ticket.requester)) return t("card.requester");
  return by.kind === "agent" ? agentName(policy, by.id) : t("card.desk");
}

function fieldsOf(
  ticket: Ticket,
  audience: Audience,
  policy: Policy,
): { label: Text; value: Text }[] {
  const fields: { label: Text; value: Text }[] = [];
  if (ticket.store !== null)
    fields.push({
      label: t("field.store"),
      value: literal(`${ticket.store.name} ${ticket.store.id}`),
    });
  if (audience === "member")
    fields.push({ label: t("field.requester"), value: ticket.requesterName });
  for (const field of ticket.fields)
    fields.push({ label: literal(field.label), value: field.value });
  fields.push({ label: t("field.priority"), value: t(`priority.${ticket.priority}`) });
  if (audience !== "requester") {
    fields.push({
      label: t("field.team"),
      value: literal(policy.teams.get(ticket.team)?.name ?? ticket.team),
    });
  }
  if (ticket.urges > 0)
    fields.push({ label: t("field.urges"), value: t("times", { n: ticket.urges }) });
  if (ticket.level > 0)
    fields.push({ label: t("field.level"), value: t("times", { n: ticket.level }) });
  if (ticket.reopenings > 0)
    fields.push({ label: t("field.reopenings"), value: t("times", { n: ticket.reopenings }) });
  return fields;
}

function buttonsOf(ticket: Ticket, audience: Audience, may: May): Control<Text>[] {
  const presses = BUTTONS[audience === "requester" ? "requester" : "staff"][ticket.status];
  return presses.filter(may).map((press) => ({
    type: "button",
    label: t(`button.${press.verb}`),
    style: press.style,
    action: actionOf(press.verb, ticket),
    confirm: press.confirm === true ? t(`confirm.${press.verb}`) : null,
  }));
}

type Form = Extract<Control<Text>, { readonly type: "form" }>;

/**
 * Write to the requester, hand over to a colleague, and write for colleagues only: where the tool has fields for it. A
 * tool with room for one form shows the first. Each is named by its verb.
 */
function formsOf(ticket: Ticket, audience: Audience, policy: Policy): Form[] {
  if (audience === "requester" || isOver(ticket.status) || ticket.status === "resolved") return [];
  const members = policy.teams.get(ticket.team)?.members ?? [];
  const others = members
    .filter((id) => id !== ticket.owner)
    .flatMap((id) => policy.agents.get(id) ?? []);
  const colleague: FormField<Text> = {
    type: "select",
    name: "to",
    label: t("field.assignee"),
    required: true,
    options: others.map((agent) => ({ value: agent.id, label: literal(agent.name) })),
  };
  return [
    formOf("comment", words("field.comment", true), ticket),
    ...(others.length > 0 ? [formOf("assign", colleague, ticket)] : []),
    formOf("note", words("field.note", false), ticket),
  ];
}

function words(label: string, multiline: boolean): FormField<Text> {
  return { type: "text", name: "text", label: t(label), required: true, multiline };
}

function formOf(verb: TicketVerb, field: FormField<Text>, ticket: Ticket): Form {
  return {
    type: "form",
    name: verb,
    fields: [field],
    submit: { label: t(`button.${verb}`), style: "default", action: actionOf(verb, ticket) },
  };
}

function actionOf(verb: string, ticket: Ticket): string {
  return encodeAction({ verb, subject: streamOf(ticket.id), version: ticket.version });
}
