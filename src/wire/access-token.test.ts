import { describe, expect, it } from "vitest";
import { createAccessToken, type IssuedToken } from "./access-token.ts";

function setUp() {
  const time = { now: 1_000_000 };
  const asked: { give(value: string): void; refuse(): void }[] = [];
  const issue = (): Promise<IssuedToken> =>
    new Promise((resolve, reject) => {
      asked.push({
        give: (value) => resolve({ value, expiresAt: time.now + 7_200_000 }),
        refuse: () => reject(new Error("no token")),
      });
    });
  return { time, asked, token: createAccessToken(issue, () => time.now) };
}

describe("an access token", () => {
  it("is fetched once for all who ask at the same time, and kept until shortly before its end", async () => {
    const { time, asked, token } = setUp();
    const gets = [token.get(), token.get(), token.get()];
    asked[0]?.give("t-1");
    expect(await Promise.all(gets)).toEqual(["t-1", "t-1", "t-1"]);
    time.now += 7_200_000 - 180_001;
    expect(await token.get()).toBe("t-1");
    expect(asked).toHaveLength(1);
    time.now += 1;
    const next = token.get();
    asked[1]?.give("t-2");
    expect(await next).toBe("t-2");
  });

  it("is fetched again after a fetch that failed", async () => {
    const { asked, token } = setUp();
    const first = token.get();
    asked[0]?.refuse();
    await expect(first).rejects.toThrow("no token");
    const second = token.get();
    asked[1]?.give("t-1");
    expect(await second).toBe("t-1");
  });

  it("is fetched anew when a fetch has not come back for so long that it never will", async () => {
    const { time, asked, token } = setUp();
    void token.get();
    time.now += 14_999;
    void token.get();
    expect(asked).toHaveLength(1);
    time.now += 1;
    const later = token.get();
    asked[1]?.give("t-2");
    expect(await later).toBe("t-2");
    expect(await token.get()).toBe("t-2");
  });
});
