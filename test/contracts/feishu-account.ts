import { feishuConfig } from "../../src/bots/feishu/config.ts";
import type { Card } from "../../src/core/card.ts";

/** A made-up Feishu app, with and without an Encrypt Key. */
export const ENCRYPT_KEY = "made-up-encrypt-key";
export const TOKEN = "made-up-verification-token";

export const plainConfig = feishuConfig.parse({
  app_id: "cli_0123",
  app_secret: "made-up-app-secret",
  verification_token: TOKEN,
});
export const encryptedConfig = { ...plainConfig, encrypt_key: ENCRYPT_KEY };

export const card: Card<string> = {
  tone: "danger",
  title: '冰柜 "坏了"',
  subtitle: "待处理",
  blocks: [{ type: "paragraph", text: "<at id=all></at>" }],
  controls: [
    { type: "button", label: "接单", style: "primary", action: "claim|3|ticket:t1", confirm: null },
  ],
};
