import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createProgram, type Program } from "./program.ts";
import { pressed, pushFeishu, REPAIR_DESK, said } from "./repair-desk.ts";

let program: Program;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  program = await createProgram();
  await program.push({ yaml: REPAIR_DESK, directory: null });
});
afterEach(() => vi.useRealTimers());

type Sent = { receive_id: string; msg_type: string; content: string; uuid: string };

/** The messages that the vendor was asked to send, in order. */
async function sendings(): Promise<Sent[]> {
  const requests = program.calls.filter(
    ({ method, url }) => method === "POST" && url.includes("/im/v1/messages"),
  );
  return Promise.all(requests.map((request) => request.clone().json<Sent>()));
}

async function cardInGroup(): Promise<Sent> {
  const card = (await sendings()).find(({ receive_id }) => receive_id === "oc_repair");
  if (card === undefined) throw new Error("No card was sent to the team's group.");
  return card;
}

type SurfaceRow = { remote_id: string; due_at: number | null };

/** The surface under whose id a card was sent. */
async function surfaceOf({ uuid }: Sent): Promise<SurfaceRow> {
  const row = await program.row<SurfaceRow>("select * from surfaces where id = ?", uuid);
  if (row === null) throw new Error("The card's key is no surface's id.");
  return row;
}

/** What the button with this label carries. */
function actionOf(card: string, label: string): string {
  for (const { 1: action } of card.matchAll(/"action":"([^"]+)"/g)) {
    const at = card.indexOf(`"action":"${action}"`);
    const labelled = card.lastIndexOf(`"content":"${label}"`, at);
    if (labelled >= 0 && at - labelled < 400 && action !== undefined) return action;
  }
  throw new Error(`There is no button ${label} on ${card}`);
}

const BROKEN = "人民广场店的冰柜不制冷了";

describe("a message", () => {
  it("is acknowledged once its row is durable, and not before", async () => {
    let commit = (): void => {};
    let inbox = -1;
    program.beforeBatch = async () => {
      inbox = await program.count("inbox");
      await new Promise<void>((resolve) => {
        commit = resolve;
      });
    };
    let answered = false;
    const reply = pushFeishu(program, said("om_1", BROKEN)).then((response) => {
      answered = true;
      return response;
    });
    await vi.waitUntil(() => inbox === 0);
    expect(answered).toBe(false);
    program.beforeBatch = async () => {};
    commit();
    expect((await reply).status).toBe(200);
    expect(await program.count("inbox")).toBe(1);
    expect(program.wakeUps).toEqual([0]);
  });

  it("is not acknowledged when the database fails, so that the vendor comes again", async () => {
    program.beforeBatch = () => Promise.reject(new Error("D1_ERROR: the disk is full"));
    const response = await pushFeishu(program, said("om_1", BROKEN));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("disk");
    expect(program.wakeUps).toEqual([]);
  });

  it("becomes a ticket whose card stands in the team's group, under a key of our own", async () => {
    await pushFeishu(program, said("om_1", BROKEN));
    expect(await sendings()).toEqual([]);
    await program.wake();
    const card = await cardInGroup();
    expect(card.msg_type).toBe("interactive");
    expect(card.content).toContain("人民广场店");
    const surface = await surfaceOf(card);
    expect(surface.remote_id).toMatch(/^om_sent_/);
    expect(surface.due_at).toBeNull();
    expect(
      program.calls.filter(({ url }) => url.includes("/tenant_access_token/")).length,
    ).toBeLessThan(2);
    expect(program.wakeUps).toEqual([]);
  });

  it("has no second effect when it comes again", async () => {
    await pushFeishu(program, said("om_1", BROKEN));
    await program.wake();
    const before = await Promise.all(["inbox", "events", "tickets", "outbox"].map(program.count));
    const calls = program.calls.length;
    expect((await pushFeishu(program, said("om_1", BROKEN))).status).toBe(200);
    expect(program.wakeUps).toEqual([]);
    await program.sweep();
    const after = await Promise.all(["inbox", "events", "tickets", "outbox"].map(program.count));
    expect(after).toEqual(before);
    expect(program.calls.length).toBe(calls);
  });

  it("is refused when it is forged, and leaves nothing behind", async () => {
    const response = await pushFeishu(program, said("om_1", BROKEN), "another key");
    expect(response.status).toBe(401);
    expect(await program.count("inbox")).toBe(0);
    expect(program.wakeUps).toEqual([]);
  });

  it("is found by the sweep when the queue lost its wake-up", async () => {
    await pushFeishu(program, said("om_1", BROKEN));
    program.wakeUps.length = 0;
    await program.sweep();
    expect((await cardInGroup()).content).toContain("人民广场店");
  });

  it("is worked by no one but waits while there is no usable configuration any more", async () => {
    await pushFeishu(program, said("om_1", BROKEN));
    await env.DB.prepare("update configs set active = 0").run();
    await program.wake();
    expect(await sendings()).toEqual([]);
    await program.push({ yaml: REPAIR_DESK, directory: null });
    await program.sweep();
    expect((await cardInGroup()).content).toContain("人民广场店");
  });
});

