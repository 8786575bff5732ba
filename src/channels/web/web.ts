import { z } from "zod";
import type { Card } from "../../core/card.ts";
import type { Inbound, Outcome } from "../../core/message.ts";
import type { Channel, ChannelDefinition, ChannelDeps, Delivery, HttpReply, RawRequest, Receipt } from "../../ports/channel.ts";
import type { VisitorFeed } from "../../ports/visitor-feed.ts";
import { randomNonce } from "../../wire/random.ts";
import { parseJson } from "../../wire/json.ts";
import type { WebConfig } from "./config.ts";
import { openSession, sealSession, type VisitorSession } from "./session.ts";

/** What the web channel needs beside what every channel gets. */
export type WebDeps = ChannelDeps & { readonly account: string; readonly visitors: VisitorFeed };

const id = z.string().regex(/^[\w-]{8,64}$/);
const messageBody = z.strictObject({ id, text: z.string().trim().min(1).max(4_000) });
const actionBody = z.strictObject({
  id,
  card: z.string().max(128),
  action: z.string().max(128),
  values: z.record(z.string().max(64), z.string().max(4_000)).default({}),
});

/** One event of a visitor's feed, as the page gets it. */
export type VisitorEventBody =
  | { readonly type: "message"; readonly id: string; readonly at: number; readonly from: "visitor" | "desk"; readonly content: { readonly type: "text"; readonly text: string } | { readonly type: "card"; readonly card: Card<string> } }
  | { readonly type: "card"; readonly id: string; readonly at: number; readonly card: Card<string> };

/**
 * The web chat: a JSON API of our own. `messages` and `actions` are its feeds; every request carries a session that we
 * signed. What we send is appended to the visitor's feed, which the page follows by server-sent events.
 */
export const web: ChannelDefinition<WebConfig, WebDeps> = {
  name: "web",
  kind: "channels",
  feeds: ["messages", "actions", "session"],
  create: (config, deps) => createWeb(config, deps),
};

function createWeb(config: WebConfig, deps: WebDeps): Channel {
  const { account, visitors, clock } = deps;

  async function visitorOf(request: RawRequest): Promise<VisitorSession | null> {
    const token = /^Bearer (\S+)$/.exec(request.headers["authorization"] ?? "")?.[1];
    return token === undefined ? null : openSession(token, config.secret, clock.now());
  }

  async function append(visitor: string, event: VisitorEventBody): Promise<void> {
    await visitors.append(account, visitor, JSON.stringify(event));
  }

  async function session(request: RawRequest): Promise<Receipt> {
    const known = await visitorOf(request);
    const expiresAt = clock.now() + config.session_days * 86_400_000;
    const made = known ?? { visitor: `v_${randomNonce(20)}`, name: null, expiresAt };
    const token = await sealSession(made, config.secret);
    return { type: "handshake", reply: json(200, { token, visitor: made.visitor }) };
  }

  async function receive(request: RawRequest, feed: string): Promise<Receipt> {
    if (request.method !== "POST") return { type: "refused", reason: "malformed", detail: "only POST is taken here" };
    if (feed === "session") return session(request);
    const visitor = await visitorOf(request);
    if (visitor === null) return { type: "refused", reason: "signature", detail: "no valid visitor session" };
    const inbound = translate(request, feed, visitor, clock.now());
    if (inbound === null) return { type: "refused", reason: "malformed", detail: `not a ${feed} body` };
    if (inbound.type === "message") await echo(inbound.messageId, visitor, inbound);
    return {
      type: "inbound",
      items: [inbound],
      async reply(outcome) {
        if (inbound.type === "action" && outcome !== null && outcome !== "pending" && outcome.card !== null) {
          await append(visitor.visitor, { type: "card", id: inbound.cardId, at: clock.now(), card: outcome.card });
        }
        return replyTo(outcome);
      },
    };
  }

  /** The visitor's own words stand in the feed too, so that a page that reloads shows the whole talk. */
  async function echo(messageId: string, visitor: VisitorSession, inbound: Extract<Inbound, { type: "message" }>): Promise<void> {
    const [part] = inbound.parts;
    const text = part?.type === "text" ? part.text : "";
    await append(visitor.visitor, { type: "message", id: messageId, at: clock.now(), from: "visitor", content: { type: "text", text } });
  }

  return {
    can: {
      cards: true,
      fields: ["select", "text"],
      groups: false,
      idempotentSend: true,
      answerWithinMs: 3_000,
      pacing: [],
    },
    receive,
    async send(message): Promise<Delivery> {
      await append(message.to.id, { type: "message", id: message.id, at: clock.now(), from: "desk", content: message.content });
      return { type: "sent", remoteId: message.id, updateTokens: [] };
    },
    async update(surface, card): Promise<Delivery> {
      await append(surface.to.id, { type: "card", id: surface.remoteId, at: clock.now(), card });
      return { type: "sent", remoteId: surface.remoteId, updateTokens: [] };
    },
  };
}

function translate(request: RawRequest, feed: string, { visitor, name }: VisitorSession, at: number): Inbound | null {
  const body = safeJson(request.body);
  const place = { chat: visitor, kind: "direct", thread: null } as const;
  if (feed === "messages") {
    const parsed = messageBody.safeParse(body);
    if (!parsed.success) return null;
    const dedupeKey = `${visitor}:${parsed.data.id}`;
    return {
      type: "message",
      dedupeKey,
      at,
      messageId: parsed.data.id,
      sender: { id: visitor, name },
      place,
      addressed: true,
      quotes: null,
      parts: [{ type: "text", text: parsed.data.text }],
      handle: null,
    };
  }
  const parsed = actionBody.safeParse(body);
  if (!parsed.success) return null;
  const { id: actionId, card, action, values } = parsed.data;
  return {
    type: "action",
    dedupeKey: `${visitor}:${actionId}`,
    at,
    operator: { id: visitor, name },
    action,
    values,
    cardId: card,
    place,
    updateToken: null,
  };
}

function safeJson(body: Uint8Array): unknown {
  try {
    return parseJson(body);
  } catch {
    return null;
  }
}

function replyTo(outcome: Outcome<string> | "pending" | null): HttpReply {
  if (outcome === null) return json(202, { status: "accepted" });
  return outcome === "pending" ? json(202, { status: "pending" }) : json(200, outcome);
}

function json(status: number, body: unknown): HttpReply {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(body) };
}
