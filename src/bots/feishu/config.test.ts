import { describe, expect, it } from "vitest";
import { feishuConfig } from "./config.ts";

const least = { app_id: "cli_1", app_secret: "s", verification_token: "t" };

describe("feishuConfig", () => {
  it("fills in what most accounts share", () => {
    expect(feishuConfig.parse(least)).toEqual({
      ...least,
      enabled: true,
      kind: "app",
      api_base: "https://open.feishu.cn",
      transport: "webhook",
      stale_after_s: 28_800,
    });
  });

  it.each([
    ["a missing token", { ...least, verification_token: undefined }],
    ["an empty Encrypt Key", { ...least, encrypt_key: "" }],
    ["a misspelt key", { ...least, encryptKey: "x" }],
    ["an address that is not the web's", { ...least, api_base: "ftp://open.feishu.cn" }],
    ["a transport that is not there", { ...least, transport: "pigeon" }],
  ])("refuses %s", (_name, config) => {
    expect(feishuConfig.safeParse(config).success).toBe(false);
  });

  it("needs no keys of webhooks for a long connection, and keeps those that are there", () => {
    const { app_id, app_secret } = least;
    const bare = { app_id, app_secret, transport: "websocket" };
    expect(feishuConfig.parse(bare)).toMatchObject(bare);
    const both = { ...least, encrypt_key: "k", transport: "websocket" };
    expect(feishuConfig.parse(both)).toMatchObject(both);
  });

  it("says which key a webhook lacks", () => {
    const { verification_token: _dropped, ...rest } = least;
    const issues = feishuConfig.safeParse({ ...rest, transport: "webhook" }).error?.issues;
    expect(issues).toMatchObject([{ code: "invalid_type", path: ["verification_token"] }]);
  });

  it("takes Lark by its address", () => {
    const lark = { ...least, api_base: "https://open.larksuite.com" };
    expect(feishuConfig.parse(lark).api_base).toBe("https://open.larksuite.com");
  });
});
