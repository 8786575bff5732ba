import type { AttachmentKind } from "../core/attachment.ts";
import type { Card } from "../core/card.ts";
import type { CardAbilities } from "../core/card-abilities.ts";
import type {
  Destination,
  Inbound,
  Outbound,
  OutboundFile,
  Outcome,
  Part,
  SurfaceRef,
  UpdateToken,
  UrgentWay,
} from "../core/message.ts";
import type { Clock } from "./clock.ts";
import type { Line } from "./connection.ts";
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
      /** The vendor says that there is nobody by the receiver's id (any more). */
      readonly nobody?: true;
      /** The vendor refuses the very words: sensitive content, data loss prevention. */
      readonly sensitive?: true;
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
  /** What it can do with a card. */
  readonly card: CardAbilities;
  /** Does the same `Outbound.id` again never show a second message? */
  readonly idempotentSend: boolean;
  /** How long a click may take from its arrival to our answer, ms. */
  readonly answerWithinMs: number;
  readonly pacing: readonly Pace[];
  /** In which ways `ring` can reach a person at once; absent for none. */
  readonly urgent?: readonly UrgentWay[];
  /** Does it call those who are mentioned? Else their names stand in the text. */
  readonly mentions?: true;
};

/** An urgent call for the person whom a message went to. */
export type Ring = {
  readonly to: Destination;
  /** The message as the vendor names it. */
  readonly remoteId: string;
  /** The message in words. */
  readonly text: string;
  readonly way: UrgentWay;
};

export type Rung =
  | { readonly type: "rung" }
  /** The vendor refused; the message itself stands. */
  | { readonly type: "not-rung"; readonly reason: string }
  /** It may or may not have rung. */
  | { readonly type: "unknown"; readonly reason: string };

/** By what somebody is looked for in a tool's directory. Personal: shown nowhere, logged nowhere. */
export type Contact = { readonly phone: string | null; readonly email: string | null };

export type LookedUp = {
  /** The ids of the first people of those asked for, in their order; null for nobody. */
  readonly ids: readonly (string | null)[];
  /** Why the rest was not looked up; null when all were. */
  readonly failure: Extract<Delivery, { readonly type: "failed" }> | null;
  /** The vendor's name of the permission that the app lacks, where that is why. */
  readonly scope?: string;
};

/** What came with a message, as the vendor names it. */
export type AttachmentRef = {
  readonly key: string;
  readonly kind: AttachmentKind;
  /** The vendor's id of the message that it came with. */
  readonly messageId: string;
};

export type Fetched =
  | { readonly type: "fetched"; readonly bytes: Uint8Array; readonly name: string | null }
  /** It has more bytes than were asked for; the rest was not read. */
  | { readonly type: "too-large" }
  | Extract<Delivery, { readonly type: "failed" }>;

export type ReadBack =
  | { readonly type: "read"; readonly parts: readonly Part[] }
  | Extract<Delivery, { readonly type: "failed" }>;

export type Uploaded =
  | { readonly type: "uploaded"; readonly key: string }
  | Extract<Delivery, { readonly type: "failed" }>;

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
  /** Make one attempt to ask the vendor what a message of somebody's says now. Never rejects. */
  readBack?(messageId: string): Promise<ReadBack>;
  /** Make one attempt to fetch what came with a message, of at most `maxBytes`. Never rejects. */
  fetchAttachment?(ref: AttachmentRef, maxBytes: number): Promise<Fetched>;
  /**
   * Make one attempt to deliver a picture or file; what the tool does not take goes out as `file.instead`. A channel
   * without it is sent the link.
   */
  sendFile?(message: Omit<Outbound<string>, "content">, file: OutboundFile): Promise<Delivery>;
  /** Make one attempt to upload a picture, so that cards can show it under `key` from then on. */
  uploadPicture?(file: OutboundFile): Promise<Uploaded>;
  /** Make one attempt to reach at once whom a message of ours went to, in a way of `can.urgent`. Never rejects. */
  ring?(ring: Ring): Promise<Rung>;
  /** Ask the vendor's directory for the ids of people, by phone first, then by e-mail. Never rejects. */
  lookUp?(people: readonly Contact[]): Promise<LookedUp>;
  /** Make one attempt to change a card that `send` has shown. */
  update(surface: SurfaceRef, card: Card<string>): Promise<Delivery>;
}

export type ChannelDeps = {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly log: Logger;
  /** The account's long connection, for a channel that sends over it; absent where the runtime holds none. */
  readonly line?: Line;
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
  /** The urgent ways of an account, as its `can.urgent` has them; absent for none. */
  urgentWays?(config: Config): readonly UrgentWay[];
};
