import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Outbound } from "../../src/core/message.ts";
import { anyCard } from "../support/arbitrary-card.ts";
import { BOARD_TOOLS } from "../support/board-tools.ts";
import { card, text } from "./board-samples.ts";

/** How many messages each tool takes within a moment, and what it says to one more. */
const MOST = { feishu: 5, dingtalk: 20, wecom: 20 } as const;

const named = (id: string, content: Outbound<string>["content"]): Outbound<string> => ({
  ...text,
  id,
  content,
});

describe.each(["feishu", "dingtalk", "wecom"] as const)("a board of the simulated %s", (name) => {
  it("shows a text and a card in its group, with links that open", async () => {
    const { tool, channel } = BOARD_TOOLS[name]();
    expect(await channel().send(named("m1", text.content))).toMatchObject({ type: "sent" });
    const shown = { type: "card", card } as const;
    expect(await channel().send(named("m2", shown))).toMatchObject({ type: "sent" });
    const [words, native, ...more] = tool.view().messages;
    expect(more).toEqual([]);
    expect(words?.body).toEqual({ type: "text", text: "工程师已出发，预计半小时" });
    expect(native).toMatchObject({ chat: "group-1", from: "bot", body: { type: "card" } });
    expect(JSON.stringify(native?.body)).toContain("https://desk.example.com/a/one");
  });

  it("takes every card that there can be", async () => {
    const { tool, clock, channel } = BOARD_TOOLS[name]();
    const own = channel();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(anyCard, async (any) => {
        count += 1;
        clock.advance(4_000);
        const sent = await own.send(named(`m${count}`, { type: "card", card: any }));
        expect(sent).toMatchObject({ type: "sent" });
      }),
      { numRuns: 150 },
    );
    expect(tool.view().messages.length).toBe(count);
  });

  it("refuses a wrong address, and a wrong signature where there is one", async () => {
    const { tool, channel } = BOARD_TOOLS[name]();
    for (const wrong of ["address", "secret"] as const)
      expect(await channel(wrong).send(text)).toMatchObject({ type: "failed", class: "config" });
    expect(tool.view().messages).toEqual([]);
  });

  it("refuses more than it takes in a while, until that has passed", async () => {
    const { tool, clock, channel } = BOARD_TOOLS[name]();
    const send = (id: string) => channel().send(named(id, text.content));
    for (let at = 0; at < MOST[name]; at += 1) {
      if (name === "dingtalk") clock.advance(1_000); // it takes no more calls of one app in a second either
      expect((await send(`m${at}`)).type).toBe("sent");
    }
    const refused = await send("more");
    expect(refused).toMatchObject({ type: "failed", class: "rate" });
    clock.advance(name === "dingtalk" ? 61_000 : 0);
    if (name === "dingtalk") expect(await send("more")).toMatchObject({ class: "rate" });
    clock.advance(600_000);
    expect(await send("more")).toMatchObject({ type: "sent" });
    expect(tool.view().messages).toHaveLength(MOST[name] + 1);
  });

  it("keeps to the tool's limits by the pace that it asks of the hub", () => {
    const { pacing } = BOARD_TOOLS[name]().channel().can;
    expect(pacing.some(({ scope, count }) => scope === "account" && count <= MOST[name])).toBe(
      true,
    );
  });
});

it("shows a message once that was sent twice where the tool knows it again: DingTalk", async () => {
  const { tool, channel } = BOARD_TOOLS.dingtalk();
  tool.faults.fail({ match: "/robot/send", status: 500, times: 1, after: true });
  expect(await channel().send(text)).toMatchObject({ type: "failed", class: "transient" });
  expect(await channel().send(text)).toMatchObject({ type: "sent" });
  expect(tool.view().messages).toHaveLength(1);
});
