import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Conversation } from "../../src/core/conversation/conversation.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import type {
  Batch,
  NewInboxRow,
  NewOutboxRow,
  NewSurfaceRow,
  Row,
  Store,
} from "../../src/ports/store.ts";

/** What every engine must do, in the same words for each. `make` gives an empty store. */
export function storeContract(name: string, make: () => Promise<Store>): void {
  describe(`the store on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await make();
    });
    afterEach(async () => {
      await store.close();
    });
    const commit = (batch: Partial<Batch>) =>
      store.commit({ cause: null, streams: [], rows: [], guards: [], ...batch });
    const rows = (...list: Row[]) => commit({ rows: list });

    describe("commits", () => {
      it("writes the events of a stream in order and refuses a version that is taken", async () => {
        expect(await commit(anEvent("ticket:a", 0, "created", "queued"))).toBe("ok");
        expect(await commit(anEvent("ticket:a", 0, "created"))).toBe("conflict");
        expect(await commit(anEvent("ticket:a", 2, "claimed"))).toBe("ok");
        const events = await store.page("events", 0, 10);
        expect(events.map(({ values }) => [values["version"], values["type"]])).toEqual([
          [1, "created"],
          [2, "queued"],
          [3, "claimed"],
        ]);
      });

      it("refuses a version that lies ahead of the stream", async () => {
        expect(await commit(anEvent("ticket:a", 1, "claimed"))).toBe("conflict");
        expect(await store.page("events", 0, 10)).toEqual([]);
      });

      it("does all of a batch or nothing: a failing last row undoes the first", async () => {
        await rows(mail("1"));
        const result = await commit({
          ...anEvent("ticket:a", 0, "created"),
          rows: [
            { type: "text", id: "words", subject: "customer:c", body: "冰柜坏了", at: 1 },
            mail("1"),
          ],
        });
        expect(result).toBe("duplicate");
        expect(await store.texts(["words"])).toEqual(new Map());
        expect(await store.page("events", 0, 10)).toEqual([]);
      });

      it("knows a cause that was already worked", async () => {
        const cause = {
          id: "c1",
          kind: "inbound",
          at: 1,
          actor: "system",
          configHash: "h",
          input: "{}",
        } as const;
        expect(await commit({ cause })).toBe("ok");
        expect(await commit({ cause })).toBe("duplicate");
      });

      it("lets exactly one of many concurrent batches on one version win", async () => {
        const results = await Promise.all(
          Array.from({ length: 16 }, () => commit(anEvent("ticket:race", 0, "created"))),
        );
        expect(results.filter((result) => result === "ok")).toHaveLength(1);
        expect(results.filter((result) => result === "conflict")).toHaveLength(15);
      });

      it("keeps good batches that arrive together with failing ones", async () => {
        await rows(mail("0"));
        const results = await Promise.all(["0", "1", "0", "2"].map((key) => rows(mail(key))));
        expect(results).toEqual(["duplicate", "ok", "duplicate", "ok"]);
        expect((await store.mail("conversation:k", 10)).map(({ dedupeKey }) => dedupeKey)).toEqual([
          "0",
          "1",
          "2",
        ]);
      });

      it("keeps texts of 300,000 characters and every kind of character", async () => {
        const body = `${"冰".repeat(300_000)}😀\u0000'"\\`;
        await rows({
          type: "text",
          id: "long",
          subject: "customer:c",
          body: body.replace("\u0000", ""),
          at: 1,
        });
        expect((await store.texts(["long"])).get("long")).toBe(body.replace("\u0000", ""));
      });

      it("writes several hundred rows in one batch", async () => {
        const many = Array.from(
          { length: 300 },
          (_, n): Row => ({ type: "text", id: `t${n}`, subject: "s", body: `${n}`, at: 1 }),
        );
        expect(await rows(...many)).toBe("ok");
        expect(
          (await store.texts(many.map((row) => (row.type === "text" ? row.id : "")))).size,
        ).toBe(300);
      });
    });

    describe("the inbox", () => {
      it("takes a delivery once, for ever, per account and feed", async () => {
        expect(await rows(mail("1"))).toBe("ok");
        expect(await rows(mail("1", { id: "another" }))).toBe("duplicate");
        await rows({ type: "inbox-done", id: "in-1", outcome: null, at: 2 });
        expect(await rows(mail("1", { id: "another" }))).toBe("duplicate");
        expect(await rows(mail("1", { id: "other-feed", feed: "card" }))).toBe("ok");
        expect(await rows(mail("1", { id: "other-account", account: "feishu/b" }))).toBe("ok");
      });

      it("takes one of 64 deliveries of one id that arrive at once", async () => {
        const results = await Promise.all(
          Array.from({ length: 64 }, (_, n) => rows(mail("same", { id: `in-${n}` }))),
        );
        expect(results.filter((result) => result === "ok")).toHaveLength(1);
      });

      it("gives positions in the order of the commits, each mailbox by itself, with no gap for a duplicate", async () => {
        for (const key of ["1", "2", "2", "3"]) await rows(mail(key));
        await rows(mail("x", { mailbox: "conversation:other" }));
        expect((await store.mail("conversation:k", 10)).map(({ position }) => position)).toEqual([
          1, 2, 3,
        ]);
        expect(
          (await store.mail("conversation:other", 10)).map(({ position }) => position),
        ).toEqual([1]);
      });

      it("refuses to work a row twice", async () => {
        await rows(mail("1"));
        const done = {
          rows: [{ type: "inbox-done", id: "in-1", outcome: "{}", at: 2 }],
          guards: [{ type: "inbox-open", id: "in-1" }],
        } as const;
        expect(await commit(done)).toBe("ok");
        expect(await commit(done)).toBe("conflict");
        expect(await store.inboxRow("in-1")).toMatchObject({ status: "done", outcome: "{}" });
      });

      it("lets a failed row wait, die, and come back", async () => {
        await rows(mail("1"));
        await rows({ type: "inbox-retry", id: "in-1", dueAt: 500, error: "boom" });
        expect(await store.mailboxesDue(499, 10)).toEqual([]);
        expect(await store.mailboxesDue(500, 10)).toEqual(["conversation:k"]);
        expect(await store.inboxRow("in-1")).toMatchObject({ attempts: 1, dueAt: 500 });
        await rows({ type: "inbox-dead", id: "in-1", error: "boom", at: 600 });
        expect(await store.mail("conversation:k", 10)).toEqual([]);
        expect(await store.backlog()).toBe(0);
        expect(await store.deadLetters(10)).toMatchObject([
          { kind: "inbox", id: "in-1", error: "boom", at: 600 },
        ]);
        await rows({ type: "inbox-revive", id: "in-1", dueAt: 700 });
        expect(await store.mail("conversation:k", 10)).toMatchObject([{ id: "in-1", attempts: 0 }]);
        expect(await store.deadLetters(10)).toEqual([]);
      });

      it("is not due in a mailbox whose first row waits, or that somebody works", async () => {
        await rows(mail("1"), mail("2"));
        await rows({ type: "inbox-retry", id: "in-1", dueAt: 500, error: "boom" });
        expect(await store.mailboxesDue(400, 10)).toEqual([]);
        const lease = await store.lease("conversation:k", 500, 900);
        expect(await store.mailboxesDue(600, 10)).toEqual([]);
        expect(lease === null ? null : await store.holds(lease)).toBe(true);
        await store.lease("conversation:k", 900, 990);
        expect(lease === null ? null : await store.holds(lease)).toBe(false);
      });

      it("forgets old bodies and keeps the dedupe keys", async () => {
        await rows(mail("1"), mail("2"));
        await rows({ type: "inbox-done", id: "in-1", outcome: null, at: 50 });
        await rows({ type: "forget-bodies", before: 100 });
        expect(await store.inboxRow("in-1")).toMatchObject({ body: null });
        expect(await store.inboxRow("in-2")).toMatchObject({ body: "body of 2" });
        expect(await rows(mail("1"))).toBe("duplicate");
      });
    });

    describe("leases", () => {
      it("gives a mailbox to one worker until the lease ends or is given back", async () => {
        const first = await store.lease("conversation:k", 100, 200);
        expect(first).toMatchObject({ fence: 1, until: 200 });
        expect(await store.lease("conversation:k", 199, 300)).toBeNull();
        const second = await store.lease("conversation:k", 200, 300);
        expect(second).toMatchObject({ fence: 2 });
        await rows({ type: "give-back", mailbox: "conversation:k", fence: 1 });
        expect(await store.lease("conversation:k", 250, 350)).toBeNull();
        await rows({ type: "give-back", mailbox: "conversation:k", fence: 2 });
        expect(await store.lease("conversation:k", 250, 350)).toMatchObject({ fence: 3 });
      });

      it("stops a worker whose lease was taken over", async () => {
        await store.lease("conversation:k", 100, 200);
        await store.lease("conversation:k", 200, 300);
        const guards = [{ type: "lease", mailbox: "conversation:k", fence: 1 }] as const;
        expect(await commit({ ...anEvent("ticket:a", 0, "created"), guards })).toBe("conflict");
      });

      it("gives one of many that ask at once", async () => {
        const leases = await Promise.all(
          Array.from({ length: 16 }, () => store.lease("conversation:k", 100, 200)),
        );
        expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
      });
    });

    describe("states", () => {
      it("keeps the newest state of a conversation and finds it by key", async () => {
        expect(await store.newestConversation("k")).toEqual({ generation: 0, conversation: null });
        await rows({ type: "conversation", value: aConversation("k.1", { status: "closed" }) });
        await rows({ type: "conversation", value: aConversation("k.2", { lost: 1 }) });
        await rows({ type: "conversation", value: aConversation("k.2", { lost: 2, version: 2 }) });
        expect(await store.newestConversation("k")).toEqual({
          generation: 2,
          conversation: aConversation("k.2", { lost: 2, version: 2 }),
        });
        expect(await store.conversation("conversation:k.1")).toMatchObject({ status: "closed" });
      });

      it("keeps the newest state of a ticket", async () => {
        await rows({ type: "ticket", value: aTicket("t1") });
        await rows({
          type: "ticket",
          value: aTicket("t1", { status: "in_progress", owner: "li", version: 3 }),
        });
        expect(await store.ticket("t1")).toEqual(
          aTicket("t1", { status: "in_progress", owner: "li", version: 3 }),
        );
        expect(await store.ticket("none")).toBeNull();
      });

      it("knows who an identity stands for", async () => {
        await rows(
          { type: "customer", id: "c1", name: null, at: 1 },
          { type: "identity", account: "feishu/a", externalId: "ou_1", customer: "c1" },
        );
        await rows({ type: "identity", account: "feishu/a", externalId: "ou_1", customer: "c2" });
        expect(await store.identity("feishu/a", "ou_1")).toBe("c1");
        expect(await store.identity("feishu/b", "ou_1")).toBeNull();
      });
    });

    describe("the outbox", () => {
      it("offers the head of each lane only, in order", async () => {
        await rows(letter("1", "lane-a"), letter("2", "lane-a"), letter("3", "lane-b"));
        expect((await store.outboxDue(10, 10)).map(({ id }) => id)).toEqual(["1", "3"]);
        await rows({ type: "outbox-sent", id: "1", remoteId: "om_1", at: 11 });
        expect((await store.outboxDue(11, 10)).map(({ id }) => id)).toEqual(["2", "3"]);
      });

      it("lets a waiting head hold up its lane, and a parked one let the rest pass", async () => {
        await rows(letter("1", "lane-a"), letter("2", "lane-a"));
        await rows({ type: "outbox-retry", id: "1", dueAt: 100, error: "429" });
        expect(await store.outboxDue(50, 10)).toEqual([]);
        await rows({ type: "outbox-parked", id: "1", dueAt: 100, error: "429" });
        expect((await store.outboxDue(50, 10)).map(({ id }) => id)).toEqual(["2"]);
        expect((await store.outboxDue(100, 10)).map(({ id }) => id)).toEqual(["2", "1"]);
      });

      it("gives a message to one deliverer at a time", async () => {
        await rows(letter("1", "lane-a"));
        const hold = { rows: [{ type: "outbox-hold", id: "1", now: 20, until: 80 }] } as const;
        expect(await commit(hold)).toBe("ok");
        expect(await commit(hold)).toBe("conflict");
        expect(await store.outboxDue(79, 10)).toEqual([]);
        expect(await store.outboxDue(80, 10)).toHaveLength(1);
        const late = {
          rows: [{ type: "outbox-sent", id: "1", remoteId: "x", at: 90 }],
          guards: [{ type: "outbox-held", id: "1", leaseUntil: 70 }],
        } as const;
        expect(await commit(late)).toBe("conflict");
      });

      it("takes a message of one id once", async () => {
        expect(await rows(letter("1", "lane-a"))).toBe("ok");
        expect(await rows(letter("1", "lane-a"))).toBe("ok");
        expect(await store.outboxDue(10, 10)).toHaveLength(1);
      });

      it("shows dead letters and brings them back", async () => {
        await rows(letter("1", "lane-a"), letter("2", "lane-a"));
        await rows({ type: "outbox-dead", id: "1", error: "content: refused", at: 30 });
        expect((await store.outboxDue(31, 10)).map(({ id }) => id)).toEqual(["2"]);
        expect(await store.deadLetters(10)).toMatchObject([
          { kind: "outbox", id: "1", account: "feishu/a", error: "content: refused" },
        ]);
        await rows({ type: "outbox-revive", id: "1", dueAt: 40 });
        expect((await store.outboxDue(40, 10)).map(({ id }) => id)).toEqual(["1"]);
      });
    });

    describe("surfaces", () => {
      it("are due when they show less than they should, and clean afterwards", async () => {
        await rows(face("s1"), {
          type: "surfaces-dirty",
          ticket: "t1",
          version: 2,
          dueAt: 10,
          hold: null,
        });
        expect(await store.surfacesDue(10, 10)).toMatchObject([
          { id: "s1", wanted: 2, shown: 0, remoteId: null, edition: 1 },
        ]);
        const tokens = [{ value: "rc", expiresAt: 99 }];
        await rows({
          type: "surface-shown",
          id: "s1",
          version: 2,
          remoteId: "om_1",
          spent: [],
        fresh: tokens,
          at: 11,
        });
        expect(await store.surfacesDue(99, 10)).toEqual([]);
        expect(await store.surfaceByRemote("feishu/a", "om_1")).toMatchObject({
          shown: 2,
          
        updateTokens: tokens,
          dueAt: null,
        });
      });

      it("stay due when the ticket moved on while one version was being shown", async () => {
        await rows(face("s1"), {
          type: "surfaces-dirty",
          ticket: "t1",
          version: 2,
          dueAt: 10,
          hold: null,
        });
        await rows({ type: "surfaces-dirty", ticket: "t1", version: 5, dueAt: 12, hold: null });
        await rows({
          type: "surface-shown",
          id: "s1",
          version: 2,
          remoteId: "om_1",
          spent: [],
        fresh: [],
          at: 13,
        });
        expect(await store.surfacesDue(13, 10)).toMatchObject([{ wanted: 5, shown: 2 }]);
      });

      it("never want an older version again", async () => {
        await rows(face("s1"), {
          type: "surfaces-dirty",
          ticket: "t1",
          version: 5,
          dueAt: 10,
          hold: null,
        });
        await rows({ type: "surfaces-dirty", ticket: "t1", version: 3, dueAt: 10, hold: null });
        expect(await store.surfaces("t1")).toMatchObject([{ wanted: 5 }]);
      });

      it("let the clicked one wait for the click's answer", async () => {
        await rows(face("s1"), face("s2"));
        await rows({
          type: "surfaces-dirty",
          ticket: "t1",
          version: 2,
          dueAt: 10,
          hold: { id: "s2", until: 60 },
        });
        expect((await store.surfacesDue(10, 10)).map(({ id }) => id)).toEqual(["s1"]);
        expect((await store.surfacesDue(60, 10)).map(({ id }) => id)).toEqual(["s1", "s2"]);
      });

      it("collect update tokens and lose them with the card", async () => {
        await rows(face("s1"), {
          type: "surface-token",
          id: "s1",
          token: { value: "rc2", expiresAt: 9 },
        });
        expect(await store.surfaces("t1")).toMatchObject([
          { updateTokens: [{ value: "rc2", expiresAt: 9 }] },
        ]);
        await rows({ type: "surface-lost", id: "s1", dueAt: 5 });
        expect(await store.surfaces("t1")).toMatchObject([
          { updateTokens: [], remoteId: null, edition: 2, dueAt: 5 },
        ]);
      });

      it("keep a token that came while an older one was being spent", async () => {
        const [old, late] = [{ value: "rc1", expiresAt: 9 }, { value: "rc2", expiresAt: 9 }];
        await rows(face("s1"), { type: "surface-token", id: "s1", token: old }, { type: "surface-token", id: "s1", token: late });
        await rows({ type: "surface-shown", id: "s1", version: 1, remoteId: "om_1", spent: [old], fresh: [], at: 5 });
        expect(await store.surfaces("t1")).toMatchObject([{ updateTokens: [late] }]);
      });

      it("remember that a first sending was tried, until the card stands", async () => {
        await rows(face("s1"), { type: "surface-retry", id: "s1", dueAt: 5, error: "unknown: timeout" });
        await rows({ type: "surfaces-dirty", ticket: "t1", version: 2, dueAt: 6, hold: null });
        expect(await store.surfaces("t1")).toMatchObject([{ attempts: 1 }]);
        await rows({ type: "surface-shown", id: "s1", version: 2, remoteId: "om_1", spent: [], fresh: [], at: 7 });
        await rows({ type: "surface-retry", id: "s1", dueAt: 8, error: "transient: 502" });
        await rows({ type: "surfaces-dirty", ticket: "t1", version: 3, dueAt: 9, hold: null });
        expect(await store.surfaces("t1")).toMatchObject([{ attempts: 0 }]);
      });

      it("never claim an older version than they showed, and are not booked while somebody changes them", async () => {
        await rows(face("s1"), { type: "surfaces-dirty", ticket: "t1", version: 4, dueAt: 1, hold: null });
        await rows({ type: "surface-shown", id: "s1", version: 4, remoteId: "om_1", spent: [], fresh: [], at: 2 });
        await rows({ type: "surface-shown", id: "s1", version: 3, remoteId: null, spent: [], fresh: [], at: 3 });
        expect(await store.surfaces("t1")).toMatchObject([{ shown: 4, dueAt: null }]);
        await rows({ type: "surface-hold", id: "s1", edition: 1, now: 10, until: 70 });
        const booked = { rows: [{ type: "surface-shown", id: "s1", version: 5, remoteId: null, spent: [], fresh: [], at: 20 }], guards: [{ type: "surface-free", id: "s1", now: 20 }] } as const;
        expect(await commit(booked)).toBe("conflict");
      });

      it("of another ticket are not touched by a hold that names them", async () => {
        await rows(face("s1"));
        await rows({ type: "surfaces-dirty", ticket: "t2", version: 9, dueAt: 6, hold: { id: "s1", until: 60 } });
        expect(await store.surfaces("t1")).toMatchObject([{ wanted: 0 }]);
      });

      it("are made once per ticket and place", async () => {
        await rows(face("s1"));
        await rows(face("s1"));
        expect(await store.surfaces("t1")).toHaveLength(1);
      });

      it("that were given up because of the vendor's state live again with the next change", async () => {
        await rows(face("s1"), { type: "surface-dead", id: "s1", error: "transient: 502", at: 20 });
        await rows({ type: "surfaces-dirty", ticket: "t1", version: 9, dueAt: 30, hold: null });
        expect(await store.surfacesDue(99, 10)).toMatchObject([{ id: "s1", wanted: 9 }]);
        expect(await store.surfacesDue(99, 10, ["feishu/a"])).toEqual([]);
      });

      it("that died stay out of it until they are revived", async () => {
        await rows(face("s1"), {
          type: "surface-dead",
          id: "s1",
          error: "config: no rights",
          at: 20,
        });
        await rows({ type: "surfaces-dirty", ticket: "t1", version: 9, dueAt: 30, hold: null });
        expect(await store.surfacesDue(99, 10)).toEqual([]);
        expect(await store.deadLetters(10)).toMatchObject([{ kind: "surface", id: "s1" }]);
        await rows({ type: "surface-revive", id: "s1", dueAt: 40 });
        expect(await store.surfacesDue(99, 10)).toHaveLength(1);
      });
    });

    describe("timers, numbers and the rest", () => {
      it("keeps one timer a stream", async () => {
        await rows(
          { type: "timer", stream: "ticket:a", dueAt: 50 },
          { type: "timer", stream: "ticket:b", dueAt: 40 },
        );
        await rows({ type: "timer", stream: "ticket:a", dueAt: 30 });
        expect(await store.timersDue(45, 10)).toEqual([
          { stream: "ticket:a", dueAt: 30 },
          { stream: "ticket:b", dueAt: 40 },
        ]);
        const ring = {
          rows: [{ type: "timer", stream: "ticket:a", dueAt: null }],
          guards: [{ type: "timer-at", stream: "ticket:a", dueAt: 50 }],
        } as const;
        expect(await commit(ring)).toBe("conflict");
        expect(
          await commit({ ...ring, guards: [{ type: "timer-at", stream: "ticket:a", dueAt: 30 }] }),
        ).toBe("ok");
        expect(await store.timersDue(99, 10)).toHaveLength(1);
      });

      it("knows the next instant at which anything is due", async () => {
        expect(await store.nextDue(0)).toBeNull();
        await rows({ type: "timer", stream: "ticket:a", dueAt: 500 }, letter("1", "lane"));
        await rows({ type: "outbox-retry", id: "1", dueAt: 300, error: "x" });
        expect(await store.nextDue(100)).toBe(300);
        expect(await store.nextDue(300)).toBe(500);
      });

      it("reserves blocks of numbers that never overlap", async () => {
        const firsts = await Promise.all(
          Array.from({ length: 8 }, () => store.reserve("ticket", 10)),
        );
        expect([...firsts].sort((a, b) => a - b)).toEqual([1, 11, 21, 31, 41, 51, 61, 71]);
      });

      it("has one active configuration and remembers the others", async () => {
        expect(await store.activeConfig()).toBeNull();
        await rows({ type: "config", row: { hash: "a", yaml: "one", at: 1 } });
        await rows({ type: "config", row: { hash: "b", yaml: "two", at: 2 } });
        expect(await store.activeConfig()).toMatchObject({ hash: "b" });
        await rows({ type: "config", row: { hash: "a", yaml: "one", at: 3 } });
        expect(await store.activeConfig()).toMatchObject({ hash: "a", yaml: "one" });
        expect(await store.config("b")).toMatchObject({ yaml: "two" });
      });

      it("finds stores by any of their names, and replaces the directory whole", async () => {
        const shop = (n: number) => ({
          id: `S${n}`,
          name: `人民路${n}店`,
          region: "华东",
          names: [`s${n}`, `人民路${n}店`, `人民路${n}`],
        });
        await store.replaceStores(
          Array.from({ length: 1_000 }, (_, n) => shop(n)),
          "first",
        );
        expect(await store.findStores(["人民路7", "nothing"])).toEqual([
          { id: "S7", name: "人民路7店", region: "华东" },
        ]);
        expect(await store.findStores([])).toEqual([]);
        await store.replaceStores([shop(1)], "second");
        expect(await store.findStores(["s7"])).toEqual([]);
        expect(await store.directoryFingerprint()).toBe("second");
      });

      it("gives a visitor what came after what they have", async () => {
        for (const body of ["one", "two"])
          await rows({ type: "visitor-event", account: "web/shop", visitor: "v1", body, at: 1 });
        await rows({
          type: "visitor-event",
          account: "web/shop",
          visitor: "v2",
          body: "not yours",
          at: 1,
        });
        const all = await store.visitorEvents("web/shop", "v1", 0, 10);
        expect(all.map(({ body }) => body)).toEqual(["one", "two"]);
        expect(await store.visitorEvents("web/shop", "v1", all[0]?.seq ?? 0, 10)).toHaveLength(1);
      });

      it("pages through a table without missing or repeating a row", async () => {
        await rows(
          ...Array.from(
            { length: 25 },
            (_, n): Row => ({ type: "text", id: `t${n}`, subject: "s", body: "b", at: n }),
          ),
        );
        const seen: unknown[] = [];
        for (let after = 0; ; ) {
          const some = await store.page("texts", after, 10);
          if (some.length === 0) break;
          seen.push(...some.map(({ values }) => values["id"]));
          after = some.at(-1)?.row ?? 0;
        }
        expect(new Set(seen).size).toBe(25);
        expect(seen).toHaveLength(25);
      });
    });
  });
}

