import { describe, expect, it } from "vitest";
import { buttonOf, cardOf, createBench, dataOf } from "./bench.ts";

const HOUR = 3_600_000;
const text = (words: string) => JSON.stringify({ text: words });
const toGroup = "/im/v1/messages?receive_id_type=chat_id";
const textTo = (id: string, words = "你好", more = {}) => ({
  receive_id: id,
  msg_type: "text",
  content: text(words),
  ...more,
});

describe("sending", () => {
  it.each([
    ["chat_id", "oc_repair", "oc_repair"],
    ["open_id", "ou_chen", "oc_chen"],
    ["union_id", "on_chen", "oc_chen"],
    ["user_id", "chen", "oc_chen"],
    ["email", "chen@example.com", "oc_chen"],
    ["open_id", "ou_li", "oc_p2p_li"],
  ])("reaches a receiver by %s %s", async (type, id, chat) => {
    const { call, simulator, app } = createBench();
    const answer = await call("POST", `/im/v1/messages?receive_id_type=${type}`, textTo(id));
    expect(dataOf(answer)).toMatchObject({
      chat_id: chat,
      msg_type: "text",
      sender: { id: app.appId, sender_type: "app" },
    });
    expect(simulator.view().messages).toMatchObject([
      { chat, from: "bot", body: { type: "text", text: "你好" } },
    ]);
  });

  it.each([
    ["an unknown group", toGroup, textTo("oc_other"), 230002],
    ["an unknown person", "/im/v1/messages?receive_id_type=open_id", textTo("ou_x"), 230034],
    ["an unknown type of id", "/im/v1/messages?receive_id_type=phone", textTo("1"), 230001],
    ["no type of id", "/im/v1/messages", textTo("oc_repair"), 230001],
    ["no receiver", toGroup, { msg_type: "text", content: text("x") }, 230001],
    ["empty text", toGroup, textTo("oc_repair", ""), 230001],
    ["content that is no JSON", toGroup, { ...textTo("oc_repair"), content: "hi" }, 230001],
    ["a kind that is none", toGroup, { ...textTo("oc_repair"), msg_type: "note" }, 230001],
    ["a long uuid", toGroup, textTo("oc_repair", "x", { uuid: "u".repeat(51) }), 230001],
    ["long text", toGroup, textTo("oc_repair", "字".repeat(60_000)), 230025],
    [
      "an image that was not uploaded",
      toGroup,
      { ...textTo("oc_repair"), msg_type: "image", content: '{"image_key":"img_x"}' },
      230001,
    ],
  ])("refuses %s", async (_what, path, body, code) => {
    const { call, simulator } = createBench();
    const answer = await call("POST", path, body);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect(simulator.view().messages).toEqual([]);
  });

  it("refuses a body that is no JSON", async () => {
    const { call } = createBench();
    expect((await call("POST", toGroup)).body.code).toBe(9499);
  });

  it("sends the same uuid once within an hour", async () => {
    const { call, simulator, clock } = createBench();
    const send = async () =>
      dataOf(await call("POST", toGroup, textTo("oc_repair", "x", { uuid: "u1" }))).message_id;
    const first = await send();
    await clock.advance(HOUR - 1);
    expect(await send()).toBe(first);
    expect(simulator.view().messages).toHaveLength(1);
    await clock.advance(1);
    expect(await send()).not.toBe(first);
  });

  it("takes 5 messages a second in one chat", async () => {
    const { call, clock } = createBench();
    for (let turn = 0; turn < 5; turn += 1) await call("POST", toGroup, textTo("oc_repair"));
    const sixth = await call("POST", toGroup, textTo("oc_repair"));
    expect([sixth.status, sixth.body.code]).toEqual([400, 230020]);
    await clock.advance(1000);
    expect((await call("POST", toGroup, textTo("oc_repair"))).body.code).toBe(0);
  });

  it("shows rich text in words and names instead of at tags", async () => {
    const { call, simulator } = createBench();
    const content = JSON.stringify({
      zh_cn: {
        title: "通知",
        content: [
          [
            { tag: "text", text: "见 " },
            { tag: "a", text: "文档", href: "https://x.test" },
          ],
          [{ tag: "md", text: "**好**" }],
        ],
      },
    });
    await call("POST", toGroup, { receive_id: "oc_repair", msg_type: "post", content });
    await call("POST", toGroup, textTo("oc_repair", 'hi <at user_id="ou_li">李雷</at>'));
    expect(simulator.view().messages.map(({ body }) => body)).toEqual([
      { type: "text", text: "通知\n见 文档\n**好**" },
      { type: "text", text: "hi @李雷" },
    ]);
  });

  it("refuses rich text with a tag that is none", async () => {
    const { call } = createBench();
    const content = JSON.stringify({ zh_cn: { content: [[{ tag: "button" }]] } });
    const answer = await call("POST", toGroup, {
      receive_id: "oc_repair",
      msg_type: "post",
      content,
    });
    expect(answer.body.code).toBe(230001);
  });

  it("sends a card, and refuses one that is too big, wrong or a template", async () => {
    const { call, simulator } = createBench();
    const send = (card: object) =>
      call("POST", toGroup, {
        receive_id: "oc_repair",
        msg_type: "interactive",
        content: JSON.stringify(card),
      });
    const card = cardOf("工单 1");
    dataOf(await send(card));
    expect(simulator.view().messages[0]?.body).toEqual({ type: "card", native: card, edition: 1 });
    const big = cardOf("t", [{ tag: "markdown", content: "字".repeat(10_240) }]);
    expect((await send(big)).body.code).toBe(230025);
    const wrong = await send(cardOf("t", [{ tag: "action", actions: [buttonOf("a")] }]));
    expect(wrong.body.code).toBe(230099);
    expect(wrong.body.msg).toContain(
      "ErrCode: 200861; ErrPath: ROOT -> body -> elements -> [1](tag: action)",
    );
    expect((await send({ type: "template", data: {} })).body.msg).toContain("200380");
  });

  it("sends pictures and files that were uploaded, and gives their bytes back", async () => {
    const { simulator, call } = createBench();
    await call("GET", "/bot/v3/info");
    const token = simulator.tokens.issue().token;
    const upload = async (path: string, form: FormData) => {
      const init = { method: "POST", body: form, headers: { authorization: `Bearer ${token}` } };
      const answer = await simulator.fetch(
        new Request(`https://x.test/open-apis/im/v1/${path}`, init),
      );
      return (await answer.json()) as { code: number; data: Record<string, string> };
    };
    const image = new FormData();
    image.set("image_type", "message");
    image.set("image", new File([new Uint8Array([1, 2, 3])], "p.png", { type: "image/png" }));
    const key = (await upload("images", image)).data.image_key;
    const sent = dataOf(
      await call("POST", toGroup, {
        receive_id: "oc_repair",
        msg_type: "image",
        content: JSON.stringify({ image_key: key }),
      }),
    );
    const url = `https://x.test/open-apis/im/v1/messages/${sent.message_id}/resources/${key}?type=image`;
    const got = await simulator.fetch(
      new Request(url, { headers: { authorization: `Bearer ${token}` } }),
    );
    expect(got.headers.get("content-type")).toBe("image/png");
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
    const file = new FormData();
    file.set("file_type", "stream");
    file.set("file_name", "清单.txt");
    file.set("file", new File(["x"], "x"));
    const fileKey = (await upload("files", file)).data.file_key;
    await call("POST", toGroup, {
      receive_id: "oc_repair",
      msg_type: "file",
      content: JSON.stringify({ file_key: fileKey }),
    });
    expect(simulator.view().messages.at(-1)?.body).toEqual({
      type: "attachment",
      kind: "file",
      name: "清单.txt",
    });
    expect((await upload("files", new FormData())).code).toBe(234001);
  });
});

