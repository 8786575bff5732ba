import { afterEach, beforeEach, expect, it } from "vitest";
import { deskPolicy } from "../../test/support/hub.ts";
import { createStage, type Stage } from "../../test/support/stage.ts";
import { factsFor } from "./facts-for.ts";

let stage: Stage;
beforeEach(async () => {
  stage = createStage();
  await stage.say("冰柜坏了");
  await stage.hub.settle();
});
afterEach(() => stage.close());

it("a page that there is no more, because the list got shorter, is the last one that there is", async () => {
  const by = { kind: "agent", id: "li" } as const;
  const asker = { by, account: "fake/a", person: "a-li", policy: deskPolicy, now: 0 };
  const wanted = { ticket: null, child: null, list: { list: "queue", page: 3 } } as const;
  const { facts } = await factsFor(stage.hub.hub, wanted, asker);
  expect(facts.list).toMatchObject({ page: 0, pages: 1, total: 1, rows: [{ number: 1 }] });
});
