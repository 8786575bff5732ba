import type { Actor } from "./actor.ts";
import type { ActionRef } from "./card.ts";
import type { Heard, StoreFact } from "./conversation/conversation.ts";
import type { Facts } from "./conversation/facts.ts";
import type { Destination } from "./message.ts";
import type { Language, Text } from "./text.ts";
import type { WorkFacts } from "./ticket/summary.ts";
import type { Undelivered } from "./ticket/ticket.ts";

/**
 * Everything that can make a step happen, with every fact that the decision reads and that is neither state nor
 * configuration. It is stored with its cause, so that a replay decides the same again.
 */
export type Command = { readonly at: number } & Deed;

type Deed =
  /** Take note of a message and of what was understood of it. */
  | {
      readonly type: "hear";
      readonly stream: string;
      readonly key: string;
      readonly account: string;
      readonly to: Destination;
      readonly party: Actor;
      readonly partyName: Text;
      readonly language: Language;
      readonly heard: Heard;
    }
  /** Do something about the message that was heard last. `number` is there in case a ticket is opened. */
  | {
      readonly type: "respond";
      readonly stream: string;
      readonly number: number;
      readonly facts?: Facts;
    }
  /** Somebody pressed a button or sent a form. `text` is what was written in it, as a row of `texts`. */
  | {
      readonly type: "act";
      readonly stream: string;
      readonly by: Actor;
      readonly action: ActionRef;
      readonly values: Readonly<Record<string, string>>;
      readonly text: string | null;
      readonly number: number;
      /** Stores that the words name, by the directory; absent where they were not looked up. */
      readonly stores?: readonly StoreFact[];
      readonly facts?: Facts;
      /** Where the clicker can be asked for more, for a button that cannot take it. */
      readonly chat?: OwnChat;
      /** How it came; absent for a press in the tool. Who opens a link is not proven to be whom they say. */
      readonly via?: "link";
    }
  /**
   * A message of the conversation was taken back: its words, as a row of `texts`, those of them that stood behind a
   * command, and what came with it. `ticket` is the id of the one that took it; absent for the conversation's.
   */
  | {
      readonly type: "recall";
      readonly stream: string;
      readonly text: string | null;
      readonly said?: string;
      readonly ticket?: string;
      readonly attachments: readonly string[];
    }
  /** Words of the conversation, a row of `texts`, are others from now on. `ticket` as for a recall. */
  | {
      readonly type: "edit";
      readonly stream: string;
      readonly text: string;
      readonly ticket?: string;
    }
  /** What the requester of a ticket was to be told will never reach them. */
  | ({ readonly type: "undelivered"; readonly stream: string } & Undelivered)
  /** The stream's timer went off. */
  | { readonly type: "tick"; readonly stream: string }
  /** Tell a team how its work stands, on a day of the desk's zone. `stream` is `team:<id>`. */
  | {
      readonly type: "summarise";
      readonly stream: string;
      readonly day: string;
      readonly work: WorkFacts;
    };

/** Somebody's own chat with an account: its conversation that is open, or the one that would begin with the next word. */
export type OwnChat = {
  readonly stream: string;
  readonly key: string;
  readonly account: string;
  readonly to: Destination;
  readonly partyName: Text;
  readonly language: Language;
};
