import { expect, it } from "vitest";
import { dingtalkConfig, robotCode } from "./config.ts";

const least = { client_id: "dingappkey", client_secret: "s" };

it("needs only the app's own credentials", () => {
  const config = dingtalkConfig.parse(least);
  expect(config).toEqual({
    ...least,
    enabled: true,
    kind: "app",
    transport: "webhook",
    api_base: "https://api.dingtalk.com",
    oapi_base: "https://oapi.dingtalk.com",
    stale_after_s: 3600,
  });
  expect(robotCode(config)).toBe("dingappkey");
  expect(robotCode({ ...config, robot_code: "r" })).toBe("r");
});

it("takes another base address without its last slash", () => {
  const config = dingtalkConfig.parse({ ...least, api_base: "https://api.dingtalk.io/" });
  expect(config.api_base).toBe("https://api.dingtalk.io");
});

it("needs for Stream neither keys of a subscription nor a name and a signature for clicks", () => {
  const stream = { ...least, transport: "stream", card_template_id: "t" };
  expect(dingtalkConfig.parse(stream)).toMatchObject(stream);
  const moved = { ...stream, gateway: "https://api.dingtalk.io/", card_api_secret: "s" };
  expect(dingtalkConfig.parse(moved).gateway).toBe("https://api.dingtalk.io");
});

it.each([
  [{ transport: "websocket" }, ["transport"]],
  [{ gateway: "wss://x" }, ["gateway"]],
  [{ card_template_id: "t" }, ["card_api_secret", "card_route_key"]],
  [{ aes_key: "a".repeat(43) }, ["token"]],
  [{ token: "abc" }, ["aes_key"]],
  [{ aes_key: "a".repeat(42), token: "abc" }, ["aes_key"]],
  [{ api_base: "ftp://x" }, ["api_base"]],
  [{ clientid: "typo" }, [undefined]],
])("says what is missing or wrong in %j", (more, paths) => {
  const { error } = dingtalkConfig.safeParse({ ...least, ...more });
  expect(error?.issues.map((issue) => issue.path[0])).toEqual(paths);
});