describe("replying", () => {
  it("quotes the message, and keeps or opens a thread", async () => {
    const { call, simulator } = createBench();
    await simulator.say({ person: "ou_chen", chat: "oc_chen", text: "坏了" });
    const asked = simulator.view().messages[0]?.id ?? "";
    const reply = async (id: string, more = {}) =>
      dataOf(
        await call("POST", `/im/v1/messages/${id}/reply`, {
          msg_type: "text",
          content: text("收到"),
          ...more,
        }),
      );
    const plain = await reply(asked);
    expect(plain).toMatchObject({ root_id: asked, parent_id: asked });
    expect(plain.thread_id).toBeUndefined();
    expect(simulator.view().messages.at(-1)?.quotes).toBe(asked);
    expect(await reply(String(plain.message_id))).toMatchObject({
      root_id: asked,
      parent_id: plain.message_id,
    });
    const threaded = await reply(asked, { reply_in_thread: true });
    expect(threaded.thread_id).toMatch(/^omt_/);
    const again = await reply(String(threaded.message_id));
    expect(again).toMatchObject({ thread_id: threaded.thread_id, parent_id: asked });
    const same = [await reply(asked, { uuid: "r1" }), await reply(asked, { uuid: "r1" })];
    expect(same[0]?.message_id).toBe(same[1]?.message_id);
  });

  it("refuses a message that is not there or was recalled", async () => {
    const { call } = createBench();
    const body = { msg_type: "text", content: text("x") };
    expect((await call("POST", "/im/v1/messages/om_x/reply", body)).body.code).toBe(230001);
    const earlier = `/im/v1/messages/om_${"0".repeat(32)}`; // as an earlier run of the simulator gave it out
    expect((await call("POST", `${earlier}/reply`, body)).body.code).toBe(230011);
    expect((await call("PATCH", earlier, body)).body.code).toBe(230011);
    expect((await call("GET", earlier)).body.code).toBe(230110);
    const { message_id: id } = dataOf(await call("POST", toGroup, textTo("oc_repair")));
    dataOf(await call("DELETE", `/im/v1/messages/${id}`));
    expect((await call("POST", `/im/v1/messages/${id}/reply`, body)).body.code).toBe(230011);
    expect((await call("DELETE", `/im/v1/messages/${id}`)).body.code).toBe(230110);
    expect((await call("GET", `/im/v1/messages/${id}`)).body.code).toBe(230110);
  });
});

