import { answerClick } from "./app/answer-click.ts";
import { createBell } from "./app/bell.ts";
import { deliverOutbox } from "./app/deliver-outbox.ts";
import { fetchAttachments } from "./app/fetch-attachments.ts";
import type { Catalogs, Counters, Hub, Numbers, RunningHub, Setup } from "./app/hub.ts";
import { createInFlight } from "./app/in-flight.ts";
import { isOverloaded } from "./app/overload.ts";
import { createPacer } from "./app/pacing.ts";
import { createPump } from "./app/pump.ts";
import { receiveInbound } from "./app/receive-inbound.ts";
import { refreshSurfaces } from "./app/refresh-surfaces.ts";
import { runTimers } from "./app/run-timers.ts";
import { reasonOf } from "./app/step-error.ts";
import { forgetBodies, sweepMailboxes } from "./app/sweep.ts";
import { takePush } from "./app/take-push.ts";
import { createNumbers } from "./app/ticket-numbers.ts";
import { workMailbox } from "./app/work-mailbox.ts";
import type { Clock } from "./ports/clock.ts";
import type { Logger } from "./ports/logger.ts";
import type { Queue } from "./ports/queue.ts";
import type { Store } from "./ports/store.ts";
import { createInProcessQueue } from "./queue/in-process.ts";
import { randomNonce } from "./wire/random.ts";

const SWEEP_MS = 1_000;
/** Sweeps between two forgettings of old bodies: about a minute. Each forgets only so many, so that no commit is long. */
const FORGET_EVERY = 60;
const MAX_ROUNDS = 10_000;
/** A stop waits so long for deliveries under way. */
const LANDING_MS = 15_000;

/** The operator's key, or a secret that the store keeps; looked up once. */
function keyOf(store: Store, given: string | undefined): () => Promise<string> {
  let found: Promise<string> | null = given === undefined ? null : Promise.resolve(given);
  return () => {
    found ??= store.secret("key", randomNonce(43)).catch((error: unknown) => {
      found = null;
      throw error;
    });
    return found;
  };
}

/** Wire the use cases into one running hub in this process. */
export function assemble(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly catalogs: Catalogs;
  readonly counters: Counters;
  readonly random: () => number;
  readonly backlogLimit: number;
  /** What links are signed with; without it a secret that the store keeps. */
  readonly key?: string;
  /** Mailboxes worked at once. */
  readonly concurrency: number;
  /** Only for a runtime that gives a process little time. */
  readonly fleeting?: {
    /** Where wake-ups go, instead of being followed in this process. */
    readonly queue: Queue;
    /** Shall nothing more be taken up? Then `settle` resolves before all is done. */
    enough(): boolean;
    readonly numbers: Numbers;
  };
  setup(): Setup;
}): RunningHub {
  const { store, clock, log, fleeting, ...rest } = options;
  const pacer = createPacer();
  const enough = (): boolean => fleeting?.enough() ?? false;
  let stopping = false;
  let backlog = 0;
  let sweeps = 0;

  const failed = (what: string) => (error: unknown) =>
    log.error(`${what} failed and will be tried again.`, { error: reasonOf(error) });
  const outbox = createPump({
    clock,
    idleMs: SWEEP_MS,
    task: () => deliverOutbox(hub, pacer, messagesInFlight),
    failed: failed("Delivering messages"),
  });
  const surfaces = createPump({
    clock,
    idleMs: SWEEP_MS,
    task: () => refreshSurfaces(hub, pacer, cardsInFlight),
    failed: failed("Refreshing cards"),
  });
  const messagesInFlight = createInFlight(() => outbox.wake());
  const cardsInFlight = createInFlight(() => surfaces.wake());
  const attachments = createPump({
    clock,
    idleMs: SWEEP_MS,
    task: () => fetchAttachments(hub, filesInFlight),
    failed: failed("Fetching attachments"),
  });
  // Each holds a whole file in memory.
  const filesInFlight = createInFlight(() => attachments.wake(), { atOnce: 4, perAccount: 3 });
  const sweep = createPump({
    clock,
    idleMs: SWEEP_MS,
    task: sweepOnce,
    failed: failed("The sweep"),
  });

  const queue = createInProcessQueue({
    concurrency: options.concurrency,
    work: (mailbox) =>
      workMailbox(hub, mailbox, () => stopping || enough()).catch(failed("Working a mailbox")),
    deliver() {
      attachments.wake();
      outbox.wake();
      surfaces.wake();
    },
  });
  const hub: Hub = {
    ...rest,
    store,
    clock,
    log,
    queue: fleeting?.queue ?? queue,
    numbers: fleeting?.numbers ?? createNumbers(store),
    bell: createBell(),
    key: keyOf(store, options.key),
  };

  /** Counts as nothing done, so that the pump rests between two sweeps. One part that fails leaves the others to theirs. */
  async function sweepOnce(): Promise<number> {
    sweeps += 1;
    const parts = [
      () => runTimers(hub),
      () => sweepMailboxes(hub),
      async () => {
        backlog = await store.backlog();
      },
      ...(sweeps % FORGET_EVERY === 1 ? [() => forgetBodies(hub)] : []),
    ];
    for (const part of parts) await part().catch(failed("A part of the sweep"));
    return 0;
  }

  async function workAllDue(): Promise<number> {
    const worked = await queue.settled();
    const rung = await runTimers(hub);
    const due = await store.mailboxesDue(clock.now(), options.concurrency);
    await Promise.all(due.map((mailbox) => queue.workNow(mailbox)));
    const fetched = await fetchAttachments(hub, filesInFlight);
    await filesInFlight.settled();
    const begun =
      (await deliverOutbox(hub, pacer, messagesInFlight)) +
      (await refreshSurfaces(hub, pacer, cardsInFlight));
    await Promise.all([messagesInFlight.settled(), cardsInFlight.settled()]);
    return worked + rung + due.length + fetched + begun;
  }

  /** Deliveries under way end by themselves within the vendors' time limits; what takes longer is found held at the next start. */
  async function letLand(): Promise<void> {
    const over = new AbortController();
    const landed = Promise.all(
      [messagesInFlight, cardsInFlight, filesInFlight].map((flight) => flight.settled()),
    );
    await Promise.race([landed, clock.sleep(LANDING_MS, over.signal)]);
    over.abort();
  }

  const receive: RunningHub["receive"] = async (account, feed, items) => {
    backlog += items.length;
    return receiveInbound(hub, account, feed, items);
  };
  const answer: RunningHub["answer"] = (account, inbound, id, arrivedAt) =>
    answerClick(hub, account, { inbound, id, arrivedAt }, (mailbox) => queue.workNow(mailbox));

  return {
    hub,
    receive,
    answer,
    take: (account, feed, items, arrivedAt) =>
      takePush({ hub, receive, answer }, { account, feed, items, arrivedAt }),
    overloaded: (items) => isOverloaded(backlog, options.backlogLimit, items),
    async settle() {
      for (let round = 0; round < MAX_ROUNDS; round += 1)
        if (enough() || (await workAllDue()) === 0) return;
      throw new Error("The hub does not settle: every round finds something more to do.");
    },
    start() {
      sweep.start();
      outbox.start();
      surfaces.start();
      attachments.start();
    },
    async stop() {
      stopping = true;
      await sweep.stop();
      await queue.drain();
      await Promise.all([outbox.stop(), surfaces.stop(), attachments.stop()]);
      await letLand();
    },
  };
}
