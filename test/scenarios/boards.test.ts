import { afterEach, beforeEach, expect, it } from "vitest";
import { type BoardDesk, openBoardDesk } from "../support/board-desk.ts";

let desk: BoardDesk;

beforeEach(async () => {
  desk = openBoardDesk();
  await desk.say("冰柜坏了");
});

afterEach(() => desk.close());

const states = () => desk.cards().map(({ source }) => source?.desc);

it("a claim by a board's link stands everywhere: in the group's card, on the board, with the customer", async () => {
  expect(states()).toEqual(["待接单"]);
  await desk.send(desk.link("接单"), { agent: "li" });
  expect(desk.groupCard().card.subtitle).toContain("李工");
  expect(states()).toEqual(["待接单", "处理中 · 李工"]);
  const told = desk.group.sent.filter(({ to }) => to.id === "clerk");
  expect(JSON.stringify(told)).toContain("李工");
});

it("what is pressed in the tool comes to the board as another card", async () => {
  await desk.press("a-wang", "接单");
  await desk.press("a-wang", "解决");
  expect(states()).toEqual(["待接单", "处理中 · 王工", "待确认 · 王工"]);
});

it("a card that follows says the state and not the whole request again", async () => {
  await desk.press("a-wang", "接单");
  const [first, second] = desk.cards();
  expect(first?.sub_title_text).toContain("冰柜坏了");
  expect(second?.sub_title_text).not.toContain("冰柜坏了");
});

it("talk on a ticket does not flood the board: no card for a word, one for all that was said once the state changes", async () => {
  await desk.press("a-wang", "接单");
  for (let time = 0; time < 12; time += 1)
    await desk.press("a-wang", "回复客户", { text: `第 ${time} 次说明` });
  desk.clock.advance(3_600_000);
  await desk.hub.settle();
  expect(states()).toEqual(["待接单", "处理中 · 王工"]);
  await desk.press("a-wang", "解决");
  expect(states()).toHaveLength(3);
});

it("an escalation comes to the board as a card of its own", async () => {
  await desk.press("a-wang", "升级");
  desk.clock.advance(600_000);
  await desk.hub.settle();
  expect(desk.cards()).toHaveLength(2);
});

it("a first posting that may have arrived is not followed by a second card of the same state", async () => {
  await desk.close();
  desk = openBoardDesk();
  desk.wecom.faults.fail({ match: "/cgi-bin/webhook/send", status: 500, times: 1, after: true });
  await desk.say("冰柜坏了");
  desk.clock.advance(5_000);
  await desk.hub.settle();
  const shown = desk.cards().length;
  desk.clock.advance(3_600_000);
  await desk.hub.settle();
  expect(desk.cards()).toHaveLength(shown);
});

it("writes to nobody in person through a board, even to whom the whole tool knows", async () => {
  await desk.close();
  desk = openBoardDesk((policy) => {
    const agents = new Map(
      [...policy.agents].map(([id, agent]) => [id, { ...agent, identities: { wecom: `w-${id}` } }]),
    );
    const team = policy.teams.get("repair");
    if (team === undefined) return policy;
    const chats = team.chats.filter(({ board }) => board === true);
    return { ...policy, agents, teams: new Map([["repair", { ...team, chats }]]) };
  });
  await desk.say("冰柜坏了");
  await desk.send(desk.link("接单"), { agent: "li" });
  await desk.say("还要多久");
  desk.clock.advance(60_000);
  await desk.hub.settle();
  expect(await desk.hub.store.deadLetters(10)).toEqual([]);
  expect(desk.posted().every(({ chat }) => chat === "wr-board")).toBe(true);
});
