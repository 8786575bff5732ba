import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoProcess, startDemo } from "../support/demo-process.ts";
import { findChromium } from "./chromium.ts";

const PATIENCE = 15_000;
let demo: DemoProcess;
let browser: Browser;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  demo = await startDemo();
  browser = await chromium.launch({
    executablePath: findChromium() ?? "chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  page = await visit("zh-CN", { width: 1600, height: 1000 });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

/** Open the page in a browser that was never there. */
async function visit(locale: string, viewport: { width: number; height: number }): Promise<Page> {
  const visitor = await browser.newPage({ locale, viewport });
  visitor.setDefaultTimeout(PATIENCE);
  visitor.on("pageerror", (error) => errors.push(error.message));
  await visitor.goto(`${demo.url}/simulator`);
  return visitor;
}

const panel = (tool: string): Locator => page.getByTestId(`panel-${tool}`);
const button = (tool: string, label: string): Locator =>
  panel(tool).getByTestId(`button-${label}`).last();

async function say(tool: string, text: string): Promise<void> {
  await page.getByTestId(`composer-${tool}`).fill(text);
  await page.getByTestId(`composer-${tool}`).press("Enter");
}

async function shows(tool: string, words: string): Promise<void> {
  await panel(tool).getByText(words).last().waitFor({ state: "visible" });
}

async function isDue(step: number): Promise<void> {
  await page.locator(`[data-testid=step-${step}][aria-current=step]`).waitFor();
}

async function boxOf(place: Locator) {
  await place.waitFor();
  const box = await place.boundingBox();
  if (box === null) throw new Error("It is not to be seen.");
  return box;
}

const person = (tool: string): Promise<string | null> =>
  panel(tool).getByTestId("person-switch").textContent();

describe("the simulator page", () => {
  it("walks the whole loop, and its guide leads the way", async () => {
    await isDue(1);
    const repairman = await person("wecom");
    await page.getByTestId("sample-冰柜不制冷了").click();
    await shows("feishu", "请问是哪家门店");
    await isDue(1);
    await page.getByTestId("sample-store").click();
    for (const tool of ["feishu", "dingtalk", "wecom"]) await shows(tool, "#1 设备报修");
    await isDue(2);
    expect(await person("wecom")).toBe(repairman);
    await button("dingtalk", "接单").click();
    await shows("dingtalk", "接单成功");
    for (const tool of ["feishu", "dingtalk", "wecom"]) await shows(tool, "处理中");
    await isDue(3);
    await button("dingtalk", "解决").click();
    await shows("feishu", "待确认");
    await isDue(3);
    await button("feishu", "已解决").click();
    for (const tool of ["feishu", "dingtalk", "wecom"]) await shows(tool, "已关闭");
    await page.getByText("走完一圈了").waitFor();
  }, 60_000);

  it("answers a question in the web chat and settles it with one press", async () => {
    await say("web", "发票怎么开");
    await shows("web", "90 天内可以申请");
    await button("web", "已解决").click();
    await shows("web", "很高兴帮到您");
  }, 60_000);

  it("keeps the talk, the people and the guide's progress over a reload", async () => {
    const repairman = await person("wecom");
    await page.reload();
    await shows("feishu", "已关闭");
    await shows("web", "很高兴帮到您");
    await page.getByText("走完一圈了").waitFor();
    expect(await person("wecom")).toBe(repairman);
  }, 60_000);

  it("lets another clerk report while the first one's ticket is open", async () => {
    await page.getByTestId("sample-冰柜不制冷了").click();
    await page.getByTestId("sample-store").click();
    await isDue(2);
    const first = await person("feishu");
    await page.getByTestId("sample-咖啡机漏水").click();
    await isDue(1);
    expect(await person("feishu")).not.toBe(first);
    await page.getByTestId("sample-store").click();
    await isDue(2);
    await shows("feishu", "咖啡机漏水");
  }, 60_000);

  it("says what was pressed where it hides nothing of the card that changed", async () => {
    await button("dingtalk", "接单").click();
    await shows("dingtalk", "接单成功");
    const toast = await boxOf(page.getByTestId("toast-dingtalk").locator(".toast"));
    const talk = await boxOf(panel("dingtalk").locator(".talk"));
    expect(toast.y + toast.height).toBeLessThanOrEqual(talk.y);
  }, 60_000);

  it("tells on DingTalk's card how a reply ended, and empties the form once it was sent", async () => {
    const card = panel("dingtalk").getByTestId("card").last();
    const field = card.getByTestId("field-text");
    await field.fill("  ");
    await button("dingtalk", "回复客户").click();
    await card.getByText("请填写内容").waitFor();
    expect(await field.inputValue()).toBe("  ");
    await field.fill("半小时到店");
    await button("dingtalk", "回复客户").click();
    await card.getByText("已回复").waitFor();
    await field.and(page.locator(":placeholder-shown")).waitFor();
  }, 60_000);

  it("does not call it a failure when a group talks without the desk", async () => {
    await panel("dingtalk").getByTestId("chat-设备维修（供应商）").click();
    await page.getByTestId("mention-dingtalk").click();
    await say("dingtalk", "大家早");
    await shows("dingtalk", "没有 @服务台");
    expect(await panel("dingtalk").locator(".toast.is-error").count()).toBe(0);
  }, 60_000);

  it("says how long a message may be, and keeps what was typed", async () => {
    for (const [tool, most] of [
      ["feishu", 5000],
      ["web", 4000],
    ] as const) {
      await say(tool, "长".repeat(most + 1));
      await shows(tool, `最多 ${most} 个字，现在有 ${most + 1} 个`);
      expect(await page.getByTestId(`send-${tool}`).isDisabled()).toBe(true);
      await say(tool, "长".repeat(most));
      await panel(tool).locator(".is-mine .bubble", { hasText: "长长长" }).waitFor();
      expect(await page.getByTestId(`composer-${tool}`).inputValue()).toBe("");
    }
  }, 60_000);

  it("gives back the words that were not taken", async () => {
    await page.route("**/feishu/say", (route) => route.fulfill({ status: 503, json: {} }));
    await say("feishu", "还在吗");
    await shows("feishu", "操作失败");
    await page.unroute("**/feishu/say");
    expect(await page.getByTestId("composer-feishu").inputValue()).toBe("还在吗");
  }, 60_000);

  it("speaks the browser's language at first, and another one when asked to", async () => {
    const visitor = await visit("en-GB", { width: 1440, height: 900 });
    await visitor.getByText("Four chat tools, one service desk").waitFor();
    expect(await visitor.locator("html").getAttribute("lang")).toBe("en");
    await visitor.getByText("中文", { exact: true }).click();
    await visitor.reload();
    await visitor.getByText("四个聊天工具，一个服务台").waitFor();
    await visitor.context().close();
  }, 60_000);

  it("shows all tools side by side on a laptop's screen", async () => {
    for (const [width, height] of [
      [1440, 900],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      const boxes = await Promise.all(
        ["feishu", "dingtalk", "wecom", "web"].map((tool) => boxOf(panel(tool))),
      );
      expect(new Set(boxes.map(({ y }) => y)).size).toBe(1);
      for (const box of boxes) expect(box.y + box.height).toBeLessThanOrEqual(height);
    }
  }, 60_000);

  it("leaves most of a phone's screen to the chat, and shows the whole step that is due", async () => {
    for (const locale of ["zh-CN", "en-US"]) {
      const phone = await visit(locale, { width: 390, height: 844 });
      const chat = await boxOf(phone.getByTestId("panel-feishu"));
      expect(chat.y).toBeLessThan(225);
      const due = await boxOf(phone.locator(".step:visible"));
      expect(due.x + due.width).toBeLessThanOrEqual(390);
      await phone.context().close();
    }
  }, 60_000);

  it("throws no errors meanwhile", () => {
    expect(errors).toEqual([]);
  });
});
