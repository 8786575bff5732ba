import { expect, it } from "vitest";
import { aPolicy } from "../../../test/support/policy.ts";
import { withFoundIds } from "./found-ids.ts";
import { agentAt, identityAt } from "./policy.ts";

it("an agent is known by an id that was found, both ways", () => {
  const policy = withFoundIds(aPolicy(), { wang: { "dingtalk/suppliers": "d_wang" } }, "h2");
  expect(policy.hash).toBe("h2");
  expect(agentAt(policy, "dingtalk/suppliers", "d_wang")?.id).toBe("wang");
  const wang = policy.agents.get("wang");
  expect(wang && identityAt(wang, "dingtalk/suppliers")).toBe("d_wang");
  expect(agentAt(aPolicy(), "dingtalk/suppliers", "d_wang")).toBeNull();
});

it("what the configuration says of an agent counts more", () => {
  const policy = withFoundIds(aPolicy(), { wang: { "feishu/hq": "ou_other" } }, "h2");
  expect(agentAt(policy, "feishu/hq", "ou_other")).toBeNull();
  expect(agentAt(policy, "feishu/hq", "ou_wang")?.id).toBe("wang");
});

it("nobody takes over the id of another agent", () => {
  const found = { wang: { "dingtalk/suppliers": "d_li" }, chen: { "dingtalk/suppliers": "d_x" } };
  const both = { ...found, zhao: { "dingtalk/suppliers": "d_x" } };
  const policy = withFoundIds(aPolicy(), both, "h2");
  expect(agentAt(policy, "dingtalk/suppliers", "d_li")?.id).toBe("li");
  expect(agentAt(policy, "dingtalk/suppliers", "d_x")?.id).toBe("chen");
});

it("an agent who is in the configuration no more is nobody, whatever was found", () => {
  const policy = withFoundIds(aPolicy(), { gone: { "feishu/hq": "ou_gone" } }, "h2");
  expect(agentAt(policy, "feishu/hq", "ou_gone")).toBeNull();
});
