import type { Intent, Policy } from "../config/policy.ts";
import { literal, type Text, t } from "../text.ts";
import { isOver, type Ticket } from "../ticket/ticket.ts";
import type { Candidate, Conversation, ConversationEvent, Form, Heard, StoreFact } from "./conversation.ts";

/**
 * What the hub does about a message: events of the conversation, and what to do with a ticket.
 *
 * `open` opens one from the form; `pass` hands the message, or the command in it, to the ticket under way.
 */
export type Response = {
  readonly events: readonly ConversationEvent[];
  readonly ticket:
    | { readonly type: "open"; readonly form: Form | null; readonly intent: Intent | null; readonly about: string | null; readonly urgent: boolean }
    | { readonly type: "pass"; readonly verb: "comment" | "urge" | "confirm" | "reject" }
    | null;
};

export const MAX_TRIES = 3;

/** Decide what to do about the pending message. The order of these rules is the order of what matters to people. */
export function respond(conversation: Conversation, heard: Heard, ticket: Ticket | null, policy: Policy): Response {
  const { understood } = heard;
  const live = ticket !== null && !isOver(ticket.status) ? ticket : null;
  if (understood.safety) return toPerson(conversation, heard, live, true);
  if (conversation.form !== null) return fillIn(conversation, conversation.form, heard, policy);
  if (live !== null) return besideTicket(heard, live, policy);
  if (understood.command === "human") return toPerson(conversation, heard, null, false);
  if (conversation.answer !== null && understood.command === "solved") {
    return just({ type: "deflected", article: conversation.answer.article });
  }
  if (conversation.answer !== null && understood.command === "unsolved") {
    const { ticket: deed } = toPerson(conversation, heard, null, false);
    return { events: [{ type: "left_unsolved", article: conversation.answer.article }], ticket: deed };
  }
  return byContent(conversation, heard, policy);
}

function byContent(conversation: Conversation, heard: Heard, policy: Policy): Response {
  const { understood } = heard;
  const best = bestOf(heard, policy);
  if (best !== null && best.score >= policy.understanding.answer) return pursue(best, heard.text, heard.stores, policy);
  if (understood.command === "greeting") return just({ type: "greeted" });
  if (understood.command === "help" || understood.command === "status" || understood.command === "cancel") return just({ type: "helped" });
  const choices = known(heard, policy).filter((candidate) => candidate.score >= policy.understanding.clarify);
  if (choices.length > 0 && conversation.choices.length === 0) return just({ type: "clarified", choices: choices.slice(0, 3) });
  if (conversation.lost + 1 >= 2 || conversation.choices.length > 0) return toPerson(conversation, heard, null, false);
  return just({ type: "not_understood", count: conversation.lost + 1 });
}

/** Go where a candidate leads: an article is answered, an intent becomes a form or a ticket. */
export function pursue(candidate: Candidate, about: string | null, stores: readonly StoreFact[], policy: Policy): Response {
  if (candidate.kind === "article") return just({ type: "answered", article: candidate.id });
  const intent = policy.intents.get(candidate.id);
  if (intent === undefined) return just({ type: "not_understood", count: 1 });
  const store = stores.length === 1 ? (stores[0] ?? null) : null;
  const begun: ConversationEvent = { type: "intent_set", intent: intent.id, about, store };
  return proceed({ intent: intent.id, about, given: [], store, asking: null, tries: 0 }, [begun], intent);
}

/** Ask for the next field that is missing, or open the ticket. */
function proceed(form: Form, events: readonly ConversationEvent[], intent: Intent): Response {
  const missing = intent.fields.find((field) => field.required && !has(form, field.name, field.type));
  if (missing === undefined) return { events, ticket: { type: "open", form, intent, about: form.about, urgent: false } };
  const tries = form.asking === missing.name ? form.tries + 1 : 1;
  return { events: [...events, { type: "field_asked", field: missing.name, tries }], ticket: null };
}

function has(form: Form, name: string, type: string): boolean {
  return form.given.some((field) => field.name === name) || (type === "store" && form.store !== null);
}

function fillIn(conversation: Conversation, form: Form, heard: Heard, policy: Policy): Response {
  const { command } = heard.understood;
  const intent = policy.intents.get(form.intent);
  if (command === "cancel") return just({ type: "form_cancelled" });
  if (command === "human" || intent === undefined) return toPerson(conversation, heard, null, false);
  const field = intent.fields.find((candidate) => candidate.name === form.asking);
  if (field === undefined) return proceed(form, [], intent);
  const value = valueOf(field.type, heard);
  if (value === null) {
    return form.tries >= MAX_TRIES ? toPerson(conversation, heard, null, false) : proceed(form, [], intent);
  }
  const given: ConversationEvent = { type: "field_given", field: field.name, label: field.label, value: value.text, store: value.store };
  const filled: Form = {
    ...form,
    given: [...form.given, { name: field.name, label: field.label, value: value.text }],
    store: value.store ?? form.store,
    asking: null,
    tries: 0,
  };
  return proceed(filled, [given], intent);
}

function valueOf(type: "text" | "store" | "image", heard: Heard): { text: Text; store: StoreFact | null } | null {
  if (type === "image") return heard.attachments.includes("image") ? { text: t("attachment.image"), store: null } : null;
  if (type === "text") return heard.text === null ? null : { text: { ref: heard.text }, store: null };
  const [store] = heard.stores;
  return store === undefined || heard.stores.length > 1 ? null : { text: literal(store.name), store };
}

/** A ticket is under way: what is said belongs to it, unless it is clearly about something else. */
function besideTicket(heard: Heard, ticket: Ticket, policy: Policy): Response {
  const { understood } = heard;
  if (understood.command === "urge" && ticket.status !== "resolved") return pass("urge", ticket);
  if (ticket.status === "resolved" && understood.command === "solved") return pass("confirm", ticket);
  if (ticket.status === "resolved" && understood.command === "unsolved") return pass("reject", ticket);
  const best = bestOf(heard, policy);
  const other = best !== null && best.score >= policy.understanding.answer && (best.kind === "article" || best.id !== ticket.intent);
  if (other && understood.command === null) return pursue(best, heard.text, heard.stores, policy);
  return heard.text === null ? just({ type: "helped" }) : pass("comment", ticket);
}

function toPerson(conversation: Conversation, heard: Heard, live: Ticket | null, urgent: boolean): Response {
  if (live !== null && heard.text !== null) return pass("comment", live);
  const { form } = conversation;
  return { events: [], ticket: { type: "open", form, intent: null, about: form?.about ?? heard.text, urgent } };
}

function pass(verb: "comment" | "urge" | "confirm" | "reject", ticket: Ticket): Response {
  return { events: [{ type: "relayed", ticket: ticket.id }], ticket: { type: "pass", verb } };
}

function bestOf(heard: Heard, policy: Policy): Candidate | null {
  return known(heard, policy)[0] ?? null;
}

/** Candidates that the configuration still has. */
function known(heard: Heard, policy: Policy): readonly Candidate[] {
  return heard.understood.candidates.filter((candidate) =>
    candidate.kind === "intent" ? policy.intents.has(candidate.id) : policy.articles.has(candidate.id),
  );
}

function just(event: ConversationEvent): Response {
  return { events: [event], ticket: null };
}
