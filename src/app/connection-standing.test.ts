import { expect, it } from "vitest";
import type { OpenConnection } from "../ports/connection.ts";
import { createManualClock } from "../simulator/manual-clock.ts";
import { type Ending, endOf } from "./connection-standing.ts";

const SILENCE_MS = 60_000;

/** A connection that is heard when it is told to be, watched by a clock that can be put forward and back. */
function watched() {
  const clock = createManualClock();
  const wall = { ahead: 0 };
  const now = (): number => clock.now() + wall.ahead;
  let heardAt = now();
  const connection: OpenConnection = {
    ended: new Promise(() => {}),
    heardAt: () => heardAt,
    request: async () => ({ type: "unreached", reason: "none" }),
    async close() {},
  };
  const never = new AbortController().signal;
  const sleep = (ms: number, signal = never): Promise<void> => clock.sleep(ms, signal);
  const endings: Ending[] = [];
  void endOf(
    { connection, openedAt: heardAt },
    { clock: { now, sleep }, silenceMs: SILENCE_MS, stopped: never },
  ).then((ending) => endings.push(ending));
  return {
    clock,
    wall,
    endings,
    hear() {
      heardAt = now();
    },
  };
}

it("takes silence for death after so long, counted from when the peer was last heard", async () => {
  const { clock, endings, hear } = watched();
  await clock.advance(40_000);
  hear();
  await clock.advance(SILENCE_MS - 1);
  expect(endings).toEqual([]);
  await clock.advance(1);
  expect(endings).toEqual([{ type: "silent" }]);
});

it("finds a dead peer though the clock was put back by an hour", async () => {
  const { clock, wall, endings, hear } = watched();
  await clock.advance(SILENCE_MS / 2);
  wall.ahead = -3_600_000;
  await clock.advance(SILENCE_MS / 4);
  hear();
  await clock.advance(2 * SILENCE_MS);
  expect(endings).toEqual([{ type: "silent" }]);
});

it("keeps a living peer though the clock was put back by an hour", async () => {
  const { clock, wall, endings, hear } = watched();
  wall.ahead = -3_600_000;
  for (let step = 0; step < 20; step += 1) {
    await clock.advance(SILENCE_MS / 2);
    hear();
  }
  expect(endings).toEqual([]);
});
