import { expect, it } from "vitest";
import { wecomConfig } from "./config.ts";

const least = {
  corp_id: "ww1",
  agent_id: 1000002,
  secret: "s",
  token: "t",
  encoding_aes_key: "a".repeat(43),
};

it("needs the corp, the app, and its keys", () => {
  expect(wecomConfig.parse(least)).toEqual({
    ...least,
    enabled: true,
    kind: "app",
    api_base: "https://qyapi.weixin.qq.com",
    card_url: "https://work.weixin.qq.com",
    stale_after_s: 3600,
  });
});

it("takes an agent id as an environment variable holds it", () => {
  expect(wecomConfig.parse({ ...least, agent_id: "1000002" }).agent_id).toBe(1000002);
});

it.each([
  [{ agent_id: "app" }, "agent_id"],
  [{ encoding_aes_key: "a".repeat(44) }, "encoding_aes_key"],
  [{ kind: "aibot" }, "kind"],
  [{ card_url: "javascript:x" }, "card_url"],
])("says what is wrong in %j", (more, path) => {
  const { error } = wecomConfig.safeParse({ ...least, ...more });
  expect(error?.issues.map((issue) => issue.path[0])).toEqual([path]);
});
