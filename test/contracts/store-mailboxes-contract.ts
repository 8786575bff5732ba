import { describe, expect, it } from "vitest";
import type { Batch } from "../../src/ports/batch.ts";
import { anEvent, mail, type StoreBench } from "./store-samples.ts";

const mailbox = "conversation:k";

/** One commit of a worker that found the mailbox at `fence`, and keeps it until `leaseUntil`. */
function turn(fence: number, leaseUntil: number): Pick<Batch, "guards" | "rows"> {
  return {
    guards: [{ type: "mailbox-at", mailbox, fence }],
    rows: [{ type: "mailbox", mailbox, fence: fence + 1, leaseUntil }],
  };
}

export function mailboxContract(bench: () => StoreBench): void {
  describe("mailboxes", () => {
    it("say with the mail how they stand", async () => {
      expect(await bench().store.mail(mailbox, 1)).toEqual({ rows: [], fence: 0, leaseUntil: 0 });
      await bench().rows(mail("1"));
      expect(await bench().store.mail(mailbox, 1)).toMatchObject({ fence: 0, leaseUntil: 0 });
      expect(await bench().commit(turn(0, 200))).toBe("ok");
      expect(await bench().store.mail(mailbox, 1)).toMatchObject({ fence: 1, leaseUntil: 200 });
      expect(await bench().commit(turn(1, 0))).toBe("ok");
      expect(await bench().store.mail(mailbox, 1)).toMatchObject({ fence: 2, leaseUntil: 0 });
    });

    it("stop a worker after whose reading another one has written", async () => {
      await bench().rows(mail("1"));
      await bench().commit(turn(0, 200));
      const late = { ...anEvent("ticket:a", 0, "created"), ...turn(0, 300) };
      expect(await bench().commit(late)).toBe("conflict");
      expect(await bench().store.mail(mailbox, 1)).toMatchObject({ fence: 1, leaseUntil: 200 });
    });

    it("let one go on of many that come at once", async () => {
      const results = await Promise.all(
        Array.from({ length: 16 }, () => bench().commit(turn(0, 200))),
      );
      expect(results.filter((result) => result === "ok")).toHaveLength(1);
    });
  });
}
