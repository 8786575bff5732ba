import type { Card } from "../../core/card.ts";
import type { Content, InboundMessage, Outcome } from "../../core/message.ts";
import type {
  Capabilities,
  Channel,
  ChannelDefinition,
  ChannelDeps,
  Delivery,
  HttpReply,
  RawRequest,
  Receipt,
} from "../../ports/channel.ts";
import type { VisitorFeed } from "../../ports/visitor-feed.ts";
import { randomNonce } from "../../wire/random.ts";
import { WEB_CARD } from "./card-abilities.ts";
import type { WebConfig } from "./config.ts";
import { readInbound } from "./inbound.ts";
import { openSession, sealSession, type VisitorSession } from "./session.ts";

/** What the web channel needs beside what every channel gets. */
export type WebDeps = ChannelDeps & { readonly account: string; readonly visitors: VisitorFeed };

/**
 * One event of a visitor's feed, as the page gets it.
 *
 * A `message` whose id is there already is the same message, told again after a retry; a `card` is the card of an
 * earlier message as it stands now. `at` is ms UTC.
 */
export type VisitorEventBody =
  | {
      readonly type: "message";
      readonly id: string;
      readonly at: number;
      readonly from: "visitor" | "desk";
      readonly content: Content<string>;
    }
  | {
      readonly type: "card";
      readonly id: string;
      readonly at: number;
      readonly card: Card<string>;
    };

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

const can: Capabilities = {
  card: WEB_CARD,
  idempotentSend: true,
  answerWithinMs: 3_000,
  pacing: [],
};

function createWeb(config: WebConfig, deps: WebDeps): Channel {
  const { account, visitors, clock, log } = deps;

  async function visitorOf(request: RawRequest): Promise<VisitorSession | null> {
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
    return token === undefined ? null : openSession(token, config.secret, clock.now());
  }

  async function append(visitor: string, event: VisitorEventBody): Promise<void> {
    await visitors.append(account, visitor, JSON.stringify(event));
  }

  async function deliver(visitor: string, event: VisitorEventBody): Promise<Delivery> {
    try {
      await append(visitor, event);
      return { type: "sent", remoteId: event.id, updateTokens: [] };
    } catch (error) {
      const name = error instanceof Error ? error.name : "error";
      log.error("A visitor's feed could not be written.", { account, error: name });
      const reason = `the visitor's feed could not be written: ${name}`;
      return { type: "failed", class: "transient", afterMs: null, reason };
    }
  }

  /** A new visitor, or the same one for another `session_days`. */
  async function session(request: RawRequest): Promise<Receipt> {
    const known = await visitorOf(request);
    const expiresAt = clock.now() + config.session_days * 86_400_000;
    const visitor = known?.visitor ?? `v_${randomNonce(20)}`;
    const token = await sealSession(
      { visitor, name: known?.name ?? null, expiresAt },
      config.secret,
    );
    return { type: "handshake", reply: json(200, { token, visitor }) };
  }

  async function receive(request: RawRequest, feed: string): Promise<Receipt> {
    if (request.method !== "POST") return malformed("only POST is taken here");
    if (feed === "session") return session(request);
    const visitor = await visitorOf(request);
    if (visitor === null)
      return { type: "refused", reason: "signature", detail: "no valid visitor session" };
    const inbound = readInbound(request.body, feed, visitor, clock.now());
    if (inbound === null) return malformed(`not a ${feed} body`);
    if (inbound.type === "message") await append(visitor.visitor, echo(inbound));
    return {
      type: "inbound",
      items: [inbound],
      async reply(outcome) {
        const card = cardIn(outcome);
        if (inbound.type === "action" && card !== null) {
          // The visitor's other pages get the card that this one gets in its answer.
          const event = { type: "card", id: inbound.cardId, at: clock.now(), card } as const;
          await deliver(visitor.visitor, event);
        }
        return replyTo(outcome);
      },
    };
  }

  return {
    can,
    receive,
    async send({ id, to, content }) {
      return deliver(to.id, { type: "message", id, at: clock.now(), from: "desk", content });
    },
    async update({ to, remoteId }, card) {
      return deliver(to.id, { type: "card", id: remoteId, at: clock.now(), card });
    },
  };
}

/** The visitor's own words stand in the feed too, so that a page that reloads shows the whole talk. */
function echo({ messageId, at, parts }: InboundMessage): VisitorEventBody {
  const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  const content = { type: "text", text } as const;
  return { type: "message", id: messageId, at, from: "visitor", content };
}

function cardIn(outcome: Outcome<string> | "pending" | null): Card<string> | null {
  return outcome === null || outcome === "pending" ? null : outcome.card;
}

function malformed(detail: string): Receipt {
  return { type: "refused", reason: "malformed", detail };
}

function replyTo(outcome: Outcome<string> | "pending" | null): HttpReply {
  if (outcome === null) return json(202, { status: "accepted" });
  return outcome === "pending" ? json(202, { status: "pending" }) : json(200, outcome);
}

function json(status: number, body: unknown): HttpReply {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  };
}