function anEvent(
  stream: string,
  expectedVersion: number,
  ...types: string[]
): Pick<Batch, "streams"> {
  const events = types.map((type) => ({ type, schema: 1, at: 1, data: "{}" }));
  return { streams: [{ stream, expectedVersion, events }] };
}

function mail(key: string, over: Partial<NewInboxRow> = {}): Row {
  return {
    type: "inbox",
    row: {
      id: `in-${key}`,
      account: "feishu/a",
      feed: "event",
      dedupeKey: key,
      mailbox: "conversation:k",
      kind: "message",
      receivedAt: 1,
      body: `body of ${key}`,
      ...over,
    },
  };
}

function letter(id: string, lane: string): { readonly type: "outbox"; readonly row: NewOutboxRow } {
  return {
    type: "outbox",
    row: { id, lane, account: "feishu/a", language: "zh-CN", payload: "{}", createdAt: 1 },
  };
}

function face(id: string): { readonly type: "surface"; readonly row: NewSurfaceRow } {
  const to = { kind: "chat", id: "oc_1" } as const;
  return {
    type: "surface",
    row: { id, ticket: "t1", account: "feishu/a", to, audience: "team", language: "zh-CN", at: 1 },
  };
}

function aConversation(id: string, over: Partial<Conversation> = {}): Conversation {
  return {
    id,
    key: "k",
    account: "feishu/a",
    to: { kind: "person", id: "ou_1" },
    party: { kind: "customer", id: "c1" },
    partyName: { ref: "n1" },
    language: "zh-CN",
    status: "open",
    pending: null,
    last: null,
    form: null,
    answer: null,
    choices: [],
    lost: 0,
    ticket: null,
    lastAt: 1,
    version: 1,
    ...over,
  };
}

function aTicket(id: string, over: Partial<Ticket> = {}): Ticket {
  return {
    id,
    number: 7,
    type: "repair",
    intent: null,
    title: { literal: "设备报修" },
    description: { ref: "d1" },
    priority: "high",
    status: "new",
    statusVersion: 1,
    requester: { kind: "customer", id: "c1" },
    requesterName: { ref: "n1" },
    origin: {
      conversation: "k.1",
      account: "feishu/a",
      to: { kind: "person", id: "ou_1" },
      language: "zh-CN",
    },
    store: null,
    fields: [],
    team: "equipment",
    owner: null,
    watchers: [],
    level: 0,
    urges: 0,
    lastUrgedAt: null,
    reopenings: 0,
    comments: [],
    resolution: null,
    closeReason: null,
    createdAt: 1,
    resolvedAt: null,
    closedAt: null,
    lastAt: 1,
    version: 1,
    ...over,
  };
}
