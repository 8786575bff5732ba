import { describe, expect, it } from "vitest";
import type { Channel, Contact } from "../../src/ports/channel.ts";
import { meetDingtalk, meetFeishu, meetWecom } from "../support/tool-meetings.ts";

const CHEN = { phone: "13800000001", email: null };
const LI = { phone: null, email: "li@example.com" };
const NOBODY = { phone: "13899999999", email: "nobody@example.com" };

async function lookUp(channel: Channel, ...people: readonly Contact[]) {
  return channel.lookUp?.(people);
}

describe("Feishu's directory", () => {
  it("has people by phone and by e-mail, fifty to a call", async () => {
    const { channel, requests } = meetFeishu();
    const many = Array.from({ length: 60 }, () => NOBODY);
    const found = await lookUp(channel, ...many, CHEN, LI);
    expect(found).toEqual({ ids: [...many.map(() => null), "ou_chen", "ou_li"], failure: null });
    expect(requests.filter((path) => path.endsWith("/batch_get_id"))).toHaveLength(2);
  });

  it("names the scope that the app lacks", async () => {
    const { channel } = meetFeishu({ withoutScopes: ["contact:user.id:readonly"] });
    expect(await lookUp(channel, CHEN)).toMatchObject({
      ids: [],
      failure: { class: "config" },
      scope: "contact:user.id:readonly",
    });
  });

  it("is asked again after an outage", async () => {
    const { channel, simulator } = meetFeishu();
    simulator.faults.fail({ match: "/open-apis/contact", status: 502, times: 1 });
    const found = await lookUp(channel, CHEN);
    expect(found).toMatchObject({ ids: [], failure: { class: "transient" } });
    expect(await lookUp(channel, CHEN)).toMatchObject({ ids: ["ou_chen"] });
  });
});

describe("DingTalk's directory", () => {
  it("has people by phone, one to a call, and nobody by e-mail", async () => {
    const { channel } = meetDingtalk();
    const wrong = { phone: "+0", email: null };
    const found = await lookUp(channel, CHEN, NOBODY, LI, wrong);
    expect(found).toEqual({ ids: ["0100", null, null, null], failure: null });
  });

  it("does not find who has left", async () => {
    const { channel, simulator } = meetDingtalk();
    simulator.leave("0100");
    expect(await lookUp(channel, CHEN)).toEqual({ ids: [null], failure: null });
    const sent = await channel.send({
      id: "m1",
      to: { kind: "person", id: "0100" },
      inReplyTo: null,
      content: { type: "text", text: "在吗" },
    });
    expect(sent).toMatchObject({ type: "failed", nobody: true });
  });

  it("keeps whom it found when it fails half-way", async () => {
    const { channel } = meetDingtalk({ callsPerSecond: 1 });
    const found = await lookUp(channel, CHEN, CHEN);
    expect(found).toMatchObject({ ids: ["0100"], failure: { class: "rate" } });
  });
});

describe("WeCom's directory", () => {
  it("has members by phone, else by e-mail", async () => {
    const { channel } = meetWecom();
    const both = { phone: "13899999999", email: "li@example.com" };
    const found = await lookUp(channel, CHEN, LI, both, NOBODY);
    expect(found).toEqual({ ids: ["chen", "LiLei", "LiLei", null], failure: null });
  });

  it("shuts out who asks for many wrong numbers, which stops the asking", async () => {
    const { channel, requests } = meetWecom();
    const wrong = Array.from({ length: 30 }, () => ({ phone: "13899999999", email: null }));
    const found = await lookUp(channel, ...wrong);
    expect(found).toMatchObject({ failure: { class: "rate" } });
    expect(found?.ids).toHaveLength(21);
    expect(requests.filter((path) => path.endsWith("/getuserid"))).toHaveLength(22);
  });
});
