import { canonicalJson } from "../core/canonical.ts";
import type { Conversation, ConversationEvent } from "../core/conversation/conversation.ts";
import { evolveConversation } from "../core/conversation/evolve.ts";
import { evolveTicket } from "../core/ticket/evolve.ts";
import type { Ticket, TicketEvent } from "../core/ticket/ticket.ts";
import type { Row } from "../ports/batch.ts";
import type { Store } from "../ports/store.ts";
import { EVENT_SCHEMA } from "./commit-step.ts";
import { rowsOf } from "./pages.ts";

export type RebuildReport = {
  readonly streams: number;
  readonly events: number;
  /** Streams whose live row was not what their events say, and was put right. */
  readonly mended: readonly string[];
};

type Folded = {
  readonly conversations: Map<string, Conversation>;
  readonly tickets: Map<string, Ticket>;
};

const PAGE = 100;

/** Fold all events again and put every live row right that says something else. No hub may be running meanwhile. */
export async function rebuild(store: Store): Promise<RebuildReport> {
  const folded: Folded = { conversations: new Map(), tickets: new Map() };
  let events = 0;
  for await (const row of rowsOf(store, "events")) {
    fold(folded, row);
    events += 1;
  }
  const rows: { stream: string; row: Row }[] = [];
  for (const [stream, value] of folded.conversations) {
    const live = await store.conversation(stream);
    if (canonicalJson(live) !== canonicalJson(value))
      rows.push({ stream, row: { type: "conversation", value } });
  }
  for (const [stream, value] of folded.tickets) {
    const live = await store.ticket(value.id);
    if (canonicalJson(live) !== canonicalJson(value))
      rows.push({ stream, row: { type: "ticket", value } });
  }
  for (let from = 0; from < rows.length; from += PAGE) {
    await store.commit({
      cause: null,
      streams: [],
      rows: rows.slice(from, from + PAGE).map(({ row }) => row),
      guards: [],
    });
  }
  return {
    streams: folded.conversations.size + folded.tickets.size,
    events,
    mended: rows.map(({ stream }) => stream),
  };
}

function fold(
  { conversations, tickets }: Folded,
  row: Readonly<Record<string, string | number | null>>,
): void {
  const stream = String(row.stream);
  const schema = Number(row.schema);
  if (schema > EVENT_SCHEMA) {
    throw new Error(
      `An event of ${stream} has schema ${schema}; this version of Loopdesk reads up to ${EVENT_SCHEMA}.`,
    );
  }
  const event: unknown = { type: row.type, ...(JSON.parse(String(row.data)) as object) };
  const at = Number(row.at);
  const id = stream.slice(stream.indexOf(":") + 1);
  if (stream.startsWith("ticket:")) {
    tickets.set(stream, evolveTicket(tickets.get(stream) ?? null, event as TicketEvent, at, id));
  } else {
    conversations.set(
      stream,
      evolveConversation(conversations.get(stream) ?? null, event as ConversationEvent, at, id),
    );
  }
}
