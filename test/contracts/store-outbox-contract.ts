import { describe, expect, it } from "vitest";
import { letter, type StoreBench } from "./store-samples.ts";

export function outboxContract(bench: () => StoreBench): void {
  describe("the outbox", () => {
    it("offers the head of each lane only, in order", async () => {
      await bench().rows(letter("1", "lane-a"), letter("2", "lane-a"), letter("3", "lane-b"));
      expect((await bench().store.outboxDue(10, 10)).map(({ id }) => id)).toEqual(["1", "3"]);
      await bench().rows({ type: "outbox-sent", id: "1", remoteId: "om_1", at: 11 });
      expect((await bench().store.outboxDue(11, 10)).map(({ id }) => id)).toEqual(["2", "3"]);
    });

    it("lets a waiting head hold up its lane, and a parked one let the rest pass", async () => {
      await bench().rows(letter("1", "lane-a"), letter("2", "lane-a"));
      await bench().rows({ type: "outbox-retry", id: "1", dueAt: 100, error: "429" });
      expect(await bench().store.outboxDue(50, 10)).toEqual([]);
      await bench().rows({ type: "outbox-parked", id: "1", dueAt: 100, error: "429" });
      expect((await bench().store.outboxDue(50, 10)).map(({ id }) => id)).toEqual(["2"]);
      expect((await bench().store.outboxDue(100, 10)).map(({ id }) => id)).toEqual(["2", "1"]);
    });

    it("gives a message to one deliverer at a time", async () => {
      await bench().rows(letter("1", "lane-a"));
      const hold = { rows: [{ type: "outbox-hold", id: "1", now: 20, until: 80 }] } as const;
      expect(await bench().commit(hold)).toBe("ok");
      expect(await bench().commit(hold)).toBe("conflict");
      expect(await bench().store.outboxDue(79, 10)).toEqual([]);
      expect(await bench().store.outboxDue(80, 10)).toHaveLength(1);
      const late = {
        rows: [{ type: "outbox-sent", id: "1", remoteId: "x", at: 90 }],
        guards: [{ type: "outbox-held", id: "1", leaseUntil: 70 }],
      } as const;
      expect(await bench().commit(late)).toBe("conflict");
    });

    it("takes a message of one id once", async () => {
      expect(await bench().rows(letter("1", "lane-a"))).toBe("ok");
      expect(await bench().rows(letter("1", "lane-a"))).toBe("ok");
      expect(await bench().store.outboxDue(10, 10)).toHaveLength(1);
    });

    it("shows dead letters and brings them back", async () => {
      await bench().rows(letter("1", "lane-a"), letter("2", "lane-a"));
      await bench().rows({ type: "outbox-dead", id: "1", error: "content: refused", at: 30 });
      expect((await bench().store.outboxDue(31, 10)).map(({ id }) => id)).toEqual(["2"]);
      expect(await bench().store.deadLetters(10)).toMatchObject([
        { kind: "outbox", id: "1", account: "feishu/a", error: "content: refused" },
      ]);
      await bench().rows({ type: "outbox-revive", id: "1", dueAt: 40 });
      expect((await bench().store.outboxDue(40, 10)).map(({ id }) => id)).toEqual(["1"]);
    });
  });
}
