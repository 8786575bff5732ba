import type { ToolChat, ToolPerson, ToolWorld } from "../../tool.ts";
import { WecomError } from "../wecom-error.ts";
import type { AibotContext } from "./context.ts";

const OWN = "aibot:";

/** A person's one-to-one chat with the bot, as this simulator shows it: the one with the app has the person's own id. */
export function botChatId(person: string): string {
  return `${OWN}${person}`;
}

export function isBotChat({ id, kind }: ToolChat): boolean {
  return kind === "group" || id.startsWith(OWN);
}

/** The world with everybody's chat with the app, then everybody's with the bot, and the groups, in which the bot is. */
export function withBotChats(world: ToolWorld, botName: string): ToolWorld {
  const chatOf = (person: ToolPerson, id: string, name: string): ToolChat => ({
    id,
    name,
    kind: "direct",
    members: [person.id],
  });
  const { people, chats } = world;
  return {
    people,
    chats: [
      ...people.map((person) => chatOf(person, person.id, person.name)),
      ...people.map((person) =>
        chatOf(person, botChatId(person.id), `${botName} · ${person.name}`),
      ),
      ...chats,
    ],
  };
}

/** How a callback names a chat: a one-to-one chat by nothing but its person. WeCom docs: 101463. */
export function chatFields({ id, kind }: ToolChat) {
  return kind === "group" ? { chatid: id, chattype: "group" } : { chattype: "single" };
}

/**
 * The chat that a push names. `chat_type` 1 is a person, 2 a group, 0 or none whichever it is, groups first.
 *
 * WeCom docs: 101463.
 */
export function findChat({ world }: AibotContext, chatid: string, chatType: unknown): ToolChat {
  const group = chatType === 1 ? null : world.chat(chatid);
  if (group?.kind === "group") return group;
  const direct = chatType === 2 ? null : world.chat(botChatId(chatid));
  if (direct === null) throw new WecomError(93006, "invalid chatid");
  return direct;
}
