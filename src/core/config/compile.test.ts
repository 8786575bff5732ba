import { describe, expect, it } from "vitest";
import { deriveId } from "../id.ts";
import { DEFAULT_THRESHOLDS } from "../intent/understand.ts";
import { compilePolicy } from "./compile.ts";
import { given } from "./given.ts";
import { agentAt, type DispatchFacts, identityAt, teamFor } from "./policy.ts";

const facts = (type: string): DispatchFacts => ({
  ticket: { type, intent: null, priority: "normal", account: "feishu/hq" },
  store: null,
});

describe("a compiled policy", () => {
  const policy = compilePolicy(given(), "hash");

  it("carries the hub, with its address without a slash at the end", () => {
    expect(policy.hash).toBe("hash");
    expect(policy.hub).toEqual({
      name: "Desk",
      timezone: "Asia/Shanghai",
      locale: "zh-CN",
      publicUrl: "https://desk.example.com",
    });
  });

  it("finds agents by what the tools call them, at every account of a channel", () => {
    expect(agentAt(policy, "feishu/hq", "ou_li")?.id).toBe("li");
    expect(agentAt(policy, "feishu/east", "ou_li")?.id).toBe("li");
    expect(agentAt(policy, "wecom/vendors", "ou_li")).toBeNull();
    const zhao = agentAt(policy, "wecom/vendors", "Zhao");
    expect(zhao).toEqual({
      id: "zhao",
      name: "Zhao",
      role: "vendor",
      identities: { wecom: "Zhao" },
    });
    expect(zhao && identityAt(zhao, "feishu/hq")).toBeNull();
  });

  it("gives every chat a language and an intent a type", () => {
    expect(policy.teams.get("fixers")?.chats).toEqual([
      { account: "feishu/hq", chat: "oc_1", language: "zh-CN" },
      { account: "wecom/vendors", chat: null, language: "en" },
    ]);
    expect(policy.intents.get("repair")?.ticket).toEqual({ type: "fix", priority: "high" });
    expect(policy.intents.get("supply")?.ticket).toEqual({ type: "supply", priority: "normal" });
  });

  it("derives the id of an article from its question", () => {
    expect([...policy.articles.keys()]).toEqual([deriveId("article", "When do you open?")]);
  });

  it("sends each ticket to the team of the first rule that holds", () => {
    expect(teamFor(policy, facts("fix"))).toBe("fixers");
    expect(teamFor(policy, facts("supply"))).toBe("others");
  });

  it("has the usual limits where none are written", () => {
    expect(policy.ticket).toEqual({
      confirmMs: 3 * 86_400_000,
      reopenMs: 7 * 86_400_000,
      overdueMs: 86_400_000,
      urgeEveryMs: 900_000,
    });
    expect(policy.conversation).toEqual({ idleMs: 86_400_000 });
    expect(policy.understanding).toEqual(DEFAULT_THRESHOLDS);
  });

  it("reads when a team hears of its work, and whether it must say how a ticket was solved", () => {
    const team = { name: "Fixers", members: ["li"] };
    const made = compilePolicy(
      given({
        teams: {
          fixers: { ...team, summary: "09:30", resolution: "required" },
          others: { ...team, summary: { at: "18:00", days: "sat-sun" } },
          third: { ...team, summary: { at: "00:00" } },
        },
      }),
      "hash",
    );
    const read = [...made.teams.values()].map(({ summary, resolution }) => [summary, resolution]);
    expect(read).toEqual([
      [{ minute: 570, days: [1, 2, 3, 4, 5] }, "required"],
      [{ minute: 1080, days: [6, 0] }, "optional"],
      [{ minute: 0, days: [1, 2, 3, 4, 5] }, "optional"],
    ]);
    expect(policy.teams.get("fixers")).toMatchObject({ summary: null, resolution: "optional" });
  });

  it("names a field by its key where it has no label", () => {
    const fields = {
      items: { ask: "Which?", required: true },
      photo: { label: "Photo", type: "image" },
    };
    const made = compilePolicy(
      given({
        intents: { a: { title: "A", keywords: ["a"], fields } },
        dispatch: [{ team: "others" }],
      }),
      "",
    );
    expect(made.intents.get("a")?.fields).toEqual([
      { name: "items", ask: "Which?", label: "items", type: "text", required: true },
      { name: "photo", ask: "Photo", label: "Photo", type: "image", required: false },
    ]);
  });

  it("cannot be made of a condition that was not checked", () => {
    expect(() =>
      compilePolicy(given({ dispatch: [{ when: "nonsense", team: "fixers" }] }), ""),
    ).toThrow("condition");
  });
});
