import { describe, expect, it } from "vitest";
import { encodeAction } from "../../../src/core/card.ts";
import type { Ticket } from "../../../src/core/ticket/ticket.ts";
import type { Batch } from "../../../src/ports/batch.ts";
import type { SurfaceRow } from "../../../src/ports/store.ts";
import { createGate, type Gate } from "../../support/gate.ts";
import type { Pressed } from "../../support/hook-case.ts";
import { HOOK_CASES, WORDS } from "../../support/hook-cases.ts";
import type { HookHub } from "../../support/hook-hub.ts";
import { hookHubs } from "../../support/open-hook-hub.ts";

describe.each(HOOK_CASES)("clicks by the hooks of %s", (_name, subject) => {
  const open = hookHubs(subject);

  /** A ticket whose cards stand at the vendor: the clerk's own, and the one that the engineer sees. */
  async function ticketIn(
    hub: HookHub,
  ): Promise<{ ticket: Ticket; card: SurfaceRow; claim: Pressed }> {
    await hub.say({ id: "4561255354251340001", sender: subject.clerk, text: WORDS });
    await hub.settle();
    const [row] = await hub.store.page("tickets", 0, 1);
    const ticket = await hub.store.ticket(String(row?.values.id));
    if (ticket === null) throw new Error("No ticket was opened.");
    const surfaces = await hub.store.surfaces(ticket.id);
    const card = surfaces.find(({ audience }) => audience !== "requester");
    if (surfaces.length !== 2 || card?.remoteId == null) throw new Error("The cards do not stand.");
    const action = encodeAction({
      verb: "claim",
      subject: `ticket:${ticket.id}`,
      version: ticket.version,
    });
    const claim = { id: "click-1", operator: subject.engineer, action, cardId: card.remoteId };
    return { ticket, card, claim };
  }

  const updates = (hub: HookHub): number => hub.calls.filter(subject.isUpdate).length;
  const upToDate = async (hub: HookHub, { id }: Ticket): Promise<boolean> => {
    const now = await hub.store.ticket(id);
    const surfaces = await hub.store.surfaces(id);
    return surfaces.every(({ shown, dueAt }) => shown === now?.version && dueAt === null);
  };

  it("answers within the budget with the new card, and changes only the other copies by itself", async () => {
    const hub = open();
    const { ticket, claim } = await ticketIn(hub);
    const before = updates(hub);
    const reply = await hub.press(claim);
    expect(reply.status).toBe(200);
    expect(await subject.shown(reply.body)).toContain("处理中 · 李工");
    await settleFor(hub, 10_000);
    expect((await hub.store.ticket(ticket.id))?.owner).toBe("li");
    expect(updates(hub) - before).toBe(1);
    expect(await upToDate(hub, ticket)).toBe(true);
  });

  it("refreshes the clicked card as well when the reply was lost", async () => {
    const hub = open();
    const { ticket, claim } = await ticketIn(hub);
    const before = updates(hub);
    await hub.press(claim, false);
    await settleFor(hub, 10_000);
    expect(updates(hub) - before).toBe(2);
    expect(await upToDate(hub, ticket)).toBe(true);
  });

  it("answers past the budget that it is being worked, and refreshes the card later", async () => {
    const gate = createGate();
    const hub = open({ beforeCommit: heldBack(gate) });
    const { ticket, claim } = await ticketIn(hub);
    const before = updates(hub);
    const answered = hub.press(claim);
    await gate.reached;
    const account = hub.running.hub.setup().accounts.get(subject.account);
    hub.clock.advance(account?.channel.can.answerWithinMs ?? 0);
    const { status, body } = await answered;
    await pendingOf(subject.clicks.samples)({ status, headers: {}, body });
    expect((await hub.store.ticket(ticket.id))?.owner).toBeNull();
    gate.open();
    await settleFor(hub, 20_000);
    expect((await hub.store.ticket(ticket.id))?.owner).toBe("li");
    expect(updates(hub) - before).toBe(2);
    expect(await upToDate(hub, ticket)).toBe(true);
  });

  it("answers a click while so much mail waits that messages are turned away", async () => {
    const gate = createGate();
    let full = false;
    const hub = open({
      backlogLimit: 4,
      beforeCommit: async (batch) => (full && hears(batch) ? gate.pass() : undefined),
    });
    const { ticket, claim } = await ticketIn(hub);
    full = true;
    const said = { sender: subject.clerk, text: WORDS };
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1)
      statuses.push((await hub.say({ ...said, id: `waits-${n}` })).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([200, 503]);
    const reply = await hub.press(claim);
    expect(reply.status).toBe(200);
    expect(await subject.shown(reply.body)).toContain("处理中 · 李工");
    expect((await hub.store.ticket(ticket.id))?.owner).toBe("li");
    full = false;
    gate.open();
    await settleFor(hub, 1_000);
  });

  it("turns clicks away, too, once twice as much mail waits", async () => {
    const hub = open({ backlogLimit: 1 });
    const { ticket, claim } = await ticketIn(hub);
    for (const id of ["none-1", "none-2"]) await hub.press({ ...claim, id, action: "format_disk" });
    expect((await hub.press(claim)).status).toBe(503);
    expect((await hub.store.ticket(ticket.id))?.owner).toBeNull();
  });

  it("answers a click that comes twice with what came of it, and does it once", async () => {
    const hub = open();
    const { claim } = await ticketIn(hub);
    const raw = await subject.clicks.push(subject.press(claim));
    const replies = [
      await hub.push(raw, subject.clicks.feed),
      await hub.push(raw, subject.clicks.feed),
    ];
    for (const { body } of replies) expect(await subject.shown(body)).toContain("处理中 · 李工");
    await settleFor(hub, 10_000);
    const events = await hub.store.page("events", 0, 100);
    expect(events.filter(({ values }) => values.type === "claimed").length).toBe(1);
  });

  it("lets nobody claim who is not of the team, and says so", async () => {
    const hub = open();
    const { ticket, claim } = await ticketIn(hub);
    const { status, body } = await hub.press({ ...claim, operator: subject.clerk });
    expect(status).toBe(200);
    expect(await subject.shown(body)).toContain("没有权限");
    expect((await hub.store.ticket(ticket.id))?.owner).toBeNull();
  });

  it("stores nothing of a click whose action is none of ours", async () => {
    const hub = open();
    const { claim } = await ticketIn(hub);
    const before = await hub.stored();
    expect((await hub.press({ ...claim, action: "format_disk" })).status).toBe(200);
    expect(await hub.stored()).toBe(before);
  });
});

/** Let time pass second by second, doing what becomes due. */
async function settleFor(hub: HookHub, ms: number): Promise<void> {
  for (let passed = 0; passed <= ms; passed += 1_000) {
    await hub.settle();
    hub.clock.advance(1_000);
  }
  await hub.settle();
}

/** Holds the decision about a click back. */
function heldBack(gate: Gate): (batch: Batch) => Promise<void> {
  return (batch) => (batch.cause !== null && isClick(batch) ? gate.pass() : Promise.resolve());
}

function hears(batch: Batch): boolean {
  return batch.streams.some(({ events }) => events.some(({ type }) => type === "heard"));
}

function isClick(batch: Batch): boolean {
  return batch.rows.some((row) => row.type === "inbox-done" && row.outcome !== null);
}

type Samples = (typeof HOOK_CASES)[number][1]["clicks"]["samples"];

/** How the channel's own contract judges a reply that only says "wait". */
function pendingOf(samples: Samples): Samples[number]["replies"][number]["check"] {
  const pending = samples
    .flatMap(({ replies }) => replies)
    .find(({ outcome }) => outcome === "pending");
  if (pending === undefined) throw new Error("The contract has no pending reply.");
  return pending.check;
}
