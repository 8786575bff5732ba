import { describe, expect, it } from "vitest";
import { app, asCard, buttonCard, given, multipleCard, noticeCard, ok } from "./bench.ts";

const text = (content: string) => ({ msgtype: "text", text: { content } });

describe("a message of the app", () => {
  it("is shown to each member, whatever the case of the id, and names those who do not exist", async () => {
    const { send, messages } = given(ok);
    const answer = await send({ touser: "zhangsan|lisi|Nobody", ...text("您好") });
    expect(answer).toMatchObject({ errcode: 0, invaliduser: "nobody" });
    expect(answer.response_code).toBeUndefined();
    expect(messages().map(({ chat, body }) => [chat, body])).toEqual([
      ["ZhangSan", { type: "text", text: "您好" }],
      ["lisi", { type: "text", text: "您好" }],
    ]);
  });

  it("goes to all members with @all", async () => {
    const { send, messages } = given(ok);
    await send({ touser: "@all", ...text("停机通知") });
    expect(messages()).toHaveLength(2);
  });

  it("is cut after 2048 bytes, never inside a character", async () => {
    const { send, messages } = given(ok);
    await send(text(`a${"中".repeat(700)}`));
    expect(messages()[0]?.body).toEqual({ type: "text", text: `a${"中".repeat(682)}` });
  });

  it.each([
    ["only strangers", { touser: "x|y" }, 81013],
    ["nobody", { touser: "" }, 81013],
    [
      "1001 members",
      { touser: Array.from({ length: 1001 }, (_, at) => `u${at}`).join("|") },
      40032,
    ],
    ["another app", { agentid: 1 }, 40056],
    ["no app", { agentid: undefined }, 41011],
    ["an empty text", { text: { content: "" } }, 44004],
    [
      "2049 bytes of markdown",
      { msgtype: "markdown", markdown: { content: "x".repeat(2049) } },
      45002,
    ],
    ["an unknown kind", { msgtype: "interactive" }, 40008],
    ["media that were not uploaded", { msgtype: "image", image: { media_id: "x" } }, 40007],
    [
      "a text card without a link",
      { msgtype: "textcard", textcard: { title: "t", description: "d" } },
      41010,
    ],
  ])("is refused with %s", async (_, change, errcode) => {
    const { send, messages } = given(ok);
    expect((await send({ ...text("x"), ...change })).errcode).toBe(errcode);
    expect(messages()).toEqual([]);
  });

  it("is dropped in silence above 30 a minute to one member", async () => {
    const { send, simulator, messages, clock } = given(ok);
    for (let at = 0; at < 32; at += 1) expect((await send(text(`${at}`))).errcode).toBe(0);
    expect(messages()).toHaveLength(30);
    expect(simulator.dropped()).toEqual([
      { person: "ZhangSan", at: clock.now() },
      { person: "ZhangSan", at: clock.now() },
    ]);
    await send({ touser: "lisi", ...text("x") });
    await clock.advance(60_000);
    await send(text("y"));
    expect(messages()).toHaveLength(32);
  });

  it("is shown once when the same request asks for the duplicate check", async () => {
    const { send, messages, clock } = given(ok);
    const checked = { ...text("x"), enable_duplicate_check: 1, duplicate_check_interval: 600 };
    const first = await send(checked);
    expect(await send(checked)).toMatchObject({ errcode: 0, msgid: first.msgid });
    expect(messages()).toHaveLength(1);
    await send({ ...checked, ...text("y") });
    expect(messages()).toHaveLength(2);
    await clock.advance(600_000);
    await send(checked);
    expect(messages()).toHaveLength(3);
  });

  it("can be taken back for 24 hours", async () => {
    const { send, api, messages, clock } = given(ok);
    const first = await send(text("一"));
    expect(await api("/message/recall", { msgid: first.msgid })).toMatchObject({ errcode: 0 });
    expect(messages()).toEqual([]);
    const second = await send(text("二"));
    await clock.advance(24 * 3_600_000);
    expect((await api("/message/recall", { msgid: second.msgid })).errcode).toBe(42052);
    expect((await api("/message/recall", { msgid: "x" })).errcode).toBe(40058);
  });
});

