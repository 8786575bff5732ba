import { describe, expect, it } from "vitest";
import type { Batch } from "../../../src/ports/batch.ts";
import { createGate } from "../../support/gate.ts";
import { HOOK_CASES, WORDS } from "../../support/hook-cases.ts";
import type { HookHub } from "../../support/hook-hub.ts";
import { hookHubs } from "../../support/open-hook-hub.ts";

const MANY = 64;

describe.each(HOOK_CASES)("messages by the hooks of %s", (_name, subject) => {
  const open = hookHubs(subject);

  const said = (n: number, text = WORDS) => ({
    id: String(4_561_255_354_250_000 + n),
    sender: subject.clerk,
    text,
  });

  it("stores an exact replay once", async () => {
    const hub = open();
    const raw = await subject.messages.push(subject.say(said(1)));
    expect((await hub.push(raw, subject.messages.feed)).status).toBe(200);
    expect((await hub.push(raw, subject.messages.feed)).status).toBe(200);
    await hub.settle();
    expect((await rows(hub, "inbox")).length).toBe(1);
    expect(hub.counted("duplicates")).toBe(1);
    expect((await rows(hub, "tickets")).length).toBe(1);
  });

  it("stores one message of many deliveries at once, and works it once", async () => {
    const hub = open();
    const replies = await Promise.all(Array.from({ length: MANY }, () => hub.say(said(1))));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    await hub.settle();
    expect((await rows(hub, "inbox")).length).toBe(1);
    expect((await events(hub)).filter(({ type }) => type === "heard").length).toBe(1);
    expect((await rows(hub, "tickets")).length).toBe(1);
  });

  it("works many messages of one conversation that come at once, each of them, in order", async () => {
    const hub = open();
    const numbers = Array.from({ length: MANY }, (_, n) => n);
    await Promise.all(numbers.map((n) => hub.say(said(n, `加盟费多少 ${n}`))));
    await hub.settle();
    const inbox = await rows(hub, "inbox");
    const inOrder = inbox.toSorted((a, b) => Number(a.seq) - Number(b.seq));
    expect(inOrder).toHaveLength(MANY);
    expect(new Set(inOrder.map((row) => row.status))).toEqual(new Set(["done"]));
    const heard = (await events(hub)).filter(({ type }) => type === "heard");
    expect(heard.map(({ data }) => data.heard?.inbox)).toEqual(inOrder.map((row) => row.id));
    const answered = (await rows(hub, "outbox")).map((row) => JSON.parse(String(row.payload)));
    const ids = inOrder.map((row) => JSON.parse(String(row.body)).messageId);
    expect(answered.map(({ inReplyTo }) => inReplyTo.messageId)).toEqual(ids);
  });

  it("turns pushes away while too much mail waits, and takes them again afterwards", async () => {
    const gate = createGate();
    const hub = open({
      backlogLimit: 4,
      beforeCommit: (batch) => (hears(batch) ? gate.pass() : Promise.resolve()),
    });
    hub.running.start();
    for (let n = 0; n < 5; n += 1) expect((await hub.say(said(n))).status).toBe(200);
    const refused = await hub.say(said(5));
    expect([refused.status, JSON.parse(refused.body).code]).toEqual([503, "overloaded"]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await rows(hub, "inbox")).length).toBe(5);
    expect((await hub.ask(new Request("http://hub.test/readyz"))).status).toBe(503);
    expect((await hub.ask(new Request("http://hub.test/healthz"))).status).toBe(200);
    gate.open();
    await expect.poll(() => hub.store.backlog()).toBe(0);
    await expect
      .poll(async () => {
        hub.clock.advance(1_000);
        return (await hub.ask(new Request("http://hub.test/readyz"))).status;
      })
      .toBe(200);
    expect((await hub.say(said(5))).status).toBe(200);
  });

  it("says that the address is ours, and refuses forgeries, while too much mail waits", async () => {
    const hub = open({ backlogLimit: 0 });
    expect((await hub.say(said(0))).status).toBe(200);
    expect((await hub.say(said(1))).status).toBe(503);
    for (const { request, check } of subject.handshakes.handshakes) {
      const { status, body } = await hub.push(await request(), subject.handshakes.feed);
      await check({ status, headers: {}, body });
    }
    const { payload = "" } = subject.messages.samples[0] ?? {};
    const forged = { ...(await subject.messages.push(payload)), headers: {}, query: "" };
    expect((await hub.push(forged, subject.messages.feed)).status).toBe(401);
  });

  it("does not acknowledge what the store could not take, and takes it when it comes again", async () => {
    let full = true;
    const hub = open({
      async beforeCommit() {
        if (full) throw new Error(`database or disk is full near "${WORDS}"`);
      },
    });
    expect((await hub.say(said(1))).status).toBe(500);
    full = false;
    expect(await hub.stored()).toBe(0);
    expect(hub.logged).toEqual([
      `A request failed. ${JSON.stringify({ route: "/hooks/:channel/:account/:feed", account: subject.account.split("/")[1], error: "Error" })}`,
    ]);
    expect((await hub.say(said(1))).status).toBe(200);
    await hub.settle();
    expect((await rows(hub, "tickets")).length).toBe(1);
  });

  it("keeps a vendor that quotes our words and its secrets out of the log", async () => {
    const hub = open({
      async vendor(request) {
        const words = await request.clone().text();
        const answer = await subject.vendor(request);
        const body = (await answer.json()) as object;
        if (Object.keys(body).some((key) => /token/i.test(key))) return Response.json(body);
        const quoted = `${words} ${subject.secrets.join(" ")}`;
        const failure = {
          code: 230001,
          errcode: 40058,
          msg: quoted,
          errmsg: quoted,
          message: quoted,
        };
        return Response.json(failure, { status: 400 });
      },
    });
    await hub.say(said(1));
    await hub.settle();
    expect(hub.logged.length).toBeGreaterThan(0);
    expect(hub.calls.length).toBeGreaterThan(1);
  });
});

type Values = Readonly<Record<string, string | number | null>>;
type Event = {
  readonly type: string;
  readonly data: { readonly heard?: { readonly inbox: string } };
};

async function rows(
  hub: HookHub,
  table: "inbox" | "events" | "outbox" | "tickets",
): Promise<Values[]> {
  return (await hub.store.page(table, 0, 1_000)).map(({ values }) => values);
}

async function events(hub: HookHub): Promise<Event[]> {
  const all = await rows(hub, "events");
  return all.map(({ type, data }) => ({ type: String(type), data: JSON.parse(String(data)) }));
}

function hears(batch: Batch): boolean {
  return batch.streams.some(({ events: happened }) =>
    happened.some(({ type }) => type === "heard"),
  );
}
