import { describe, expect, it } from "vitest";
import { feishuDecrypt, feishuSignature } from "../../wire/feishu-crypto.ts";
import { cardOf, createBench, dataOf } from "./bench.ts";

const inGroup = { person: "ou_chen", chat: "oc_repair", text: "冰柜坏了" };
const inDirect = { person: "ou_chen", chat: "oc_chen", text: "冰柜坏了" };

describe("what people say", () => {
  it("reaches the hub as im.message.receive_v1 with everything that names it", async () => {
    const { simulator, received, app, clock } = createBench();
    expect(await simulator.say(inDirect)).toEqual({ delivered: true, status: 200, attempts: 1 });
    const shown = simulator.view().messages[0];
    expect(received).toHaveLength(1);
    expect(received[0]?.url).toBe("http://hub.test/hooks/feishu/hq");
    expect(received[0]?.headers.has("x-lark-signature")).toBe(false);
    const { schema, header, event } = JSON.parse(received[0]?.body ?? "");
    expect(schema).toBe("2.0");
    expect(header).toMatchObject({
      event_type: "im.message.receive_v1",
      token: app.verificationToken,
      app_id: app.appId,
      create_time: String(clock.now()),
    });
    expect(event).toMatchObject({
      sender: {
        sender_id: { open_id: "ou_chen", union_id: "on_chen", user_id: "chen" },
        sender_type: "user",
      },
      message: {
        message_id: shown?.id,
        chat_id: "oc_chen",
        chat_type: "p2p",
        message_type: "text",
        content: '{"text":"冰柜坏了"}',
      },
    });
    expect(event.message).not.toHaveProperty("mentions");
    expect(event.message).not.toHaveProperty("parent_id");
  });

  it("carries mentions of the bot and of members by key", async () => {
    const { simulator, received } = createBench();
    await simulator.say({ ...inGroup, text: "坏了 @李雷 来看", mention: true });
    const { message } = JSON.parse(received[0]?.body ?? "").event;
    expect(message.chat_type).toBe("group");
    expect(JSON.parse(message.content)).toEqual({ text: "@_user_1 坏了 @_user_2 来看" });
    expect(message.mentions).toMatchObject([
      { key: "@_user_1", id: { open_id: simulator.botOpenId, user_id: null }, name: "服务台" },
      { key: "@_user_2", id: { open_id: "ou_li", union_id: "on_li" }, name: "李雷" },
    ]);
    expect(simulator.view().messages[0]?.body).toEqual({
      type: "text",
      text: "@服务台 坏了 @李雷 来看",
    });
  });

  it("stays in the group when it does not mention the bot, unless the app may read all", async () => {
    const quiet = createBench();
    const none = { delivered: false, status: null, attempts: 0 };
    expect(await quiet.simulator.say(inGroup)).toEqual(none);
    expect(quiet.simulator.view().messages).toHaveLength(1);
    expect(quiet.received).toEqual([]);
    const curious = createBench({ allGroupMessages: true });
    expect(await curious.simulator.say(inGroup)).toMatchObject({ delivered: true });
  });

  it("names what it quotes, and goes on in its thread", async () => {
    const { simulator, received, call } = createBench();
    await simulator.say(inDirect);
    const root = simulator.view().messages[0]?.id ?? "";
    const answer = { msg_type: "text", content: '{"text":"请看"}', reply_in_thread: true };
    const reply = dataOf(await call("POST", `/im/v1/messages/${root}/reply`, answer));
    await simulator.say({ ...inDirect, quotes: String(reply.message_id) });
    const { message } = JSON.parse(received[1]?.body ?? "").event;
    expect(message).toMatchObject({ root_id: root, parent_id: root, thread_id: reply.thread_id });
    await simulator.say({ ...inDirect, quotes: message.message_id, inThread: true });
    expect(JSON.parse(received[2]?.body ?? "").event.message.thread_id).toBe(reply.thread_id);
  });

  it("can be rich text, a picture or a file, whose bytes the hub can fetch", async () => {
    const { simulator, received, call } = createBench();
    const picture = { kind: "image", name: "柜.gif" } as const;
    const file = { kind: "file", name: "单.pdf" } as const;
    await simulator.say({ ...inDirect, post: { title: "报修" } });
    await simulator.say({ ...inDirect, text: "", attachment: picture });
    await simulator.say({ ...inDirect, text: "", attachment: file });
    await simulator.say({ ...inGroup, mention: true, attachment: picture });
    const messages = received.map(({ body }) => JSON.parse(body).event.message);
    const contents = messages.map(({ content }) => JSON.parse(content));
    expect(messages.map((message) => message.message_type)).toEqual([
      "post",
      "image",
      "file",
      "post",
    ]);
    expect(contents[0]).toEqual({ title: "报修", content: [[{ tag: "text", text: "冰柜坏了" }]] });
    expect(contents[2]).toEqual({ file_key: expect.any(String), file_name: "单.pdf" });
    expect(contents[3].content[0][0]).toEqual({
      tag: "at",
      user_id: "@_user_1",
      user_name: "服务台",
    });
    const key = contents[3].content[1][0].image_key;
    const token = simulator.tokens.issue().token;
    const path = `/open-apis/im/v1/messages/${messages[3].message_id}/resources/${key}?type=image`;
    const headers = { authorization: `Bearer ${token}` };
    const got = await simulator.fetch(new Request(`https://x.test${path}`, { headers }));
    expect(got.headers.get("content-type")).toBe("image/gif");
    expect((await got.arrayBuffer()).byteLength).toBeGreaterThan(30);
    expect((await call("GET", `/im/v1/messages/${messages[1].message_id}`)).status).toBe(200);
  });

  it("comes in the older envelope on demand", async () => {
    const { simulator, received, app } = createBench();
    await simulator.say({ ...inDirect, envelope: "v1" });
    expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({
      type: "event_callback",
      token: app.verificationToken,
      uuid: expect.any(String),
      event: { type: "message", open_id: "ou_chen", open_chat_id: "oc_chen" },
    });
  });

  it.each([
    ["a stranger", { ...inGroup, person: "ou_x" }, "no person ou_x"],
    ["in a chat that is not there", { ...inGroup, chat: "oc_x" }, "no chat oc_x"],
    [
      "in somebody else's chat",
      { ...inGroup, person: "ou_li", chat: "oc_chen" },
      "not in the chat",
    ],
    ["quoting what is not there", { ...inGroup, quotes: "om_x" }, "no message om_x"],
  ])("cannot be said by or %s", async (_what, input, words) => {
    const { simulator } = createBench();
    await expect(simulator.say(input)).rejects.toThrow(words);
    expect(simulator.view().messages).toEqual([]);
  });

  it("opens a person's direct chat when it is written in by its id", async () => {
    const { simulator } = createBench();
    await simulator.say({ person: "ou_li", chat: "oc_p2p_li", text: "在吗" });
    expect(simulator.view().chats.at(-1)).toMatchObject({ id: "oc_p2p_li", members: ["ou_li"] });
  });
});

