import type { Actor } from "../actor.ts";
import type { Intent, Policy } from "../config/policy.ts";
import { PRIORITIES } from "../config/policy.ts";
import { type Refusal, refuse } from "../refusal.ts";
import type { FieldSet, Ticket } from "./ticket.ts";

/** What somebody wants to stand in a field. A store is what the directory found for it; words are a row of `texts`. */
export type FieldValue = {
  readonly field: string;
  readonly value: string;
  readonly text: string | null;
  readonly stores: readonly NonNullable<Ticket["store"]>[];
};

/**
 * Decide what setting a field comes to: the event, or what is wrong with the value. Every ticket has a priority, a title
 * and a store; a field of its intent with the same name goes before.
 */
export function setField(
  by: Actor,
  given: FieldValue,
  ticket: Ticket,
  policy: Policy,
): FieldSet | Refusal {
  const own = settable(ticket, policy).find(({ name }) => name === given.field);
  if (own?.type === "text") return setText(by, own, given, ticket);
  if (given.field === "store" || own?.type === "store") return setStore(by, given, ticket);
  if (given.field === "priority") return setPriority(by, given, ticket);
  if (given.field !== "title") return refuse("unknown_field");
  if (given.text === null) return refuse("empty_text");
  const { title: old } = ticket;
  return { type: "field_set", by, target: "title", value: { ref: given.text }, old };
}

/** The fields of a ticket's intent that can be written: its words and its store, but no pictures. */
export function settable({ intent }: Ticket, policy: Policy): Intent["fields"] {
  const fields = policy.intents.get(intent ?? "")?.fields ?? [];
  return fields.filter(({ type }) => type !== "image");
}

function setText(
  by: Actor,
  { name, label }: Intent["fields"][number],
  { text }: FieldValue,
  { fields }: Ticket,
): FieldSet | Refusal {
  if (text === null) return refuse("empty_text");
  const old = fields.find((field) => field.name === name)?.value ?? null;
  return { type: "field_set", by, target: "field", name, label, value: { ref: text }, old };
}

function setStore(by: Actor, { stores }: FieldValue, { store: old }: Ticket): FieldSet | Refusal {
  const [value, ...others] = stores;
  if (value === undefined || others.length > 0) return refuse("unknown_store");
  if (value.id === old?.id) return refuse("already_done");
  return { type: "field_set", by, target: "store", value, old };
}

function setPriority(by: Actor, given: FieldValue, { priority: old }: Ticket): FieldSet | Refusal {
  const value = PRIORITIES.find((priority) => priority === given.value);
  if (value === undefined) return refuse("bad_value");
  if (value === old) return refuse("already_done");
  return { type: "field_set", by, target: "priority", value, old };
}

/** Fold a field's new value into a ticket. A field that it did not have comes last. */
export function withField(ticket: Ticket, event: FieldSet): Ticket {
  switch (event.target) {
    case "priority":
      return { ...ticket, priority: event.value };
    case "title":
      return { ...ticket, title: event.value };
    case "store":
      return { ...ticket, store: event.value };
    case "field": {
      const { name, label, value } = event;
      const has = ticket.fields.some((field) => field.name === name);
      const fields = has
        ? ticket.fields.map((field) => (field.name === name ? { ...field, value } : field))
        : [...ticket.fields, { name, label, value }];
      return { ...ticket, fields };
    }
  }
}
