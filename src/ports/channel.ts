import type { Card } from "../core/card.ts";
import type { Inbound, Outbound, Outcome, SurfaceRef, UpdateToken } from "../core/message.ts";
import type { Clock } from "./clock.ts";
import type { Logger } from "./logger.ts";

/** A request as it came: headers lower-cased, body bytes untouched, because signatures cover bytes. */
export type RawRequest = {
  readonly method: "GET" | "POST";
  /** The query as it came, without its "?"; empty when there is none. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

export type HttpReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Receipt =
  /** The vendor asks whether this address is ours. Answer at once; nothing is stored. */
  | { readonly type: "handshake"; readonly reply: HttpReply }
  | {
      readonly type: "refused";
      readonly reason: "signature" | "stale" | "malformed";
      readonly detail: string;
    }
  | {
      readonly type: "inbound";
      /** Empty for a proven push that means nothing to us. */
      readonly items: readonly Inbound[];
      /**
       * Say what the vendor needs to hear: `null` after storing messages, an outcome after a click that was worked
       * in time, `"pending"` after a click that was not. Never rejects, and makes no call to the vendor.
       */
      reply(outcome: Outcome<string> | "pending" | null): Promise<HttpReply>;
    };

/** Why a delivery failed, which decides what happens next. */
export type FailureClass =
  /** Their fault or the network's: again later. */
  | "transient"
  /** The token was refused even after one refresh: again later, and tell the operator. */
  | "token"
  /** Too fast: again after `afterMs`. */
  | "rate"
  /** This way is closed for good (too old, no permission left): another way may be open. */
  | "window-closed"
  /** Wrong settings or rights: no use trying again until a person has changed something. */
  | "config"
  /** This content or receiver is refused: no use trying again. */
  | "content";

export type Delivery =
  | {
      readonly type: "sent";
      /** The vendor's id, by which a later click or update names it. */
      readonly remoteId: string;
      /** All unused permissions to update it, oldest first. */
      readonly updateTokens: readonly UpdateToken[];
    }
  | {
      readonly type: "failed";
      readonly class: FailureClass;
      /** Wait at least so long, when the vendor said so. */
      readonly afterMs: number | null;
      /** The vendor's code and words, without secrets and without our message. */
      readonly reason: string;
    }
  /** The bytes left and no answer came: it may or may not have arrived. */
  | { readonly type: "unknown"; readonly reason: string };

/** One limit that a vendor sets: so many sends in so many ms for each account or each destination. */
export type Pace = {
  readonly scope: "account" | "destination";
  readonly count: number;
  readonly perMs: number;
};

/** What the hub must know of a channel, as data: nobody asks a channel for its name to find out. */
export type Capabilities = {
  /** Else a card goes out in plain words. */
  readonly cards: boolean;
  /** Does the same `Outbound.id` again never show a second message? */
  readonly idempotentSend: boolean;
  /** How long a click may take from its arrival to our answer, ms. */
  readonly answerWithinMs: number;
  readonly pacing: readonly Pace[];
};

/**
 * A surface on which people reach us: one configured account of a vendor, or a surface of our own.
 *
 * It proves and translates; it stores nothing, holds no timers, and knows no tickets.
 */
export interface Channel {
  readonly can: Capabilities;
  /**
   * Prove who sent a request and translate it. Verification follows from our configuration and the feed alone, never
   * from which headers or fields the sender chose to send. Never rejects on bad input: that is a `refused` receipt.
   */
  receive(request: RawRequest, feed: string): Promise<Receipt>;
  /** Make one attempt to deliver. Safe to repeat with the same `message.id` where `can.idempotentSend` says so. */
  send(message: Outbound<string>): Promise<Delivery>;
  /** Make one attempt to change a card that `send` has shown. */
  update(surface: SurfaceRef, card: Card<string>): Promise<Delivery>;
}

export type ChannelDeps = {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Logger;
};

/** How accounts of one channel are configured and made. */
export type ChannelDefinition<Config, Deps = ChannelDeps> = {
  /** Route segment, YAML key and id prefix: "feishu". */
  readonly name: string;
  /** Which list of the YAML its accounts stand in. */
  readonly kind: "bots" | "channels";
  /** Names of the feeds its vendor pushes, the default one first. */
  readonly feeds: readonly string[];
  create(config: Config, deps: Deps): Channel;
};
