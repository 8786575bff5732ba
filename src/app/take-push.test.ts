import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aMessage } from "../../test/support/fake-channel.ts";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import type { RunningHub } from "./hub.ts";
import { isOverloaded } from "./overload.ts";
import { intakeOf } from "./take-push.ts";

describe("what a long connection brings", () => {
  let stage: Stage;
  const counted: string[] = [];

  beforeEach(() => {
    stage = createStage();
    counted.length = 0;
  });
  afterEach(() => stage.close());

  /** The stage's hub as a connection meets it. */
  const hub = (overloaded: RunningHub["overloaded"] = () => false) => ({
    ...stage.hub,
    hub: { ...stage.hub.hub, counters: { count: (name: string) => void counted.push(name) } },
    overloaded,
  });

  it("is on disk when the connection may say so, once for all its deliveries", async () => {
    const intake = intakeOf(hub(), "fake/a");
    const message = aMessage("冰柜坏了");
    expect((await intake("event", [message])).outcome).toBeNull();
    expect((await intake("event", [message])).outcome).toBeNull();
    expect((await stage.rows("inbox")).length).toBe(1);
    await stage.hub.settle();
    expect((await stage.tickets()).length).toBe(1);
  });

  it("is nothing where a push means nothing to us", async () => {
    expect((await intakeOf(hub(), "fake/a")("event", [])).outcome).toBeNull();
    expect(await stage.rows("inbox")).toEqual([]);
  });

  it("is answered with its outcome where it is a click", async () => {
    const { team } = await withTicket(stage);
    const { outcome, after } = await intakeOf(hub(), "fake/a")("event", [
      stage.clickOn("a-li", team, "接单"),
    ]);
    expect(outcome).toMatchObject({ card: { subtitle: "处理中 · 李工" } });
    await after(false);
    await stage.pass(10_000, 500);
    expect(stage.card(team).subtitle).toBe("处理中 · 李工");
  });

  it("is turned away and counted while too much mail waits", async () => {
    const intake = intakeOf(
      hub(() => true),
      "fake/a",
    );
    await expect(intake("event", [aMessage("冰柜坏了")])).rejects.toThrow("Too much mail");
    expect(counted).toEqual(["overloaded"]);
    expect(await stage.rows("inbox")).toEqual([]);
  });

  it("is taken for longer where it is a click, which is sent once", async () => {
    const { team } = await withTicket(stage);
    const intake = intakeOf(
      hub((items) => isOverloaded(11, 10, items)),
      "fake/a",
    );
    await expect(intake("event", [aMessage("冰柜坏了")])).rejects.toThrow("Too much mail");
    const { outcome } = await intake("event", [stage.clickOn("a-li", team, "接单")]);
    expect(outcome).toMatchObject({ card: { subtitle: "处理中 · 李工" } });
  });

  it.each([
    ["an account that is gone", "fake/gone", "event"],
    ["a feed that the account has not", "fake/a", "card"],
  ])("is turned away for %s", async (_name, account, feed) => {
    await expect(intakeOf(hub(), account)(feed, [aMessage("冰柜坏了")])).rejects.toThrow();
    expect(await stage.rows("inbox")).toEqual([]);
  });

  it("is turned away for an account that was disabled", async () => {
    const setup = stage.hub.hub.setup();
    const accounts = new Map([["fake/a", { ...stage.account("fake/a"), enabled: false }]]);
    const off = { ...hub(), hub: { ...stage.hub.hub, setup: () => ({ ...setup, accounts }) } };
    await expect(intakeOf(off, "fake/a")("event", [aMessage("冰柜坏了")])).rejects.toThrow();
  });
});
