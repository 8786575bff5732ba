import type { Push } from "./take-in.ts";

/** The forms of the address that a vendor pushes to. Everything that reads one goes by this list. */
export const HOOK_ROUTES = ["/hooks/:channel/:account", "/hooks/:channel/:account/:feed"] as const;

/** What a hook's address says. */
export type HookAddress = {
  readonly channel: string;
  readonly account: string;
  readonly feed?: string | undefined;
};

const FORMS = HOOK_ROUTES.map((route) => {
  const path = route.replaceAll(/:(\w+)/g, "(?<$1>[\\w-]+)");
  return { route, pattern: new RegExp(`^${path}(?:\\?(?<query>[^#]*))?$`) };
});

/**
 * Read a request's target whose parts are in the plain letters that accounts and feeds are named with. Null for any
 * other, also where percent-encoding or dot segments would lead to a hook.
 */
export function readHook(
  target: string,
): (HookAddress & { readonly route: string; readonly query: string }) | null {
  for (const { route, pattern } of FORMS) {
    const named = pattern.exec(target)?.groups;
    if (named === undefined) continue;
    const { channel = "", account = "", feed, query = "" } = named;
    return { route, channel, account, feed, query };
  }
  return null;
}

/** Whom a push to such an address is for. */
export function pushedTo({ channel, account, feed }: HookAddress): Pick<Push, "account" | "feed"> {
  return { account: `${channel}/${account}`, feed };
}
