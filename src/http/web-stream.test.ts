import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type EventPage, openPage } from "../../test/support/event-page.ts";
import { createWebStage, type WebStage } from "../../test/support/web-stage.ts";

type Server = { readonly url: string; close(): Promise<void> };

let stage: WebStage;
let server: Server;
let visitor: string;
let token: string;
const pages: EventPage[] = [];

beforeEach(async () => {
  stage = createWebStage();
  server = await listen(stage);
  ({ visitor, token } = await stage.visit());
});

afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.leave().catch(() => {})));
  stage.feed.end();
  await server.close();
  await stage.close();
});

function listen({ app }: WebStage): Promise<Server> {
  return new Promise((resolve) => {
    const http = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (info: AddressInfo) =>
      resolve({
        url: `http://127.0.0.1:${info.port}`,
        close: () =>
          new Promise((done) => {
            http.close(() => done());
            if ("closeAllConnections" in http) http.closeAllConnections(); // fetch keeps idle ones for seconds
          }),
      }),
    );
  });
}

/** A page of the visitor, as a browser opens it. */
async function open(query = "", headers: Record<string, string> = {}): Promise<EventPage> {
  const page = await openPage(`${server.url}/web/shop/events?token=${token}${query}`, headers);
  pages.push(page);
  return page;
}

async function append(count: number, to = visitor, account = "web/shop"): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const body = {
      type: "message",
      id: `m${n}`,
      at: 1,
      from: "desk",
      content: { type: "text", text: `${n}` },
    };
    await stage.feed.append(account, to, JSON.stringify(body));
  }
}

const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);

describe("a visitor's event stream", () => {
  it("connects at once, before anything has happened, and may not be kept or held back", async () => {
    const page = await open();
    expect(page.response.status).toBe(200);
    expect(page.response.headers.get("content-type")).toBe("text/event-stream");
    expect(page.response.headers.get("cache-control")).toBe("no-cache");
    expect(page.response.headers.get("x-accel-buffering")).toBe("no");
    expect(await page.block()).toEqual({ type: "comment", text: "connected" });
  });

  it("brings what is there, then what comes: own words, the desk's, and changed cards", async () => {
    await stage.post("/web/shop/messages", { id: "message-1", text: "在吗\n？" }, token);
    const page = await open();
    await page.block();
    const own = { id: "message-1", from: "visitor", content: { type: "text", text: "在吗\n？" } };
    expect(await page.block()).toMatchObject({ id: 1, event: "message", data: { seq: 1, ...own } });
    await append(1);
    expect(await page.block()).toMatchObject({
      id: 2,
      event: "message",
      data: { id: "m0", from: "desk" },
    });
    await stage.feed.append(
      "web/shop",
      visitor,
      JSON.stringify({ type: "card", id: "m0", at: 1, card: { title: "工单" } }),
    );
    const card = { seq: 3, id: "m0", at: 1, card: { title: "工单" } };
    expect(await page.block()).toEqual({ type: "event", id: 3, event: "card", data: card });
  });

  it("takes the session from a header too", async () => {
    await append(1);
    const url = `${server.url}/web/shop/events`;
    const page = await openPage(url, { authorization: `Bearer ${token}` });
    pages.push(page);
    expect(await page.seqs(1)).toEqual([1]);
  });

  it("goes on after Last-Event-ID without loss or repetition, however long the page was away", async () => {
    await append(450);
    const first = await open();
    expect(await first.seqs(137)).toEqual(upTo(137));
    await first.leave();
    await append(50);
    const second = await open("&after=3", { "last-event-id": "137" });
    expect(await second.seqs(363)).toEqual(upTo(500, 138));
    await append(1);
    expect(await second.seqs(1)).toEqual([501]);
    const third = await open("&after=498");
    expect(await third.seqs(3)).toEqual([499, 500, 501]);
  });

  it("loses and repeats nothing of what comes while it reads", async () => {
    await append(250);
    const page = await open();
    const [seen] = await Promise.all([page.seqs(500), append(125), append(125)]);
    expect(seen).toEqual(upTo(500));
  });

  it("brings everything to every page of a visitor, and nothing to anybody else's", async () => {
    const mine = await Promise.all([open(), open(), open()]);
    const stranger = await stage.visit();
    const theirs = await openPage(`${server.url}/web/shop/events?token=${stranger.token}`);
    pages.push(theirs);
    await append(2);
    await append(1, visitor, "web/closed");
    await append(1, stranger.visitor);
    for (const page of mine) expect(await page.seqs(2)).toEqual([1, 2]);
    expect(await theirs.seqs(1)).toEqual([4]);
    await append(1);
    for (const page of mine) expect(await page.seqs(1)).toEqual([5]);
  });

  it("is no longer served once its page has gone", async () => {
    const page = await open();
    await page.block();
    await stage.clock.whenAsleep(1);
    expect(stage.listening()).toBe(1);
    await page.leave();
    await stage.whenListening(0);
    stage.calls.length = 0;
    await append(1);
    expect(stage.calls).toEqual(["commit"]);
  });
});

describe("a stream on which nothing happens", () => {
  it("shows life every 20 s of silence, counted from the last event", async () => {
    const page = await open();
    await page.block();
    await stage.clock.whenAsleep(1);
    stage.clock.advance(19_999);
    await append(1);
    expect(await page.seqs(1)).toEqual([1]);
    await stage.clock.whenAsleep(1);
    stage.clock.advance(19_999);
    await append(1);
    expect(await page.block()).toMatchObject({ type: "event", id: 2 });
    await stage.clock.whenAsleep(1);
    for (let beat = 0; beat < 3; beat += 1) {
      stage.clock.advance(20_000);
      expect(await page.block()).toEqual({ type: "comment", text: "alive" });
      await stage.clock.whenAsleep(1);
    }
  });

  it("costs the database nothing, not even a hundred of them", async () => {
    const all = await Promise.all(Array.from({ length: 100 }, () => open()));
    for (const page of all) await page.block();
    await stage.clock.whenAsleep(100);
    stage.calls.length = 0;
    for (let beat = 0; beat < 3; beat += 1) {
      stage.clock.advance(20_000);
      for (const page of all) expect(await page.block()).toMatchObject({ text: "alive" });
      await stage.clock.whenAsleep(100);
    }
    expect(stage.calls).toEqual([]);
    await append(1);
    for (const page of all) expect(await page.seqs(1)).toEqual([1]);
    expect(stage.calls).toEqual(["commit", ...Array(100).fill("visitorEvents")]);
  });
});

describe("a stream that must end", () => {
  it("ends in good order when the hub lets its pages go, and so does one that is opened then", async () => {
    await append(1);
    const page = await open();
    expect(await page.seqs(1)).toEqual([1]);
    await stage.clock.whenAsleep(1);
    stage.feed.end();
    expect(await page.block()).toBeNull();
    const late = await open();
    expect(await late.block()).toEqual({ type: "comment", text: "connected" });
    expect(await late.block()).toBeNull();
    expect(stage.listening()).toBe(0);
  });

  it("ends when the store fails, tells the page nothing of why, and lets it come again", async () => {
    await append(1);
    stage.failure = new Error("no such table: 秘密");
    const page = await open();
    expect(await page.block()).toEqual({ type: "comment", text: "connected" });
    expect(await page.block()).toBeNull();
    expect(stage.hub.logged.filter((line) => line.includes("feed"))).toHaveLength(1);
    expect(stage.hub.logged.join()).not.toContain("秘密");
    stage.failure = null;
    expect(await (await open()).seqs(1)).toEqual([1]);
  });
});
