import { describe, expect, it } from "vitest";
import type { UrgentWay } from "../../src/core/message.ts";
import type { Channel, Rung } from "../../src/ports/channel.ts";
import type { ToolSimulator } from "../../src/simulator/tool.ts";
import { meetDingtalk, meetFeishu, meetWecom } from "../support/tool-meetings.ts";

/** Send somebody a message and call them for it, as the hub does. */
async function urge(channel: Channel, id: string, way: UrgentWay, count = 1): Promise<Rung[]> {
  const rungs: Rung[] = [];
  for (let at = 0; at < count; at += 1) {
    const to = { kind: "person", id } as const;
    const text = "工单 #12 被催办";
    const message = { id: `m-${way}-${at}`, to, inReplyTo: null };
    const sent = await channel.send({ ...message, content: { type: "text", text } });
    if (sent.type !== "sent") throw new Error(`not sent: ${sent.reason}`);
    const rung = await channel.ring?.({ to, remoteId: sent.remoteId, text, way });
    if (rung !== undefined) rungs.push(rung);
  }
  return rungs;
}

/** How loudly each message of the bot came. */
function marks(simulator: ToolSimulator): readonly (string | null)[] {
  return simulator.view().messages.map(({ urgent = null }) => urgent);
}

const WAYS = ["app", "sms", "phone"] as const;
const NOT_RUNG = { type: "not-rung" };

describe("Feishu", () => {
  it.each(WAYS)("makes a message urgent: %s", async (way) => {
    const { channel, simulator } = meetFeishu();
    expect(await urge(channel, "ou_chen", way)).toEqual([{ type: "rung" }]);
    expect(marks(simulator)).toEqual([way]);
  });

  it("refuses beyond the company's quota, and the message stands", async () => {
    const { channel, simulator } = meetFeishu();
    simulator.urgent.quota.sms = 0;
    expect(await urge(channel, "ou_chen", "sms")).toMatchObject([NOT_RUNG]);
    expect(marks(simulator)).toEqual([null]);
  });

  it("refuses somebody with 200 unread, a chat that forbids it and an app without the scope", async () => {
    const { channel, simulator } = meetFeishu({ withoutScopes: ["im:message.urgent:phone"] });
    simulator.urgent.unread.set("ou_chen", 200);
    expect(await urge(channel, "ou_chen", "app")).toMatchObject([
      { reason: expect.stringContaining("230023") },
    ]);
    expect(await urge(channel, "ou_chen", "phone")).toMatchObject([
      { reason: expect.stringContaining("99991672") },
    ]);
    simulator.urgent.closedChats.add("oc_chen");
    const [closed] = await urge(channel, "ou_chen", "sms");
    expect(closed).toMatchObject({ reason: expect.stringContaining("230052") });
  });

  it("lists an id that is nobody's", async () => {
    const { channel, simulator } = meetFeishu();
    await urge(channel, "ou_chen", "app");
    const remoteId = simulator.view().messages.at(-1)?.id ?? "";
    const to = { kind: "person", id: "ou_nobody" } as const;
    const rung = await channel.ring?.({ to, remoteId, text: "x", way: "app" });
    expect(rung).toMatchObject(NOT_RUNG);
  });

  it("may have rung where no answer came", async () => {
    const { channel, simulator } = meetFeishu();
    const match = "/open-apis/im/v1/messages/";
    simulator.faults.fail({ match, method: "PATCH", status: 0, after: true, times: 1 });
    expect(await urge(channel, "ou_chen", "app")).toMatchObject([{ type: "unknown" }]);
  });
});

describe("DingTalk", () => {
  it.each(WAYS)("sends a DING beside the message: %s", async (way) => {
    const { channel, simulator } = meetDingtalk();
    expect(await urge(channel, "0100", way)).toEqual([{ type: "rung" }]);
    expect(marks(simulator)).toEqual([null, way]);
    expect(simulator.dings()).toMatchObject([{ kind: way, receivers: ["0100"] }]);
  });

  it("refuses beyond what was bought, and without a paid edition", async () => {
    const { channel, simulator } = meetDingtalk();
    simulator.dingRights.quota.phone = 0;
    expect(await urge(channel, "0100", "phone")).toMatchObject([
      { type: "not-rung", reason: expect.stringContaining("ding.serverquota.insufficient") },
    ]);
    simulator.dingRights.allowed = false;
    expect(await urge(channel, "0100", "app")).toMatchObject([NOT_RUNG]);
    expect(simulator.dings()).toEqual([]);
  });
});

describe("WeCom", () => {
  it("calls the member beside the message", async () => {
    const { channel, simulator } = meetWecom();
    expect(await urge(channel, "chen", "phone")).toEqual([{ type: "rung" }]);
    expect(marks(simulator)).toEqual([null, "phone"]);
  });

  it.each<[string, (calls: ReturnType<typeof meetWecom>["simulator"]["voiceCalls"]) => void]>([
    ["301049", (calls) => Object.assign(calls, { linked: false })],
    ["301050", (calls) => Object.assign(calls, { enabled: false })],
    ["301051", (calls) => Object.assign(calls, { balance: 0 })],
  ])("does not call, and says why: %s", async (code, spoil) => {
    const { channel, simulator } = meetWecom();
    spoil(simulator.voiceCalls);
    expect(await urge(channel, "chen", "phone")).toMatchObject([
      { type: "not-rung", reason: expect.stringContaining(code) },
    ]);
    expect(marks(simulator)).toEqual([null]);
  });

  it("has no other way", () => {
    expect(meetWecom().channel.can.urgent).toEqual(["phone"]);
  });
});
