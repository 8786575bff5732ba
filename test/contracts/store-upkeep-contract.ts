import { describe, expect, it } from "vitest";
import type { Row } from "../../src/ports/batch.ts";
import { letter, mail, type StoreBench } from "./store-samples.ts";

export function upkeepContract(bench: () => StoreBench): void {
  describe("timers, numbers and the rest", () => {
    it("keeps one timer a stream", async () => {
      await bench().rows(
        { type: "timer", stream: "ticket:a", dueAt: 50 },
        { type: "timer", stream: "ticket:b", dueAt: 40 },
      );
      await bench().rows({ type: "timer", stream: "ticket:a", dueAt: 30 });
      expect(await bench().store.timersDue(45, 10)).toEqual([
        { stream: "ticket:a", dueAt: 30 },
        { stream: "ticket:b", dueAt: 40 },
      ]);
      const ring = {
        rows: [{ type: "timer", stream: "ticket:a", dueAt: null }],
        guards: [{ type: "timer-at", stream: "ticket:a", dueAt: 50 }],
      } as const;
      expect(await bench().commit(ring)).toBe("conflict");
      expect(
        await bench().commit({
          ...ring,
          guards: [{ type: "timer-at", stream: "ticket:a", dueAt: 30 }],
        }),
      ).toBe("ok");
      expect(await bench().store.timersDue(99, 10)).toHaveLength(1);
    });

    it("knows the next instant at which anything is due", async () => {
      expect(await bench().store.nextDue(0)).toBeNull();
      await bench().rows({ type: "timer", stream: "ticket:a", dueAt: 500 }, letter("1", "lane"));
      await bench().rows({ type: "outbox-retry", id: "1", dueAt: 300, error: "x" });
      expect(await bench().store.nextDue(100)).toBe(300);
      expect(await bench().store.nextDue(300)).toBe(500);
      const taken = {
        type: "mailbox",
        mailbox: "conversation:k",
        fence: 1,
        leaseUntil: 450,
      } as const;
      await bench().rows(mail("new", { receivedAt: 310 }));
      expect(await bench().store.nextDue(300)).toBe(310);
      await bench().rows(taken);
      expect(await bench().store.nextDue(310)).toBe(450);
    });

    it("reserves blocks of numbers that never overlap", async () => {
      const firsts = await Promise.all(
        Array.from({ length: 8 }, () => bench().store.reserve("ticket", 10)),
      );
      expect([...firsts].sort((a, b) => a - b)).toEqual([1, 11, 21, 31, 41, 51, 61, 71]);
    });

    it("has one active configuration and remembers the others", async () => {
      expect(await bench().store.activeConfig()).toBeNull();
      await bench().rows({ type: "config", row: { hash: "a", yaml: "one", at: 1 } });
      await bench().rows({ type: "config", row: { hash: "b", yaml: "two", at: 2 } });
      expect(await bench().store.activeConfig()).toMatchObject({ hash: "b" });
      await bench().rows({ type: "config", row: { hash: "a", yaml: "one", at: 3 } });
      expect(await bench().store.activeConfig()).toMatchObject({ hash: "a", yaml: "one" });
      expect(await bench().store.config("b")).toMatchObject({ yaml: "two" });
    });

    it("finds stores by any of their names, and replaces the directory whole", async () => {
      const shop = (n: number) => ({
        id: `S${n}`,
        name: `人民路${n}店`,
        region: "华东",
        names: [`s${n}`, `人民路${n}店`, `人民路${n}`],
      });
      await bench().store.replaceStores(
        Array.from({ length: 1_000 }, (_, n) => shop(n)),
        "first",
      );
      expect(await bench().store.findStores(["人民路7", "nothing"])).toEqual([
        { id: "S7", name: "人民路7店", region: "华东" },
      ]);
      expect(await bench().store.findStores([])).toEqual([]);
      await bench().store.replaceStores([shop(1)], "second");
      expect(await bench().store.findStores(["s7"])).toEqual([]);
      expect(await bench().store.directoryFingerprint()).toBe("second");
    });

    it("gives a visitor what came after what they have", async () => {
      for (const body of ["one", "two"])
        await bench().rows({
          type: "visitor-event",
          account: "web/shop",
          visitor: "v1",
          body,
          at: 1,
        });
      await bench().rows({
        type: "visitor-event",
        account: "web/shop",
        visitor: "v2",
        body: "not yours",
        at: 1,
      });
      const all = await bench().store.visitorEvents("web/shop", "v1", 0, 10);
      expect(all.map(({ body }) => body)).toEqual(["one", "two"]);
      expect(
        await bench().store.visitorEvents("web/shop", "v1", all[0]?.seq ?? 0, 10),
      ).toHaveLength(1);
    });

    it("pages through a table without missing or repeating a row", async () => {
      await bench().rows(
        ...Array.from(
          { length: 25 },
          (_, n): Row => ({ type: "text", id: `t${n}`, subject: "s", body: "b", at: n }),
        ),
      );
      const seen: unknown[] = [];
      for (let after = 0; ; ) {
        const some = await bench().store.page("texts", after, 10);
        if (some.length === 0) break;
        seen.push(...some.map(({ values }) => values.id));
        after = some.at(-1)?.row ?? 0;
      }
      expect(new Set(seen).size).toBe(25);
      expect(seen).toHaveLength(25);
    });
  });
}
