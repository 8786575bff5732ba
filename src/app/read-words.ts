import type { Policy } from "../core/config/policy.ts";
import type { OnCard, Prompt, Said, TypedCommand } from "../core/conversation/conversation.ts";
import { answerTakes } from "../core/conversation/prompt.ts";
import { readSaid } from "../core/conversation/said.ts";
import { isUnderStaffCard } from "../core/conversation/thread-reply.ts";
import { deriveId } from "../core/id.ts";
import { commandNamed } from "../core/intent/commands.ts";
import { normalise } from "../core/intent/normalise.ts";
import { matchRule } from "../core/intent/rules.ts";
import { commandWords, meantBy, readMark, readTyped, type Typed } from "../core/intent/typed.ts";
import type { Row } from "../ports/batch.ts";

type Message = {
  /** The inbox row that it came as. */
  readonly inbox: string;
  readonly words: string;
  /** The row of `texts` that holds the words; null when there are none. */
  readonly text: string | null;
  /** Whose words they are, and when. */
  readonly subject: string;
  readonly at: number;
  /** The card that it hangs on, and the number of that card's ticket. */
  readonly card: (OnCard & { readonly number: number }) | null;
  /** What the bot asked, if it waits for an answer. */
  readonly prompt: Prompt | null;
};

/** What was typed or answered, and the rows of the words that are kept apart from the message as a whole. */
export function readWords(
  message: Message,
  policy: Policy,
): {
  readonly read: { readonly typed?: TypedCommand; readonly said?: Said };
  readonly rows: readonly Row[];
} {
  const { words, card, prompt } = message;
  const typed =
    readTyped(words, commandWords(policy.commands), card?.number ?? null) ??
    (card !== null && isUnderStaffCard({ card }) ? readMark(words) : null);
  if (typed !== null) return readCommand(message, typed, policy);
  if (prompt === null) return { read: {}, rows: [] };
  if (isCancel(words)) return readCommand(message, CANCEL, policy);
  const { said, kept } = readSaid(answerTakes(prompt.verb), words, policy);
  if (kept === words) return { read: { said: { ...said, text: message.text } }, rows: [] };
  const { text, rows } = keep(message, kept);
  return { read: { said: { ...said, text } }, rows };
}

/** 取消 gives up what the bot waits for, whoever reads the words. */
const CANCEL: Typed = { name: "cancel", word: "", number: null, rest: "" };

function isCancel(words: string): boolean {
  const rule = matchRule(normalise(words));
  return rule?.command === "cancel" && rule.whole;
}

function readCommand(message: Message, typed: Typed, policy: Policy) {
  const { name, number, word, rest } = typed;
  const { said, kept } =
    name === null
      ? { ...readSaid("reason", "", policy), kept: word }
      : readSaid(commandNamed(name)?.takes ?? "reason", rest, policy);
  const { text, rows } = keep(message, kept);
  const meant = name === null ? meantBy(word, commandWords(policy.commands)) : null;
  return { read: { typed: { name, meant, number, said: { ...said, text } } }, rows };
}

function keep(
  { inbox, subject, at }: Message,
  body: string,
): { readonly text: string | null; readonly rows: readonly Row[] } {
  if (body === "") return { text: null, rows: [] };
  const id = deriveId(inbox, "said");
  return { text: id, rows: [{ type: "text", id, subject, body, at }] };
}
