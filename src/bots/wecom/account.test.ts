import { describe, expect, it } from "vitest";
import { wecomAccount } from "./account.ts";

const app = {
  corp_id: "ww1",
  agent_id: 1000002,
  secret: "s",
  token: "t",
  encoding_aes_key: "a".repeat(43),
};
const bot = { kind: "aibot", bot_id: "aib1", secret: "s" };
const webhook = {
  kind: "aibot",
  transport: "webhook",
  token: "t",
  encoding_aes_key: "a".repeat(43),
};

describe("an account of WeCom", () => {
  it("is an app where it does not say what it is", () => {
    expect(wecomAccount.parse(app)).toMatchObject({ kind: "app", corp_id: "ww1" });
  });

  it("is an AI bot on its long connection with no more than an id and a secret", () => {
    expect(wecomAccount.parse(bot)).toEqual({
      ...bot,
      enabled: true,
      transport: "websocket",
      ws_url: "wss://openws.work.weixin.qq.com",
      card_url: "https://work.weixin.qq.com",
    });
  });

  it("is an AI bot in webhook mode with a token and a key", () => {
    expect(wecomAccount.parse(webhook)).toEqual({
      ...webhook,
      enabled: true,
      card_url: "https://work.weixin.qq.com",
      stale_after_s: 3600,
    });
  });

  it("keeps the keys of the mode that a bot is not in, and means the same when it is read again", () => {
    const both = { ...bot, ...webhook };
    const parsed = wecomAccount.parse(both);
    expect(wecomAccount.parse({ ...both, transport: "websocket" })).toMatchObject(bot);
    expect(wecomAccount.parse(parsed)).toEqual(parsed);
  });

  it.each([
    [{ ...app, kind: "bot" }, "kind"],
    [{ ...bot, transport: "stream" }, "transport"],
    [{ ...bot, bot_id: "" }, "bot_id"],
    [{ kind: "aibot", bot_id: "aib1" }, "secret"],
    [{ ...bot, ws_url: "https://x.test" }, "ws_url"],
    [{ ...webhook, token: undefined }, "token"],
    [{ ...webhook, encoding_aes_key: "short" }, "encoding_aes_key"],
    [{ ...bot, welcome: "" }, "welcome"],
  ])("says what is wrong in %j", (account, path) => {
    const { error } = wecomAccount.safeParse(account);
    expect(error?.issues.map((issue) => issue.path[0])).toEqual([path]);
  });
});
