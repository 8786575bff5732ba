import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aMessage } from "../../test/support/fake-channel.ts";
import { handsOn } from "../../test/support/hands.ts";
import { createTestHub, deskPolicy, type TestHub } from "../../test/support/hub.ts";
import { exportLines } from "./export.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

let desk: TestHub;
beforeEach(() => {
  desk = createTestHub();
});
afterEach(async () => {
  await desk.close();
});

const { say, press, requesterCard, cardIn } = handsOn(() => desk);

describe("the log", () => {
  it("gives the same events when every cause is decided again, and the same states when it is folded again", async () => {
    await say(aMessage("冰柜坏了"));
    await say(aMessage("加盟要多少钱"));
    await desk.settle();
    const team = cardIn("fake/a", "oc_repair");
    await press("fake/a", "a-li", team, "接单");
    await press("fake/a", "a-li", team, "回复客户", { text: "马上到" });
    await press("fake/a", "a-li", team, "解决");
    await press("fake/a", "clerk", requesterCard(), "未解决");
    await press("fake/a", "a-li", team, "解决");
    desk.clock.advance(4 * 86_400_000);
    await desk.settle();
    const report = await replay(desk.store, async () => deskPolicy);
    expect(report.divergences).toEqual([]);
    expect(report.events).toBeGreaterThan(12);
    expect((await rebuild(desk.store)).mended).toEqual([]);
  });

  it("shows where another policy would have decided otherwise", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const other = { ...deskPolicy, intents: new Map() };
    const report = await replay(desk.store, async () => other);
    expect(report.divergences).toHaveLength(1);
    expect(report.divergences[0]?.stored).toContain("ticket_opened");
  });

  it("mends a live row that was tampered with", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const [row] = await desk.store.page("tickets", 0, 1);
    const ticket = await desk.store.ticket(String(row?.values.id));
    if (ticket === null) throw new Error("no ticket");
    await desk.store.commit({
      cause: null,
      streams: [],
      guards: [],
      rows: [{ type: "ticket", value: { ...ticket, urges: 99 } }],
    });
    expect((await rebuild(desk.store)).mended).toEqual([`ticket:${ticket.id}`]);
    expect(await desk.store.ticket(ticket.id)).toEqual(ticket);
  });

  it("is exported whole, as JSON lines", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const tables = new Set<string>();
    for await (const line of exportLines(desk.store))
      tables.add((JSON.parse(line) as { table: string }).table);
    expect([...tables]).toEqual(
      expect.arrayContaining([
        "causes",
        "events",
        "tickets",
        "texts",
        "inbox",
        "outbox",
        "surfaces",
      ]),
    );
  });
});
