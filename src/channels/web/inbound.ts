import { z } from "zod";
import type { Inbound } from "../../core/message.ts";
import { jsonOrNull } from "../../wire/json.ts";
import type { VisitorSession } from "./session.ts";

/** Chosen by the page, so that a request that is sent again is known again. */
const id = z.string().regex(/^[\w-]{8,64}$/);
const words = z.string().max(4_000);

const messageBody = z.strictObject({ id, text: words.trim().min(1) });

const actionBody = z.strictObject({
  id,
  card: z.string().min(1).max(128),
  action: z.string().min(1).max(128),
  values: z.record(z.string().max(64), words).default({}),
});

/** What a visitor's request means: the body of the feed `messages` or `actions`. Null when it is none. */
export function readInbound(
  body: Uint8Array,
  feed: string,
  session: VisitorSession,
  at: number,
): Inbound | null {
  const json = jsonOrNull(body);
  return feed === "messages" ? readMessage(json, session, at) : readAction(json, session, at);
}

function readMessage(json: unknown, { visitor, name }: VisitorSession, at: number): Inbound | null {
  const read = messageBody.safeParse(json);
  if (!read.success) return null;
  return {
    type: "message",
    dedupeKey: `${visitor}:${read.data.id}`,
    at,
    messageId: read.data.id,
    sender: { id: visitor, name },
    place: { chat: visitor, kind: "direct", thread: null },
    addressed: true,
    quotes: null,
    parts: [{ type: "text", text: read.data.text }],
    handle: null,
  };
}

function readAction(json: unknown, { visitor, name }: VisitorSession, at: number): Inbound | null {
  const read = actionBody.safeParse(json);
  if (!read.success) return null;
  const { id: actionId, card, action, values } = read.data;
  return {
    type: "action",
    dedupeKey: `${visitor}:${actionId}`,
    at,
    operator: { id: visitor, name },
    action,
    values,
    cardId: card,
    place: { chat: visitor, kind: "direct", thread: null },
    updateToken: null,
  };
}
