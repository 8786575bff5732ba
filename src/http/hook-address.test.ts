import { describe, expect, it } from "vitest";
import { HOOK_ROUTES, pushedTo, readHook } from "./hook-address.ts";

const SAMPLE = { channel: "feishu", account: "hq_2", feed: "card-x" };

describe("a hook's address", () => {
  it.each(HOOK_ROUTES)("is read in the form %s, with and without a query", (route) => {
    const named = Object.entries(SAMPLE).filter(([name]) => route.includes(`:${name}`));
    const path = named.reduce<string>((to, [name, value]) => to.replace(`:${name}`, value), route);
    const parts = Object.fromEntries(named);
    expect(readHook(path)).toEqual({ route, ...parts, query: "" });
    expect(readHook(`${path}?a=%2F&b?`)).toEqual({ route, ...parts, query: "a=%2F&b?" });
  });

  it("names the account as it is configured, and the feed where it has one", () => {
    expect(pushedTo(SAMPLE)).toEqual({ account: "feishu/hq_2", feed: "card-x" });
    expect(pushedTo({ channel: "feishu", account: "hq" })).toEqual({
      account: "feishu/hq",
      feed: undefined,
    });
  });

  it.each([
    "",
    "/hooks/feishu",
    "/hooks/feishu/hq/",
    "/hooks/feishu/hq/event/x",
    "/hooks/feishu/h%71",
    "/hooks/../feishu/hq",
    "/hooks/feishu/hq#event",
    "/hooksx/feishu/hq",
    "/x/hooks/feishu/hq",
    "http://hub.test/hooks/feishu/hq",
  ])("is not found in %j", (target) => {
    expect(readHook(target)).toBeNull();
  });
});
