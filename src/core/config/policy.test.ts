import { describe, expect, it } from "vitest";
import { aPolicy } from "../../../test/support/policy.ts";
import { agentAt, channelOf, type DispatchFacts, identityAt, teamFor } from "./policy.ts";

const policy = aPolicy();
const REPAIR: DispatchFacts = {
  ticket: { type: "repair", intent: "equipment_repair", priority: "high", account: "feishu/hq" },
  store: { id: "S001", name: "南京路店", region: "华东" },
};

describe("agentAt", () => {
  it("finds an agent by the id of the account, or of all accounts of its channel", () => {
    expect(agentAt(policy, "dingtalk/suppliers", "d_li")?.id).toBe("li");
    expect(agentAt(policy, "feishu/hq", "ou_li")?.id).toBe("li");
    expect(agentAt(policy, "feishu/elsewhere", "ou_li")?.id).toBe("li");
  });

  it("does not take an id of one account for the same id on another", () => {
    expect(agentAt(policy, "feishu/elsewhere", "ou_wang")).toBeNull();
    expect(agentAt(policy, "wecom/vendors", "ou_li")).toBeNull();
    expect(agentAt(policy, "feishu/hq", "nobody")).toBeNull();
  });
});

describe("identityAt", () => {
  it("addresses an agent by the account before the channel, and not where they are not", () => {
    const li = {
      id: "li",
      name: "小李",
      role: "agent",
      identities: { feishu: "all", "feishu/hq": "hq" },
    } as const;
    expect(identityAt(li, "feishu/hq")).toBe("hq");
    expect(identityAt(li, "feishu/other")).toBe("all");
    expect(identityAt(li, "wecom/vendors")).toBeNull();
  });
});

it("takes the channel from the account", () => {
  expect(channelOf("feishu/hq")).toBe("feishu");
});

describe("teamFor", () => {
  it("takes the first rule that matches, and the catch-all for the rest", () => {
    expect(teamFor(policy, REPAIR)).toBe("repair");
    expect(teamFor(policy, { ...REPAIR, store: null })).toBe("cold");
    const both = aPolicy({ dispatch: [...policy.dispatch].reverse() });
    expect(teamFor(both, REPAIR)).toBe("cold");
  });

  it("falls back to the first team when no rule matches", () => {
    expect(teamFor(aPolicy({ dispatch: [] }), REPAIR)).toBe("cold");
  });
});
