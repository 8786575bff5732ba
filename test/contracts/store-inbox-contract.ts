import { describe, expect, it } from "vitest";
import { mail, type StoreBench } from "./store-samples.ts";

export function inboxContract(bench: () => StoreBench): void {
  const keys = async (mailbox: string, limit: number) =>
    (await bench().store.mail(mailbox, limit)).rows.map(({ dedupeKey }) => dedupeKey);

  describe("the inbox", () => {
    it("takes an id once, for ever", async () => {
      expect(await bench().rows(mail("1"))).toBe("ok");
      expect(await bench().rows(mail("1", { mailbox: "conversation:other" }))).toBe("duplicate");
      await bench().rows({ type: "inbox-done", id: "in-1", outcome: null, at: 2 });
      expect(await bench().rows(mail("1"))).toBe("duplicate");
    });

    it("takes one of 64 deliveries of one id that arrive at once", async () => {
      const results = await Promise.all(
        Array.from({ length: 64 }, () => bench().rows(mail("same"))),
      );
      expect(results.filter((result) => result === "ok")).toHaveLength(1);
    });

    it("hands out the mail of a mailbox in the order in which it came, and none of another's", async () => {
      for (const key of ["3", "1", "1", "2"]) await bench().rows(mail(key));
      await bench().rows(mail("x", { mailbox: "conversation:other" }));
      expect(await keys("conversation:k", 10)).toEqual(["3", "1", "2"]);
      expect(await keys("conversation:k", 2)).toEqual(["3", "1"]);
      expect(await keys("conversation:other", 10)).toEqual(["x"]);
      expect(await keys("conversation:empty", 10)).toEqual([]);
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
      expect(await keys("conversation:k", 10)).toEqual([]);
      expect(await bench().store.backlog()).toBe(0);
      expect(await bench().store.deadLetters(10)).toMatchObject([
        { kind: "inbox", id: "in-1", error: "boom", at: 600 },
      ]);
      await bench().rows({ type: "inbox-revive", id: "in-1", dueAt: 700 });
      expect((await bench().store.mail("conversation:k", 10)).rows).toMatchObject([
        { id: "in-1", attempts: 0 },
      ]);
      expect(await bench().store.deadLetters(10)).toEqual([]);
    });

    it("is not due in a mailbox whose first row waits, or that somebody works", async () => {
      await bench().rows(mail("1"), mail("2"));
      await bench().rows({ type: "inbox-retry", id: "in-1", dueAt: 500, error: "boom" });
      expect(await bench().store.mailboxesDue(400, 10)).toEqual([]);
      await bench().rows({ type: "mailbox", mailbox: "conversation:k", fence: 1, leaseUntil: 900 });
      expect(await bench().store.mailboxesDue(899, 10)).toEqual([]);
      expect(await bench().store.mailboxesDue(900, 10)).toEqual(["conversation:k"]);
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
