import type { Candidate, Conversation, Heard, Topic, Understood } from "./conversation.ts";

/** Is the message a command and nothing else? Words of danger are always more. */
export function isBare({ command, whole, safety }: Understood): boolean {
  return command !== null && whole !== false && !safety;
}

/** What a message picks from the menu that stands open: by its number, or by its title word for word. */
export function pickedFrom(
  conversation: Conversation,
  { command, exact, candidates }: Understood,
): Candidate | null {
  const choices = conversation.menu?.choices ?? [];
  const number = choices.findIndex((_choice, index) => command === `choose_${index}`);
  if (number >= 0) return choices[number] ?? null;
  const [best] = candidates;
  return (exact && choices.find(({ kind, id }) => kind === best?.kind && id === best.id)) || null;
}

/** The words that a person must see who takes over, as a row of `texts`. */
export function questionOf({ form, topic, last }: Conversation): string | null {
  return form?.about ?? topic?.text ?? last?.text ?? null;
}

/** What is said into a form belongs to the form, which keeps the words that began it. */
export function topicAfter(
  before: Conversation,
  { understood, text, attachments, attached, stores, typed, said, picks }: Heard,
): Topic | null {
  const kept =
    text === null ||
    typed !== undefined ||
    said !== undefined ||
    picks !== undefined ||
    before.form !== null ||
    isBare(understood) ||
    pickedFrom(before, understood) !== null;
  if (kept) return before.topic;
  return { text, attachments, ...(attached === undefined ? {} : { attached }), stores };
}
