import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NONE_EXAMPLES } from "./none-examples.ts";
import { buildModel, DEFAULT_THRESHOLDS, type Sources, understand } from "./understand.ts";

const SHOP: Sources = {
  intents: [
    {
      id: "equipment_repair",
      keywords: ["冰柜不制冷"],
      examples: [
        "咖啡机漏水",
        "收银机死机了",
        "制冰机不出冰",
        "封口机坏了",
        "冰箱温度降不下来",
        "店里的设备出故障要报修",
      ],
    },
    {
      id: "stock_order",
      keywords: [],
      examples: [
        "我要订货",
        "珍珠快没了要补货",
        "这周的茶叶怎么还没送到",
        "送来的牛奶少了两箱",
        "订货单填错了想改",
        "吸管和杯子要加单",
      ],
    },
    {
      id: "complaint",
      keywords: ["投诉"],
      examples: [
        "店员态度很差",
        "等了一个小时还没做好我的奶茶",
        "奶茶里喝出头发",
        "味道跟以前不一样了很难喝",
        "店里卫生太脏",
        "少给我加料还不承认",
      ],
    },
    {
      id: "refund",
      keywords: [],
      examples: [
        "我要退款",
        "点错了能不能退钱",
        "外卖没送到把钱退给我",
        "优惠券没用上要退差价",
        "会员充值的钱可以退吗",
        "重复付款了两次",
      ],
    },
    {
      id: "leave_request",
      keywords: [],
      examples: [
        "我明天想请假",
        "生病了要请病假",
        "想跟同事换班",
        "下周三调休可以吗",
        "排班表在哪里看",
        "家里有事今天上不了班",
      ],
    },
    {
      id: "pos_account",
      keywords: [],
      examples: [
        "收银系统登录不上",
        "账号密码忘了",
        "新员工要开通账号",
        "点单系统一直转圈",
        "小票打印机连不上",
        "会员系统打不开",
      ],
    },
  ],
  articles: [
    {
      id: "franchise_fee",
      question: "加盟费多少",
      similar: ["开一家加盟店要多少钱", "加盟需要交哪些费用"],
    },
    {
      id: "opening_hours",
      question: "几点开门几点关门",
      similar: ["营业时间是什么时候", "你们最晚开到几点"],
    },
    { id: "allergens", question: "奶茶里有哪些过敏原", similar: ["牛奶不耐受可以喝什么"] },
    { id: "invoice", question: "怎么开发票", similar: ["电子发票在哪里下载"] },
  ],
};
const MODEL = buildModel(SHOP);
const KNOWN = [
  ...SHOP.intents.flatMap(({ id, examples }) => examples.map((text) => ({ id, text }))),
  ...SHOP.articles.flatMap(({ id, question, similar }) =>
    [question, ...similar].map((text) => ({ id, text })),
  ),
];

const anyText = fc.string({ unit: "binary" });

