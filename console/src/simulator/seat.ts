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

/** A seat that somebody has taken. Without a chat it is the one where the newest message is, whichever that becomes. */
export type Kept = { readonly person: string; readonly chat: string | null };

/**
 * Where to sit now: where somebody sits already if that place still exists, else with the first person who has
 * something to read, else with the one who would have something to report. Null in a tool where nobody is in any chat.
 */
export function seatOf(view: ToolView, kept: Kept | null): Seat | null {
  const people = [...view.people.filter(isClerk), ...view.people].map(({ id }) => id);
  const reader = people.find((person) => isReader(view, person));
  const order = [
    ...(kept === null ? [] : [kept.person]),
    ...(reader === undefined ? [] : [reader]),
  ];
  for (const person of [...order, ...people]) {
    const chats = chatsOf(view, person);
    const chosen = kept?.person === person ? chats.find(({ id }) => id === kept.chat) : undefined;
    const chat = chosen ?? newestOf(view, chats);
    if (chat !== undefined) return { person, chat: chat.id };
  }
  return null;
}

/** Is there anything to read for this person? */
export function isReader(view: ToolView, person: string): boolean {
  return chatsOf(view, person).some((chat) => newestAt(view, chat.id) > 0);
}

/** The one of these places that takes the least moving for whoever sits in `now`: the same person, else the first. */
export function nearest(seats: readonly Seat[], now: Seat | undefined): Seat | undefined {
  return seats.find(({ person }) => person === now?.person) ?? seats[0];
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

/** The chat with the newest message; the first one when nothing was said in any. */
function newestOf(view: ToolView, chats: readonly ToolChat[]): ToolChat | undefined {
  const newest = Math.max(...chats.map((chat) => newestAt(view, chat.id)));
  return chats.find((chat) => newestAt(view, chat.id) === newest);
}

/** Does this person work in a shop? */
export function isClerk(person: ToolPerson): boolean {
  return /店员|店长|clerk|shop|store/i.test(person.title);
}
