import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildSpace, type Vector, vectorise } from "./tf-idf.ts";

const SPACE = buildSpace(["咖啡机漏水", "咖啡机坏了", "我要退款"], "none");
const lengthOf = ({ values }: Vector) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

describe("vectorise", () => {
  it("gives an example the length 1", () => {
    expect(lengthOf(vectorise(SPACE, "咖啡机漏水"))).toBeCloseTo(1, 12);
  });

  it("weighs a rare feature above a common one", () => {
    const { ids, values } = vectorise(SPACE, "咖啡机漏水");
    const weight = (feature: string) => values[ids.indexOf(SPACE.features.get(feature) ?? -1)] ?? 0;
    expect(weight("c:漏")).toBeGreaterThan(weight("c:咖"));
    expect(weight("c:咖")).toBeGreaterThan(0);
  });

  it("shortens a text by what was never seen in it", () => {
    expect(lengthOf(vectorise(SPACE, "咖啡机漏水呜呼哀哉"))).toBeLessThan(0.8);
    expect(vectorise(SPACE, "hello").ids).toHaveLength(0);
  });

  it("never gives more than length 1 or a value that is no number", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."咖啡机坏x1 ") }), (text) => {
        const vector = vectorise(SPACE, text);
        return lengthOf(vector) <= 1 + 1e-9 && vector.values.every(Number.isFinite);
      }),
    );
  });
});
