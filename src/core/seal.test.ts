import fc from "fast-check";
import { expect, it } from "vitest";
import { seal, unseal } from "./seal.ts";

const NOW = 1_700_000_000_000;
const token = seal("key", "file", "abc123", NOW + 1000);

it("gives back what was sealed, until its time is over", () => {
  expect(unseal("key", "file", token, NOW)).toEqual({ payload: "abc123", expired: false });
  expect(unseal("key", "file", token, NOW + 1000)).toEqual({ payload: "abc123", expired: true });
});

it("takes nothing that another key, or this one for another purpose, has sealed", () => {
  expect(unseal("other", "file", token, NOW)).toBeNull();
  expect(unseal("key", "action", token, NOW)).toBeNull();
});

it("takes no token of which anything was changed", () => {
  for (let at = 0; at < token.length; at++) {
    for (const other of ["0", "z", "-"]) {
      if (token[at] === other) continue;
      const forged = token.slice(0, at) + other + token.slice(at + 1);
      expect(unseal("key", "file", forged, NOW)).toBeNull();
    }
  }
});

it("is not put out by any text", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => unseal("key", "file", text, NOW) === null),
  );
});
