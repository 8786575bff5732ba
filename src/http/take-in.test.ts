import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import type { InboundAction } from "../core/message.ts";
import type { HttpReply, RawRequest } from "../ports/channel.ts";
import { takeIn } from "./take-in.ts";

const RAW: RawRequest = { method: "POST", query: "", headers: {}, body: new Uint8Array() };

describe("a click whose store fails", () => {
  let stage: Stage;
  /** What the store does at present instead of its work. */
  let broken: "inboxRow" | "commit" | null = null;

  beforeEach(() => {
    broken = null;
    const failing = (name: typeof broken) =>
      broken === name ? Promise.reject(new Error("near 冰柜坏了")) : Promise.resolve();
    stage = createStage(
      {},
      {
        through: (store) => ({
          ...store,
          inboxRow: (id) => failing("inboxRow").then(() => store.inboxRow(id)),
          commit: (batch) => failing("commit").then(() => store.commit(batch)),
        }),
      },
    );
  });
  afterEach(() => stage.close());

  /** The click comes in, with its outcome as the reply's body. */
  async function push(click: InboundAction) {
    stage.a.receive = async () => ({
      type: "inbound",
      items: [click],
      reply: async (outcome): Promise<HttpReply> => ({
        status: 200,
        headers: {},
        body: JSON.stringify(outcome),
      }),
    });
    const to = { account: "fake/a", feed: "event", method: "POST" };
    return takeIn(stage.hub, { ...to, read: async () => RAW });
  }

  it('after it was stored is answered "pending", and its cards follow', async () => {
    const { team } = await withTicket(stage);
    broken = "inboxRow";
    const { reply, after } = await push(stage.clickOn("a-li", team, "接单"));
    broken = null;
    expect(reply).toMatchObject({ status: 200, body: '"pending"' });
    expect(stage.hub.logged).toContain(
      'A click was stored, but not answered with what came of it. {"account":"fake/a","error":"Error"}',
    );
    await after?.(true);
    await stage.pass(10_000, 500);
    expect(stage.card(team).subtitle).toBe("处理中 · 李工");
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("before it was stored is not answered, so that the vendor hears of the failure", async () => {
    const { team } = await withTicket(stage);
    broken = "commit";
    await expect(push(stage.clickOn("a-li", team, "接单"))).rejects.toThrow();
    broken = null;
    await stage.pass(10_000, 500);
    expect(stage.card(team).subtitle).toBe("待接单");
  });
});
