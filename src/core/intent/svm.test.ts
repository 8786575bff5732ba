import { describe, expect, it } from "vitest";
import { margins, trainSvm } from "./svm.ts";
import type { Vector } from "./tf-idf.ts";

const vector = (...values: number[]): Vector => ({
  ids: Int32Array.from(values.keys()),
  values: Float64Array.from(values),
});
const SIZE = { labels: 3, features: 3 };
const VECTORS = [
  vector(1, 0, 0),
  vector(0.9, 0.1, 0),
  vector(0, 1, 0),
  vector(0, 0.9, 0.1),
  vector(0, 0, 1),
];
const ANSWERS = [0, 0, 1, 1, 2];

describe("trainSvm", () => {
  it("puts each example on the side of its own label alone", () => {
    const svm = trainSvm(VECTORS, ANSWERS, SIZE);
    for (const [row, example] of VECTORS.entries()) {
      const signs = [...margins(svm, example)].map((margin) => margin > 0);
      expect(signs).toEqual([0, 1, 2].map((label) => label === ANSWERS[row]));
    }
  });

  it("reaches the optimum that can be computed by hand", () => {
    // One example each side at +1 and -1 on one axis: w = 2 duals, no constant, and 2 duals + duals / 2 = 1.
    const svm = trainSvm([vector(1), vector(-1)], [0, 1], { labels: 2, features: 1 });
    expect(margins(svm, vector(1))[0]).toBeCloseTo(0.8, 1);
    expect(margins(svm, vector(-1))[0]).toBeCloseTo(-0.8, 1);
  });

  it("says no to a text without known features", () => {
    const svm = trainSvm(VECTORS, ANSWERS, SIZE);
    expect([...margins(svm, vector())].every((margin) => margin < 0)).toBe(true);
  });

  it("gives the same weights for the same input", () => {
    expect(trainSvm(VECTORS, ANSWERS, SIZE)).toEqual(trainSvm(VECTORS, ANSWERS, SIZE));
  });
});
