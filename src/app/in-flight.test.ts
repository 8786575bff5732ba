import { expect, it } from "vitest";
import { createGate } from "../../test/support/gate.ts";
import { turns } from "../../test/support/stage.ts";
import { createInFlight } from "./in-flight.ts";

const rows = (account: string, count: number) => Array.from({ length: count }, () => ({ account }));

it("has room for many, and gives one account no more than its share of it", () => {
  const flight = createInFlight(() => {});
  const room = flight.free();
  const share = flight.fitting(rows("a", 1_000)).length;
  expect(share).toBeGreaterThan(0);
  expect(share * 2).toBeLessThan(room);
  expect(flight.fitting([...rows("a", 1_000), ...rows("b", 3)])).toHaveLength(share + 3);
});

it("counts what is under way until it ends", async () => {
  let ended = 0;
  const flight = createInFlight(() => {
    ended += 1;
  });
  const gate = createGate();
  const share = flight.fitting(rows("a", 1_000)).length;
  const room = flight.free();
  for (let n = 0; n < share; n += 1) flight.begin("a", () => gate.pass());
  expect(flight.free()).toBe(room - share);
  expect(flight.busy()).toEqual(["a"]);
  expect(flight.fitting([{ account: "a" }, { account: "b" }])).toEqual([{ account: "b" }]);
  gate.open();
  await flight.settled();
  expect(ended).toBe(share);
  expect(flight.free()).toBe(room);
  expect(flight.busy()).toEqual([]);
});

it("is settled only when what began meanwhile has ended too", async () => {
  const flight = createInFlight(() => {});
  const gate = createGate();
  flight.begin("a", async () => {
    flight.begin("a", () => gate.pass());
  });
  let settled = false;
  const settling = flight.settled().then(() => {
    settled = true;
  });
  await turns(5);
  expect(settled).toBe(false);
  gate.open();
  await settling;
});
