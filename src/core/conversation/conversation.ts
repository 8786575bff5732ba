import type { Actor } from "../actor.ts";
import type { Destination } from "../message.ts";
import type { Language, Text } from "../text.ts";
import { questionOf, topicAfter } from "./topic.ts";

/** The store that a message named, as the directory knows it. */
export type StoreFact = { readonly id: string; readonly name: string; readonly region: string };

/** What was understood of a message; the words themselves stay in `texts`. */
export type Understood = {
  readonly command: string | null;
  /** The message says nothing but the command, courtesies aside. Absent where the reader does not tell: then it does. */
  readonly whole?: boolean;
  readonly safety: boolean;
  readonly exact: boolean;
  readonly candidates: readonly Candidate[];
};

export type Candidate = {
  readonly kind: "intent" | "article";
  readonly id: string;
  readonly score: number;
};

/** The newest message of the other party, as far as decisions need it. */
export type Heard = {
  /** The inbox row that it came as. */
  readonly inbox: string;
  /** Who spoke: in a group's thread not always the party itself. */
  readonly by: Actor;
  readonly messageId: string;
  readonly thread: string | null;
  /** Its words, as a row of `texts`; null when it had none. */
  readonly text: string | null;
  readonly attachments: readonly string[];
  readonly understood: Understood;
  /** Stores that it names, by the directory. */
  readonly stores: readonly StoreFact[];
};

/** What a conversation is about: the last message that was more than a command or a pick from a menu. */
export type Topic = Pick<Heard, "text" | "attachments" | "stores">;

export type FieldValue = {
  readonly field: string;
  readonly label: string;
  readonly value: Text;
  readonly store: StoreFact | null;
};

export type Form = {
  readonly intent: string;
  /** The words that began it, as a row of `texts`. */
  readonly about: string | null;
  readonly given: readonly {
    readonly name: string;
    readonly label: string;
    readonly value: Text;
  }[];
  readonly store: StoreFact | null;
  /** The field that was asked for last, and how often in a row. */
  readonly asking: string | null;
  readonly tries: number;
};

/** One party's exchange with us: the fold of its events. */
export type Conversation = {
  readonly id: string;
  readonly key: string;
  readonly account: string;
  readonly to: Destination;
  readonly party: Actor;
  readonly partyName: Text;
  readonly language: Language;
  readonly status: "open" | "closed";
  /** What was heard and not yet responded to. */
  readonly pending: Heard | null;
  /** What was heard last, answered or not: replies hang on it. */
  readonly last: Heard | null;
  readonly topic: Topic | null;
  readonly form: Form | null;
  /** The article that was answered with and awaits 已解决 or 未解决, and the words that it answered, as a row of `texts`. */
  readonly answer: {
    readonly article: string;
    readonly version: number;
    readonly about: string | null;
  } | null;
  /** What stands open to be picked from. */
  readonly menu: { readonly choices: readonly Candidate[]; readonly version: number } | null;
  /** When an answer, a menu or a question was last put to the party, ms UTC. */
  readonly askedAt: number | null;
  /** How often in a row nothing was understood. */
  readonly lost: number;
  /** The ticket that this conversation is about now. */
  readonly ticket: string | null;
  readonly lastAt: number;
  readonly version: number;
};

export type ConversationEvent =
  | {
      readonly type: "opened";
      readonly key: string;
      readonly account: string;
      readonly to: Destination;
      readonly party: Actor;
      readonly partyName: Text;
      readonly language: Language;
    }
  | { readonly type: "heard"; readonly heard: Heard }
  | { readonly type: "greeted" }
  | { readonly type: "helped" }
  /** One sentence that changes nothing. */
  | { readonly type: "told"; readonly text: Text }
  | { readonly type: "answered"; readonly article: string }
  | { readonly type: "deflected"; readonly article: string }
  | { readonly type: "left_unsolved"; readonly article: string }
  | { readonly type: "clarified"; readonly choices: readonly Candidate[] }
  | { readonly type: "not_understood"; readonly count: number }
  | {
      readonly type: "intent_set";
      readonly intent: string;
      readonly about: string | null;
      readonly store: StoreFact | null;
    }
  | { readonly type: "field_asked"; readonly field: string; readonly tries: number }
  | ({ readonly type: "field_given" } & FieldValue)
  | { readonly type: "form_cancelled" }
  | { readonly type: "ticket_opened"; readonly ticket: string; readonly number: number }
  /** The ticket took what was said, and a person sees it there. */
  | { readonly type: "relayed"; readonly ticket: string }
  | { readonly type: "closed"; readonly reason: "idle" };

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
      }
    : change({ ...next, pending: null }, event);
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
      return { ...now, ...NOTHING_OPEN, ticket: event.ticket };
    case "relayed":
      return { ...now, lost: 0, menu: null };
    case "closed":
      return { ...now, ...NOTHING_OPEN, status: "closed" };
  }
}

/** No card and no question of ours waits for an answer. */
const NOTHING_OPEN = { form: null, answer: null, menu: null, lost: 0 } as const;

export function withField(form: Form, { field, label, value, store }: FieldValue): Form {
  const given = [...form.given, { name: field, label, value }];
  return { ...form, given, store: store ?? form.store, asking: null, tries: 0 };
}

/** Stream of the nth conversation under one key. */
export function conversationStream(key: string, generation: number): string {
  return `conversation:${key}.${generation}`;
}

/** The mailbox of a stream: a conversation's is its key's, so that a new one waits for the old one's work. */
export function mailboxOf(stream: string): string {
  return stream.startsWith("conversation:") ? stream.replace(/\.\d+$/, "") : stream;
}
