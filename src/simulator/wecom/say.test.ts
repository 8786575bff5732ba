import { describe, expect, it } from "vitest";
import { parseXml, xmlNodes, xmlText } from "../../wire/xml.ts";
import { app, given, ok, passive } from "./bench.ts";

const hello = { person: "ZhangSan", chat: "ZhangSan", text: "冰柜坏了 & <b>]]></b>" };

function reader(xml: string | undefined) {
  const node = xmlNodes(parseXml(xml ?? ""), "xml")[0] ?? {};
  return (tag: string) => xmlText(node, tag);
}

describe("what a member writes", () => {
  it("is pushed as encrypted XML with a 64-bit id in bare digits", async () => {
    const { simulator, pushed, clock } = given(ok);
    expect(await simulator.say(hello)).toEqual({ delivered: true, status: 200, attempts: 1 });
    const text = reader(pushed[0]?.xml);
    expect(text("ToUserName")).toBe(app.corpId);
    expect(text("FromUserName")).toBe("ZhangSan");
    expect(text("MsgType")).toBe("text");
    expect(text("Content")).toBe(hello.text);
    expect(text("AgentID")).toBe("1000002");
    expect(text("CreateTime")).toBe(String(clock.now() / 1000));
    expect(pushed[0]?.xml).toMatch(/<MsgId>\d{19}<\/MsgId>/);
  });

  it("can be a picture, whose bytes are had by its media id for three days", async () => {
    const { simulator, pushed, login, call, clock } = given(ok);
    const attachment = { kind: "image" as const, name: "冰柜.png" };
    await simulator.say({ ...hello, attachment });
    const mediaId = reader(pushed[0]?.xml)("MediaId");
    const path = (token: string) => `/media/get?access_token=${token}&media_id=${mediaId}`;
    const url = `https://qyapi.weixin.qq.com/cgi-bin${path(await login())}`;
    const file = await simulator.fetch(new Request(url));
    expect(file.headers.get("content-type")).toBe("image/png");
    await clock.advance(3 * 24 * 3_600_000);
    expect((await call("GET", path(await login()))).errcode).toBe(40007);
  });

  it("comes again three times with the same MsgId until it is answered 200", async () => {
    const { simulator, pushed, clock } = given(
      (_, count) => new Response("", { status: count < 4 ? 500 : 200 }),
    );
    expect(await simulator.say(hello)).toEqual({ delivered: false, status: 500, attempts: 1 });
    await clock.advance(60_000);
    expect(pushed).toHaveLength(4);
    expect(new Set(pushed.map(({ xml }) => xml)).size).toBe(1);
  });

  it("is given up after 5 s without an answer", async () => {
    const { simulator, clock } = given(() => new Promise(() => {}));
    const saying = simulator.say(hello);
    await clock.advance(5000);
    expect(await saying).toEqual({ delivered: false, status: null, attempts: 1 });
    await simulator.stop();
  });

  it("is answered by a passive reply, which a wrong signature makes worthless", async () => {
    const reply = "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[马上到]]></Content>";
    const { simulator, messages } = given(() => passive(reply));
    await simulator.say(hello);
    expect(messages()[1]).toMatchObject({
      chat: "ZhangSan",
      from: "bot",
      body: { text: "马上到" },
    });
    const forged = given(
      async () =>
        new Response(
          (await (await passive(reply)).text()).replace(
            "MsgSignature><![CDATA[",
            "MsgSignature><![CDATA[0",
          ),
        ),
    );
    expect((await forged.simulator.say(hello)).delivered).toBe(true);
    expect(forged.messages()).toHaveLength(1);
  });

  it("is refused where WeCom has no such thing", async () => {
    const { simulator, pushed } = given(ok);
    const group = simulator.say({ person: "lisi", chat: "wr1", text: "x" });
    await expect(group).rejects.toThrow("no group chats");
    await expect(simulator.say({ ...hello, person: "lisi" })).rejects.toThrow(
      "lisi is not in the chat",
    );
    await expect(simulator.say({ ...hello, quotes: "x" })).rejects.toThrow("nothing can be quoted");
    expect(pushed).toEqual([]);
  });
});

describe("the URL check", () => {
  it("passes when the decrypted echo comes back, bare and within 1 s", async () => {
    const good = given(({ xml }) => new Response(xml));
    expect(await good.simulator.verifyUrl()).toBe(true);
    expect(good.pushed[0]).toMatchObject({ method: "GET" });
    expect(await given(({ xml }) => new Response(`"${xml}"`)).simulator.verifyUrl()).toBe(false);
    const late = given(() => new Promise(() => {}));
    const checking = late.simulator.verifyUrl();
    await late.clock.advance(1000);
    expect(await checking).toBe(false);
  });
});
