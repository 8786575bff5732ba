import type { Actor } from "./actor.ts";
import type { ActionRef } from "./card.ts";
import type { Heard } from "./conversation/conversation.ts";
import type { Destination } from "./message.ts";
import type { Language, Text } from "./text.ts";

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
  | { readonly type: "respond"; readonly stream: string; readonly number: number }
  /** Somebody pressed a button or sent a form. `text` is what was written in it, as a row of `texts`. */
  | {
      readonly type: "act";
      readonly stream: string;
      readonly by: Actor;
      readonly action: ActionRef;
      readonly values: Readonly<Record<string, string>>;
      readonly text: string | null;
      readonly number: number;
    }
  /** The stream's timer went off. */
  | { readonly type: "tick"; readonly stream: string };