describe("editing and reading", () => {
  it("edits text at most 20 times, and neither cards nor what others wrote", async () => {
    const { call, simulator, clock } = createBench();
    const { message_id: id } = dataOf(await call("POST", toGroup, textTo("oc_repair")));
    const edit = (target: unknown) =>
      call("PUT", `/im/v1/messages/${target}`, { msg_type: "text", content: text("改了") });
    for (let turn = 0; turn < 20; turn += 1) dataOf(await edit(id));
    expect(simulator.view().messages[0]?.body).toEqual({ type: "text", text: "改了" });
    expect((await edit(id)).body.code).toBe(230072);
    await clock.advance(1000);
    const card = {
      receive_id: "oc_repair",
      msg_type: "interactive",
      content: JSON.stringify(cardOf("t")),
    };
    const { message_id: cardId } = dataOf(await call("POST", toGroup, card));
    expect((await edit(cardId)).body.code).toBe(230001);
    await simulator.say({ person: "ou_chen", chat: "oc_chen", text: "我的" });
    const mine = simulator.view().messages.at(-1)?.id;
    expect((await edit(mine)).body.code).toBe(230071);
    expect((await call("DELETE", `/im/v1/messages/${mine}`)).body.code).toBe(230026);
  });

  it("reads what people wrote, and of cards only the words", async () => {
    const { call, simulator } = createBench();
    await simulator.say({ person: "ou_chen", chat: "oc_repair", text: "坏了", mention: true });
    const id = simulator.view().messages[0]?.id;
    const read = async (target: unknown) =>
      (dataOf(await call("GET", `/im/v1/messages/${target}`)).items as unknown[])[0];
    expect(await read(id)).toMatchObject({
      sender: { id: "ou_chen", id_type: "open_id", sender_type: "user" },
      body: { content: text("@_user_1 坏了") },
      mentions: [{ key: "@_user_1", id: simulator.botOpenId, name: "服务台" }],
    });
    const card = {
      receive_id: "oc_repair",
      msg_type: "interactive",
      content: JSON.stringify(cardOf("工单")),
    };
    const sent = dataOf(await call("POST", toGroup, card));
    expect(await read(sent.message_id)).toMatchObject({
      body: { content: expect.stringContaining('"title":"工单"') },
    });
  });

  it("gives files of a message only with the right key and type, and none of cards", async () => {
    const { call, simulator } = createBench();
    await simulator.say({
      person: "ou_chen",
      chat: "oc_chen",
      text: "",
      attachment: { kind: "file", name: "a.txt" },
    });
    const id = simulator.view().messages[0]?.id;
    const code = async (path: string) => (await call("GET", `/im/v1/messages/${path}`)).body.code;
    expect(await code(`${id}/resources/nope?type=file`)).toBe(234003);
    expect(await code(`${id}/resources/nope`)).toBe(234001);
    const card = {
      receive_id: "oc_repair",
      msg_type: "interactive",
      content: JSON.stringify(cardOf("t")),
    };
    const sent = dataOf(await call("POST", toGroup, card));
    expect(await code(`${sent.message_id}/resources/x?type=file`)).toBe(234043);
  });
});
