import { base64 } from "../../../wire/bytes.ts";
import { randomBytes, randomNonce } from "../../../wire/random.ts";
import { wecomMediaEncrypt } from "../../../wire/wecom-media.ts";
import type { ToolClock } from "../../tool.ts";
import type { MediaFile } from "../media.ts";

/** WeCom docs: 101463. */
const LIFE_MS = 5 * 60_000;
const KEPT = 100;
export const FILES_PATH = "/cgi-bin/aibot/files/";

/** What people sent to the bot: encrypted, each for five minutes. */
export type BotFiles = {
  /** Gives the fields of a callback. `key` (base64) is the account's own; without one each file has its own. */
  keep(file: MediaFile, key: string | null): Promise<Readonly<Record<string, string>>>;
  fetch(id: string): Response;
};

export function createBotFiles(clock: ToolClock, apiUrl: string): BotFiles {
  const files = new Map<string, { readonly bytes: Uint8Array; readonly expiresAt: number }>();
  return {
    async keep(file, key) {
      const id = randomNonce(24);
      const aeskey = key ?? base64(randomBytes(32));
      const bytes = await wecomMediaEncrypt(aeskey, file.bytes);
      files.set(id, { bytes, expiresAt: clock.now() + LIFE_MS });
      for (const oldest of files.keys()) {
        if (files.size <= KEPT) break;
        files.delete(oldest);
      }
      const url = `${apiUrl}${FILES_PATH}${id}`;
      return key === null ? { url, aeskey } : { url };
    },
    fetch(id) {
      const file = files.get(id);
      if (file === undefined || clock.now() >= file.expiresAt) {
        return new Response("Forbidden", { status: 403 });
      }
      return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
        headers: { "content-type": "application/octet-stream" },
      });
    },
  };
}
