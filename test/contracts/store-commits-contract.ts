import { describe, expect, it } from "vitest";
import type { Row } from "../../src/ports/batch.ts";
import { anEvent, mail, type StoreBench } from "./store-samples.ts";

export function commitContract(bench: () => StoreBench): void {
  describe("commits", () => {
    it("writes the events of a stream in order and refuses a version that is taken", async () => {
      expect(await bench().commit(anEvent("ticket:a", 0, "created", "queued"))).toBe("ok");
      expect(await bench().commit(anEvent("ticket:a", 0, "created"))).toBe("conflict");
      expect(await bench().commit(anEvent("ticket:a", 2, "claimed"))).toBe("ok");
      const events = await bench().store.page("events", 0, 10);
      expect(events.map(({ values }) => [values.version, values.type])).toEqual([
        [1, "created"],
        [2, "queued"],
        [3, "claimed"],
      ]);
    });

    it("refuses a version that lies ahead of the stream", async () => {
      expect(await bench().commit(anEvent("ticket:a", 1, "claimed"))).toBe("conflict");
      expect(await bench().store.page("events", 0, 10)).toEqual([]);
    });

    it("does all of a batch or nothing: a failing last row undoes the first", async () => {
      await bench().rows(mail("1"));
      const result = await bench().commit({
        ...anEvent("ticket:a", 0, "created"),
        rows: [
          { type: "text", id: "words", subject: "customer:c", body: "冰柜坏了", at: 1 },
          mail("1"),
        ],
      });
      expect(result).toBe("duplicate");
      expect(await bench().store.texts(["words"])).toEqual(new Map());
      expect(await bench().store.page("events", 0, 10)).toEqual([]);
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
      expect(await bench().commit({ cause })).toBe("ok");
      expect(await bench().commit({ cause })).toBe("duplicate");
    });

    it("tells what a cause was, by its id", async () => {
      const cause = { id: "c1", kind: "inbound", at: 1, actor: "system", configHash: "h" } as const;
      await bench().commit({ cause: { ...cause, input: '{"type":"tick"}' } });
      expect(await bench().store.cause("c1")).toBe('{"type":"tick"}');
      expect(await bench().store.cause("c2")).toBeNull();
    });

    it("lets exactly one of many concurrent batches on one version win", async () => {
      const results = await Promise.all(
        Array.from({ length: 16 }, () => bench().commit(anEvent("ticket:race", 0, "created"))),
      );
      expect(results.filter((result) => result === "ok")).toHaveLength(1);
      expect(results.filter((result) => result === "conflict")).toHaveLength(15);
    });

    it("keeps good batches that arrive together with failing ones", async () => {
      await bench().rows(mail("0"));
      const results = await Promise.all(["0", "1", "0", "2"].map((key) => bench().rows(mail(key))));
      expect(results).toEqual(["duplicate", "ok", "duplicate", "ok"]);
      const { rows } = await bench().store.mail("conversation:k", 10);
      expect(rows.map(({ dedupeKey }) => dedupeKey)).toEqual(["0", "1", "2"]);
    });

    it("keeps texts of 300,000 characters and every kind of character", async () => {
      const body = `${"冰".repeat(300_000)}😀\u0000'"\\`;
      await bench().rows({
        type: "text",
        id: "long",
        subject: "customer:c",
        body: body.replace("\u0000", ""),
        at: 1,
      });
      expect((await bench().store.texts(["long"])).get("long")).toBe(body.replace("\u0000", ""));
    });

    it("writes several hundred rows in one batch", async () => {
      const many = Array.from(
        { length: 300 },
        (_, n): Row => ({ type: "text", id: `t${n}`, subject: "s", body: `${n}`, at: 1 }),
      );
      expect(await bench().rows(...many)).toBe("ok");
      expect(
        (await bench().store.texts(many.map((row) => (row.type === "text" ? row.id : "")))).size,
      ).toBe(300);
    });
  });
}
