import { WecomCrypto } from "@wecom/aibot-node-sdk";
import { describe, expect, it } from "vitest";
import { bot, buttonCard, given, said, webhook } from "./bench.ts";

const crypto = new WecomCrypto(webhook.token, webhook.encodingAesKey);

type Body = Record<string, never> & { readonly msgtype: string; readonly response_url: string };

/** A hub that opens pushes with WeCom's own package, keeps them, and answers them as it is told. */
function withHub(answer: (body: Body, count: number) => unknown = () => null) {
  const bodies: Body[] = [];
  const bench = given({ webhook }, async (request) => {
    const { timestamp, nonce, signature, query } = signedWith(request);
    if (request.method === "GET") {
      const echo = query.get("echostr") ?? "";
      return crypto.verifySignature(signature, timestamp, nonce, echo)
        ? new Response(crypto.decrypt(echo))
        : new Response("", { status: 403 });
    }
    const { encrypt } = (await request.json()) as { readonly encrypt: string };
    if (!crypto.verifySignature(signature, timestamp, nonce, encrypt)) {
      return new Response("", { status: 403 });
    }
    const body = JSON.parse(crypto.decrypt(encrypt));
    const reply = answer(body, bodies.push(body));
    if (reply === null) return new Response("");
    const sealed = crypto.encrypt(JSON.stringify(reply), timestamp, nonce);
    const msgsignature = sealed.signature;
    return Response.json({
      encrypt: sealed.encrypt,
      msgsignature,
      timestamp: Number(timestamp),
      nonce,
    });
  });
  const respond = async (url: string, body: unknown) => {
    const request = new Request(url, { method: "POST", body: JSON.stringify(body) });
    return ((await (await bench.simulator.fetch(request)).json()) as { errcode: number }).errcode;
  };
  return { ...bench, bodies, respond };
}

function signedWith(request: Request) {
  const query = new URL(request.url).searchParams;
  const [timestamp = "", nonce = "", signature = ""] = ["timestamp", "nonce", "msg_signature"].map(
    (name) => query.get(name) ?? undefined,
  );
  return { timestamp, nonce, signature, query };
}

const markdown = { msgtype: "markdown", markdown: { content: "好" } };

describe("a simulated bot in webhook mode, read with WeCom's own package", () => {
  it("asks whether the address is ours", async () => {
    expect(await withHub().aibot.verifyUrl()).toBe(true);
  });

  it("pushes what is said, with an address for one answer", async () => {
    const { simulator, bodies, messages, respond } = withHub();
    expect(await simulator.say(said)).toMatchObject({ delivered: true, status: 200 });
    expect(bodies).toMatchObject([
      { aibotid: bot.botId, chattype: "single", msgtype: "text", text: { content: said.text } },
    ]);
    const url = bodies[0]?.response_url ?? "";
    expect(await respond(url, markdown)).toBe(0);
    expect(messages().at(-1)).toMatchObject({ from: "bot", body: { text: "好" } });
    expect(await respond(url, markdown)).toBe(60140);
  });

  it("takes that answer for an hour, and a card in one-to-one chats only", async () => {
    const { simulator, bodies, respond, clock } = withHub();
    const template = { msgtype: "template_card", template_card: buttonCard };
    await simulator.say({ ...said, chat: "wrg1", mention: true });
    expect(await respond(bodies[0]?.response_url ?? "", template)).toBe(40008);
    await clock.advance(3_600_001);
    expect(await respond(bodies[0]?.response_url ?? "", markdown)).toBe(60140);
    await simulator.say(said);
    expect(await respond(bodies[1]?.response_url ?? "", template)).toBe(0);
  });

  it("asks how a stream goes on until it is finished", async () => {
    const { simulator, bodies, messages, clock } = withHub((_body, count) => ({
      msgtype: "stream",
      stream: { id: "s1", content: "好".repeat(count), finish: count === 3 },
    }));
    await simulator.say(said);
    await clock.advance(60_000);
    expect(bodies.map(({ msgtype }) => msgtype)).toEqual(["text", "stream", "stream"]);
    expect(messages().at(-1)).toMatchObject({ body: { text: "好好好" } });
  });

  const endless = (body: Body) =>
    body.msgtype === "text"
      ? { msgtype: "stream", stream: { id: "s1", content: "…", finish: false } }
      : null;

  it("gives a stream up after six minutes", async () => {
    const { simulator, bodies, clock } = withHub(endless);
    await simulator.say(said);
    await clock.advance(361_000);
    const asked = bodies.length;
    expect(asked).toBeGreaterThan(10);
    await clock.advance(60_000);
    expect(bodies).toHaveLength(asked);
  });

  it("has three unfinished exchanges of a person at most", async () => {
    const { simulator, bodies } = withHub(endless);
    for (let count = 0; count < 3; count += 1) {
      expect(await simulator.say(said)).toMatchObject({ delivered: true });
    }
    expect(await simulator.say(said)).toEqual({ delivered: false, status: null, attempts: 0 });
    expect(bodies).toHaveLength(3);
    await simulator.stop();
  });

  it("changes a card by the answer to a click, for some in a group", async () => {
    const changed = { ...buttonCard, main_title: { title: "已接单" } };
    const { simulator, messages } = withHub((body) =>
      body.msgtype === "event"
        ? { response_type: "update_template_card", template_card: changed, userids: ["lisi"] }
        : { msgtype: "template_card", template_card: buttonCard },
    );
    await simulator.say({ ...said, chat: "wrg1", mention: true });
    const message = messages().at(-1)?.id ?? "";
    const press = { person: "lisi", message, button: "claim|3|ticket:abc" };
    expect(await simulator.press(press)).toEqual({ toast: null, error: null });
    expect(messages().at(-1)?.body).toMatchObject({ edition: 1, native: buttonCard });
  });

  it("shows the clicker that an answer was none", async () => {
    const { simulator, messages } = withHub((body) =>
      body.msgtype === "event" ? markdown : { msgtype: "template_card", template_card: buttonCard },
    );
    await simulator.say(said);
    const message = messages().at(-1)?.id ?? "";
    const press = { person: "ZhangSan", message, button: "claim|3|ticket:abc" };
    expect(await simulator.press(press)).toMatchObject({ error: { code: "reply.invalid" } });
  });

  it("keeps files under the bot's own key", async () => {
    const { simulator, bodies } = withHub();
    await simulator.say({ ...said, attachment: { kind: "image", name: "柜子.png" } });
    expect(bodies).toMatchObject([{ msgtype: "image", image: { url: expect.any(String) } }]);
    expect(JSON.stringify(bodies)).not.toContain("aeskey");
  });
});
