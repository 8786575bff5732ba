import type { AttachmentRef, ChannelDeps, Fetched } from "../../../ports/channel.ts";
import { fetchEncrypted } from "../media.ts";
import type { AibotConfig } from "./config.ts";

/** Where the file of a message lies, and what it is encrypted with where that is not the account's own key. */
export type MediaKey = { readonly url: string; readonly aeskey?: string };

/** The key of a part that holds a file: all that fetching it takes, within the five minutes that WeCom keeps it. */
export function writeMediaKey(key: MediaKey): string {
  return JSON.stringify(key);
}

/** Make `fetchAttachment`. WeCom docs: 100719, 101463. */
export function createFetchAttachment(config: AibotConfig, deps: ChannelDeps) {
  // A bot that connects to another place than WeCom finds its files there too.
  const trusted = config.ws_url === undefined ? [] : [config.ws_url.replace(/^ws/, "http")];
  const accountKey = config.encoding_aes_key ?? null;
  return (ref: AttachmentRef, maxBytes: number): Promise<Fetched> =>
    fetchEncrypted(deps, ref, maxBytes, { accountKey, trusted });
}
