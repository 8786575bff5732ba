import type { Conversation } from "../../src/core/conversation/conversation.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import type {
  Batch,
  NewInboxRow,
  NewOutboxRow,
  NewSurfaceRow,
  Row,
} from "../../src/ports/batch.ts";
import type { Store } from "../../src/ports/store.ts";

/** A store under test: opened anew before each test. */
export type StoreBench = {
  readonly store: Store;
  commit(batch: Partial<Batch>): Promise<string>;
  rows(...list: Row[]): Promise<string>;
};

export function anEvent(
  stream: string,
  expectedVersion: number,
  ...types: string[]
): Pick<Batch, "streams"> {
  const events = types.map((type) => ({ type, schema: 1, at: 1, data: "{}" }));
  return { streams: [{ stream, expectedVersion, events }] };
}

export function mail(key: string, over: Partial<NewInboxRow> = {}): Row {
  return {
    type: "inbox",
    row: {
      id: `in-${key}`,
      account: "feishu/a",
      feed: "event",
      dedupeKey: key,
      mailbox: "conversation:k",
      kind: "message",
      receivedAt: 1,
      body: `body of ${key}`,
      ...over,
    },
  };
}

export function letter(
  id: string,
  lane: string,
): { readonly type: "outbox"; readonly row: NewOutboxRow } {
  return {
    type: "outbox",
    row: { id, lane, account: "feishu/a", language: "zh-CN", payload: "{}", createdAt: 1 },
  };
}

export function face(id: string): { readonly type: "surface"; readonly row: NewSurfaceRow } {
  const to = { kind: "chat", id: "oc_1" } as const;
  return {
    type: "surface",
    row: { id, ticket: "t1", account: "feishu/a", to, audience: "team", language: "zh-CN", at: 1 },
  };
}

export function aConversation(id: string, over: Partial<Conversation> = {}): Conversation {
  return {
    id,
    key: "k",
    account: "feishu/a",
    to: { kind: "person", id: "ou_1" },
    party: { kind: "customer", id: "c1" },
    partyName: { ref: "n1" },
    language: "zh-CN",
    status: "open",
    pending: null,
    last: null,
    form: null,
    answer: null,
    topic: null,
    askedAt: null,
    menu: null,
    lost: 0,
    ticket: null,
    lastAt: 1,
    version: 1,
    ...over,
  };
}

export function aTicket(id: string, over: Partial<Ticket> = {}): Ticket {
  return {
    id,
    number: 7,
    type: "repair",
    intent: null,
    title: { literal: "设备报修" },
    description: { ref: "d1" },
    priority: "high",
    status: "new",
    statusVersion: 1,
    requester: { kind: "customer", id: "c1" },
    requesterName: { ref: "n1" },
    origin: {
      conversation: "k.1",
      account: "feishu/a",
      to: { kind: "person", id: "ou_1" },
      language: "zh-CN",
    },
    store: null,
    fields: [],
    team: "equipment",
    owner: null,
    watchers: [],
    level: 0,
    urges: 0,
    lastUrgedAt: null,
    reopenings: 0,
    comments: [],
    resolution: null,
    closeReason: null,
    createdAt: 1,
    resolvedAt: null,
    closedAt: null,
    lastAt: 1,
    version: 1,
    ...over,
  };
}
