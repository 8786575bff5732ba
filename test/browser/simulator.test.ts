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
  page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${demo.url}/simulator`);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  expect(await demo?.stop()).toBe(0);
});

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

describe("the simulator page", () => {
  it("walks the whole loop: from a message in Feishu to a confirmed ticket, over DingTalk and WeCom", async () => {
    await say("feishu", "冰柜不制冷了");
    await shows("feishu", "请问是哪家门店");
    await say("feishu", "S0012");
    await shows("feishu", "#1 设备报修");
    await shows("dingtalk", "#1 设备报修");
    await shows("wecom", "#1 设备报修");
    await button("dingtalk", "接单").click();
    await shows("dingtalk", "接单成功");
    for (const tool of ["feishu", "dingtalk", "wecom"]) await shows(tool, "处理中");
    await button("dingtalk", "解决").click();
    await button("feishu", "已解决").click();
    for (const tool of ["feishu", "dingtalk", "wecom"]) await shows(tool, "已关闭");
  }, 60_000);

  it("answers a question in the web chat and settles it with one press", async () => {
    await say("web", "发票怎么开");
    await shows("web", "90 天内可以申请");
    await button("web", "已解决").click();
    await shows("web", "很高兴帮到您");
  }, 60_000);

  it("keeps the talk over a reload", async () => {
    await page.reload();
    await shows("feishu", "已关闭");
    await shows("web", "很高兴帮到您");
  }, 60_000);

  it("speaks English when asked to", async () => {
    await page.getByText("EN", { exact: true }).click();
    await page
      .getByText("Four chat tools, one desk")
      .or(page.getByText("DingTalk"))
      .first()
      .waitFor();
    expect(await page.locator("html").getAttribute("lang")).toMatch(/^en/);
  }, 60_000);

  it("throws no errors meanwhile", () => {
    expect(errors).toEqual([]);
  });
});
