import type { Actor } from "../actor.ts";
import type { Attachment } from "../attachment.ts";
import type { Priority } from "../config/policy.ts";
import type { ListName } from "../intent/commands.ts";
import type { Destination } from "../message.ts";
import type { Language, Text } from "../text.ts";
import type { Audience } from "../ticket/card.ts";

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

/** What stands behind a command, or answers what the bot asked: the words as a row of `texts`, and what they name. */
export type Said = {
  readonly text: string | null;
  /** People and teams that fit the words: `agent:li`, `team:cold`. */
  readonly targets: readonly string[];
  /** Fields that fit what stands before the `=`, by name. */
  readonly fields: readonly string[];
  /** The priority that is named, if one is. */
  readonly priority: Priority | null;
  /** Whom the ticket shall wait for. */
  readonly waiting: "customer" | "external" | null;
  /** The number of another ticket. */
  readonly child: number | null;
};

export type TypedCommand = {
  /** Null where the word after the slash is none of ours; `said.text` is that word then. */
  readonly name: string | null;
  /** The command that a strange word most likely stands for. */
  readonly meant: string | null;
  /** The number of the ticket, where one was typed. */
  readonly number: number | null;
  readonly said: Said;
};

/** The copy of a ticket's card that a message quotes, or in whose thread it stands. */
export type OnCard = { readonly ticket: string; readonly audience: Audience };

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
  /** The kinds of what came with the words. */
  readonly attachments: readonly string[];
  /** Those of them that are fetched and kept; absent when there are none. */
  readonly attached?: readonly Attachment[];
  /** Is it of a kind that nobody here can read? Absent for no. */
  readonly unreadable?: true;
  readonly understood: Understood;
  /** Stores that it names, by the directory. */
  readonly stores: readonly StoreFact[];
  /** The command that was typed; absent for anything else. */
  readonly typed?: TypedCommand;
  /** What an answer to the open question of the bot names; absent where none was open. */
  readonly said?: Said;
  readonly card?: OnCard;
  /** The place that it picks by a number, from 0; only where buttons are shown as numbers to type. */
  readonly picks?: number;
};

/** What a conversation is about: the last message that was more than a command or a pick from a menu. */
export type Topic = Pick<Heard, "text" | "attachments" | "attached" | "stores">;

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

/** The bot asked an agent in their own chat for what a button could not take: the next message is the answer. */
export type Prompt = {
  readonly by: Actor;
  readonly ticket: string;
  readonly number: number;
  /** As buttons name it. */
  readonly verb: string;
  /** Version of the card that was pressed. */
  readonly seen: number;
  /** Until when an answer counts, ms UTC. */
  readonly until: number;
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
  /** What came with messages and no ticket has yet, the newest; absent when there is none. */
  readonly attachments?: readonly Attachment[];
  readonly form: Form | null;
  /** The article that was answered with and awaits 已解决 or 未解决, and the words that it answered, as a row of `texts`. */
  readonly answer: {
    readonly article: string;
    readonly version: number;
    readonly about: string | null;
  } | null;
  /** What stands open to be picked from. */
  readonly menu: { readonly choices: readonly Candidate[]; readonly version: number } | null;
  /** The list that was shown last, if nothing was put to the party since. */
  readonly list?: {
    readonly list: ListName;
    readonly page: number;
    readonly pages: number;
    readonly numbers: readonly number[];
    readonly version: number;
  };
  /** Absent while nothing is asked. */
  readonly prompt?: Prompt;
  /** When an answer, a menu or a question was last put to the party, ms UTC. */
  readonly askedAt: number | null;
  /** How often in a row nothing was understood. */
  readonly lost: number;
  /** The ticket that this conversation is about now. */
  readonly ticket: string | null;
  readonly lastAt: number;
  readonly version: number;
};

export type PromptEnd = "answered" | "cancelled" | "expired";

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
  /** A page of a list of tickets was shown; `numbers` are those of its tickets, in order. */
  | {
      readonly type: "listed";
      readonly list: ListName;
      readonly page: number;
      readonly pages: number;
      readonly numbers: readonly number[];
    }
  /** A ticket was shown as it stood. */
  | { readonly type: "shown"; readonly ticket: string }
  | { readonly type: "prompted"; readonly prompt: Prompt }
  | { readonly type: "prompt_ended"; readonly reason: PromptEnd }
  /** A message was taken back; its words are blank from now on, and what came with it is gone. */
  | {
      readonly type: "recalled";
      readonly text: string | null;
      readonly attachments: readonly string[];
    }
  /** Words were changed by who wrote them: their row of `texts` holds what they are from now on. */
  | { readonly type: "edited"; readonly text: string }
  | { readonly type: "closed"; readonly reason: "idle" };

/** Stream of the nth conversation under one key. */
export function conversationStream(key: string, generation: number): string {
  return `conversation:${key}.${generation}`;
}

/** The mailbox of a stream: a conversation's is its key's, so that a new one waits for the old one's work. */
export function mailboxOf(stream: string): string {
  return stream.startsWith("conversation:") ? stream.replace(/\.\d+$/, "") : stream;
}
