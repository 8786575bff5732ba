import { describe, expect, it } from "vitest";
import { parseXml, xmlNodes, xmlText } from "../../wire/xml.ts";
import { app, asCard, buttonCard, given, multipleCard, noticeCard, ok, passive } from "./bench.ts";

const CLAIM = "claim|3|ticket:abc";
const CLOSE = "close|3|ticket:abc";
const TRANSFER = "transfer|3|ticket:abc";

/** A card that stands in ZhangSan's chat. */
async function givenShown(hub: Parameters<typeof given>[0], card: object = buttonCard) {
  const kit = given(hub);
  const sent = await kit.send(asCard(card));
  const message = kit.messages()[0]?.id ?? "";
  const press = (button: string, values?: Record<string, string>) =>
    kit.simulator.press({ person: "ZhangSan", message, button, ...(values ? { values } : {}) });
  return { ...kit, sent, message, press };
}

function event(xml: string | undefined) {
  const node = xmlNodes(parseXml(xml ?? ""), "xml")[0] ?? {};
  const items = xmlNodes(node, "SelectedItems").flatMap((inside) =>
    xmlNodes(inside, "SelectedItem"),
  );
  const selected = items.map((item) => [
    xmlText(item, "QuestionKey"),
    xmlNodes(item, "OptionIds").flatMap((ids) => ids.OptionId ?? []),
  ]);
  return { text: (tag: string) => xmlText(node, tag), selected };
}

describe("a press", () => {
  it("is pushed as an event with the key, the task, and a new response_code", async () => {
    const { press, pushed, sent, clock } = await givenShown(ok);
    expect(await press(CLAIM)).toEqual({ toast: null, error: null });
    const { text, selected } = event(pushed[0]?.xml);
    expect(text("MsgType")).toBe("event");
    expect(text("Event")).toBe("template_card_event");
    expect(text("EventKey")).toBe(CLAIM);
    expect(text("TaskId")).toBe("T-1_v1");
    expect(text("CardType")).toBe("button_interaction");
    expect(text("FromUserName")).toBe("ZhangSan");
    expect(text("AgentID")).toBe("1000002");
    expect(text("CreateTime")).toBe(String(clock.now() / 1000));
    expect(text("ResponseCode")).not.toBe(sent.response_code);
    expect(selected).toEqual([["team", ["cold"]]]);
    expect(pushed[0]?.url.searchParams.get("key")).toBe("1");
  });

  it("hands out a code that updates the card once", async () => {
    const { press, pushed, api, messages } = await givenShown(ok);
    await press(CLAIM);
    const update = {
      agentid: app.agentId,
      userids: ["ZhangSan"],
      response_code: event(pushed[0]?.xml).text("ResponseCode"),
      button: { replace_name: "已接单" },
    };
    expect(await api("/message/update_template_card", update)).toMatchObject({ errcode: 0 });
    expect((await api("/message/update_template_card", update)).errcode).toBe(42022);
    expect(messages()[0]?.body).toMatchObject({ edition: 2 });
    await expect(press(CLAIM)).rejects.toThrow("greyed out");
  });

  it("sends what was chosen, and what stood there already", async () => {
    const { press, pushed } = await givenShown(ok, multipleCard);
    await press(TRANSFER, { team: "cold" });
    await press(TRANSFER);
    expect(event(pushed[0]?.xml).selected).toEqual([
      ["team", ["cold"]],
      ["level", ["1"]],
    ]);
    expect(event(pushed[1]?.xml).selected).toEqual([
      ["team", ["net"]],
      ["level", ["1"]],
    ]);
  });

  it("sends several options of a check box", async () => {
    const vote = {
      card_type: "vote_interaction",
      main_title: { title: "评价" },
      task_id: "V-1",
      checkbox: {
        question_key: "q",
        mode: 1,
        option_list: [
          { id: "a", text: "快", is_checked: true },
          { id: "b", text: "好", is_checked: false },
        ],
      },
      submit_button: { text: "提交", key: "rate" },
    };
    const { press, pushed } = await givenShown(ok, vote);
    await press("rate", { q: "a,b" });
    await press("rate");
    expect(event(pushed[0]?.xml).selected).toEqual([["q", ["a", "b"]]]);
    expect(event(pushed[1]?.xml).selected).toEqual([["q", ["a"]]]);
  });

  it("on the menu is an event of its own", async () => {
    const { press, pushed } = await givenShown(ok);
    await press(CLOSE);
    const { text, selected } = event(pushed[0]?.xml);
    expect(text("Event")).toBe("template_card_menu_event");
    expect(selected).toEqual([]);
  });

  it("is not possible on what does not stand on the person's own card", async () => {
    const { press, simulator, message, pushed } = await givenShown(ok);
    await expect(press("x")).rejects.toThrow("stands on this card now");
    await expect(press(CLAIM, { team: "x" })).rejects.toThrow("no option x");
    await expect(press(CLAIM, { level: "1" })).rejects.toThrow("no question level");
    await expect(simulator.press({ person: "lisi", message, button: CLAIM })).rejects.toThrow(
      "does not see this card",
    );
    await expect(simulator.press({ person: "lisi", message: "x", button: CLAIM })).rejects.toThrow(
      "x is no card",
    );
    expect(pushed).toEqual([]);
  });

  it("comes again three times with the same code when nobody answers within 5 s", async () => {
    const { press, pushed, clock } = await givenShown(() => new Promise(() => {}));
    const pressing = press(CLAIM);
    await clock.advance(5000);
    expect((await pressing).error?.code).toBe("timeout");
    await clock.advance(3_600_000);
    expect(pushed).toHaveLength(4);
    expect(new Set(pushed.map(({ xml }) => xml)).size).toBe(1);
    expect(new Set(pushed.map(({ url }) => url.searchParams.get("nonce"))).size).toBe(4);
  });

  it("shows an error of the hub", async () => {
    const { press, simulator } = await givenShown(() => new Response("", { status: 502 }));
    expect((await press(CLAIM)).error?.code).toBe("http.502");
    await simulator.stop();
  });
});

