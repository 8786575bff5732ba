import { describe, expect, it } from "vitest";
import { indexNeighbours, nearness } from "./neighbours.ts";
import type { Vector } from "./tf-idf.ts";

const vector = (...values: number[]): Vector => ({
  ids: Int32Array.from(values.keys()),
  values: Float64Array.from(values),
});
const HALF = Math.SQRT1_2;

describe("nearness", () => {
  const neighbours = indexNeighbours(
    [vector(1, 0, 0), vector(0, 1, 0), vector(0, 0, 1)],
    [0, 0, 1],
    {
      labels: 2,
      features: 3,
    },
  );

  it("finds the cosine to the nearest example and to the middle of all", () => {
    const { nearest, centre } = nearness(neighbours, vector(HALF, HALF, 0));
    expect(nearest[0]).toBeCloseTo(HALF, 12);
    expect(centre[0]).toBeCloseTo(1, 12);
    expect([nearest[1], centre[1]]).toEqual([0, 0]);
  });

  it("finds 1 for the only example of a label", () => {
    const { nearest, centre } = nearness(neighbours, vector(0, 0, 1));
    expect([nearest[1], centre[1]]).toEqual([1, 1]);
  });
});
