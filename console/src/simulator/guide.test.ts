import { describe, expect, test } from "vitest";
import type { ToolMessage, ToolView } from "../../../src/simulator/tool.ts";
import { guideOf, reporterOf } from "./guide.ts";

const QUESTION = "请问是哪家门店？发门店编号（如 S0012）或店名就行。";

const said = (chat: string, from: string, text: string): ToolMessage => ({
  id: `${chat} ${text}`,
  chat,
  from,
  at: 1,
  quotes: null,
  body: { type: "text", text },
});

const card = (chat: string, native: object): ToolMessage => ({
  ...said(chat, "bot", JSON.stringify(native)),
  body: { type: "card", native, edition: 1 },
});

const plain = (content: string) => ({ tag: "plain_text", content });
const inFeishu = (chat: string, title: string, subtitle: string) =>
  card(chat, { header: { title: plain(title), subtitle: plain(subtitle) } });
const inDingtalk = (title: string, subtitle: string) =>
  card("vendors", { cardParamMap: { title, subtitle, body: "" } });

const feishu = (...messages: ToolMessage[]): ToolView => ({
  tool: "feishu",
  people: [
    { id: "zhao", name: "赵工", title: "设备主管" },
    { id: "chen", name: "陈店员", title: "S0012 漕河泾店 店员" },
    { id: "jiang", name: "蒋店员", title: "S0023 文三路店 店员" },
  ],
  chats: [
    { id: "crew", name: "设备维修群", kind: "group", members: ["zhao"] },
    { id: "of-zhao", name: "赵工", kind: "direct", members: ["zhao"] },
    { id: "of-chen", name: "陈店员", kind: "direct", members: ["chen"] },
    { id: "of-jiang", name: "蒋店员", kind: "direct", members: ["jiang"] },
  ],
  messages,
});
const dingtalk = (...messages: ToolMessage[]): ToolView => ({
  tool: "dingtalk",
  people: [
    { id: "zhou", name: "冷链-老周", title: "" },
    { id: "he", name: "冷链-小何", title: "" },
  ],
  chats: [{ id: "vendors", name: "供应商", kind: "group", members: ["zhou", "he"] }],
  messages,
});

const clerk = { tool: "feishu", seat: { person: "chen", chat: "of-chen" } };
const zhao = { tool: "feishu", seat: { person: "zhao", chat: "crew" } };
const zhou = { tool: "dingtalk", seat: { person: "zhou", chat: "vendors" } };
const he = { tool: "dingtalk", seat: { person: "he", chat: "vendors" } };
const nothing = { progress: 0, asked: null, places: [] };

describe("the guide", () => {
  test("begins with the report, and is not moved by what is no ticket of a clerk", () => {
    expect(guideOf([])).toEqual(nothing);
    expect(guideOf([feishu(), dingtalk()])).toEqual(nothing);
    const others = feishu(
      said("of-chen", "chen", "发票怎么开"),
      inFeishu("of-chen", "发票怎么开", ""),
      inFeishu("crew", "#7 客诉与食安", "待接单"),
    );
    expect(guideOf([others])).toEqual(nothing);
  });

  test("waits for the store as long as the desk asks for it, and knows the clerk's own", () => {
    const asking = [said("of-jiang", "jiang", "冰柜"), said("of-jiang", "bot", QUESTION)];
    const asked = { seat: { person: "jiang", chat: "of-jiang" }, store: "S0023" };
    expect(guideOf([feishu(...asking)])).toEqual({ ...nothing, asked });
    expect(guideOf([feishu(...asking, said("of-jiang", "jiang", "S0023"))])).toEqual(nothing);
  });

  test("leads everybody to an unclaimed ticket where its cards are, outside of Feishu if there are any", () => {
    const own = inFeishu("of-chen", "#1 设备报修", "待接单");
    const crew = inFeishu("crew", "#1 设备报修", "待接单");
    const vendors = inDingtalk("#1 设备报修", "待接单");
    const due = { progress: 1, asked: null };
    expect(guideOf([feishu(own, crew), dingtalk(vendors)])).toEqual({ ...due, places: [zhou, he] });
    expect(guideOf([feishu(own, crew), dingtalk()])).toEqual({ ...due, places: [zhao] });
  });

  test("leads to the owner of a claimed ticket, then back to the clerk, and ends when it is closed", () => {
    const at = (status: string) =>
      guideOf([
        feishu(inFeishu("of-chen", "#1 设备报修", status), inFeishu("crew", "#1 设备报修", status)),
        dingtalk(inDingtalk("#1 设备报修", status)),
      ]);
    expect(at("处理中 · 冷链-小何")).toEqual({ progress: 2, asked: null, places: [he] });
    expect(at("等待客户 · 赵工")).toEqual({ progress: 2, asked: null, places: [zhao] });
    expect(at("待确认 · 冷链-小何")).toEqual({ progress: 2, asked: null, places: [clerk] });
    expect(at("已关闭 · 冷链-小何")).toEqual({ ...nothing, progress: 3 });
    expect(at("已撤销")).toEqual(nothing);
  });

  test("follows the newest ticket, and does not mistake #11 for #1", () => {
    const first = inFeishu("of-chen", "#1 设备报修", "已关闭");
    const second = inFeishu("of-jiang", "#11 设备报修", "待接单");
    const vendors = [inDingtalk("#1 设备报修", "已关闭")];
    expect(guideOf([feishu(first, second), dingtalk(...vendors)])).toEqual({
      progress: 1,
      asked: null,
      places: [],
    });
  });
});

test("a report comes from the first clerk who has no open ticket", () => {
  const open = inFeishu("of-chen", "#1 设备报修", "处理中 · 赵工");
  const closed = inFeishu("of-chen", "#1 设备报修", "已关闭");
  const other = inFeishu("of-jiang", "#2 设备报修", "待接单");
  const reporters = [[], [open], [closed, other], [open, other]].map((messages) =>
    reporterOf(feishu(...messages)),
  );
  expect(reporters.map((seat) => seat?.person)).toEqual(["chen", "jiang", "chen", "chen"]);
  expect(reporterOf(dingtalk())).toBeNull();
});
