import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aClick, buttonOf, type Shown } from "../../test/support/fake-channel.ts";
import { createWebStage, ORIGIN, type WebStage } from "../../test/support/web-stage.ts";
import type { InboundAction, Outcome } from "../core/message.ts";

const DAY = 86_400_000;
const said = { id: "message-1", text: "冰柜坏了" };

let stage: WebStage;
beforeEach(() => {
  stage = createWebStage();
});
afterEach(() => stage.close());

const allowed = (response: Response) => response.headers.get("access-control-allow-origin");

describe("pages of other origins", () => {
  it("may read every answer, an error too, when their origin is allowed", async () => {
    const answers = [
      await stage.post("/web/shop/session", {}, undefined, ORIGIN),
      await stage.post("/web/shop/messages", said, undefined, ORIGIN),
      await stage.post("/web/shop/messages", "x".repeat(70_000), undefined, ORIGIN),
      await stage.app.request("/web/shop/events", { headers: { origin: ORIGIN } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 413, 401]);
    for (const answer of answers) {
      expect(allowed(answer)).toBe(ORIGIN);
      expect(answer.headers.get("vary")).toMatch(/origin/i);
    }
  });

  it.each([
    "https://evil.example.com",
    `${ORIGIN}.evil.example.com`,
    "http://shop.example.com",
    `${ORIGIN}:8443`,
    "null",
    "",
  ])("may read nothing from %j", async (origin) => {
    const answer = await stage.post("/web/shop/session", {}, undefined, origin);
    expect(allowed(answer)).toBeNull();
    const preflight = { method: "OPTIONS", headers: { origin } };
    expect(allowed(await stage.app.request("/web/shop/messages", preflight))).toBeNull();
  });

  it("may not use one account because another allows them", async () => {
    const answer = await stage.post("/web/other/session", {}, undefined, ORIGIN);
    expect([answer.status, allowed(answer)]).toEqual([404, null]);
  });

  it("are told before they ask what they may send", async () => {
    const headers = {
      origin: ORIGIN,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    };
    const answer = await stage.app.request("/web/shop/messages", { method: "OPTIONS", headers });
    expect([answer.status, allowed(answer)]).toEqual([204, ORIGIN]);
    expect(answer.headers.get("access-control-allow-methods")).toBe("GET,POST");
    expect(answer.headers.get("access-control-allow-headers")).toBe(
      "authorization,content-type,last-event-id",
    );
    expect(answer.headers.get("access-control-max-age")).toBe("600");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  });
});

describe("what is refused", () => {
  async function code(answer: Response): Promise<unknown> {
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    const body = await answer.text();
    expect(body).not.toContain("冰柜");
    return [answer.status, JSON.parse(body).code];
  }

  it("is a body beyond 64 KiB, whether or not it says so itself", async () => {
    const big = "x".repeat(65_537);
    const told = { method: "POST", body: big, headers: { "content-length": "65537" } };
    expect(await code(await stage.app.request("/web/shop/messages", told))).toEqual([
      413,
      "body_too_large",
    ]);
    const body = new Blob([big]).stream();
    const untold = new Request("http://desk/web/shop/messages", {
      method: "POST",
      body,
      duplex: "half",
    } as RequestInit);
    expect(await code(await stage.app.request(untold))).toEqual([413, "body_too_large"]);
  });

  it("is whoever has no session, a forged one or one that is over", async () => {
    const { token } = await stage.visit();
    const forged = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`;
    for (const wrong of [undefined, "garbage", forged]) {
      expect(await code(await stage.post("/web/shop/messages", said, wrong))).toEqual([
        401,
        "signature",
      ]);
      const events = await stage.app.request(`/web/shop/events?token=${wrong ?? ""}`);
      expect(await code(events)).toEqual([401, "session"]);
    }
    stage.clock.advance(30 * DAY);
    expect((await stage.post("/web/shop/messages", said, token)).status).toBe(401);
    expect((await stage.app.request(`/web/shop/events?token=${token}`)).status).toBe(401);
    expect(await stage.hub.store.page("inbox", 0, 10)).toEqual([]);
  });

  it("is a body that means nothing, and a place in the feed that is no number", async () => {
    const { token } = await stage.visit();
    for (const body of [{}, [], "text", { ...said, id: "x" }]) {
      const answer = await stage.post("/web/shop/messages", body, token);
      expect(await code(answer)).toEqual([400, "malformed"]);
    }
    for (const after of ["-1", "1.5", "x", "1e99"]) {
      const answer = await stage.app.request(`/web/shop/events?token=${token}&after=${after}`);
      expect(await code(answer)).toEqual([400, "after"]);
    }
  });

  it("is an account, a feed or a method that is not there, and an account that is disabled", async () => {
    const { token } = await stage.visit();
    expect(await code(await stage.post("/web/other/messages", said, token))).toEqual([
      404,
      "unknown_account",
    ]);
    const elsewhere = await stage.app.request(`/web/other/events?token=${token}`);
    expect(await code(elsewhere)).toEqual([404, "unknown_account"]);
    expect(await code(await stage.post("/web/shop/events", said, token))).toEqual([
      404,
      "unknown_feed",
    ]);
    expect((await stage.app.request("/web/shop/session")).status).toBe(404);
    for (const answer of [
      await stage.post("/web/closed/session", {}),
      await stage.app.request(`/web/closed/events?token=${token}`),
    ]) {
      expect(await code(answer)).toEqual([403, "account_disabled"]);
    }
  });
});

describe("a visitor", () => {
  it("stays the same when the session is renewed", async () => {
    const first = await stage.visit();
    stage.clock.advance(29 * DAY);
    const renewed = await stage.visit(first.token);
    expect(renewed.visitor).toBe(first.visitor);
    stage.clock.advance(29 * DAY);
    expect((await stage.post("/web/shop/messages", said, renewed.token)).status).toBe(202);
    expect((await stage.visit(first.token)).visitor).not.toBe(first.visitor);
  });

  it("is heard once, however often the page sends the same message", async () => {
    const { token } = await stage.visit();
    const other = await stage.visit();
    for (const sender of [token, token, other.token]) {
      const answer = await stage.post("/web/shop/messages", said, sender);
      expect([answer.status, await answer.json()]).toEqual([202, { status: "accepted" }]);
    }
    expect(await stage.hub.store.page("inbox", 0, 10)).toHaveLength(2);
  });

  /** Somebody of the team presses a button of the team's card. */
  async function press(shown: Shown, click: InboundAction): Promise<void> {
    const { hub } = stage;
    const account = hub.account("fake/a");
    const { rows } = await hub.receive(account, "event", [click]);
    const { outcome, after } = await hub.answer(account, click, rows[0] ?? null, hub.clock.now());
    if (outcome !== "pending" && outcome.card !== null) shown.card = outcome.card;
    await after(true);
    await hub.settle();
  }

  async function cardOf(visitor: string, title: string) {
    const events = await stage.hub.store.visitorEvents("web/shop", visitor, 0, 100);
    const cards = events
      .map(({ body }) => JSON.parse(body))
      .map((event) => ({ id: event.id, card: event.card ?? event.content?.card }));
    const found = cards.findLast(({ card }) => card?.title.startsWith(title));
    if (found === undefined) throw new Error(`no card ${title} in the feed`);
    return found;
  }

  it("reports, is shown the ticket as it moves on, and closes it with one click", async () => {
    const { token, visitor } = await stage.visit();
    await stage.post("/web/shop/messages", said, token);
    await stage.hub.settle();
    const { id } = await cardOf(visitor, "#1");
    const group = stage.hub.channels["fake/a"]?.sent.find(({ to }) => to.id === "oc_repair");
    for (const label of ["接单", "解决"]) {
      const shown = stage.hub.channels["fake/a"]?.cards.get(group?.id ?? "");
      if (shown === undefined) throw new Error("the team has no card");
      const click = aClick("a-wang", shown.id, buttonOf(shown.card, label));
      await press(shown, click);
    }
    const { card } = await cardOf(visitor, "#1");
    const click = { id: "click-01", card: id, action: buttonOf(card, "已解决"), values: {} };
    const answer = await stage.post("/web/shop/actions", click, token);
    expect(answer.status).toBe(200);
    const outcome = (await answer.json()) as Outcome<string>;
    expect(outcome).toMatchObject({ tone: "success", text: "感谢确认" });
    expect((await cardOf(visitor, "#1")).card).toEqual(outcome.card);

    const again = await (await stage.post("/web/shop/actions", click, token)).json();
    expect(again).toMatchObject({ tone: "success", text: "感谢确认" });
  });

  it("is told that a button is unknown when it is none of ours", async () => {
    const { token } = await stage.visit();
    const click = { id: "click-01", card: "card-1", action: "rm -rf", values: {} };
    const answer = await stage.post("/web/shop/actions", click, token);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ tone: "warning", card: null });
  });
});