describe("a delivery that failed", () => {
  it("is tried again by a wake-up of its own under the same key", async () => {
    const accept = program.vendor;
    program.vendor = (request) =>
      request.url.includes("/im/v1/messages") ? new Response("", { status: 503 }) : accept(request);
    await pushFeishu(program, said("om_1", BROKEN));
    await program.wake();
    const first = await sendings();
    expect(program.wakeUps).toEqual([expect.toSatisfy((delay) => delay > 0 && delay < 60)]);

    program.vendor = accept;
    vi.setSystemTime(Date.now() + 60_000);
    await program.wake();
    const again = (await sendings()).slice(first.length);
    expect(again.length).toBeGreaterThan(0);
    expect(again.map(({ uuid }) => uuid).sort()).toEqual(first.map(({ uuid }) => uuid).sort());
  });

  it("goes nowhere else, whatever address the vendor's answer names", async () => {
    const accept = program.vendor;
    program.vendor = (request) =>
      request.url.includes("/im/v1/messages")
        ? Response.redirect("https://elsewhere.test/", 307)
        : accept(request);
    await pushFeishu(program, said("om_1", BROKEN));
    await program.wake();
    expect(program.calls.filter(({ url }) => url.includes("elsewhere"))).toEqual([]);
    const row = await program.row<{ attempts: number }>("select attempts from surfaces");
    expect(row?.attempts).toBe(1);
  });
});

describe("a click", () => {
  let card: Sent;
  let claim: (id: string, operator: string) => Promise<Response>;
  beforeEach(async () => {
    await pushFeishu(program, said("om_1", BROKEN));
    await program.wake();
    card = await cardInGroup();
    const { remote_id } = await surfaceOf(card);
    const action = actionOf(card.content, "接单");
    claim = (id, operator) => pushFeishu(program, pressed(id, action, remote_id, operator));
  });

  it("is answered in the same request with the card as it now stands", async () => {
    const response = await claim("c-1", "ou_li");
    const answer = await response.json<{ toast: { type: string }; card: { data: object } }>();
    expect([response.status, answer.toast.type]).toEqual([200, "success"]);
    expect(JSON.stringify(answer.card.data)).toContain("李工");
    expect((await surfaceOf(card)).due_at).toBeNull();
  });

  it("of two at once wins once, and both are told who has it", async () => {
    const clickers = [claim("c-1", "ou_li"), claim("c-2", "ou_wang"), claim("c-3", "ou_li")];
    for (const reply of await Promise.all(clickers)) {
      expect(reply.status).toBe(200);
      expect(await reply.text()).toMatch(/李工|王工/);
    }
    const claims = "select count(*) as n from events where type = 'claimed'";
    expect((await program.row<{ n: number }>(claims))?.n).toBe(1);
    expect(await program.row("select 1 from inbox where status = 'open'")).toBeNull();
  });
});

describe("much mail", () => {
  it("is worked by as many invocations as it takes, each waking the next", async () => {
    const many = Array.from({ length: 30 }, (_, index) => index);
    for (const index of many)
      await pushFeishu(program, said(`om_${index}`, "加盟费多少", `ou_${index}`));
    program.wakeUps.length = 0;
    program.wakeUps.push(0);
    let invocations = 0;
    for (; program.wakeUps.length > 0; invocations += 1) {
      await program.wake();
      vi.setSystemTime(Date.now() + 2_000);
    }
    expect(invocations).toBeGreaterThan(2);
    const answers = (await sendings()).filter(({ content }) => content.includes("请看官网"));
    expect(answers.length).toBe(many.length);
    expect(await program.row("select 1 from inbox where status = 'open'")).toBeNull();
  });

  it("makes vendors come again while too much of it waits", async () => {
    await env.DB.prepare(
      "insert into inbox (id, account, feed, dedupe_key, mailbox, kind, received_at, due_at) " +
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 20001) " +
        "select 'x' || i, 'a', 'f', i, 'm', 'message', 0, 9e15 from n",
    ).run();
    vi.setSystemTime(Date.now() + 60_000);
    expect((await pushFeishu(program, said("om_1", BROKEN))).status).toBe(200); // and looks
    expect((await pushFeishu(program, said("om_2", BROKEN))).status).toBe(503);
    await env.DB.prepare("delete from inbox").run();
    vi.setSystemTime(Date.now() + 60_000);
    await program.ask("/readyz");
    expect((await pushFeishu(program, said("om_2", BROKEN))).status).toBe(200);
  });
});

describe("the sweep", () => {
  it("forgets what came in long ago", async () => {
    await pushFeishu(program, said("om_1", "加盟费多少"));
    await program.wake();
    vi.setSystemTime(Date.now() + 15 * 86_400_000);
    expect(await program.row("select 1 from inbox where body is null")).toBeNull();
    await program.sweep();
    expect(await program.row("select 1 from inbox where body is null")).not.toBeNull();
  });
});
