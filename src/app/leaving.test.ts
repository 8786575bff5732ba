import { afterEach, beforeEach, expect, it } from "vitest";
import { deskPolicy } from "../../test/support/hub.ts";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import { withFoundIds } from "../core/config/found-ids.ts";
import type { Policy } from "../core/config/policy.ts";

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.close());

/** The desk without an agent: as it is compiled once they are taken out of the configuration. */
function without(id: string): Policy {
  const agents = new Map(deskPolicy.agents);
  agents.delete(id);
  const agentsByIdentity = new Map([...deskPolicy.agentsByIdentity].filter(([, of]) => of !== id));
  return { ...deskPolicy, hash: `without ${id}`, agents, agentsByIdentity };
}

/** Claim a new ticket; resolves with who has it then. */
async function claim(by: string): Promise<string | null> {
  await withTicket(stage);
  const [card = ""] = stage.cardsTo("oc_repair");
  await stage.press(by, card, "接单");
  return (await stage.store.ticketNumbered(1))?.owner ?? null;
}

it("an agent in the configuration claims", async () => {
  expect(await claim("a-li")).toBe("li");
});

it("who was taken out of it may do nothing any more, from that moment on", async () => {
  stage.restart({ policy: without("li") });
  expect(await claim("a-li")).toBeNull();
});

it("who has an id that was found may, until it counts no more", async () => {
  const nameless = without("li");
  const agents = new Map(nameless.agents);
  agents.set("li", { id: "li", name: "李工", role: "agent", identities: {} });
  const policy = { ...nameless, agents };
  stage.restart({ policy: withFoundIds(policy, { li: { "fake/a": "a-li" } }, "found") });
  expect(await claim("a-li")).toBe("li");
  stage.restart({ policy });
  const [card = ""] = stage.cardsTo("oc_repair");
  await stage.press("a-li", card, "解决");
  expect(await stage.store.ticketNumbered(1)).toMatchObject({ status: "in_progress" });
});
