import fc from "fast-check";
import { expect, it } from "vitest";
import { createBench } from "../../../test/contracts/channel-fakes.ts";
import { account, pushed } from "../../../test/contracts/wecom-account.ts";
import { buildXml, type XmlContent } from "../../wire/xml.ts";

const click: XmlContent = {
  ToUserName: "ww1",
  FromUserName: "ZhangSan",
  CreateTime: 1_700_000_000,
  MsgType: "event",
  Event: "template_card_event",
  EventKey: "claim|7|ticket:t1",
  TaskId: "m0000000000000000001",
  ResponseCode: "rc",
  SelectedItems: { SelectedItem: { QuestionKey: "q", OptionIds: { OptionId: ["a", "b"] } } },
  AgentID: 1000002,
};

it("survives any one element being something else", async () => {
  const odd = fc.oneof(
    fc.string(),
    fc.constantFrom<XmlContent[string]>(0, [], ["a", "b"], { x: "y" }, "9".repeat(400)),
  );
  const { receive } = account(createBench().deps);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(click)), odd, async (tag, value) => {
      const push = await pushed(buildXml({ xml: { ...click, [tag]: value } }));
      const receipt = await receive(push, "app");
      if (receipt.type !== "inbound") {
        expect(receipt.type).toBe("refused");
        return;
      }
      for (const item of receipt.items) {
        expect(Number.isSafeInteger(item.at)).toBe(true);
        if (item.type !== "action") continue;
        expect(item.cardId).not.toBe("");
        expect(Object.values(item.values).every((one) => typeof one === "string")).toBe(true);
      }
      expect((await receipt.reply("pending")).status).toBe(200);
    }),
    { numRuns: 150 },
  );
});

it("refuses a feed that WeCom does not have", async () => {
  const receipt = await account(createBench().deps).receive(await pushed("<xml/>"), "robot");
  expect(receipt).toMatchObject({ type: "refused", reason: "malformed" });
});
