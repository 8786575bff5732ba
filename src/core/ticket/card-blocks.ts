import { sameActor } from "../actor.ts";
import type { Block } from "../card.ts";
import { agentName, type Policy } from "../config/policy.ts";
import { literal, type Text, t } from "../text.ts";
import { newestPicture } from "./attachment-links.ts";
import type { Audience } from "./card.ts";
import type { Comment, Ticket, Undelivered } from "./ticket.ts";

/** What is written on a ticket's card, for one audience. */
export function blocksOf(ticket: Ticket, audience: Audience, policy: Policy): Block<Text>[] {
  const blocks: Block<Text>[] = [{ type: "paragraph", text: ticket.description }];
  blocks.push({ type: "fields", fields: fieldsOf(ticket, audience, policy) });
  blocks.push(...newestPicture(ticket, audience));
  const talk = ticket.comments
    .filter((comment) => comment.visible || audience !== "requester")
    .slice(-3);
  for (const comment of talk) {
    const who = speakerOf(comment, ticket, policy);
    blocks.push({
      type: "note",
      text: t(keyOf(comment, ticket, audience), { who, text: { ref: comment.text } }),
    });
  }
  if (audience !== "requester") blocks.push(...(ticket.undelivered ?? []).map(undeliveredNote));
  const wait = waitOf(ticket, audience);
  if (wait !== null) blocks.push({ type: "note", text: wait });
  if (ticket.resolution !== null)
    blocks.push({ type: "paragraph", text: t("card.resolution", { text: ticket.resolution }) });
  if (ticket.closeReason !== null)
    blocks.push({ type: "note", text: t(`closed.${ticket.closeReason}`) });
  return blocks;
}

/** To those who work on it each of our comments says whether the customer sees it; a customer sees no others. */
function keyOf({ visible, by }: Comment, { requester }: Ticket, audience: Audience): string {
  if (audience === "requester" || (visible && sameActor(by, requester))) return "card.said";
  return visible ? "card.comment" : "card.note";
}

function undeliveredNote({ text, reason }: Undelivered): Block<Text> {
  const why = t(`undelivered.${reason}`);
  return {
    type: "note",
    text:
      text === null
        ? t("card.undelivered_notice", { why })
        : t("card.undelivered", { text: { ref: text }, why }),
  };
}

/** Why it waits. What we wait for from others is no business of the requester's. */
function waitOf({ waitingFor, status }: Ticket, audience: Audience): Text | null {
  const hidden = audience === "requester" && status !== "waiting_customer";
  return waitingFor === undefined || hidden ? null : t("card.waiting_for", { text: waitingFor });
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
    fields.push(...kinFields(ticket));
  }
  if (ticket.urges > 0)
    fields.push({ label: t("field.urges"), value: t("times", { n: ticket.urges }) });
  if (ticket.level > 0)
    fields.push({ label: t("field.level"), value: t("times", { n: ticket.level }) });
  if (ticket.reopenings > 0)
    fields.push({ label: t("field.reopenings"), value: t("times", { n: ticket.reopenings }) });
  return fields;
}

const CHILDREN_SHOWN = 5;

/** The tickets that it is related to, those that hold it up first. */
function kinFields({ parent, children = [] }: Ticket): { label: Text; value: Text }[] {
  const above =
    parent === undefined ? [] : [{ label: t("field.parent"), value: literal(`#${parent.number}`) }];
  const weight = ({ kind, over }: (typeof children)[number]): number =>
    (over ? 2 : 0) + (kind === "blocks" ? 0 : 1);
  const below = [...children]
    .sort((a, b) => weight(a) - weight(b))
    .slice(0, CHILDREN_SHOWN)
    .map(({ number, kind, over }) => ({
      label: t("field.child", { number }),
      value: t(over ? "child.over" : `child.${kind}`),
    }));
  return [...above, ...below];
}
