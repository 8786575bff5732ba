import { describe, expect, it } from "vitest";
import { mail, type StoreBench } from "./store-samples.ts";

export function inboxContract(bench: () => StoreBench): void {
  describe("the inbox", () => {
    it("takes a delivery once, for ever, per account and feed", async () => {
      expect(await bench().rows(mail("1"))).toBe("ok");
      expect(await bench().rows(mail("1", { id: "another" }))).toBe("duplicate");
      await bench().rows({ type: "inbox-done", id: "in-1", outcome: null, at: 2 });
      expect(await bench().rows(mail("1", { id: "another" }))).toBe("duplicate");
      expect(await bench().rows(mail("1", { id: "other-feed", feed: "card" }))).toBe("ok");
      expect(await bench().rows(mail("1", { id: "other-account", account: "feishu/b" }))).toBe(
        "ok",
      );
    });

    it("takes one of 64 deliveries of one id that arrive at once", async () => {
      const results = await Promise.all(
        Array.from({ length: 64 }, (_, n) => bench().rows(mail("same", { id: `in-${n}` }))),
      );
      expect(results.filter((result) => result === "ok")).toHaveLength(1);
    });

    it("gives positions in the order of the commits, each mailbox by itself, with no gap for a duplicate", async () => {
      for (const key of ["1", "2", "2", "3"]) await bench().rows(mail(key));
      await bench().rows(mail("x", { mailbox: "conversation:other" }));
      expect(
        (await bench().store.mail("conversation:k", 10)).map(({ position }) => position),
      ).toEqual([1, 2, 3]);
      expect(
        (await bench().store.mail("conversation:other", 10)).map(({ position }) => position),
      ).toEqual([1]);
    });

    it("refuses to work a row twice", async () => {
      await bench().rows(mail("1"));
      const done = {
        rows: [{ type: "inbox-done", id: "in-1", outcome: "{}", at: 2 }],
        guards: [{ type: "inbox-open", id: "in-1" }],
      } as const;
      expect(await bench().commit(done)).toBe("ok");
      expect(await bench().commit(done)).toBe("conflict");
      expect(await bench().store.inboxRow("in-1")).toMatchObject({ status: "done", outcome: "{}" });
    });

    it("lets a failed row wait, die, and come back", async () => {
      await bench().rows(mail("1"));
      await bench().rows({ type: "inbox-retry", id: "in-1", dueAt: 500, error: "boom" });
      expect(await bench().store.mailboxesDue(499, 10)).toEqual([]);
      expect(await bench().store.mailboxesDue(500, 10)).toEqual(["conversation:k"]);
      expect(await bench().store.inboxRow("in-1")).toMatchObject({ attempts: 1, dueAt: 500 });
      await bench().rows({ type: "inbox-dead", id: "in-1", error: "boom", at: 600 });
      expect(await bench().store.mail("conversation:k", 10)).toEqual([]);
      expect(await bench().store.backlog()).toBe(0);
      expect(await bench().store.deadLetters(10)).toMatchObject([
        { kind: "inbox", id: "in-1", error: "boom", at: 600 },
      ]);
      await bench().rows({ type: "inbox-revive", id: "in-1", dueAt: 700 });
      expect(await bench().store.mail("conversation:k", 10)).toMatchObject([
        { id: "in-1", attempts: 0 },
      ]);
      expect(await bench().store.deadLetters(10)).toEqual([]);
    });

    it("is not due in a mailbox whose first row waits, or that somebody works", async () => {
      await bench().rows(mail("1"), mail("2"));
      await bench().rows({ type: "inbox-retry", id: "in-1", dueAt: 500, error: "boom" });
      expect(await bench().store.mailboxesDue(400, 10)).toEqual([]);
      const lease = await bench().store.lease("conversation:k", 500, 900);
      expect(await bench().store.mailboxesDue(600, 10)).toEqual([]);
      expect(lease === null ? null : await bench().store.holds(lease)).toBe(true);
      await bench().store.lease("conversation:k", 900, 990);
      expect(lease === null ? null : await bench().store.holds(lease)).toBe(false);
    });

    it("forgets old bodies and keeps the dedupe keys", async () => {
      await bench().rows(mail("1"), mail("2"));
      await bench().rows({ type: "inbox-done", id: "in-1", outcome: null, at: 50 });
      await bench().rows({ type: "forget-bodies", before: 100 });
      expect(await bench().store.inboxRow("in-1")).toMatchObject({ body: null });
      expect(await bench().store.inboxRow("in-2")).toMatchObject({ body: "body of 2" });
      expect(await bench().rows(mail("1"))).toBe("duplicate");
    });
  });
}
