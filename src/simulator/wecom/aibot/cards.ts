import { randomNonce } from "../../../wire/random.ts";
import { type Fields, textOf } from "../../fields.ts";
import type { World } from "../../world.ts";
import { WecomError } from "../wecom-error.ts";
import { checkBotCard } from "./card-rules.ts";

/** The bot's cards: one copy in each chat, but where an update named some people only. */
export type BotCards = {
  /** Show a new card; refuses a task_id that was used before. Gives the message's id. */
  show(chat: string, card: Fields): string;
  /** The card that a person sees in a message; null when the message is none of the bot's cards. */
  seenBy(message: string, person: string): Fields | null;
  taskId(message: string): string;
  /** Put another card in place of it, for everybody (null) or for some. */
  replace(message: string, card: Fields, people: readonly string[] | null): void;
};

type Shown = { readonly card: Fields; readonly edition: number; readonly own: Map<string, Fields> };

export function createBotCards(world: World): BotCards {
  const shown = new Map<string, Shown>();
  const taskIds = new Set<string>();
  return {
    show(chat, card) {
      checkBotCard(card, "send");
      const taskId = textOf(card, "task_id");
      if (taskIds.has(taskId)) throw new WecomError(846625, "this task_id was used before");
      if (taskId !== "") taskIds.add(taskId);
      const id = randomNonce(32);
      shown.set(id, { card, edition: 1, own: new Map() });
      const body = { type: "card", native: card, edition: 1 } as const;
      world.post({ id, chat, from: "bot", quotes: null, body });
      return id;
    },
    seenBy(message, person) {
      const found = shown.get(message);
      return found?.own.get(person) ?? found?.card ?? null;
    },
    taskId: (message) => textOf(shown.get(message)?.card ?? null, "task_id"),
    replace(message, card, people) {
      const old = shown.get(message);
      if (old === undefined) return;
      if (people !== null) {
        for (const person of people) old.own.set(person, card);
        return;
      }
      const edition = old.edition + 1;
      shown.set(message, { card, edition, own: new Map() });
      world.replace(message, { type: "card", native: card, edition });
    },
  };
}
