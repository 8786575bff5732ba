import { mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchConfig } from "./watch.ts";

/** A clock whose looks come only when they are asked for, and whose short waits are over at once. */
function handClock() {
  let wake: (() => void) | null = null;
  const waiters: (() => void)[] = [];
  return {
    now: () => Date.now(),
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        if (ms !== POLL) {
          setImmediate(resolve);
          return;
        }
        wake = resolve;
        if (signal?.aborted) resolve();
        else signal?.addEventListener("abort", () => resolve(), { once: true });
        for (const ready of waiters.splice(0)) ready();
      }),
    /** Resolves when the next wait for a change has begun. */
    waiting: () => new Promise<void>((resolve) => waiters.push(resolve)),
    look: () => wake?.(),
  };
}

const POLL = 2000;
let folder: string;
let stop: () => void = () => undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "loopdesk-watch-"));
});
afterEach(() => {
  stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Watch, and wait for calls of `apply` one by one. */
function follow(
  file: string,
  options: {
    related?: string[];
    readAt?: number;
    answers?: (readonly string[] | Error)[];
    /** What happens to the files while a change is taken up. */
    meanwhile?: () => void;
  } = {},
) {
  const clock = handClock();
  const calls: (() => void)[] = [];
  const errors: unknown[] = [];
  let count = 0;
  const ready = clock.waiting();
  stop = watchConfig({
    file,
    related: options.related ?? [],
    ...(options.readAt === undefined ? {} : { readAt: options.readAt }),
    clock,
    onError: (error) => errors.push(error),
    async apply() {
      count += 1;
      calls.shift()?.();
      options.meanwhile?.();
      const answer = options.answers?.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return {
    clock,
    ready,
    errors,
    count: () => count,
    applied: () => new Promise<void>((resolve) => calls.push(resolve)),
  };
}

describe("watching the configuration", () => {
  it("takes a change up when the system announces it, also of a file put in the place of the old one", async () => {
    const file = join(folder, "loopdesk.yaml");
    writeFileSync(file, "a");
    const { clock, ready, applied, count } = follow(file);
    await ready;
    let next = clock.waiting();
    let call = applied();
    writeFileSync(file, "ab");
    await call;
    await next;
    next = clock.waiting();
    call = applied();
    writeFileSync(join(folder, "new"), "abc");
    renameSync(join(folder, "new"), file);
    await call;
    expect(count()).toBe(2);
  });

  it("sees at its next look what is not announced, such as a change behind a link", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "loopdesk-watch-"));
    const file = join(folder, "loopdesk.yaml");
    writeFileSync(join(elsewhere, "real.yaml"), "a");
    symlinkSync(join(elsewhere, "real.yaml"), file);
    const { clock, ready, applied, count } = follow(file);
    await ready;
    const call = applied();
    writeFileSync(join(elsewhere, "real.yaml"), "ab");
    clock.look();
    await call;
    expect(count()).toBe(1);
    rmSync(elsewhere, { recursive: true });
  });

  it("takes up what changed between the first reading and the first look, and nothing that is older", async () => {
    const file = join(folder, "loopdesk.yaml");
    writeFileSync(file, "a");
    const older = follow(file, { readAt: Date.now() + 60_000 });
    await older.ready;
    const looked = older.clock.waiting();
    older.clock.look();
    await looked;
    expect(older.count()).toBe(0);
    stop();
    const { clock, ready, applied } = follow(file, { readAt: Date.now() - 60_000 });
    await ready;
    const call = applied();
    clock.look();
    await call;
  });

  it("does nothing when a look finds nothing new", async () => {
    const file = join(folder, "loopdesk.yaml");
    writeFileSync(file, "a");
    const { clock, ready, count } = follow(file);
    await ready;
    for (let looks = 0; looks < 3; looks++) {
      const next = clock.waiting();
      clock.look();
      await next;
    }
    expect(count()).toBe(0);
  });

  it("watches the files that the last change named", async () => {
    const file = join(folder, "loopdesk.yaml");
    const stores = join(folder, "stores.csv");
    writeFileSync(file, "a");
    const { clock, ready, applied, count } = follow(file, { answers: [[stores]] });
    await ready;
    let next = clock.waiting();
    const first = applied();
    writeFileSync(file, "ab");
    await first;
    await next;
    const second = applied();
    next = clock.waiting();
    writeFileSync(stores, "id,name");
    await second;
    await next;
    expect(count()).toBe(2);
  });

  it("notices that a file appears which the last change named, also while that was taken up", async () => {
    const file = join(folder, "loopdesk.yaml");
    const [late, early] = [join(folder, "late.csv"), join(folder, "early.csv")];
    writeFileSync(file, "a");
    const { clock, ready, applied, count } = follow(file, {
      answers: [[late], [], [early]],
      meanwhile: () => count() === 3 && writeFileSync(early, "id,name"),
    });
    await ready;
    for (const [changed, text] of [
      [file, "ab"],
      [late, "id,name"],
      [file, "abc"],
    ] as const) {
      const [call, next] = [applied(), clock.waiting()];
      writeFileSync(changed, text);
      await call;
      await next;
    }
    const call = applied();
    clock.look();
    await call;
    expect(count()).toBe(4);
  });

  it("offers a change again that could not be taken", async () => {
    const file = join(folder, "loopdesk.yaml");
    const { clock, ready, applied, count, errors } = follow(file, { answers: [new Error("busy")] });
    await ready;
    let next = clock.waiting();
    const first = applied();
    writeFileSync(file, "a");
    await first;
    await next;
    next = clock.waiting();
    const second = applied();
    clock.look();
    await second;
    await next;
    expect(count()).toBe(2);
    expect(errors).toEqual([new Error("busy")]);
  });

  it("ends when it is stopped", async () => {
    const file = join(folder, "loopdesk.yaml");
    writeFileSync(file, "a");
    const { ready, count } = follow(file);
    await ready;
    stop();
    writeFileSync(file, "ab");
    await new Promise((resolve) => setImmediate(resolve));
    expect(count()).toBe(0);
  });
});
