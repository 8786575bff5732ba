import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import type { Language } from "../../src/core/text.ts";
import { findChromium } from "../../test/browser/chromium.ts";
import type { Seat } from "./hands.ts";

const FOLDER = "docs/shots";
const PATIENCE_MS = 30_000;
/** As wide as a telephone, so that one tool has the page, and so high that no card is cut off. */
const TALL = { width: 440, height: 2200 };

type Size = { readonly width: number; readonly height: number };
type Seats = Readonly<Record<string, Pick<Seat, "person" | "chat">>>;

export type Take = (name: string, seat: Seat, talk?: boolean) => Promise<void>;

export type Picture = {
  readonly url: string;
  readonly language: Language;
  readonly name: string;
  readonly seat: Seat;
  /** The newest message, whatever it is, and not the newest card. */
  readonly talk: boolean;
};

export type Camera = {
  /** The newest card that one person sees in a chat, as docs/shots/cards/<tool>-<name>.<language>.png. */
  take(picture: Picture): Promise<void>;
  /** The simulator's page, with these people in front of the tools. */
  takeSimulator(
    picture: Omit<Picture, "seat" | "talk"> & { readonly size: Size; readonly seats: Seats },
  ): Promise<void>;
  /** Any page, as docs/shots/cards/<name>.png. */
  takePage(url: string, name: string, language: Language): Promise<void>;
  close(): Promise<void>;
};

/** A browser whose pages hear the time from `now`. Throws where there is no Chromium. */
export async function openCamera(now: () => number): Promise<Camera> {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new Error("Pictures need Chromium: install it (Debian: chromium) or set CHROMIUM_PATH.");
  }
  const args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"];
  const browser: Browser = await chromium.launch({ executablePath, args });

  async function open(language: Language, viewport: Size): Promise<Page> {
    const page = await browser.newPage({
      locale: language,
      viewport,
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
    });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.clock.setFixedTime(now());
    return page;
  }

  async function simulator(
    url: string,
    language: Language,
    size: Size,
    seats: Seats,
  ): Promise<Page> {
    const page = await open(language, size);
    const kept = JSON.stringify(JSON.stringify(seats));
    await page.addInitScript(`sessionStorage.setItem("loopdesk.seats", ${kept})`);
    await page.goto(`${url}/simulator`);
    await page.getByTestId("panel-feishu").waitFor();
    return page;
  }

  return {
    async take({ url, language, name, seat, talk }) {
      const { tool } = seat;
      const page = await simulator(url, language, TALL, { [tool]: seat });
      await page.getByTestId(`tab-${tool}`).click();
      const panel = page.getByTestId(`panel-${tool}`);
      const shown = talk ? panel.locator(".line").last() : panel.getByTestId("card").last();
      await shown.screenshot({ path: fileOf(`cards/${tool}-${name}.${language}`) });
      await page.close();
    },
    async takeSimulator({ url, language, name, size, seats }) {
      const page = await simulator(url, language, size, seats);
      await page.getByTestId("card").first().waitFor();
      if (await page.getByTestId("panel-web").isVisible()) await askOnTheWeb(page);
      await page.screenshot({ path: fileOf(name) });
      await page.close();
    },
    async takePage(url, name, language) {
      const page = await open(language, { width: 480, height: 560 });
      await page.goto(url);
      await page.screenshot({ path: fileOf(`cards/${name}`) });
      await page.close();
    },
    close: () => browser.close(),
  };
}

async function askOnTheWeb(page: Page): Promise<void> {
  const composer = page.getByTestId("composer-web");
  await composer.fill("发票怎么开");
  await composer.press("Enter");
  await page.getByTestId("panel-web").getByTestId("card").waitFor();
}

/** Where a picture goes; its folder is there afterwards. */
function fileOf(name: string): string {
  const path = `${FOLDER}/${name}.png`;
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
