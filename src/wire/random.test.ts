import { describe, expect, it } from "vitest";
import { randomBytes, randomNonce } from "./random.ts";

describe("random", () => {
  it("bytes come in any number, beyond what one call of the platform gives", () => {
    expect(randomBytes(0)).toHaveLength(0);
    const many = randomBytes(70_000);
    expect(many).toHaveLength(70_000);
    expect(many.subarray(65_536).some((byte) => byte !== 0)).toBe(true);
  });

  it("nonces have the length asked for and use every letter and digit", () => {
    expect(randomNonce(0)).toBe("");
    expect(randomNonce(16)).toMatch(/^[A-Za-z0-9]{16}$/);
    expect(new Set(randomNonce(5000)).size).toBe(62);
  });

  it("nonces differ", () => {
    expect(randomNonce(16)).not.toBe(randomNonce(16));
  });
});
