import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalise } from "./normalise.ts";
import { matchRule } from "./rules.ts";

const commandOf = (text: string) => matchRule(normalise(text))?.command ?? null;
const isSafety = (text: string) => matchRule(normalise(text))?.safety ?? false;

describe("a whole message", () => {
  it.each([
    ["human", "转人工|人工|人工客服！|找客服|麻烦帮我转人工谢谢|我要人工|转 人 工|你好，转人工"],
    ["human", "Agent|Talk to a human please|I want to talk to an agent.|human"],
    ["cancel", "取消|算了|不用了|不用了，谢谢|取消吧"],
    ["cancel", "Cancel|never mind|no need, thanks"],
    ["urge", "催办|催一下|怎么还没|加急！|帮我催一下吧"],
    ["urge", "Any update?|hurry up|any updates please"],
    ["solved", "已解决|解决了|好了|好了，谢谢|修好了|搞定啦"],
    ["solved", "Solved!|It's fixed, thank you|all good now"],
    ["unsolved", "未解决|没解决|还没好|没有解决呢|还是不行"],
    ["unsolved", "not solved|it didn't work|Still broken"],
    ["status", "查询|进度|工单|查询一下|请查进度|我的工单"],
    ["status", "status|My tickets"],
    ["help", "帮助|我需要帮助|菜单|你能做什么"],
    ["help", "Help!|please help|what can you do?"],
    ["greeting", "你好|您好！|在吗？|早上好|你好呀|你好，在吗"],
    ["greeting", "hi|Hello!|Good morning"],
    ["thanks", "谢谢|好的|好的，谢谢！|收到|嗯嗯|知道了，谢谢您|那好吧|OK"],
    ["thanks", "Thanks!|thank you|ok, thanks|Got it"],
    ["unsolved", "都不是|none of these"],
    ["choose_0", "1|１|1.|①|第一个|选1|我要第一个|the first one|option 1"],
    ["choose_1", "2|第二个|2号，谢谢|Second"],
    ["choose_2", "3|第3个吧|option 3 please"],
  ])("means %s: %s", (command, texts) => {
    for (const text of texts.split("|")) {
      expect([text, matchRule(normalise(text))]).toEqual([
        text,
        { command, whole: true, safety: false },
      ]);
    }
  });
});

describe("part of a message", () => {
  it.each([
    ["冰柜的事我要找人工客服说", "human"],
    ["I'd rather talk to a human about this", "human"],
    ["昨天报修的冰柜怎么还没人来修", "urge"],
    ["三天了怎么还没解决", "urge"],
    ["is there any update on my coffee machine", "urge"],
    ["师傅走了问题没解决，继续漏水", "unsolved"],
    ["it's still not working after the visit", "unsolved"],
    ["我想查一下进度看看", "status"],
    ["把昨天那个取消报修吧", "cancel"],
  ])("%j means %s", (text, command) => {
    expect(matchRule(normalise(text))).toEqual({ command, whole: false, safety: false });
  });

  it.each([
    "不用转人工，你说就行",
    "别催一下又一下的",
    "I do not want to talk to a human",
    "no need to hurry up",
  ])("%j denies it", (text) => expect(commandOf(text)).toBeNull());

  it("counts a wish after a denial of it", () => {
    expect(commandOf("刚才说不用转人工，现在还是转人工吧")).toBe("human");
  });
});

describe("solved", () => {
  it.each([
    "没解决",
    "还没解决",
    "没有解决",
    "问题没有被解决",
    "解决了吗",
    "好了吗",
    "做好了没有给我",
    "not solved",
    "is it solved",
  ])("is never heard in %j", (text) => expect(commandOf(text)).not.toBe("solved"));

  it("is never heard when words stand around it", () => {
    fc.assert(
      fc.property(fc.constantFrom("没", "未", "还没", "没有", "是不是", "不算"), (before) => {
        return commandOf(`${before}解决了`) !== "solved" && commandOf(`${before}好了`) !== "solved";
      }),
    );
  });
});

describe("safety", () => {
  it.each([
    "有员工受伤了",
    "顾客喝完食物中毒",
    "后厨起火！",
    "冰柜漏电",
    "我要找媒体",
    "律师函",
    "打12315投诉你们",
  ])("is heard in %j", (text) => expect(isSafety(text)).toBe(true));

  it.each(["someone is injured", "The fryer is ON FIRE", "my lawyer will call", "没有人受伤"])(
    "is heard in %j",
    (text) => expect(isSafety(text)).toBe(true),
  );

  it.each([
    "漏电保护器跳闸",
    "自媒体账号怎么开",
    "订单号20123156",
    "我要一个律动杯",
    "fire the printer up",
  ])("is not heard in %j", (text) => expect(isSafety(text)).toBe(false));

  it("is heard beside a harmless word, and beside a command", () => {
    expect(isSafety("漏电保护器没用，真的漏电了")).toBe(true);
    expect(matchRule(normalise("有人触电，快转人工"))).toEqual({
      command: "human",
      whole: false,
      safety: true,
    });
  });
});

it("hears nothing in what is about something else", () => {
  for (const text of [
    "冰柜坏了",
    "人工智能是什么",
    "想找人工作",
    "有没有解决办法",
    "安装要人工费吗",
    "好了伤疤忘了疼",
    "好的店员在哪里",
    "1号门店的冰柜坏了",
    "感谢信怎么写",
    "12",
    "4",
    "how do agents work",
    "？",
    "",
  ]) {
    expect([text, matchRule(normalise(text))]).toEqual([text, null]);
  }
});

it("never throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => matchRule(normalise(text)) !== undefined),
  );
});
