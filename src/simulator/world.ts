import type {
  ToolChat,
  ToolClock,
  ToolMessage,
  ToolPerson,
  ToolSimulator,
  ToolView,
  ToolWorld,
  UrgentMark,
} from "./tool.ts";

/** The people, chats and messages of one simulated tool. Every lookup gives null for an id that is not there. */
export type World = {
  person(id: string): ToolPerson | null;
  chat(id: string): ToolChat | null;
  message(id: string): ToolMessage | null;
  isMember(person: string, chat: string): boolean;
  /** The one-to-one chat of a person with the bot; made on first use. Null when the person does not exist. */
  directChat(person: string): ToolChat | null;
  /** Show a message as the newest one; `at` is taken from the clock. */
  post(message: Omit<ToolMessage, "at">): ToolMessage;
  /** Show another body in place of the old one. False when the message is gone. */
  replace(id: string, body: ToolMessage["body"]): boolean;
  /** Mark a message as urgent. False when it is gone. */
  markUrgent(id: string, urgent: UrgentMark): boolean;
  /** Take a message away, as a recall does. False when it was already gone. */
  remove(id: string): boolean;
  view(tool: ToolSimulator["name"]): ToolView;
  onChange(listener: () => void): () => void;
};

export type WorldOptions = {
  /** How many of the newest messages are kept. */
  readonly keep?: number;
  /** The id of a person's one-to-one chat with the bot, in the vendor's own form. */
  readonly directChatId?: (person: string) => string;
};

/** Make the world of one tool from its seed. The seed itself is never changed. */
export function createWorld(seed: ToolWorld, clock: ToolClock, options: WorldOptions = {}): World {
  const keep = options.keep ?? 500;
  const directChatId = options.directChatId ?? ((person: string) => `direct:${person}`);
  const people = new Map(seed.people.map((person) => [person.id, person]));
  const chats = new Map(seed.chats.map((chat) => [chat.id, chat]));
  const messages = new Map<string, ToolMessage>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  return {
    person: (id) => people.get(id) ?? null,
    chat: (id) => chats.get(id) ?? null,
    message: (id) => messages.get(id) ?? null,
    isMember: (person, chat) => chats.get(chat)?.members.includes(person) ?? false,
    directChat(personId) {
      const person = people.get(personId);
      if (person === undefined) return null;
      const known = findDirectChat(chats, personId);
      if (known !== null) return known;
      const chat: ToolChat = {
        id: directChatId(personId),
        name: person.name,
        kind: "direct",
        members: [personId],
      };
      chats.set(chat.id, chat);
      changed();
      return chat;
    },
    post(message) {
      const posted = { ...message, at: clock.now() };
      messages.set(posted.id, posted);
      for (const oldest of messages.keys()) {
        if (messages.size <= keep) break;
        messages.delete(oldest);
      }
      changed();
      return posted;
    },
    replace(id, body) {
      const message = messages.get(id);
      if (message === undefined) return false;
      messages.set(id, { ...message, body });
      changed();
      return true;
    },
    markUrgent(id, urgent) {
      const message = messages.get(id);
      if (message === undefined) return false;
      messages.set(id, { ...message, urgent });
      changed();
      return true;
    },
    remove(id) {
      const gone = messages.delete(id);
      if (gone) changed();
      return gone;
    },
    view: (tool) => ({
      tool,
      people: [...people.values()],
      chats: [...chats.values()],
      messages: [...messages.values()],
    }),
    onChange(listener) {
      // A wrapper of its own, so that the same function may listen twice and each stop ends one of them.
      const own = () => listener();
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}

function findDirectChat(chats: ReadonlyMap<string, ToolChat>, person: string): ToolChat | null {
  for (const chat of chats.values()) {
    if (chat.kind === "direct" && chat.members.includes(person)) return chat;
  }
  return null;
}
