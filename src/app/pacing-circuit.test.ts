import { describe, expect, it } from "vitest";
import type { Delivery } from "../ports/channel.ts";
import { createPacer } from "./pacing.ts";
import { createCircuit, signOf } from "./pacing-circuit.ts";

const ACCOUNT = "fake/a";

/** A circuit whose vendor just failed `count` times in a row, at `destinations` different ones. */
function failing(count: number, destinations = count) {
  const circuit = createCircuit();
  for (let n = 0; n < count; n += 1)
    circuit.heard({ account: ACCOUNT, destination: `p${n % destinations}` }, "down", 0, 0);
  return circuit;
}

function down(circuit: ReturnType<typeof createCircuit>, now: number): void {
  circuit.heard({ account: ACCOUNT, destination: "p" }, "down", now, 0);
}

function failed(of: Extract<Delivery, { type: "failed" }>["class"]): Delivery {
  return { type: "failed", class: of, afterMs: null, reason: "x" };
}

describe("a vendor in trouble", () => {
  it("is left alone after five failures in a row, and no other account is", () => {
    expect(failing(4).wait(ACCOUNT, 0)).toBe(0);
    expect(failing(5).wait(ACCOUNT, 0)).toBe(1_000);
    expect(failing(5).wait("fake/b", 0)).toBe(0);
  });

  it("is not seen in one chat or two that fail again and again", () => {
    expect(failing(50, 2).wait(ACCOUNT, 0)).toBe(0);
  });

  it("is asked by one at a time whether it is back, less and less often", () => {
    const circuit = failing(5);
    const opened: number[] = [];
    for (let now = 0, waits = 0; waits < 6; waits += 1) {
      const wait = circuit.wait(ACCOUNT, now);
      opened.push(wait);
      now += wait;
      expect(circuit.wait(ACCOUNT, now)).toBe(0);
      expect(circuit.wait(ACCOUNT, now)).toBe(1_000);
      down(circuit, now);
    }
    expect(opened).toEqual([1_000, 2_000, 4_000, 7_500, 7_500, 7_500]);
  });

  it("is met by all again once one came through", () => {
    const circuit = failing(5);
    expect(circuit.wait(ACCOUNT, 1_000)).toBe(0);
    circuit.heard({ account: ACCOUNT, destination: "p" }, "up", 1_100, 0);
    expect([circuit.wait(ACCOUNT, 1_100), circuit.wait(ACCOUNT, 1_100)]).toEqual([0, 0]);
  });

  it("is asked by the next one when the one that was to look never came back", () => {
    const circuit = failing(5);
    expect(circuit.wait(ACCOUNT, 1_000)).toBe(0);
    expect(circuit.wait(ACCOUNT, 15_999)).toBe(1_000);
    expect(circuit.wait(ACCOUNT, 16_000)).toBe(0);
  });

  it("is not left alone for longer because many that were under way failed together", () => {
    const circuit = failing(40);
    expect(circuit.wait(ACCOUNT, 0)).toBe(1_000);
  });

  it("costs what waits neither its slot in the limits nor a try", () => {
    const pacer = createPacer();
    const limits = [{ scope: "account", count: 1, perMs: 10_000 }] as const;
    for (const destination of ["p1", "p2", "p3", "p4", "p5"])
      pacer.heard({ account: ACCOUNT, destination }, "down", 0, 0);
    const send = { account: ACCOUNT, destination: "p1", dueAt: 0 };
    expect(pacer.plan(0)(send, limits)).toBe(1_000);
    expect(pacer.plan(1_000)({ ...send, dueAt: 1_000 }, limits)).toBe(0);
  });

  it("is told from a vendor that only refuses, or only wants it slower", () => {
    expect(signOf({ type: "sent", remoteId: "x", updateTokens: [] })).toBe("up");
    expect(signOf({ type: "unknown", reason: "timeout" })).toBe("down");
    expect(["transient", "token"].map((of) => signOf(failed(of as "token")))).toEqual([
      "down",
      "down",
    ]);
    expect(
      ["content", "config", "window-closed"].map((of) => signOf(failed(of as "config"))),
    ).toEqual(["up", "up", "up"]);
    expect([signOf(failed("rate")), signOf({ type: "waiting" })]).toEqual([null, null]);
  });
});
