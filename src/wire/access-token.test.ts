import { describe, expect, it } from "vitest";
import { createAccessToken, type Issued } from "./access-token.ts";

function setUp() {
  const time = { now: 1_000_000 };
  const asked: { give(value: string): void; refuse(): void }[] = [];
  const issue = (): Promise<Issued<"none">> =>
    new Promise((resolve) => {
      asked.push({
        give: (value) => resolve({ type: "token", value, expiresAt: time.now + 7_200_000 }),
        refuse: () => resolve({ type: "no-token", failure: "none" }),
      });
    });
  const token = createAccessToken(issue, () => time.now);
  /** A call to a vendor who answers with the token it was made with, and refuses those named. */
  const use = (...refused: string[]) =>
    token.use(
      async (held) => held,
      (answer) => refused.includes(answer),
    );
  return { time, asked, use };
}

/** Let everything go on that waits for nothing but the step before it. */
async function settle() {
  for (let step = 0; step < 10; step++) await Promise.resolve();
}

describe("an access token", () => {
  it("is fetched once for all who ask at the same time, and kept until shortly before its end", async () => {
    const { time, asked, use } = setUp();
    const calls = [use(), use(), use()];
    asked[0]?.give("t-1");
    expect(await Promise.all(calls)).toEqual(["t-1", "t-1", "t-1"]);
    time.now += 7_200_000 - 180_001;
    expect(await use()).toBe("t-1");
    expect(asked).toHaveLength(1);
    time.now += 1;
    const next = use();
    asked[1]?.give("t-2");
    expect(await next).toBe("t-2");
  });

  it("is fetched anew once for all whose calls were refused, and its next refusal is the answer", async () => {
    const { asked, use } = setUp();
    const calls = [use("t-1"), use("t-1"), use("t-1", "t-2")];
    asked[0]?.give("t-1");
    await settle();
    asked[1]?.give("t-2");
    expect(await Promise.all(calls)).toEqual(["t-2", "t-2", "t-2"]);
    expect(await use("t-1")).toBe("t-2");
    expect(asked).toHaveLength(2);
  });

  it("is no longer used after it was refused, also when no new one is to be had", async () => {
    const { asked, use } = setUp();
    const refused = use("t-1");
    asked[0]?.give("t-1");
    await settle();
    asked[1]?.refuse();
    expect(await refused).toBe("none");
    const next = use();
    asked[2]?.give("t-2");
    expect(await next).toBe("t-2");
  });

  it("is fetched again after a fetch that failed, whose failure is the answer", async () => {
    const { asked, use } = setUp();
    const first = use();
    asked[0]?.refuse();
    expect(await first).toBe("none");
    const second = use();
    asked[1]?.give("t-1");
    expect(await second).toBe("t-1");
  });

  it("is fetched anew when a fetch has not come back for so long that it never will", async () => {
    const { time, asked, use } = setUp();
    void use();
    time.now += 14_999;
    void use();
    expect(asked).toHaveLength(1);
    time.now += 1;
    const later = use();
    asked[1]?.give("t-2");
    expect(await later).toBe("t-2");
    expect(await use()).toBe("t-2");
  });
});
