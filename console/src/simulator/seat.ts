import type { ToolChat, ToolPerson, ToolView } from "../../../src/simulator/tool.ts";

/** Who is sitting in front of a tool, and which of their chats is open. */
export type Seat = { readonly person: string; readonly chat: string };

/** Up to when each chat was read, ms UTC by the hub's clock; the key is `seatKey`. */
export type Seen = Readonly<Record<string, number>>;

/** The chats that a person sees: the one with the bot first, then groups. */
export function chatsOf(view: ToolView, person: string): readonly ToolChat[] {
  const own = view.chats.filter((chat) => chat.members.includes(person));
  return [
    ...own.filter((chat) => chat.kind === "direct"),
    ...own.filter((chat) => chat.kind === "group"),
  ];
}

/**
 * Where to sit now: where somebody chose to sit if that place still exists, else where the newest message is, else
 * with the person who would have something to report. Null in a tool where nobody is in any chat.
 */
export function seatOf(view: ToolView, chosen: Seat | null): Seat | null {
  if (chosen !== null) {
    const chats = chatsOf(view, chosen.person);
    const chat = chats.find((one) => one.id === chosen.chat) ?? chats[0];
    if (chat !== undefined) return { person: chosen.person, chat: chat.id };
  }
  return newestSeat(view) ?? firstSeat(view);
}

/** The seat of a shop clerk in their chat with the bot: from there a request is made. */
export function clerkSeat(view: ToolView): Seat | null {
  const direct = view.people.flatMap((person): { person: ToolPerson; seat: Seat }[] => {
    const chat = chatsOf(view, person.id)[0];
    if (chat?.kind !== "direct") return [];
    return [{ person, seat: { person: person.id, chat: chat.id } }];
  });
  const clerk = direct.find(({ person }) => isClerk(person)) ?? direct[0];
  return clerk?.seat ?? null;
}

/** How many messages of others came into a chat since this person last looked. */
export function unreadIn(view: ToolView, seat: Seat, seen: Seen, since: number): number {
  const read = seen[seatKey(view, seat)] ?? since;
  return view.messages.filter(
    (message) => message.chat === seat.chat && message.from !== seat.person && message.at > read,
  ).length;
}

/** The unread messages of a person over all chats. */
export function unreadOf(view: ToolView, person: string, seen: Seen, since: number): number {
  return chatsOf(view, person).reduce(
    (sum, chat) => sum + unreadIn(view, { person, chat: chat.id }, seen, since),
    0,
  );
}

/** Note that a chat is being looked at. Gives the same object when nothing new was in it. */
export function look(seen: Seen, view: ToolView, seat: Seat): Seen {
  const newest = newestAt(view, seat.chat);
  const key = seatKey(view, seat);
  return newest <= (seen[key] ?? 0) ? seen : { ...seen, [key]: newest };
}

/** When the newest message was written, in one chat or in all; 0 when there is none. */
export function newestAt(view: ToolView, chat: string | null = null): number {
  return view.messages.reduce(
    (newest, message) =>
      chat === null || message.chat === chat ? Math.max(newest, message.at) : newest,
    0,
  );
}

function seatKey(view: ToolView, seat: Seat): string {
  return JSON.stringify([view.tool, seat.person, seat.chat]);
}

function newestSeat(view: ToolView): Seat | null {
  const message = view.messages.at(-1);
  const chat = view.chats.find((one) => one.id === message?.chat);
  if (message === undefined || chat === undefined) return null;
  const writer = chat.members.find((member) => member === message.from);
  const person = writer ?? chat.members[0];
  return person === undefined ? null : { person, chat: chat.id };
}

function firstSeat(view: ToolView): Seat | null {
  const people = [...view.people.filter(isClerk), ...view.people];
  for (const person of people) {
    const chat = chatsOf(view, person.id)[0];
    if (chat !== undefined) return { person: person.id, chat: chat.id };
  }
  return null;
}

function isClerk(person: ToolPerson): boolean {
  return /店员|店长|clerk|shop|store/i.test(person.title);
}
