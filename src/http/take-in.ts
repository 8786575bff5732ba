import type { Account, RunningHub } from "../app/hub.ts";
import type { HttpReply, RawRequest, Receipt } from "../ports/channel.ts";
import { problem } from "./problem.ts";

/** No vendor pushes more than this; a larger body is refused before it is read. */
export const LARGEST_BODY = 1_048_576;

const STATUS = { signature: 401, stale: 401, malformed: 400 } as const;

/** A request to the address of an account. */
export type Push = {
  /** "feishu/hq" */
  readonly account: string;
  /** Undefined: the account's first one. */
  readonly feed: string | undefined;
  readonly method: string;
  /** The request itself. Its body is read by this, so it is called only where the address takes it. */
  read(): Promise<RawRequest>;
};

export type PushReply = {
  readonly reply: HttpReply;
  /** To be called once the reply has left, or was lost; null where nothing follows. */
  readonly after: ((left: boolean) => Promise<void>) | null;
};

/** Take one request in for an account: prove, store, answer. */
export async function takeIn(running: RunningHub, push: Push): Promise<PushReply> {
  const arrivedAt = running.hub.clock.now();
  const admitted = admit(running, push);
  if ("status" in admitted) return only(admitted);
  const { account, feed } = admitted;
  const receipt = await account.channel.receive(await push.read(), feed);
  switch (receipt.type) {
    case "handshake":
      return only(receipt.reply);
    case "refused":
      return only(refuse(running, admitted, receipt));
    case "inbound": {
      if (running.overloaded(receipt.items)) return only(turnAway(running, account));
      const { outcome, after } = await running.take(account, feed, receipt.items, arrivedAt);
      return { reply: await receipt.reply(outcome), after: outcome === null ? null : after };
    }
  }
}

type Admitted = { readonly account: Account; readonly feed: string };

/** The account of that id, if it may be used; else the reply that says why not. */
export function accountFor({ hub }: RunningHub, id: string): Account | HttpReply {
  const account = hub.setup().accounts.get(id);
  if (account === undefined) return problem(404, "unknown_account", "There is no such account.");
  return account.enabled ? account : problem(403, "account_disabled", "This account is disabled.");
}

/** Where a request goes, or why it is taken nowhere. */
function admit(running: RunningHub, push: Push): Admitted | HttpReply {
  const account = accountFor(running, push.account);
  if ("status" in account) return account;
  const feed = push.feed ?? account.feeds[0] ?? "";
  if (!account.feeds.includes(feed)) {
    const detail = `This account has the feeds ${account.feeds.join(", ")}.`;
    return problem(404, "unknown_feed", detail);
  }
  return { account, feed };
}

function turnAway({ hub }: RunningHub, account: Account): HttpReply {
  hub.counters.count("overloaded", { account: account.id });
  const detail = "Too much mail waits to be worked. Come again.";
  return problem(503, "overloaded", detail, { "retry-after": "5" });
}

function refuse(
  { hub }: RunningHub,
  { account, feed }: Admitted,
  { reason, detail }: Extract<Receipt, { readonly type: "refused" }>,
): HttpReply {
  hub.counters.count("refused", { account: account.id, reason });
  hub.log.warn("A push was refused.", { account: account.id, feed, reason, detail });
  return problem(STATUS[reason], reason, "The request was refused.");
}

function only(reply: HttpReply): PushReply {
  return { reply, after: null };
}
