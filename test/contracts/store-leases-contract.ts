import { describe, expect, it } from "vitest";
import { anEvent, type StoreBench } from "./store-samples.ts";

export function leaseContract(bench: () => StoreBench): void {
  describe("leases", () => {
    it("gives a mailbox to one worker until the lease ends or is given back", async () => {
      const first = await bench().store.lease("conversation:k", 100, 200);
      expect(first).toMatchObject({ fence: 1, until: 200 });
      expect(await bench().store.lease("conversation:k", 199, 300)).toBeNull();
      const second = await bench().store.lease("conversation:k", 200, 300);
      expect(second).toMatchObject({ fence: 2 });
      await bench().rows({ type: "give-back", mailbox: "conversation:k", fence: 1 });
      expect(await bench().store.lease("conversation:k", 250, 350)).toBeNull();
      await bench().rows({ type: "give-back", mailbox: "conversation:k", fence: 2 });
      expect(await bench().store.lease("conversation:k", 250, 350)).toMatchObject({ fence: 3 });
    });

    it("stops a worker whose lease was taken over", async () => {
      await bench().store.lease("conversation:k", 100, 200);
      await bench().store.lease("conversation:k", 200, 300);
      const guards = [{ type: "lease", mailbox: "conversation:k", fence: 1 }] as const;
      expect(await bench().commit({ ...anEvent("ticket:a", 0, "created"), guards })).toBe(
        "conflict",
      );
    });

    it("gives one of many that ask at once", async () => {
      const leases = await Promise.all(
        Array.from({ length: 16 }, () => bench().store.lease("conversation:k", 100, 200)),
      );
      expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
    });
  });
}
