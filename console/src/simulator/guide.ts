import type { ToolMessage, ToolView } from "../../../src/simulator/tool.ts";
import { cardOf } from "./line.ts";
import { isClerk, type Seat } from "./seat.ts";
import type { ToolName } from "./skin.ts";

/** Where somebody sits, and in which tool. */
export type Place = { readonly tool: ToolName; readonly seat: Seat };

export type Guide = {
  /** How many of the three steps are done: report, claim, solve and confirm. */
  readonly progress: 0 | 1 | 2 | 3;
  /** The desk asks a clerk for the store: who answers, and what. */
  readonly asked: { readonly seat: Seat; readonly store: string } | null;
  /** Where the step that is due can be taken. */
  readonly places: readonly Place[];
};

type Ticket = {
  /** What its cards' titles begin with. */
  readonly number: string;
  readonly status: string;
  readonly owner: string | null;
  readonly clerk: Place;
};

const BEGINNING: Guide = { progress: 0, asked: null, places: [] };

// The demo's own words: its question in examples/tea-chain/loopdesk.yaml, the rest in src/locales/zh-cn.
const QUESTION = /请问是哪家门店/;
const UNCLAIMED: readonly string[] = ["待接单", "已分派"];
const RESOLVED = "待确认";
const CLOSED = "已关闭";
const CANCELLED = "已撤销";

/** How far the newest request of a clerk in Feishu has come, as all its cards tell; so a reload knows it too. */
export function guideOf(views: readonly ToolView[]): Guide {
  const feishu = views.find(({ tool }) => tool === "feishu");
  if (feishu === undefined) return BEGINNING;
  const asked = questionOf(feishu);
  if (asked !== null) return { ...BEGINNING, asked };
  const ticket = newestTicket(feishu);
  if (ticket === null || ticket.status === CANCELLED) return BEGINNING;
  if (ticket.status === CLOSED) return { ...BEGINNING, progress: 3 };
  if (UNCLAIMED.includes(ticket.status)) {
    return { progress: 1, asked: null, places: workplaces(views, ticket) };
  }
  const places = ticket.status === RESOLVED ? [ticket.clerk] : workplaces(views, ticket);
  return { progress: 2, asked: null, places };
}

/**
 * Who reports something new: the first clerk whose requests are all settled, because what another one says is added to
 * the open ticket. The first clerk when all have one, null when there is no clerk.
 */
export function reporterOf(feishu: ToolView): Seat | null {
  const seats = feishu.people.filter(isClerk).flatMap((person): Seat[] => {
    const chat = feishu.chats.find(
      ({ kind, members }) => kind === "direct" && members.includes(person.id),
    );
    return chat === undefined ? [] : [{ person: person.id, chat: chat.id }];
  });
  const settled = ({ chat }: Seat): boolean => {
    const ticket = newestTicket({
      ...feishu,
      messages: feishu.messages.filter((message) => message.chat === chat),
    });
    return ticket === null || ticket.status === CLOSED || ticket.status === CANCELLED;
  };
  return seats.find(settled) ?? seats[0] ?? null;
}

function questionOf(feishu: ToolView): Guide["asked"] {
  const last = feishu.messages.findLast((message) => clerkOf(feishu, message) !== null);
  const seat = last === undefined ? null : clerkOf(feishu, last);
  if (last?.from !== "bot" || last.body.type !== "text" || seat === null) return null;
  if (!QUESTION.test(last.body.text)) return null;
  const title = feishu.people.find(({ id }) => id === seat.person)?.title ?? "";
  return { seat, store: /S\d{4}/.exec(title)?.[0] ?? "S0012" };
}

function newestTicket(feishu: ToolView): Ticket | null {
  for (const message of feishu.messages.toReversed()) {
    const seat = clerkOf(feishu, message);
    const card = seat === null ? null : cardOf(message, "feishu");
    const number = numberOf(card?.title);
    if (seat === null || card === null || number === null) continue;
    const [status = "", owner = null] = (card.subtitle ?? "").split(" · ");
    return { number, status, owner, clerk: { tool: "feishu", seat } };
  }
  return null;
}

/** A clerk's side of a one-to-one chat with the desk; null for a message that stands elsewhere. */
function clerkOf(feishu: ToolView, { chat: id }: ToolMessage): Seat | null {
  const chat = feishu.chats.find((one) => one.id === id);
  const person = feishu.people.find((one) => one.id === chat?.members[0]);
  return chat?.kind === "direct" && person !== undefined && isClerk(person)
    ? { person: person.id, chat: chat.id }
    : null;
}

/** The owner's places; else those of everybody else who sees the ticket's card, in other tools than Feishu if there are. */
function workplaces(views: readonly ToolView[], ticket: Ticket): readonly Place[] {
  const all = views.flatMap((view) =>
    view.people.flatMap((person) => {
      const chat = view.messages.findLast(
        (message) =>
          view.chats.some(
            ({ id, members }) => id === message.chat && members.includes(person.id),
          ) && numberOf(cardOf(message, view.tool)?.title) === ticket.number,
      )?.chat;
      if (chat === undefined || chat === ticket.clerk.seat.chat) return [];
      return [{ name: person.name, place: { tool: view.tool, seat: { person: person.id, chat } } }];
    }),
  );
  const own = all.filter(({ name }) => name === ticket.owner);
  const away = all.filter(({ place }) => place.tool !== "feishu");
  return [own, away, all].find((some) => some.length > 0)?.map(({ place }) => place) ?? [];
}

function numberOf(title: string | undefined): string | null {
  return /^#\d+ /.exec(title ?? "")?.[0] ?? null;
}
