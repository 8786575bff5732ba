import { sealSession } from "../../src/channels/web/session.ts";
import { web } from "../../src/channels/web/web.ts";
import type { Card } from "../../src/core/card.ts";
import type { ChannelDeps, RawRequest } from "../../src/ports/channel.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import { createBench } from "./channel-fakes.ts";
import { NOW } from "./channel-subject.ts";

/** A made-up web chat. */
export const SECRET = "a made-up secret that signs sessions of visitors";
export const DAY = 86_400_000;
const webAccount = { allowed_origins: [], secret: SECRET, session_days: 30, enabled: true };

/** The channel, with what it appended to whose feed; `failure` is why nothing can be appended. */
export function openWeb(
  deps: ChannelDeps = createBench().deps,
  { secret = SECRET, failure = null }: { secret?: string; failure?: Error | null } = {},
) {
  const feed: { account: string; visitor: string; event: unknown }[] = [];
  const append = async (account: string, visitor: string, body: string) => {
    if (failure !== null) throw failure;
    feed.push({ account, visitor, event: JSON.parse(body) });
  };
  const all = { ...deps, account: "web/shop", visitors: { append } };
  return { channel: web.create({ ...webAccount, secret }, all), feed };
}

/** A request of a page that holds `token`. */
export function request(body: string | Uint8Array, token: string | null): RawRequest {
  return {
    method: "POST",
    query: "",
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    body: typeof body === "string" ? utf8(body) : body,
  };
}

export const tokenOf = (visitor: string, expiresAt = NOW + DAY) =>
  sealSession({ visitor, name: null, expiresAt }, SECRET);

/** A request of `visitor` that everything is right with. */
export async function as(visitor: string, body: unknown): Promise<RawRequest> {
  return request(JSON.stringify(body), await tokenOf(visitor));
}

export const said = { id: "message-1", text: "冰柜坏了" };
export const click = {
  id: "click-01",
  card: "card-1",
  action: "claim|1|ticket:t1",
  values: { note: "急" },
};
export const card: Card<string> = {
  tone: "info",
  title: "工单",
  subtitle: null,
  blocks: [],
  controls: [],
};
