import { describe, expect, it } from "vitest";
import { reasonOf, StepError } from "./step-error.ts";

describe("what is written down of an error", () => {
  it("is its message where it is ours", () => {
    expect(reasonOf(new StepError("The row holds a cat."))).toBe("The row holds a cat.");
  });

  it("never quotes what an engine or library choked on", () => {
    const secret = "phone 13800000000";
    let broken: unknown;
    try {
      JSON.parse(secret);
    } catch (error) {
      broken = error;
    }
    expect(String(broken)).toContain("138");
    expect(reasonOf(broken)).toBe("SyntaxError");
    const sqlite = Object.assign(new Error(`near "${secret}"`), { code: "SQLITE_ERROR" });
    expect(reasonOf(sqlite)).toBe("Error SQLITE_ERROR");
    const nested = new TypeError(secret, { cause: new StepError(secret) });
    expect(reasonOf(nested)).toBe("TypeError");
  });

  it("says nothing of what is no error", () => {
    for (const thrown of ["13800000000", { phone: "138" }, null, undefined])
      expect(reasonOf(thrown)).toBe("unknown error");
  });
});
