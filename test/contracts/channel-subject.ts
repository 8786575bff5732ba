import type { Card } from "../../src/core/card.ts";
import type { Inbound, Outbound, Outcome, SurfaceRef } from "../../src/core/message.ts";
import type {
  Channel,
  ChannelDeps,
  Delivery,
  FailureClass,
  HttpReply,
  RawRequest,
} from "../../src/ports/channel.ts";

/** When every contract test takes place, ms UTC: 2023-11-14 22:13:20. Samples are proven at this instant. */
export const NOW = 1_700_000_000_000;

type Later<T> = T | Promise<T>;

/** What a channel must tell the suite about itself and its vendor, so that `channelContract` can judge it. */
export type ChannelSubject = {
  /** At least one for each feed and for each mode of protection that an operator can configure. */
  readonly pushes: readonly PushSubject[];
  readonly sending: SendingSubject;
};

/** One feed in one mode of protection. */
export type PushSubject = {
  readonly name: string;
  readonly feed: string;
  create(deps: ChannelDeps): Channel;
  /** The same account with other secrets: it must refuse every sample. */
  createStranger(deps: ChannelDeps): Channel;
  readonly samples: readonly PushSample[];
  /** A correct proof, made at `NOW`, around exactly these body bytes. */
  prove(body: Uint8Array): Later<RawRequest>;
  /** A complete push, made at `NOW`, whose innermost clear text is `payload`: encrypted where the mode encrypts. */
  push(payload: string): Later<RawRequest>;
  /** Does the proof cover what the body means? False for DingTalk's header signs and for bare tokens. */
  readonly coversBody: boolean;
  /** The parts of a request without any one of which it must be refused. */
  readonly proof: { readonly headers: readonly string[]; readonly query: readonly string[] };
  /** How old and how far ahead of our clock a push may be; null where the vendor's proof carries no time. */
  readonly window: { readonly pastMs: number; readonly futureMs: number } | null;
  readonly handshakes: readonly HandshakeSample[];
  /** Requests of this vendor's own kinds of badness, beyond those that the suite makes by itself. */
  readonly forgeries: readonly ForgerySample[];
};

export type PushSample = {
  readonly name: string;
  /** The innermost clear text: JSON or XML. */
  readonly payload: string;
  /** Exactly what it means; empty for a push that means nothing to us. */
  readonly items: readonly Inbound[];
  /** What the vendor must hear after each way in which the push may end. */
  readonly replies: readonly ReplySample[];
};

export type ReplySample = {
  readonly name: string;
  readonly outcome: Outcome<string> | "pending" | null;
  /** Throws (by `expect`) when the reply is not what the vendor needs to hear. */
  check(reply: HttpReply): Later<void>;
};

export type HandshakeSample = {
  readonly name: string;
  request(): Later<RawRequest>;
  check(reply: HttpReply): Later<void>;
};

export type ForgerySample = {
  readonly name: string;
  request(): Later<RawRequest>;
  readonly reason: "signature" | "stale" | "malformed";
};

/** How one account sends, and how its vendor answers. */
export type SendingSubject = {
  create(deps: ChannelDeps): Channel;
  /** Null where sending needs no token. */
  readonly token: TokenSubject | null;
  readonly messages: readonly MessageSample[];
  readonly update: UpdateSubject;
  /** Answers to the first of `messages`, and the delivery that each one means. */
  readonly answers: readonly AnswerSample[];
  /** Configured secrets: none may appear in a reason or a log line. */
  readonly secrets: readonly string[];
};

export type TokenSubject = {
  /** Does this request ask for a token? */
  asks(request: Request): boolean;
  /** The vendor hands out a token of this value, good for two hours. */
  issued(value: string): Response;
  /** The token that a request to the API carries. */
  carried(request: Request): string | null;
  /** The API refuses the token. */
  refused(): Response;
  /** Why no token is issued at all, and what a send then is. */
  readonly failures: readonly {
    readonly name: string;
    answer(): Response;
    readonly class: FailureClass;
  }[];
};

export type MessageSample = {
  readonly name: string;
  readonly message: Outbound<string>;
  /** The vendor accepts it. */
  accepted(): Response;
  /** What the vendor's acceptance means. */
  readonly delivery: Delivery;
  /** Throws (by `expect`) when the request is not what the vendor's API takes. */
  check(request: Request): Later<void>;
  /** May the same message be sent again without showing twice? Then no answer is "transient", else "unknown". */
  readonly repeatable: boolean;
};

/** Updating a card; where the vendor cannot do it at all, `class` is the failure that `update` returns without a call. */
export type UpdateSubject =
  | {
      readonly possible: true;
      readonly surface: SurfaceRef;
      readonly card: Card<string>;
      accepted(): Response;
      readonly delivery: Delivery;
      check(request: Request): Later<void>;
      readonly repeatable: boolean;
      readonly answers: readonly AnswerSample[];
    }
  | {
      readonly possible: false;
      readonly surface: SurfaceRef;
      readonly card: Card<string>;
      readonly class: FailureClass;
    };

export type AnswerSample = {
  readonly name: string;
  answer(): Response;
  readonly delivery:
    | { readonly type: "sent"; readonly remoteId: string }
    | { readonly type: "failed"; readonly class: FailureClass; readonly afterMs?: number | null }
    | { readonly type: "unknown" };
};