describe("a template card", () => {
  it("is shown as it was sent, and comes with one response_code when it has something to press", async () => {
    const { send, messages } = given(ok);
    expect(await send(asCard(buttonCard))).toMatchObject({
      errcode: 0,
      response_code: expect.any(String),
    });
    expect(messages()[0]).toMatchObject({
      chat: "ZhangSan",
      body: { type: "card", native: buttonCard, edition: 1 },
    });
    expect((await send(asCard(noticeCard))).response_code).toBeUndefined();
    const withMenu = { ...noticeCard, action_menu: buttonCard.action_menu, task_id: "T-9" };
    expect((await send(asCard(withMenu))).response_code).toEqual(expect.any(String));
  });

  it("has a task_id that no card of the app had before", async () => {
    const { send } = given(ok);
    await send(asCard(buttonCard));
    expect((await send({ touser: "lisi", ...asCard(buttonCard) })).errcode).toBe(42014);
  });

  const option = { id: "a", text: "a" };
  const button = { text: "x", key: "k" };
  it.each([
    ["an unknown type", { ...buttonCard, card_type: "form" }, 42031],
    ["no title", { ...buttonCard, main_title: {} }, 42033],
    ["no button", { ...buttonCard, button_list: [] }, 40016],
    [
      "seven buttons",
      {
        ...buttonCard,
        button_list: Array.from({ length: 7 }, (_, at) => ({ text: "x", key: `${at}` })),
      },
      40016,
    ],
    ["a button without words", { ...buttonCard, button_list: [{ key: "k" }] }, 42038],
    ["a key twice", { ...buttonCard, button_list: [button, button] }, 42039],
    [
      "a key of 1025 bytes",
      { ...buttonCard, button_list: [{ text: "x", key: "k".repeat(1025) }] },
      42039,
    ],
    ["no task_id", { ...buttonCard, task_id: undefined }, 42014],
    ["a task_id with a colon", { ...buttonCard, task_id: "ticket:1" }, 42014],
    ["a task_id of 129 bytes", { ...buttonCard, task_id: "x".repeat(129) }, 42014],
    [
      "seven lines",
      {
        ...buttonCard,
        horizontal_content_list: Array.from({ length: 7 }, () => ({ keyname: "k" })),
      },
      42035,
    ],
    ["a line without a name", { ...buttonCard, horizontal_content_list: [{ value: "v" }] }, 42027],
    [
      "a line that links nowhere",
      { ...buttonCard, horizontal_content_list: [{ keyname: "k", type: 1 }] },
      42028,
    ],
    [
      "four jumps",
      { ...buttonCard, jump_list: Array.from({ length: 4 }, () => ({ title: "t" })) },
      42042,
    ],
    [
      "eleven options",
      {
        ...buttonCard,
        button_selection: {
          question_key: "q",
          option_list: Array.from({ length: 11 }, (_, at) => ({ id: `${at}`, text: "x" })),
        },
      },
      42037,
    ],
    [
      "an option twice",
      { ...buttonCard, button_selection: { question_key: "q", option_list: [option, option] } },
      42040,
    ],
    [
      "a menu of four",
      {
        ...buttonCard,
        action_menu: {
          action_list: Array.from({ length: 4 }, (_, at) => ({ text: "x", key: `${at}` })),
        },
      },
      40058,
    ],
    ["a menu key twice", { ...buttonCard, action_menu: { action_list: [button, button] } }, 42051],
    ["a notice that opens nothing", { ...noticeCard, card_action: undefined }, 42045],
    [
      "a notice with a link of type 0",
      { ...noticeCard, card_action: { type: 0, url: "https://x" } },
      42045,
    ],
    ["a notice without a url", { ...noticeCard, card_action: { type: 1 } }, 42028],
    [
      "a notice with a menu and no task_id",
      { ...noticeCard, action_menu: buttonCard.action_menu },
      42014,
    ],
    ["news without a picture", { ...noticeCard, card_type: "news_notice" }, 42044],
    [
      "four questions",
      {
        ...multipleCard,
        select_list: Array.from({ length: 4 }, (_, at) => ({
          question_key: `${at}`,
          option_list: [option],
        })),
      },
      42047,
    ],
    [
      "a question without a key",
      { ...multipleCard, select_list: [{ option_list: [option] }] },
      42043,
    ],
    ["no submit button", { ...multipleCard, submit_button: undefined }, 42049],
    ["a submit button without a key", { ...multipleCard, submit_button: { text: "x" } }, 42046],
    [
      "a vote with 21 options",
      {
        ...multipleCard,
        card_type: "vote_interaction",
        checkbox: {
          question_key: "q",
          option_list: Array.from({ length: 21 }, (_, at) => ({ id: `${at}`, text: "x" })),
        },
      },
      42037,
    ],
  ])("is refused with %s", async (_, card, errcode) => {
    const { send, messages } = given(ok);
    expect((await send(asCard(card))).errcode).toBe(errcode);
    expect(messages()).toEqual([]);
  });

  it("counts against the silent limit too, and still answers with a response_code", async () => {
    const { send, messages, api } = given(ok, { memberPerMinute: 1 });
    await send(text("x"));
    const sent = await send(asCard(buttonCard));
    expect(sent).toMatchObject({ errcode: 0, response_code: expect.any(String) });
    expect(messages()).toHaveLength(1);
    const update = {
      agentid: app.agentId,
      userids: ["ZhangSan"],
      response_code: sent.response_code,
      template_card: noticeCard,
    };
    expect(await api("/message/update_template_card", update)).toMatchObject({
      errcode: 0,
      invaliduser: [],
    });
  });
});
