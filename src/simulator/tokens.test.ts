import { describe, expect, it } from "vitest";
import { createManualClock } from "./manual-clock.ts";
import { createTokens } from "./tokens.ts";

const HOUR = 3_600_000;

describe("tokens", () => {
  it("hands the same token out while enough of its life remains, then a new one beside the old", async () => {
    const clock = createManualClock();
    const tokens = createTokens({ clock, prefix: "t-", reuseWhileMs: HOUR / 2 });
    const first = tokens.issue();
    expect(first.expiresInMs).toBe(2 * HOUR);
    await clock.advance(1.5 * HOUR);
    expect(tokens.issue()).toEqual({ token: first.token, expiresInMs: HOUR / 2 });
    await clock.advance(1);
    const second = tokens.issue();
    expect(second.token).not.toBe(first.token);
    expect(tokens.check(first.token)).toBe("valid");
    await clock.advance(HOUR / 2);
    expect(tokens.check(first.token)).toBe("expired");
    expect(tokens.check(second.token)).toBe("valid");
  });

  it("makes a new token each time where the vendor does", () => {
    const tokens = createTokens({ clock: createManualClock(), prefix: "", reuseWhileMs: null });
    expect(tokens.issue().token).not.toBe(tokens.issue().token);
  });

  it("knows no token any more after a revocation", () => {
    const tokens = createTokens({ clock: createManualClock(), prefix: "t-", reuseWhileMs: 1 });
    const { token } = tokens.issue();
    tokens.revoke();
    expect(tokens.check(token)).toBe("unknown");
    expect(tokens.issue().token).not.toBe(token);
  });
});
