import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createGroupCommit, type Pending } from "./group-commit.ts";

/** Batches named by their only statement; the groups that they were committed in, as names. */
function recorder(failing: readonly string[] = []) {
  const groups: string[][] = [];
  const nameOf = ({ statements }: Pending): string => statements[0]?.sql ?? "";
  const line = createGroupCommit((group) => {
    groups.push(group.map(nameOf));
    return new Map(
      group
        .filter((one) => failing.includes(nameOf(one)))
        .map((one) => [one, new Error(nameOf(one))]),
    );
  });
  const add = (name: string, hurry = false): Promise<void> =>
    line.add([{ sql: name, params: [] }], hurry);
  const addMany = (name: string, count: number, hurry = false): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, (_, index) => add(`${name}${index}`, hurry)));
  return { groups, line, add, addMany };
}

describe("group commit", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setImmediate", "clearImmediate", "setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("commits what comes in the same turn together, in its order", async () => {
    const { groups, addMany } = recorder();
    void addMany("a", 3);
    await vi.runAllTimersAsync();
    expect(groups).toEqual([["a0", "a1", "a2"]]);
  });

  it("rejects the batch that failed and no other", async () => {
    const { add } = recorder(["bad"]);
    const results = Promise.allSettled([add("good"), add("bad")]);
    await vi.runAllTimersAsync();
    expect((await results).map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  });

  it("takes the hurried first", async () => {
    const { groups, add } = recorder();
    void add("work");
    void add("ack", true);
    await vi.runAllTimersAsync();
    expect(groups).toEqual([["ack", "work"]]);
  });

  it("lets all others go along while few are in a hurry", async () => {
    const { groups, addMany } = recorder();
    void addMany("work", 50);
    void addMany("ack", 7, true);
    await vi.runAllTimersAsync();
    expect(groups.map((group) => group.length)).toEqual([57]);
  });

  it("lets one other go along with every sixteenth group of a crowd in a hurry", async () => {
    const { groups, addMany } = recorder();
    void addMany("work", 50);
    for (let round = 0; round < 32; round += 1) {
      void addMany("ack", 20, true);
      await vi.advanceTimersByTimeAsync(1);
    }
    const others = groups.map((group) => group.length - 20);
    expect(others).toHaveLength(32);
    expect(others.toSorted()).toEqual([...Array(30).fill(0), 1, 1]);
  });

  it("works the others off at full speed soon after the crowd has gone", async () => {
    const { groups, addMany } = recorder();
    void addMany("work", 50);
    void addMany("ack", 20, true);
    await vi.advanceTimersByTimeAsync(20);
    expect(groups.flat()).toHaveLength(70);
    expect(groups.length).toBeLessThan(5);
  });

  it("lets everything go along again after a burst, though single ones keep coming", async () => {
    const { groups, add, addMany } = recorder();
    void addMany("ack", 200, true);
    void addMany("work", 50);
    for (let turn = 0; turn < 20; turn += 1) {
      void add(`late${turn}`, true);
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(groups.flat().filter((name) => name.startsWith("work"))).toHaveLength(50);
  });

  it("holds nobody up for more than a few turns, however steadily more comes", async () => {
    const { groups, add } = recorder();
    let committed = false;
    void add("first").then(() => {
      committed = true;
    });
    for (let turn = 0; turn < 6; turn += 1) {
      void add(`later${turn}`);
      await vi.advanceTimersToNextTimerAsync();
    }
    expect(committed).toBe(true);
    expect(groups[0]?.length).toBeGreaterThan(1);
  });

  it("drains everything at once, and commits nothing after that", async () => {
    const { groups, line, addMany } = recorder();
    void addMany("work", 50);
    void addMany("ack", 20, true);
    line.drain();
    expect(groups.flat()).toHaveLength(70);
    const before = groups.length;
    await vi.runAllTimersAsync();
    expect(groups).toHaveLength(before);
  });
});
