import type { Inbound, Outcome } from "../core/message.ts";
import type { FailureClass } from "./channel.ts";

/** What the hub made of a push: what its vendor may be answered. */
export type Taken = {
  /** For a click what came of it, or `"pending"` past the budget; null for everything else. */
  readonly outcome: Outcome<string> | "pending" | null;
  /** To be called once the answer has left, or was lost on the way. */
  after(left: boolean): Promise<void>;
};

/**
 * Hands the hub what a connection brought to one of its feeds, proven and translated.
 *
 * Resolves once messages are on disk and a click is worked or its budget is over. Rejects when the hub cannot take it
 * now: then the vendor must not hear that we have it, so that it sends it again where it does.
 */
export type Intake = (feed: string, items: readonly Inbound[]) => Promise<Taken>;

/** How a connection ended. */
export type ConnectionEnd =
  /** The network or the vendor dropped it: again, after a while. */
  | { readonly type: "lost"; readonly reason: string }
  /** The vendor asks us to move before it closes this one: a new one first, then away with this. */
  | { readonly type: "retiring"; readonly reason: string }
  /** Another process has taken it over, where a vendor allows one only: a fight would leave neither connected. */
  | { readonly type: "displaced"; readonly reason: string };

export type LineAnswer =
  | { readonly type: "answered"; readonly body: Readonly<Record<string, unknown>> }
  /** There is no connection, or the bytes did not leave. */
  | { readonly type: "unreached"; readonly reason: string }
  /** The bytes left and no answer came. */
  | { readonly type: "unanswered"; readonly reason: string };

/** The long connection of an account as its channel sees it, where sends go over it. */
export interface Line {
  /** Send one request of the vendor's protocol and wait for its answer. Never rejects. */
  request(frame: Readonly<Record<string, unknown>>): Promise<LineAnswer>;
}

/** One connection that stands. */
export type OpenConnection = Line & {
  /** Settles once, when it no longer delivers; never rejects. */
  readonly ended: Promise<ConnectionEnd>;
  /** When the vendor was last heard, ms UTC: any frame counts. */
  heardAt(): number;
  /** Give it up. Pushes under way are still answered where that is possible. Resolves when it is closed; never rejects. */
  close(): Promise<void>;
};

export type Opening =
  | { readonly type: "open"; readonly connection: OpenConnection }
  | {
      readonly type: "failed";
      /** `config`: no use trying again until a person has changed something. */
      readonly class: Extract<FailureClass, "transient" | "rate" | "config">;
      readonly afterMs: number | null;
      /** The vendor's code and words, without secrets and tickets. */
      readonly reason: string;
    };

/**
 * How one account connects to its vendor. It makes one attempt; when to try again, when silence means death, and what
 * an operator is told is the business of whoever keeps it connected.
 */
export interface Connector {
  /** A peer that is silent for so long is dead, ms. Living peers are made to say something more often. */
  readonly silenceMs: number;
  /** Make one attempt. Resolves once the vendor delivers over it; never rejects, gives up when `signal` fires. */
  open(intake: Intake, signal: AbortSignal): Promise<Opening>;
}
