import { describe, expect, it } from "vitest";
import { keyCache } from "./key-cache.ts";

function counting(limit: number) {
  const loads: string[] = [];
  const get = keyCache(async (secret: string) => {
    loads.push(secret);
    if (secret === "bad") throw new Error("no key");
    return `key of ${secret}`;
  }, limit);
  return { loads, get };
}

describe("a key cache", () => {
  it("loads a secret once, also for callers at the same time", async () => {
    const { loads, get } = counting(2);
    expect(await Promise.all([get("a"), get("a")])).toEqual(["key of a", "key of a"]);
    await get("a");
    expect(loads).toEqual(["a"]);
  });

  it("forgets the oldest secret beyond its limit", async () => {
    const { loads, get } = counting(2);
    for (const secret of ["a", "b", "c", "b", "c", "a"]) await get(secret);
    expect(loads).toEqual(["a", "b", "c", "a"]);
  });

  it("tries again after a load that failed", async () => {
    const { loads, get } = counting(2);
    await expect(get("bad")).rejects.toThrow("no key");
    await expect(get("bad")).rejects.toThrow("no key");
    expect(loads).toEqual(["bad", "bad"]);
  });
});
