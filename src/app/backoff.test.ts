import fc from "fast-check";
import { expect, it } from "vitest";
import { backoffMs } from "./backoff.ts";

it("lies between half of what is full and full, and full doubles up to the cap", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 5_000 }),
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempts, baseMs, capMs, random) => {
        const wait = backoffMs(attempts, { baseMs, capMs, random });
        const full = Math.min(capMs, baseMs * 2 ** Math.min(attempts, 60));
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(full / 2));
        expect(wait).toBeLessThanOrEqual(Math.ceil(full));
      },
    ),
  );
});

it("never shrinks from one try to the next with the same jitter", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 100 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempts, random) => {
        const options = { baseMs: 1_000, capMs: 300_000, random };
        expect(backoffMs(attempts + 1, options)).toBeGreaterThanOrEqual(
          backoffMs(attempts, options),
        );
      },
    ),
  );
});

it("is spread over half of its length", () => {
  const options = { baseMs: 1_000, capMs: 300_000 };
  expect(backoffMs(3, { ...options, random: 0 })).toBe(4_000);
  expect(backoffMs(3, { ...options, random: 1 })).toBe(8_000);
  expect(backoffMs(99, { ...options, random: 1 })).toBe(300_000);
});
