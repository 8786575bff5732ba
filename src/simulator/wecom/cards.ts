import { type Fields, textOf } from "../fields.ts";
import type { World } from "../world.ts";

/** One member's copy of a template card. */
export type CardCopy = {
  /** The msgid of the sending. */
  readonly msgid: string;
  readonly person: string;
  /** The `template_card` as it stands now. */
  readonly card: Fields;
  readonly edition: number;
};

/** Every copy of every card, each changed on its own. */
export type Cards = {
  /** Was a card sent with this task_id before? */
  isTaken(taskId: string): boolean;
  /** Remember a sending and who was to receive it, shown or not. */
  add(msgid: string, card: Fields, receivers: readonly string[]): void;
  receivers(msgid: string): readonly string[];
  /** Show one member's copy as the message `id`. */
  show(id: string, chat: string, copy: Omit<CardCopy, "edition">): void;
  shownBy(message: string): CardCopy | null;
  /** The message that shows a sending to a member; null when it was dropped. */
  messageFor(msgid: string, person: string): string | null;
  /** Show another card in place of the old one, under the task_id of the old one. */
  replace(message: string, card: Fields): void;
};

export function createCards(world: World): Cards {
  const copies = new Map<string, CardCopy>();
  const sendings = new Map<string, readonly string[]>();
  const taskIds = new Set<string>();

  return {
    isTaken: (taskId) => taskIds.has(taskId),
    add(msgid, card, receivers) {
      sendings.set(msgid, receivers);
      const taskId = textOf(card, "task_id");
      if (taskId !== "") taskIds.add(taskId);
    },
    receivers: (msgid) => sendings.get(msgid) ?? [],
    show(id, chat, copy) {
      copies.set(id, { ...copy, edition: 1 });
      const body = { type: "card", native: copy.card, edition: 1 } as const;
      world.post({ id, chat, from: "bot", quotes: null, body });
    },
    shownBy: (message) => copies.get(message) ?? null,
    messageFor(msgid, person) {
      const id = messageId(msgid, person);
      return copies.has(id) ? id : null;
    },
    replace(message, card) {
      const old = copies.get(message);
      if (old === undefined) return;
      const taskId = textOf(old.card, "task_id");
      const native = taskId === "" ? card : { ...card, task_id: taskId };
      const edition = old.edition + 1;
      copies.set(message, { ...old, card: native, edition });
      if (!world.replace(message, { type: "card", native, edition })) copies.delete(message);
    },
  };
}

/** The id of the message that shows a sending to one member. */
export function messageId(msgid: string, person: string): string {
  return `${msgid}.${person}`;
}

/** The same card with one dead, grey button that says `name`. WeCom docs: 94888 (replace_text). */
export function withDeadButton(card: Fields, name: string): Fields {
  return { ...card, replace_text: name };
}

/** May this card be updated at all: has it anything to click that calls back? WeCom docs: 90236. */
export function isUpdatable(card: Fields): boolean {
  return hasButtons(card) || card.action_menu !== undefined;
}

/** Is it of a type whose button can be replaced by a dead one? WeCom docs: 94888. */
export function hasButtons(card: Fields): boolean {
  const type = textOf(card, "card_type");
  return ["button_interaction", "vote_interaction", "multiple_interaction"].includes(type);
}
