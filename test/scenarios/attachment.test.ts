import { afterEach, beforeEach, expect, it } from "vitest";
import type { FeishuSayInput } from "../../src/simulator/feishu/say.ts";
import type { FeishuSimulator } from "../../src/simulator/feishu/simulator.ts";
import { HTML, PNG } from "../support/sample-files.ts";
import { type Stage, setTheStage } from "./company.ts";

const CLERK = "ou_chen";
const VENDORS = "cidEquipmentRepair==";

let stage: Stage;
beforeEach(async () => {
  stage = await setTheStage();
});
afterEach(() => stage.close());

const tool = (name: string) => {
  const found = stage.company.tools.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};

async function say(input: Partial<FeishuSayInput>): Promise<void> {
  const feishu = tool("feishu") as FeishuSimulator;
  const chat = feishu
    .view()
    .chats.find(({ kind, members }) => kind === "direct" && members.includes(CLERK));
  await feishu.say({ person: CLERK, chat: chat?.id ?? `oc_p2p_chen`, text: "", ...input });
  await stage.quiet();
}

/** What the robot showed in a DingTalk group. */
const shownTo = (chat: string) =>
  tool("dingtalk")
    .view()
    .messages.flatMap((message) => (message.chat === chat ? [message.body] : []));

it("a picture said in Feishu is a picture in the DingTalk team's chat, byte for byte", async () => {
  await say({ text: "冰柜不制冷了" });
  await say({ attachment: { kind: "image", name: "压缩机.png", bytes: PNG } });
  await say({ text: "S0012" });
  const pictures = shownTo(VENDORS).filter(({ type }) => type === "attachment");
  expect(pictures).toMatchObject([{ kind: "image" }]);
  const [picture] = pictures;
  const id = picture?.type === "attachment" ? picture.name : "";
  const file = await tool("dingtalk").fetch(
    new Request(`http://vendors.test/simulated/robot-files/${id}`),
  );
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(PNG);
  expect(JSON.stringify(shownTo(VENDORS))).toContain("工单 #1 客户发来附件：");
});

it("a page that calls itself a picture reaches nobody", async () => {
  await say({ text: "冰柜不制冷了" });
  await say({ attachment: { kind: "image", name: "photo.png", bytes: HTML } });
  await say({ text: "S0012" });
  expect(shownTo(VENDORS).filter(({ type }) => type === "attachment")).toEqual([]);
  expect(JSON.stringify(shownTo(VENDORS))).toContain("类型不受支持");
});

it("a link on the requester's card opens the picture, and nothing else", async () => {
  await say({ text: "冰柜不制冷了" });
  await say({ attachment: { kind: "image", name: "a.png", bytes: PNG } });
  await say({ text: "S0012" });
  const cards = JSON.stringify(tool("feishu").view().messages);
  const [address = ""] = /http:\/\/hub\.test\/files\/[\w-]+/.exec(cards) ?? [];
  const path = new URL(address).pathname;
  const served = await stage.request(path);
  expect(served.status).toBe(200);
  expect(served.headers.get("content-type")).toBe("image/png");
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(PNG);
  expect((await stage.request(`${path.slice(0, -1)}${path.endsWith("0") ? 1 : 0}`)).status).toBe(
    404,
  );
});

it("what is taken back in Feishu is blank on every card", async () => {
  await say({ text: "冰柜不制冷了" });
  await say({ text: "S0012" });
  await say({ text: "门店保险柜密码是一二三四" });
  const feishu = tool("feishu") as FeishuSimulator;
  const { id } = feishu.view().messages.findLast(({ from }) => from === CLERK) ?? { id: "" };
  await feishu.takeBack({ person: CLERK, message: id });
  await stage.quiet();
  const cards = [...feishu.view().messages, ...tool("dingtalk").view().messages].filter(
    ({ body }) => body.type === "card",
  );
  expect(JSON.stringify(cards)).toContain("消息已撤回");
  expect(JSON.stringify(cards)).not.toContain("保险柜密码");
});
