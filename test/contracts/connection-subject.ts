import type { Inbound, Outcome } from "../../src/core/message.ts";
import type { ChannelDeps } from "../../src/ports/channel.ts";
import type { Connector } from "../../src/ports/connection.ts";

/** What a long connection must tell the suite about itself and its vendor, so that `connectionContract` can judge it. */
export type ConnectionSubject = {
  /** Begin a vendor on the loopback address that knows the account. One for each test; the suite stops it. */
  start(): Promise<ScriptedVendor>;
  /** At least one message, and one push that means nothing to us. */
  readonly samples: readonly ConnectionSample[];
  readonly click: ClickPush;
  /** Pushes that are whole as frames and wrong inside: they never reach the hub. */
  readonly malformed: readonly ConnectionPush[];
  /** Frames that are no frames. */
  readonly hostile: readonly HostileFrame[];
  /** Configured secrets, and tickets that the vendor hands out: none may appear in a reason or a log line. */
  readonly secrets: readonly string[];
};

export type HostileFrame = { readonly name: string; readonly frame: string | Uint8Array };

export type ConnectionPush = {
  readonly name: string;
  readonly feed: string;
  /** The innermost clear text: JSON. */
  readonly payload: string;
};

export type ConnectionSample = ConnectionPush & {
  /** Exactly what it means; empty for a push that means nothing to us. */
  readonly items: readonly Inbound[];
  /** Does this vendor want to hear that we have it? A WeCom bot's messages are not acknowledged at all. */
  readonly acknowledged: boolean;
};

/** A click is acknowledged at every vendor. */
export type ClickPush = ConnectionSample & {
  readonly acknowledged: true;
  /** Throws (by `expect`) when what was said is not what this vendor needs to hear of the outcome. */
  check(said: unknown, outcome: Outcome<string> | "pending"): void;
};

/** What a vendor read of an acknowledgement. */
export type VendorHeard = {
  /** Did we say that we have it, so that it will not be sent again? */
  readonly taken: boolean;
  /** What we said beyond that, in the vendor's own form. */
  readonly said: unknown;
};

export type Pushed = {
  /** Settles with our answer; never, when there is none. */
  readonly heard: Promise<VendorHeard>;
  /** The answer so far. */
  now(): VendorHeard | null;
};

/** The vendor's side of the wire, told what to do by the suite. Its connections are real sockets. */
export type ScriptedVendor = {
  /**
   * The connector of the account; of the same account with a secret that the vendor does not know; of the same account
   * at an address where nobody listens.
   */
  connector(which: "ours" | "stranger" | "nowhere", deps: ChannelDeps): Connector;
  /** Push over the newest connection, as the vendor does. */
  push(push: ConnectionPush): Pushed;
  /** Send a frame as it is over the newest connection. */
  raw(frame: string | Uint8Array): void;
  /** Say nothing more, not even to a ping, while connections stay open. */
  mute(): void;
  /** Cut all connections without a word, as a network does. */
  cut(): void;
  /** How many connections stand. */
  connections(): number;
  stop(): Promise<void>;
};
