import { afterEach, beforeEach, expect, it } from "vitest";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import { EXPORT_TABLES } from "../ports/store.ts";
import { exportLines } from "./export.ts";

type Line = { readonly table: string; readonly row: Readonly<Record<string, unknown>> };

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.close());

async function lines(): Promise<Line[]> {
  const found: Line[] = [];
  for await (const line of exportLines(stage.store)) {
    expect(line).not.toContain("\n");
    found.push(JSON.parse(line) as Line);
  }
  return found;
}

it("has every row of every table, table by table in the order of writing", async () => {
  const config = { hash: "test", yaml: "hub:\n  name: x\n", at: 1 };
  const attachment = {
    id: "f1",
    account: "fake/a",
    messageId: "om_1",
    conversation: "conversation:k.1",
    key: "img_1",
    kind: "image",
    name: null,
    createdAt: 1,
  } as const;
  const lookup = { account: "fake/a", agent: "li", contact: "c1", externalId: "ou_li", at: 1 };
  const event = { account: "web/shop", visitor: "v1", at: 1, body: "{}" };
  await stage.store.commit({
    cause: null,
    streams: [],
    rows: [
      { type: "config", row: config },
      { type: "lookup", row: lookup },
      { type: "visitor-event", ...event },
      { type: "attachment", row: attachment },
    ],
    guards: [],
  });
  const store = { id: "SH001", name: "人民广场店", region: "华东", names: ["人民广场店"] };
  await stage.store.replaceStores([store], "fingerprint");
  await withTicket(stage);
  const exported = await lines();
  expect([...new Set(exported.map(({ table }) => table))]).toEqual([...EXPORT_TABLES]);
  for (const table of EXPORT_TABLES) {
    const rows = exported.filter((line) => line.table === table).map(({ row }) => row);
    expect(rows).toEqual(await stage.rows(table));
    expect(rows.length).toBeGreaterThan(0);
  }
});

it("leaves no row out and has none twice over many pages", async () => {
  const rows = Array.from({ length: 1_203 }, (_, n) => ({
    type: "text" as const,
    id: `t${n}`,
    subject: "customer:x",
    body: `第 ${n} 行\n还有一行`,
    at: n,
  }));
  await stage.store.commit({ cause: null, streams: [], rows, guards: [] });
  const exported = await lines();
  expect(exported.map(({ row }) => row.id)).toEqual(rows.map(({ id }) => id));
  expect(exported[7]?.row.body).toBe("第 7 行\n还有一行");
});

it("of an empty store has no line", async () => {
  expect(await lines()).toEqual([]);
});
