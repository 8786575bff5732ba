import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestHub, type TestHub } from "../../test/support/hub.ts";
import type { Batch } from "../ports/batch.ts";
import { beginTurn } from "./mailbox-turn.ts";

const NOTHING: Batch = { cause: null, streams: [], rows: [], guards: [] };

describe("a turn at a mailbox", () => {
  let desk: TestHub;
  beforeEach(() => {
    desk = createTestHub();
  });
  afterEach(() => desk.close());

  /** A turn, and for each commit of it whether the mailbox is kept with it. */
  function begun() {
    const kept: boolean[] = [];
    const store: TestHub["store"] = {
      ...desk.store,
      commit(batch) {
        for (const row of batch.rows)
          if (row.type === "mailbox") kept.push(row.leaseUntil > desk.clock.now());
        return desk.store.commit(batch);
      },
    };
    return { turn: beginTurn({ ...desk.hub, store }, "m", 0), kept };
  }

  it("keeps the mailbox until the end of its last row, and gives it back with that", async () => {
    const { turn, kept } = begun();
    const first = turn.forRow(false);
    await first.commit(NOTHING);
    await first.finish(NOTHING);
    const last = turn.forRow(true);
    await last.commit(NOTHING);
    expect(await last.finish(NOTHING)).toBe("ok");
    await turn.end();
    expect(kept).toEqual([true, true, true, false]);
    expect(turn.fence()).toBe(4);
  });

  it("gives back at its end what it still has, and leaves alone what it never took", async () => {
    const { turn, kept } = begun();
    await turn.end();
    expect(kept).toEqual([]);
    await turn.forRow(true).commit(NOTHING);
    await turn.end();
    expect(kept).toEqual([true, false]);
  });

  it("writes nothing once somebody else has written work of the mailbox", async () => {
    const [ours, theirs] = [begun().turn, begun().turn];
    expect(await theirs.forRow(true).finish(NOTHING)).toBe("ok");
    expect(await ours.forRow(true).finish(NOTHING)).toBe("conflict");
    expect(ours.fence()).toBe(0);
  });
});
