import { describe, expect, it } from "vitest";
import { said } from "../../src/simulator/wecom/aibot/bench.ts";
import { createConnectorDeps, createHub, opened } from "./connection-bench.ts";
import { meet, message } from "./wecom-aibot-meeting.ts";
import { startForgetful } from "./wecom-aibot-vendor.ts";

describe("a bot's connection to a simulated WeCom", () => {
  it("ends as displaced when another one takes its place, which stays", async () => {
    const { open, aibot, hub, simulator } = await meet();
    const first = await open();
    const second = await open();
    expect(await first.ended).toMatchObject({ type: "displaced" });
    expect(await first.request({ cmd: "ping" })).toMatchObject({ type: "unreached" });
    expect(await second.request({ cmd: "ping" })).toMatchObject({ body: { errcode: 0 } });
    await simulator.say(said);
    await expect.poll(() => hub.heard.length).toBe(1);
    expect(aibot.subscribed()).toBe(2);
  });

  it("ends as displaced when it is kicked, and as lost when it is cut", async () => {
    const { open, aibot } = await meet();
    const first = await open();
    aibot.kick();
    expect(await first.ended).toMatchObject({ type: "displaced" });
    const second = await open();
    aibot.cut();
    expect(await second.ended).toMatchObject({ type: "lost" });
  });

  it("loses what comes while it is away, and hears what comes after", async () => {
    const { open, aibot, hub, simulator } = await meet();
    const first = await open();
    aibot.gap(true);
    expect(await simulator.say({ ...said, text: "一" })).toMatchObject({ delivered: false });
    aibot.gap(false);
    await first.close();
    expect(await simulator.say({ ...said, text: "二" })).toMatchObject({ delivered: false });
    await open();
    await simulator.say({ ...said, text: "三" });
    await expect.poll(() => hub.heard.length).toBe(1);
    expect(hub.heard).toMatchObject([{ parts: [{ text: "三" }] }]);
  });

  it("is heard twice with one key by a network that says everything twice", async () => {
    const { open, hub, simulator } = await meet({ bot: { duplicates: true } });
    await open();
    await simulator.say(said);
    await expect.poll(() => hub.heard.length).toBe(2);
    expect(hub.heard[1]).toEqual(hub.heard[0]);
  });

  it("does not try again by itself with a wrong secret", async () => {
    const { attempt } = await meet({ secret: "another" });
    expect(await attempt()).toMatchObject({ type: "failed", class: "config", afterMs: null });
  });

  it("does not try again where the bot is in webhook mode", async () => {
    const webhook = { url: "https://x.test", token: "t", encodingAesKey: "a".repeat(43) };
    const { attempt } = await meet({ bot: { webhook } });
    expect(await attempt()).toMatchObject({ type: "failed", class: "config" });
  });

  it("stays away for a minute when it has subscribed too often", async () => {
    const { attempt, open } = await meet({ bot: { limits: { subscribesPerMinute: 1 } } });
    await open();
    expect(await attempt()).toMatchObject({ type: "failed", class: "rate", afterMs: 60_000 });
  });

  it("pings every half minute", async () => {
    const { open, clock } = await meet();
    const connection = await open();
    await clock.advance(30_000);
    await expect.poll(connection.heardAt).toBe(clock.now());
  });

  it("ends when WeCom does not know its subscription any more", async () => {
    const { vendor, forget } = await startForgetful();
    const { clock, deps } = createConnectorDeps();
    const connection = await opened(vendor.connector("ours", deps), createHub().intake);
    forget();
    await clock.advance(30_000);
    expect(await connection.ended).toEqual({ type: "lost", reason: "a ping was refused: 846609" });
    await vendor.stop();
  });

  it("offers a message again until the hub takes it, because WeCom says it once", async () => {
    const { open, hub, simulator, clock } = await meet();
    await open();
    hub.state.refusals = 3;
    await simulator.say(said);
    await expect.poll(() => hub.state.refusals).toBe(2);
    await clock.advance(60_000);
    expect(hub.heard).toHaveLength(1);
  });

  it("offers it again though the connection is lost meanwhile", async () => {
    const { open, aibot, hub, simulator, clock } = await meet();
    const connection = await open();
    hub.state.refusals = 3;
    await simulator.say(said);
    await expect.poll(() => hub.state.refusals).toBe(2);
    aibot.cut();
    await connection.ended;
    await connection.close();
    await clock.advance(60_000);
    expect(hub.heard).toHaveLength(1);
  });

  it("waits a minute where a chat has had too much, or nobody has spoken there", async () => {
    const { open, channelOver, simulator, hub } = await meet({
      bot: { limits: { chatPerMinute: 1 } },
    });
    const channel = channelOver(await open());
    const text = { ...message, content: { type: "text", text: "好" } } as const;
    const wait = { type: "failed", class: "rate", afterMs: 60_000 };
    expect(await channel.send(text)).toMatchObject(wait);
    await simulator.say(said);
    await expect.poll(() => hub.heard.length).toBe(1);
    expect(await channel.send(text)).toMatchObject({ type: "sent" });
    expect(await channel.send(text)).toMatchObject(wait);
    const nobody = { ...text, to: { kind: "person", id: "nobody" } } as const;
    expect(await channel.send(nobody)).toMatchObject({ type: "failed", class: "content" });
  });
});
