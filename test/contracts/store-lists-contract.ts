import { describe, expect, it } from "vitest";
import { LIST_PAGE, type TicketQuery } from "../../src/ports/store.ts";
import { aTicket, type StoreBench } from "./store-samples.ts";

type Over = Parameters<typeof aTicket>[1];

export function listContract(bench: () => StoreBench): void {
  let count = 0;

  async function keep(id: string, over: Over = {}, overdueAt: number | null = null): Promise<void> {
    count += 1;
    await bench().rows(
      { type: "ticket", value: aTicket(id, { number: count, ...over }) },
      { type: "ticket-overdue", id, at: overdueAt },
    );
  }

  async function idsOf(query: TicketQuery, page = 0): Promise<string[]> {
    return (await bench().store.ticketList(query, page)).tickets.map(({ id }) => id);
  }

  describe("lists of tickets", () => {
    it("finds a ticket by its number", async () => {
      await keep("t1", { number: 41 });
      expect(await bench().store.ticketNumbered(41)).toMatchObject({ id: "t1" });
      expect(await bench().store.ticketNumbered(42)).toBeNull();
    });

    it("holds what an agent has under way, oldest first", async () => {
      await keep("young", { owner: "li", status: "in_progress", createdAt: 20 });
      await keep("old", { owner: "li", status: "resolved", createdAt: 10 });
      await keep("over", { owner: "li", status: "closed", createdAt: 5 });
      await keep("gone", { owner: "li", status: "cancelled", createdAt: 5 });
      await keep("other", { owner: "wang", status: "in_progress", createdAt: 5 });
      expect(await idsOf({ list: "owner", owner: "li" })).toEqual(["old", "young"]);
    });

    it("holds what nobody of some teams has claimed, the most urgent first", async () => {
      await keep("low", { team: "a", priority: "low", createdAt: 1 });
      await keep("high", { team: "b", priority: "high", createdAt: 3 });
      await keep("older", { team: "a", priority: "high", createdAt: 2 });
      await keep("urgent", { team: "a", priority: "urgent", createdAt: 9 });
      await keep("taken", { team: "a", status: "in_progress", owner: "li" });
      await keep("elsewhere", { team: "c" });
      const query = { list: "queue", teams: ["a", "b"] } as const;
      expect(await idsOf(query)).toEqual(["urgent", "older", "high", "low"]);
      expect(await idsOf({ list: "queue", teams: [] })).toEqual([]);
    });

    it("holds what is overdue by now, of teams or of an owner, the longest overdue first", async () => {
      await keep("late", { team: "a" }, 50);
      await keep("later", { team: "a" }, 40);
      await keep("mine", { team: "c", owner: "li", status: "in_progress" }, 45);
      await keep("theirs", { team: "c" }, 45);
      await keep("soon", { team: "a" }, 101);
      await keep("never", { team: "a", status: "resolved" });
      const query = { list: "overdue", teams: ["a"], owner: "li", now: 100 } as const;
      expect(await idsOf(query)).toEqual(["later", "mine", "late"]);
      expect(await idsOf({ ...query, owner: null })).toEqual(["later", "late"]);
      expect(await idsOf({ ...query, now: 40 })).toEqual(["later"]);
    });

    it("keeps from when on a ticket is overdue when its state is written again", async () => {
      await keep("t1", { team: "a" }, 50);
      await bench().rows({ type: "ticket", value: aTicket("t1", { team: "a", version: 2 }) });
      const query = { list: "overdue", teams: ["a"], owner: null, now: 50 } as const;
      expect(await idsOf(query)).toEqual(["t1"]);
    });

    it("holds whatever somebody asked for, the newest first", async () => {
      const requester = { kind: "customer", id: "c9" } as const;
      await keep("first", { requester, createdAt: 1, status: "closed" });
      await keep("second", { requester, createdAt: 2 });
      await keep("other", { createdAt: 3 });
      expect(await idsOf({ list: "requester", requester: "customer:c9" })).toEqual([
        "second",
        "first",
      ]);
    });

    it("comes a page at a time, with how many there are in all", async () => {
      for (let n = 0; n < LIST_PAGE + 3; n += 1)
        await keep(`t${n}`, { owner: "li", status: "in_progress", createdAt: n });
      const query = { list: "owner", owner: "li" } as const;
      const pages = await Promise.all([0, 1, 2].map((n) => bench().store.ticketList(query, n)));
      expect(pages.map(({ tickets }) => tickets.length)).toEqual([LIST_PAGE, 3, 0]);
      expect(pages.map(({ total }) => total)).toEqual([11, 11, 11]);
      const ids = pages.flatMap(({ tickets }) => tickets.map(({ id }) => id));
      expect(ids).toEqual(Array.from({ length: 11 }, (_, n) => `t${n}`));
    });

    it("knows how the work of a team stands", async () => {
      const at = { now: 100, since: 50, until: 60 };
      expect(await bench().store.teamWork("a", at)).toEqual({
        waiting: 0,
        inProgress: 0,
        awaitingCustomer: 0,
        awaitingOthers: 0,
        overdue: 0,
        resolved: 0,
        oldest: [],
      });
      await keep("n1", { team: "a", createdAt: 9 }, 90);
      await keep("n2", { team: "a", createdAt: 8 }, 110);
      await keep("as", { team: "a", status: "assigned", createdAt: 7 });
      await keep("ip", { team: "a", status: "in_progress", createdAt: 6 });
      await keep("wc", { team: "a", status: "waiting_customer", createdAt: 5 });
      await keep("we", { team: "a", status: "waiting_external", createdAt: 4 });
      await keep("r1", { team: "a", status: "resolved", resolvedAt: 50, createdAt: 1 });
      await keep("r2", { team: "a", status: "closed", resolvedAt: 59, createdAt: 1 });
      await keep("r3", { team: "a", status: "closed", resolvedAt: 60, createdAt: 1 });
      await keep("xx", { team: "b", status: "new", createdAt: 1 });
      const { oldest, ...counts } = await bench().store.teamWork("a", at);
      expect(counts).toEqual({
        waiting: 2,
        inProgress: 2,
        awaitingCustomer: 1,
        awaitingOthers: 1,
        overdue: 1,
        resolved: 2,
      });
      expect(oldest.map(({ id }) => id)).toEqual(["we", "wc", "ip", "as", "n2"]);
    });
  });
}
