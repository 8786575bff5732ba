import { describe, expect, it } from "vitest";
import { app, given, ok } from "./bench.ts";
import { CARD, EVENTS, givenStream, ROBOT, takes } from "./stream-bench.ts";

const said = { person: "0123", chat: "cid-0123", text: "在吗" };

describe("the gateway", () => {
  it("hands out an address and a ticket for the right credentials", async () => {
    const { ticket } = givenStream();
    expect(await ticket()).toEqual({
      endpoint: "ws://tool.test/ding/connect",
      ticket: expect.stringMatching(/^\w{36}$/),
    });
  });

  it("refuses wrong credentials, and a list of subscriptions without any", async () => {
    const { gateway, keys } = givenStream();
    const stranger = await gateway({ ...keys, clientSecret: "x", subscriptions: [ROBOT] });
    expect(stranger.status).toBe(401);
    expect(await stranger.json()).toMatchObject({ code: "authFailed" });
    for (const subscriptions of [undefined, [], [{ type: "EVENT" }], ["*"]]) {
      expect((await gateway({ ...keys, subscriptions })).status).toBe(400);
    }
  });

  it("answers in XML unless JSON is asked for", async () => {
    const { gateway, keys } = givenStream();
    const answer = await gateway({ ...keys, subscriptions: [ROBOT] }, "*/*");
    expect(answer.headers.get("content-type")).toBe("application/xml");
    expect(await answer.text()).toContain("<ticket>");
  });

  it("has no address where no sockets are served", async () => {
    const keys = { clientId: app.clientId, clientSecret: app.clientSecret };
    const asked = { ...keys, subscriptions: [ROBOT] };
    const answer = await given(ok).call("POST", "/v1.0/gateway/connections/open", asked);
    expect(answer.status).toBe(500);
  });
});

describe("a ticket", () => {
  it("opens one connection, within 90 s", async () => {
    const { ticket, connectWith, clock } = givenStream();
    const first = await ticket();
    expect(connectWith(first).ended).toBeNull();
    expect(connectWith(first).ended).toBe("closed 4001");
    const second = await ticket();
    await clock.advance(90_000);
    expect(connectWith(second).ended).toBe("closed 4001");
    const third = await ticket();
    await clock.advance(89_999);
    expect(connectWith(third).ended).toBeNull();
  });
});

describe("a connection", () => {
  it("is pinged every 20 to 30 s, and its answers are seen", async () => {
    const { connect, simulator, clock } = givenStream();
    const client = await connect();
    await connect((frame) => (frame.type === "SYSTEM" ? { code: 200, data: "else" } : null));
    await clock.advance(300_000);
    const pings = client.frames.filter(({ headers }) => headers.topic === "ping");
    expect(pings.length).toBeGreaterThanOrEqual(10);
    expect(pings.length).toBeLessThanOrEqual(15);
    const [answering, failing] = simulator.streams.list();
    expect(answering?.pongs).toBe(pings.length);
    expect(failing?.pongs).toBe(0);
    await simulator.stop();
    expect(clock.sleepers()).toBe(0);
  });

  it("is sent what it subscribed to, and nothing else", async () => {
    const { connect, simulator } = givenStream();
    const client = await connect(takes, [CARD]);
    expect(await simulator.say(said)).toMatchObject({ delivered: false });
    expect(client.frames).toEqual([]);
    expect(simulator.streams.list()[0]?.subscriptions).toEqual([CARD]);
    await simulator.stop();
  });

  it("shares the pushes with the others, by chance", async () => {
    let chance = 0;
    const { connect, simulator } = givenStream({ random: () => chance });
    const [first, second] = [await connect(), await connect()];
    await simulator.say(said);
    chance = 0.9;
    await simulator.say(said);
    await simulator.say(said);
    expect([first.frames.length, second.frames.length]).toEqual([1, 2]);
    await simulator.stop();
  });

  it("outlives whatever a client says", async () => {
    const { connect, simulator } = givenStream();
    const client = await connect();
    const odd = ["", "[]", "{}", '{"code":200}', '{"code":200,"headers":{"messageId":"x"}}'];
    for (const frame of odd) client.say(frame);
    expect(await simulator.say(said)).toEqual({ delivered: true, status: 200, attempts: 1 });
    await simulator.stop();
  });

  it("is told to move, sent nothing more, and closed 10 s later", async () => {
    const { connect, simulator, clock } = givenStream();
    const old = await connect();
    simulator.streams.retire();
    simulator.streams.retire();
    expect(old.frames.map(({ type, headers }) => [type, headers.topic])).toEqual([
      ["SYSTEM", "disconnect"],
    ]);
    const young = await connect();
    expect(await simulator.say(said)).toMatchObject({ delivered: true });
    expect([old.frames.length, young.frames.length]).toEqual([1, 1]);
    await clock.advance(9_999);
    expect(old.ended).toBeNull();
    await clock.advance(1);
    expect(old.ended).toBe("closed 1000");
    expect(simulator.streams.list()).toHaveLength(1);
    await simulator.stop();
  });

  it("can be kicked by the server and cut by the network", async () => {
    const { connect, simulator, clock } = givenStream();
    const kicked = await connect();
    simulator.streams.kick();
    const cut = await connect();
    simulator.streams.cut();
    expect([kicked.ended, cut.ended]).toEqual(["closed 1001", "cut"]);
    expect(simulator.streams.list()).toEqual([]);
    await clock.advance(0);
    expect(clock.sleepers()).toBe(0);
  });
});

it("names the app and the connection in every frame", async () => {
  const { connect, simulator, clock } = givenStream();
  const client = await connect(takes, [ROBOT, EVENTS]);
  await simulator.say(said);
  const [connection] = simulator.streams.list();
  expect(client.frames[0]).toMatchObject({
    specVersion: "1.0",
    type: "CALLBACK",
    headers: {
      appId: app.clientId,
      connectionId: connection?.id,
      contentType: "application/json",
      messageId: expect.stringMatching(/^\w{32}$/),
      time: String(clock.now()),
      topic: ROBOT.topic,
    },
  });
  await simulator.stop();
});
