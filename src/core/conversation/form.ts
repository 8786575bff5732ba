import type { Intent, IntentField, Policy } from "../config/policy.ts";
import { literal, t } from "../text.ts";
import type {
  Conversation,
  ConversationEvent,
  FieldValue,
  Form,
  Heard,
  Topic,
} from "./conversation.ts";
import { withField } from "./evolve.ts";
import { just, type Response, toPerson, wordsOf } from "./response.ts";
import { isBare } from "./topic.ts";

export const MAX_TRIES = 3;

/** Commands that are no value of a field: whoever says nothing else is asked again. */
const ASIDE: ReadonlySet<string | null> = new Set(["greeting", "help", "status", "urge", "thanks"]);

/** Begin a form with what the topic holds already: the store that it names, and a picture. */
export function begin(intent: Intent, topic: Topic | null): Response {
  const [store = null, ...more] = topic?.stores ?? [];
  const begun = {
    intent: intent.id,
    about: topic?.text ?? null,
    store: more.length === 0 ? store : null,
  };
  const form: Form = { ...begun, given: [], asking: null, tries: 0 };
  const image = intent.fields.find(({ type }) => type === "image");
  const shown =
    image !== undefined && topic?.attachments.includes("image") === true
      ? pictureOf(image, topic)
      : null;
  const events: ConversationEvent[] = [{ type: "intent_set", ...begun }];
  if (shown === null) return proceed(form, events, intent);
  return proceed(withField(form, shown), [...events, { type: "field_given", ...shown }], intent);
}

/** Take the message as the value of the field that was asked for, unless it is a way out. */
export function fillIn(
  conversation: Conversation,
  form: Form,
  heard: Heard,
  policy: Policy,
): Response {
  const { command } = heard.understood;
  const intent = policy.intents.get(form.intent);
  if (command === "cancel") return just({ type: "form_cancelled" });
  if (command === "human" || intent === undefined) return toPerson(conversation, wordsOf(heard));
  const field = intent.fields.find(({ name }) => name === form.asking);
  if (field === undefined) return proceed(form, [], intent);
  if (ASIDE.has(command) && isBare(heard.understood))
    return just({ type: "field_asked", field: field.name, tries: form.tries });
  const given = valueIn(field, heard);
  if (given !== null)
    return proceed(withField(form, given), [{ type: "field_given", ...given }], intent);
  return form.tries >= MAX_TRIES
    ? toPerson(conversation, wordsOf(heard))
    : proceed(form, [], intent);
}

/** Ask for the next field that is missing, or open the ticket. */
function proceed(form: Form, events: readonly ConversationEvent[], intent: Intent): Response {
  const missing = intent.fields.find((field) => field.required && !has(form, field));
  if (missing === undefined) {
    return {
      events,
      ticket: { type: "open", form, complete: true, about: form.about, also: null, urgent: false },
    };
  }
  const tries = form.asking === missing.name ? form.tries + 1 : 1;
  return { events: [...events, { type: "field_asked", field: missing.name, tries }], ticket: null };
}

function has(form: Form, { name, type }: IntentField): boolean {
  return (
    form.given.some((field) => field.name === name) || (type === "store" && form.store !== null)
  );
}

function valueIn(field: IntentField, heard: Heard): FieldValue | null {
  const { name, label, type } = field;
  if (type === "image") return heard.attachments.includes("image") ? pictureOf(field, heard) : null;
  if (type === "text")
    return heard.text === null
      ? null
      : { field: name, label, value: { ref: heard.text }, store: null };
  const [store, ...more] = heard.stores;
  return store === undefined || more.length > 0
    ? null
    : { field: name, label, value: literal(store.name), store };
}

/** The value of a picture's field is the picture's name; the picture itself goes to the ticket. */
function pictureOf({ name, label }: IntentField, { attached }: Topic): FieldValue {
  const picture = attached?.find(({ kind }) => kind === "image");
  return { field: name, label, value: picture?.name ?? t("attachment.image"), store: null };
}