describe("pushes", () => {
  it("are encrypted and signed anew each time, with the same event id", async () => {
    const encryptKey = "encrypt-key";
    const bench = createBench();
    const sealed = createBench({ app: { ...bench.app, encryptKey } });
    sealed.hub.answer = async () => new Response("", { status: 500 });
    await sealed.simulator.say(inDirect);
    await sealed.clock.advance(15_000);
    expect(sealed.received).toHaveLength(2);
    const events = [];
    for (const { headers, body } of sealed.received) {
      const signature = await feishuSignature({
        timestamp: headers.get("x-lark-request-timestamp") ?? "",
        nonce: headers.get("x-lark-request-nonce") ?? "",
        encryptKey,
        body: new TextEncoder().encode(body),
      });
      expect(headers.get("x-lark-signature")).toBe(signature);
      events.push(JSON.parse(await feishuDecrypt(encryptKey, JSON.parse(body).encrypt)));
    }
    expect(events[0]).toEqual(events[1]);
    expect(sealed.received[0]?.body).not.toBe(sealed.received[1]?.body);
    const stamps = sealed.received.map(({ headers }) => headers.get("x-lark-request-timestamp"));
    expect(Number(stamps[1]) - Number(stamps[0])).toBe(15);
  });

  it("are tried again after 15 s, 5 min, 1 h and 6 h, and then no more", async () => {
    const { simulator, hub, received, clock } = createBench();
    hub.answer = async () => new Response("", { status: 503 });
    const first = await simulator.say(inDirect);
    expect(first).toEqual({ delivered: false, status: 503, attempts: 1 });
    const start = clock.now();
    await clock.advance(24 * 3_600_000);
    const times = simulator.pushes().map(({ at }) => (at - start) / 1000);
    expect(times).toEqual([0, 15, 315, 3915, 25_515]);
    expect(received).toHaveLength(5);
  });

  it("wait 3 s for the hub and then count as failed", async () => {
    const { simulator, hub, clock } = createBench();
    hub.answer = () => new Promise(() => undefined);
    const said = simulator.say(inDirect);
    await clock.advance(3000);
    expect(await said).toEqual({ delivered: false, status: null, attempts: 1 });
    await simulator.stop();
  });
});

describe("url verification", () => {
  it("asks for the challenge, unsigned, and takes only its echo within a second", async () => {
    const bench = createBench();
    const { simulator, hub, received, clock } = createBench({
      app: { ...bench.app, encryptKey: "encrypt-key" },
    });
    expect(await simulator.verifyUrl("events")).toMatchObject({ delivered: false, status: 200 });
    expect(received[0]?.headers.has("x-lark-signature")).toBe(false);
    hub.answer = async () => {
      const { encrypt } = JSON.parse(received.at(-1)?.body ?? "");
      const asked = JSON.parse(await feishuDecrypt("encrypt-key", encrypt));
      expect(asked).toMatchObject({ type: "url_verification", token: "verification-token" });
      return Response.json({ challenge: asked.challenge });
    };
    expect(await simulator.verifyUrl("callbacks")).toMatchObject({ delivered: true });
    hub.answer = () => new Promise(() => undefined);
    const late = simulator.verifyUrl("events");
    await clock.advance(1000);
    expect(await late).toMatchObject({ delivered: false, status: null });
  });
});

it("tells listeners of messages from both sides", async () => {
  const { simulator, call } = createBench();
  let changes = 0;
  const stop = simulator.onChange(() => {
    changes += 1;
  });
  await simulator.say(inDirect);
  const card = {
    receive_id: "oc_repair",
    msg_type: "interactive",
    content: JSON.stringify(cardOf("t")),
  };
  await call("POST", "/im/v1/messages?receive_id_type=chat_id", card);
  expect(changes).toBe(2);
  stop();
  await simulator.say(inDirect);
  expect(changes).toBe(2);
});