describe("understand", () => {
  it("knows each wording again, whatever its punctuation and width", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KNOWN),
        fc.constantFrom("", "！", " ？？", "~", "。"),
        ({ id, text }, end) => {
          const understood = understand(MODEL, ` ${text}${end}`);
          expect(understood.exact).toBe(true);
          expect(understood.best).toMatchObject({ id, score: 1 });
        },
      ),
    );
  });

  it.each([
    ["咖啡机又漏水了", "equipment_repair"],
    ["收银系统打不开", "pos_account"],
    ["付款付了两次", "refund"],
    ["加盟一家店多少钱", "franchise_fee"],
    ["你们几点关门", "opening_hours"],
  ])("would act on %j as %s", (text, id) => {
    const { best, exact } = understand(MODEL, text);
    expect(best?.id).toBe(id);
    expect(best?.score).toBeGreaterThanOrEqual(DEFAULT_THRESHOLDS.answer);
    expect(exact).toBe(false);
  });

  it.each([
    ["牛奶送少了", "stock_order"],
    ["后天要请假", "leave_request"],
    ["冰箱不制冷", "equipment_repair"],
  ])("would ask about %j, with %s in the menu", (text, id) => {
    const { best, candidates } = understand(MODEL, text);
    expect(candidates.map((candidate) => candidate.id)).toContain(id);
    expect(best?.score).toBeGreaterThanOrEqual(DEFAULT_THRESHOLDS.clarify);
    expect(best?.score).toBeLessThan(DEFAULT_THRESHOLDS.answer);
  });

  it("tells intents from articles", () => {
    expect(understand(MODEL, "怎么开发票").best?.kind).toBe("article");
    expect(understand(MODEL, "我要退款").best?.kind).toBe("intent");
  });

  it("follows a keyword of an intent over what the words are like", () => {
    expect(understand(MODEL, "加盟费多少钱都不重要我就是要投诉").best).toEqual({
      kind: "intent",
      id: "complaint",
      score: 0.95,
    });
  });

  it("orders two keywords by the rest of the words", () => {
    const model = buildModel({
      ...SHOP,
      intents: SHOP.intents.map((intent) =>
        intent.id === "refund" ? { ...intent, keywords: ["退"] } : intent,
      ),
    });
    const ids = (text: string) => understand(model, text).candidates.map(({ id }) => id);
    expect(ids("我要投诉，重复付款了两次不退差价").slice(0, 2)).toEqual(["refund", "complaint"]);
    expect(ids("我要投诉店员态度很差，退").slice(0, 2)).toEqual(["complaint", "refund"]);
  });

  it.each(NONE_EXAMPLES)("would not even ask about %j", (text) => {
    expect(understand(MODEL, text).best?.score ?? 0).toBeLessThan(DEFAULT_THRESHOLDS.clarify);
  });

  it.each([
    "孩子发烧怎么办",
    "帮我查一下火车票",
    "手机屏幕碎了",
    "asdkjh qwe",
    "1234567",
    "？？？",
    "😀😀",
    "",
  ])("would not even ask about the unknown %j", (text) => {
    expect(understand(MODEL, text).best?.score ?? 0).toBeLessThan(DEFAULT_THRESHOLDS.clarify);
  });

  it("never throws, gives ordered scores in steps, and is unsure of random text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { best, candidates, exact } = understand(MODEL, text);
        const scores = candidates.map(({ score }) => score);
        expect(exact).toBe(false);
        expect(best).toEqual(candidates[0] ?? null);
        expect(scores.length).toBeLessThanOrEqual(3);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        expect(scores.every((score) => score > 0 && score === Number(score.toFixed(4)))).toBe(true);
        expect(best?.score ?? 0).toBeLessThan(DEFAULT_THRESHOLDS.clarify);
      }),
    );
  });

  it("hears commands and danger beside what the text is about", () => {
    expect(understand(MODEL, "转人工")).toMatchObject({ command: "human", safety: false });
    expect(understand(MODEL, "冰柜漏电了，怎么还没人来修")).toMatchObject({
      command: "urge",
      safety: true,
    });
    expect(understand(MODEL, "咖啡机漏水").command).toBeNull();
  });

  it("takes a command inside a known wording for part of the wording", () => {
    const model = buildModel({
      intents: [],
      articles: [{ id: "call", question: "怎么转人工客服", similar: ["人工"] }],
    });
    expect(understand(model, "怎么转人工客服？")).toMatchObject({ command: null, exact: true });
    expect(understand(model, "人工")).toMatchObject({ command: "human", exact: true });
  });

  it("classifies only the beginning of a very long text", () => {
    const start = "咖啡机漏水".padEnd(2000, "。");
    expect(understand(MODEL, `${start}我要退款`).best).toEqual(
      understand(MODEL, `${start}我要订货`).best,
    );
  });
});

describe("buildModel", () => {
  it("makes the same of the same sources", () => {
    const again = buildModel(structuredClone(SHOP));
    expect(again).toEqual(MODEL);
    fc.assert(
      fc.property(anyText, (text) => {
        expect(understand(again, text)).toEqual(understand(MODEL, text));
      }),
    );
  });

  it("gives a wording that two claim to the first", () => {
    const model = buildModel({
      intents: [{ id: "order", examples: ["订货"], keywords: [] }],
      articles: [{ id: "how", question: "订货？", similar: [] }],
    });
    expect(understand(model, "订货").best).toEqual({ kind: "intent", id: "order", score: 1 });
  });

  it("lets what a deployment is about outrank the built-in small talk", () => {
    const model = buildModel({
      intents: [{ id: "weather", examples: ["今天天气怎么样", "明天会下雨吗"], keywords: [] }],
      articles: [],
    });
    expect(understand(model, "今天天气怎么样").best).toEqual({
      kind: "intent",
      id: "weather",
      score: 1,
    });
  });

  it("understands only commands when there is nothing to know", () => {
    const model = buildModel({ intents: [], articles: [] });
    expect(understand(model, "你好")).toEqual({
      command: "greeting",
      whole: true,
      safety: false,
      best: null,
      candidates: [],
      exact: false,
    });
  });

  it("knows an intent that has only keywords", () => {
    const model = buildModel({
      intents: [{ id: "vip", examples: [], keywords: ["ＶＩＰ"] }],
      articles: [{ id: "fee", question: "加盟费多少", similar: [] }],
    });
    expect(understand(model, "我是VIP 客户").best).toEqual({
      kind: "intent",
      id: "vip",
      score: 0.95,
    });
    expect(understand(model, "vips").best).toBeNull();
  });
});