const newCard =
  "<MsgType><![CDATA[update_template_card]]></MsgType><TemplateCard>" +
  "<CardType><![CDATA[text_notice]]></CardType><Source><Desc><![CDATA[服务台]]></Desc><DescColor>3</DescColor></Source>" +
  "<MainTitle><Title><![CDATA[已接单]]></Title></MainTitle><SubTitleText><![CDATA[张三]]></SubTitleText>" +
  "<HorizontalContentList><KeyName><![CDATA[优先级]]></KeyName><Value><![CDATA[高]]></Value></HorizontalContentList>" +
  "<CardAction><Type>1</Type><Url><![CDATA[https://hub.test/t/1]]></Url></CardAction></TemplateCard>";

describe("a passive reply to a press", () => {
  it("greys out the clicker's own button", async () => {
    const reply =
      "<MsgType><![CDATA[update_button]]></MsgType><Button><ReplaceName><![CDATA[已接单]]></ReplaceName></Button>";
    const { press, messages } = await givenShown(() => passive(reply));
    expect(await press(CLAIM)).toEqual({ toast: null, error: null });
    expect(messages()[0]?.body).toEqual({
      type: "card",
      native: { ...buttonCard, replace_text: "已接单" },
      edition: 2,
    });
    await expect(press(CLAIM)).rejects.toThrow("greyed out");
  });

  it("shows a whole new card, written in XML as the API takes it in JSON", async () => {
    const { press, messages } = await givenShown(() => passive(newCard));
    await press(CLAIM);
    expect(messages()[0]?.body).toEqual({
      type: "card",
      edition: 2,
      native: {
        card_type: "text_notice",
        source: { desc: "服务台", desc_color: 3 },
        main_title: { title: "已接单" },
        sub_title_text: "张三",
        horizontal_content_list: [{ keyname: "优先级", value: "高" }],
        card_action: { type: 1, url: "https://hub.test/t/1" },
        task_id: "T-1_v1",
      },
    });
  });

  it("uses up no response_code", async () => {
    const { press, pushed, api } = await givenShown(() => passive(newCard));
    await press(CLAIM);
    const response_code = event(pushed[0]?.xml).text("ResponseCode");
    const update = {
      agentid: app.agentId,
      userids: ["ZhangSan"],
      response_code,
      template_card: noticeCard,
    };
    expect(await api("/message/update_template_card", update)).toMatchObject({ errcode: 0 });
  });

  it.each([
    ["is encrypted for another corp", () => passive(newCard, "ww2"), "another corp"],
    ["is no XML", () => new Response("{}"), "expected"],
    [
      "breaks a rule of cards",
      () => passive(newCard.replace("<Type>1</Type>", "<Type>0</Type>")),
      "card_action",
    ],
    ["says nothing known", () => passive("<MsgType><![CDATA[news]]></MsgType>"), "MsgType"],
    [
      "has no name for the button",
      () => passive("<MsgType><![CDATA[update_button]]></MsgType>"),
      "ReplaceName",
    ],
  ])("changes nothing when it %s", async (_, hub, words) => {
    const { press, messages } = await givenShown(hub);
    const { error } = await press(CLAIM);
    expect(error?.code).toBe("reply.invalid");
    expect(error?.text).toContain(words);
    expect(messages()[0]?.body).toMatchObject({ edition: 1 });
  });
});
