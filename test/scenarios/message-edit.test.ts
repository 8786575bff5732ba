import { afterEach, beforeEach, expect, it } from "vitest";
import type { FeishuSimulator } from "../../src/simulator/feishu/simulator.ts";
import { type Stage, setTheStage } from "./company.ts";

const CLERK = "ou_chen";

let stage: Stage;
beforeEach(async () => {
  stage = await setTheStage();
});
afterEach(() => stage.close());

function tool(name: string) {
  const found = stage.company.tools.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

async function say(text: string): Promise<void> {
  const feishu = tool("feishu") as FeishuSimulator;
  const chat = feishu
    .view()
    .chats.find(({ kind, members }) => kind === "direct" && members.includes(CLERK));
  await feishu.say({ person: CLERK, chat: chat?.id ?? "oc_p2p_chen", text });
  await stage.quiet();
}

const cards = () =>
  JSON.stringify(
    ["feishu", "dingtalk"].map((name) =>
      tool(name)
        .view()
        .messages.filter(({ body }) => body.type === "card"),
    ),
  );

it("what is changed in Feishu is changed on every card, in both tools, and marked", async () => {
  await say("冰柜不制冷了");
  await say("S0012");
  await say("是三号柜在漏水");
  expect(cards().split("是三号柜在漏水").length).toBeGreaterThan(2);
  const feishu = tool("feishu") as FeishuSimulator;
  const { id } = feishu.view().messages.findLast(({ from }) => from === CLERK) ?? { id: "" };
  const pushed = await feishu.edit({ person: CLERK, message: id, text: "是四号柜在漏水" });
  expect(pushed).toMatchObject({ delivered: true });
  await stage.quiet();
  expect(cards().split("是四号柜在漏水（已编辑）").length).toBeGreaterThan(2);
  expect(cards()).not.toContain("三号柜");
});

it("nobody changes what another wrote", async () => {
  await say("冰柜不制冷了");
  const feishu = tool("feishu") as FeishuSimulator;
  const { id } = feishu.view().messages.findLast(({ from }) => from === CLERK) ?? { id: "" };
  await expect(feishu.edit({ person: "ou_x", message: id, text: "好了" })).rejects.toThrow("ou_x");
});
