import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aMessage, createFakeChannel } from "../../test/support/fake-channel.ts";
import { createTestHub, deskPolicy, type TestHub } from "../../test/support/hub.ts";
import { DINGTALK_ACTION_CARD } from "../bots/dingtalk/card-abilities.ts";
import type { Card } from "../core/card.ts";
import { seal } from "../core/seal.ts";
import { actByLink, lookAtLink } from "./act-by-link.ts";
import type { Account } from "./hub.ts";

const NOBODY = { agent: null, values: {} };

let hub: TestHub;
let identities: Map<string, string>;
let channel: ReturnType<typeof createFakeChannel>;

/** An app whose cards have links: the requester and each member of the team have one of their own. */
beforeEach(async () => {
  channel = {
    ...createFakeChannel({ card: DINGTALK_ACTION_CARD }),
    update: async () => ({ type: "failed", class: "window-closed", afterMs: null, reason: "" }),
  };
  const account: Account = { id: "fake/b", enabled: true, feeds: ["event"], channel };
  const repair = deskPolicy.teams.get("repair");
  if (repair === undefined) throw new Error("The desk has no team.");
  const chats = [{ account: "fake/b", chat: null, language: "en" as const }];
  const teams = new Map([["repair", { ...repair, chats }]]);
  identities = new Map(deskPolicy.agentsByIdentity);
  hub = createTestHub({
    policy: { ...deskPolicy, teams, agentsByIdentity: identities },
    setup: { accounts: new Map([["fake/b", account]]) },
  });
  await say("冰柜坏了");
});

afterEach(() => hub.close());

async function say(words: string): Promise<void> {
  await hub.receive(hub.hub.setup().accounts.get("fake/b") as Account, "event", [aMessage(words)]);
  await hub.settle();
}

function cardsOf(person: string): Card<string>[] {
  return channel.sent.flatMap(({ to, content }) =>
    to.id === person && content.type === "card" ? [content.card] : [],
  );
}

/** The token of a link on somebody's newest card. */
function tokenOf(person: string, label: string): string {
  const links = cardsOf(person).at(-1)?.controls ?? [];
  const found = links.find((control) => control.type === "link" && control.label === label);
  if (found?.type !== "link") throw new Error(`${person} has no link "${label}".`);
  return found.url.split("/a/")[1] ?? "";
}

const owner = async () => (await hub.store.ticketNumbered(1))?.owner;

describe("a link on somebody's own card", () => {
  it("acts as the agent whom it was made for, and asks nobody who they are", async () => {
    const token = tokenOf("b-wang", "Claim");
    expect(await lookAtLink(hub.hub, token)).toMatchObject({
      type: "open",
      people: null,
      as: "王工",
      control: { label: "Claim" },
    });
    const { own, page } = await actByLink(hub, token, { agent: "li", values: {} });
    expect(own).toBe(true);
    expect(page).toMatchObject({ type: "used", by: "王工", outcome: { tone: "success" } });
    expect(await owner()).toBe("wang");
  });

  it("acts as the customer who asked", async () => {
    const cancel = cardsOf("clerk")
      .at(-1)
      ?.controls.map((control) => "label" in control && control.label);
    expect(cancel).toEqual(["催办", "撤销"]);
    const { page } = await actByLink(hub, tokenOf("clerk", "撤销"), NOBODY);
    expect(page).toMatchObject({ type: "used", by: null, outcome: { tone: "success" } });
    expect((await hub.store.ticketNumbered(1))?.status).toBe("cancelled");
  });

  it("is not used up by what would be refused, and says why", async () => {
    await actByLink(hub, tokenOf("clerk", "催办"), NOBODY);
    await hub.settle();
    const token = tokenOf("clerk", "催办");
    const { own, why, page } = await actByLink(hub, token, NOBODY);
    expect(own).toBe(false);
    expect(why).toContain("15");
    expect(page.type).toBe("open");
    hub.clock.advance(900_000);
    expect((await actByLink(hub, token, NOBODY)).own).toBe(true);
  });

  it("is of no use once the person is somebody else to the desk", async () => {
    const token = tokenOf("b-wang", "Claim");
    identities.delete("fake/b|b-wang");
    expect(await lookAtLink(hub.hub, token)).toMatchObject({ type: "refused" });
    await actByLink(hub, token, NOBODY);
    expect(await owner()).toBeNull();
  });

  it("asks for the words of a form, in the language of its card", async () => {
    const { policy } = hub.hub.setup();
    expect(policy.hub.locale).toBe("zh-CN");
    const token = tokenOf("b-wang", "Reply");
    const { missing } = await actByLink(hub, token, NOBODY);
    expect(missing).toEqual(["text"]);
    const { own } = await actByLink(hub, token, { agent: null, values: { text: "On my way" } });
    expect(own).toBe(true);
  });
});

it.each([
  ["none of ours", async () => "x"],
  ["sealed for a file", async () => seal(await hub.hub.key(), "file", "abc", 9e15)],
  ["sealed around nonsense", async () => seal(await hub.hub.key(), "act", "_zz_ff_z", 9e15)],
  ["of a ticket that there is not", async () => oneOf("ticket:nope", "fake/b")],
  ["of an account that there is not", async () => oneOf("ticket:nope", "fake/c")],
])("is unknown where it is %s", async (_name, token) => {
  expect(await lookAtLink(hub.hub, await token())).toEqual({ type: "unknown" });
  expect(await actByLink(hub, await token(), NOBODY)).toMatchObject({ page: { type: "unknown" } });
});

async function oneOf(subject: string, account: string): Promise<string> {
  const fields = ["n", `claim|1|${subject}`, account, "person b-wang", "en", "wang"];
  const payload = fields
    .map((field) => encodeURIComponent(field).replace(/-/g, "%2d").replace(/%/g, "_").toLowerCase())
    .join("_z");
  return seal(await hub.hub.key(), "act", payload, 9e12);
}

it("says what is about no ticket in words with numbers, because who answers is in the chat", async () => {
  await say("加盟费多少");
  const last = channel.sent.at(-1)?.content;
  expect(last?.type).toBe("text");
});
