import { describe, expect, it } from "vitest";
import { aConversation, aTicket, type StoreBench } from "./store-samples.ts";

export function stateContract(bench: () => StoreBench): void {
  describe("states", () => {
    it("keeps the newest state of a conversation and finds it by key", async () => {
      expect(await bench().store.newestConversation("k")).toEqual({
        generation: 0,
        conversation: null,
      });
      await bench().rows({
        type: "conversation",
        value: aConversation("k.1", { status: "closed" }),
      });
      await bench().rows({ type: "conversation", value: aConversation("k.2", { lost: 1 }) });
      await bench().rows({
        type: "conversation",
        value: aConversation("k.2", { lost: 2, version: 2 }),
      });
      expect(await bench().store.newestConversation("k")).toEqual({
        generation: 2,
        conversation: aConversation("k.2", { lost: 2, version: 2 }),
      });
      expect(await bench().store.conversation("conversation:k.1")).toMatchObject({
        status: "closed",
      });
    });

    it("keeps the newest state of a ticket", async () => {
      await bench().rows({ type: "ticket", value: aTicket("t1") });
      await bench().rows({
        type: "ticket",
        value: aTicket("t1", { status: "in_progress", owner: "li", version: 3 }),
      });
      expect(await bench().store.ticket("t1")).toEqual(
        aTicket("t1", { status: "in_progress", owner: "li", version: 3 }),
      );
      expect(await bench().store.ticket("none")).toBeNull();
    });

    it("knows who an identity stands for", async () => {
      await bench().rows(
        { type: "customer", id: "c1", name: null, at: 1 },
        { type: "identity", account: "feishu/a", externalId: "ou_1", customer: "c1" },
      );
      await bench().rows({
        type: "identity",
        account: "feishu/a",
        externalId: "ou_1",
        customer: "c2",
      });
      expect(await bench().store.identity("feishu/a", "ou_1")).toBe("c1");
      expect(await bench().store.identity("feishu/b", "ou_1")).toBeNull();
    });
  });
}
