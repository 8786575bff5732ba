import { withAttachments } from "../attachment.ts";
import type { Conversation, ConversationEvent, FieldValue, Form, Heard } from "./conversation.ts";
import { questionOf, topicAfter } from "./topic.ts";

/** Fold one event into a conversation. No rules and no checks. */
export function evolveConversation(
  conversation: Conversation | null,
  event: ConversationEvent,
  at: number,
  id: string,
): Conversation {
  if (event.type === "opened") return opened(event, at, id);
  if (conversation === null)
    throw new Error(
      `The log of conversation ${id} begins with "${event.type}" instead of "opened".`,
    );
  const next = { ...conversation, lastAt: at, version: conversation.version + 1 };
  return event.type === "heard"
    ? {
        ...next,
        pending: event.heard,
        last: event.heard,
        topic: topicAfter(conversation, event.heard),
        ...withAttachments(conversation.attachments, event.heard.attached),
      }
    : change(settled(next, event), event);
}

/** A question of the bot may come between a message and what is done about it; all else is what is done. */
function settled(now: Conversation, { type }: ConversationEvent): Conversation {
  const pending = type === "prompted" && now.pending !== null ? unasked(now.pending) : null;
  return { ...(COVERS_LIST.has(type) ? withoutList(now) : now), pending };
}

/** What was read as the answer to one question is none to the next. */
function unasked({ said: _said, ...heard }: Heard): Heard {
  return heard;
}

/** What is put to the party after a list: numbers are no longer about that list. */
const COVERS_LIST: ReadonlySet<ConversationEvent["type"]> = new Set([
  "answered",
  "clarified",
  "not_understood",
  "intent_set",
  "ticket_opened",
  "closed",
]);

function withoutList({ list: _list, ...now }: Conversation): Conversation {
  return now;
}

function opened(
  event: Extract<ConversationEvent, { type: "opened" }>,
  at: number,
  id: string,
): Conversation {
  const { type: _type, ...who } = event;
  return {
    id,
    ...who,
    status: "open",
    pending: null,
    last: null,
    topic: null,
    form: null,
    answer: null,
    menu: null,
    askedAt: null,
    lost: 0,
    ticket: null,
    lastAt: at,
    version: 1,
  };
}

function change(
  now: Conversation,
  event: Exclude<ConversationEvent, { type: "opened" | "heard" }>,
): Conversation {
  switch (event.type) {
    case "greeted":
    case "helped":
    case "told":
      return { ...now, lost: 0 };
    case "answered": {
      const answer = { article: event.article, version: now.version, about: questionOf(now) };
      return { ...now, lost: 0, menu: null, answer, askedAt: now.lastAt };
    }
    case "deflected":
    case "left_unsolved":
      return { ...now, answer: null };
    case "clarified":
      return {
        ...now,
        menu: { choices: event.choices, version: now.version },
        askedAt: now.lastAt,
      };
    case "not_understood":
      return { ...now, lost: event.count };
    case "intent_set":
      return {
        ...now,
        ...NOTHING_OPEN,
        form: {
          intent: event.intent,
          about: event.about,
          given: [],
          store: event.store,
          asking: null,
          tries: 0,
        },
      };
    case "field_asked":
      return now.form === null
        ? now
        : {
            ...now,
            form: { ...now.form, asking: event.field, tries: event.tries },
            askedAt: now.lastAt,
          };
    case "field_given":
      return now.form === null ? now : { ...now, form: withField(now.form, event) };
    case "form_cancelled":
      return { ...now, form: null };
    case "ticket_opened":
      return { ...handedOver(now), ...NOTHING_OPEN, ticket: event.ticket };
    case "relayed":
      return { ...handedOver(now), lost: 0, menu: null };
    case "recalled":
      return withoutAttachments(now, event.attachments);
    case "edited":
      return now;
    case "listed":
      return listed(now, event);
    case "shown":
      return { ...now, lost: 0 };
    case "prompted":
      return { ...now, prompt: event.prompt };
    case "prompt_ended":
      return withoutPrompt(now);
    case "closed":
      return { ...withoutPrompt(now), ...NOTHING_OPEN, status: "closed" };
  }
}

/** The ticket has what came with the messages. */
function handedOver({ attachments: _attachments, ...now }: Conversation): Conversation {
  return now;
}

function withoutAttachments(now: Conversation, ids: readonly string[]): Conversation {
  const left = (now.attachments ?? []).filter(({ id }) => !ids.includes(id));
  return { ...handedOver(now), ...withAttachments(left, []) };
}

function listed(
  { answer: _answer, menu: _menu, ...now }: Conversation,
  { list, page, pages, numbers }: Extract<ConversationEvent, { type: "listed" }>,
): Conversation {
  const shown = { list, page, pages, numbers, version: now.version };
  return { ...now, answer: null, menu: null, lost: 0, list: shown, askedAt: now.lastAt };
}

/** A conversation in which nothing is asked any more. */
export function withoutPrompt({ prompt: _prompt, ...now }: Conversation): Conversation {
  return now;
}

/** No card and no question of ours waits for an answer. */
const NOTHING_OPEN = { form: null, answer: null, menu: null, lost: 0 } as const;

export function withField(form: Form, { field, label, value, store }: FieldValue): Form {
  const given = [...form.given, { name: field, label, value }];
  return { ...form, given, store: store ?? form.store, asking: null, tries: 0 };
}
