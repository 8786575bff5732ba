import type { Policy } from "../core/config/policy.ts";
import type { Inbound, InboundAction } from "../core/message.ts";
import type { Language, Say } from "../core/text.ts";
import type { Channel } from "../ports/channel.ts";
import type { Clock } from "../ports/clock.ts";
import type { Taken } from "../ports/connection.ts";
import type { Logger } from "../ports/logger.ts";
import type { Queue } from "../ports/queue.ts";
import type { Store } from "../ports/store.ts";
import type { Understander } from "../ports/understander.ts";
import type { ClickAnswer } from "./answer-click.ts";
import type { AttachmentStore } from "./attachment-store.ts";
import type { Accepted } from "./receive-inbound.ts";

/** One configured account, ready to use. */
export type Account = {
  /** "feishu/hq" */
  readonly id: string;
  readonly enabled: boolean;
  readonly feeds: readonly string[];
  readonly channel: Channel;
};

/** What the configuration makes of the hub. Replaced as a whole when the configuration changes. */
export type Setup = {
  readonly policy: Policy;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly understander: Understander;
  /** Where pictures and files are kept; absent where none are. */
  readonly attachments?: AttachmentStore;
};

/** The catalogs: turn a text into words of a language, with the human words that it refers to. */
export type Catalogs = (language: Language, words: ReadonlyMap<string, string>) => Say;

/** What all use cases share. Everything that can change or fail is reached through it. */
export type Hub = {
  readonly store: Store;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalogs: Catalogs;
  readonly numbers: Numbers;
  readonly counters: Counters;
  readonly bell: Bell;
  /** What our own links are signed with: the same for as long as the data lives. */
  key(): Promise<string>;
  /** A number from 0 to 1, for jitter. */
  readonly random: () => number;
  /** The set-up in force now; a use case reads it once, so that one step sees one configuration. */
  setup(): Setup;
};

/** Rings in this process when an inbox row was worked: whoever waits to answer a click listens. */
export type Bell = {
  ring(inbox: string): void;
  /** Be told at the next ring for this row. Returns the way to stop. */
  listen(inbox: string, listener: () => void): () => void;
};

/** Ticket numbers out of reserved blocks. */
export type Numbers = {
  take(): Promise<number>;
  /** A number that was not used after all. */
  giveBack(number: number): void;
};

/** Counts of what happened, for metrics. */
export type Counters = {
  count(name: CounterName, labels?: Readonly<Record<string, string>>): void;
};

export type CounterName =
  | "received"
  | "duplicates"
  | "refused"
  | "overloaded"
  | "worked"
  | "conflicts"
  | "delivered"
  | "failed"
  | "dead_letters"
  | "refreshed"
  | "reminders"
  | "connection_attempts"
  | "connection_losses"
  | "connection_silences"
  | "connection_displacements";

/** A hub at work, as the programs and the HTTP routes use it. */
export type RunningHub = {
  readonly hub: Hub;
  receive(account: Account, feed: string, items: readonly Inbound[]): Promise<Accepted>;
  /** Work a click that was received and say what came of it. `arrivedAt` is when its request came in, ms UTC. */
  answer(
    account: Account,
    click: InboundAction,
    id: string | null,
    arrivedAt: number,
  ): Promise<ClickAnswer>;
  /**
   * Take what a push brought, proven and translated: store it, and find out what came of a click within its budget.
   * Rejects when it could not be stored; then its vendor must not be told that we have it.
   */
  take(
    account: Account,
    feed: string,
    items: readonly Inbound[],
    arrivedAt: number,
  ): Promise<Taken>;
  /**
   * Is there more unworked mail than the hub wants to have, to take these items in as well? Then vendors are told to come
   * again. What is sent once is taken for longer.
   */
  overloaded(items?: readonly Inbound[]): boolean;
  /** Do everything that is due now, until nothing is: for tests and for runtimes without a running process. */
  settle(): Promise<void>;
  /** Begin the work that goes on by itself: sweeps, deliveries, refreshes, timers. */
  start(): void;
  /** Finish or give back what is in hand, then stop. */
  stop(): Promise<void>;
};
