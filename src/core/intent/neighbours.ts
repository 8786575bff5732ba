import type { Vector } from "./tf-idf.ts";

/** All examples by feature: feature i owns the entries from `starts[i]` up to `starts[i + 1]`. */
export type Neighbours = {
  readonly labels: number;
  /** The label number of each example. */
  readonly owners: Int32Array;
  readonly starts: Int32Array;
  readonly examples: Int32Array;
  readonly values: Float64Array;
  /** By label number, the length of the sum of its examples. */
  readonly lengths: Float64Array;
};

/** How near a text lies to each label, by label number; cosines, 0 (nothing in common) to 1 (the same). */
export type Nearness = {
  /** To the nearest example of the label. */
  readonly nearest: Float64Array;
  /** To the middle of all its examples. */
  readonly centre: Float64Array;
};

/** Index the examples. `answers[i]` is the label number of `vectors[i]`. */
export function indexNeighbours(
  vectors: readonly Vector[],
  answers: readonly number[],
  size: { readonly labels: number; readonly features: number },
): Neighbours {
  const starts = countStarts(vectors, size.features);
  const next = starts.slice();
  const total = starts[size.features] ?? 0;
  const examples = new Int32Array(total);
  const values = new Float64Array(total);
  for (const [example, vector] of vectors.entries()) {
    for (let at = 0; at < vector.ids.length; at++) {
      const id = vector.ids[at] ?? 0;
      const slot = next[id] ?? 0;
      examples[slot] = example;
      values[slot] = vector.values[at] ?? 0;
      next[id] = slot + 1;
    }
  }
  const bare = { labels: size.labels, owners: Int32Array.from(answers), starts, examples, values };
  return { ...bare, lengths: sumLengths(bare) };
}

/** Compare one text with every example. */
export function nearness(neighbours: Neighbours, vector: Vector): Nearness {
  const { labels, owners, lengths } = neighbours;
  const cosines = cosinesOf(neighbours, vector);
  const nearest = new Float64Array(labels);
  const centre = new Float64Array(labels);
  for (let example = 0; example < cosines.length; example++) {
    const owner = owners[example] ?? 0;
    const cosine = cosines[example] ?? 0;
    nearest[owner] = Math.max(nearest[owner] ?? 0, cosine);
    centre[owner] = (centre[owner] ?? 0) + cosine / (lengths[owner] ?? 1);
  }
  return { nearest, centre };
}

function cosinesOf(neighbours: Neighbours, vector: Vector): Float64Array {
  const { owners, starts, examples, values } = neighbours;
  const cosines = new Float64Array(owners.length);
  for (let at = 0; at < vector.ids.length; at++) {
    const id = vector.ids[at] ?? 0;
    const value = vector.values[at] ?? 0;
    const end = starts[id + 1] ?? 0;
    for (let entry = starts[id] ?? 0; entry < end; entry++) {
      const example = examples[entry] ?? 0;
      cosines[example] = (cosines[example] ?? 0) + value * (values[entry] ?? 0);
    }
  }
  return cosines;
}

function countStarts(vectors: readonly Vector[], features: number): Int32Array {
  const starts = new Int32Array(features + 1);
  for (const { ids } of vectors) for (const id of ids) starts[id + 1] = (starts[id + 1] ?? 0) + 1;
  for (let id = 0; id < features; id++) starts[id + 1] = (starts[id + 1] ?? 0) + (starts[id] ?? 0);
  return starts;
}

function sumLengths(index: Omit<Neighbours, "lengths">): Float64Array {
  const squares = new Float64Array(index.labels);
  const sums = new Float64Array(index.labels);
  for (let id = 0; id + 1 < index.starts.length; id++) {
    const from = index.starts[id] ?? 0;
    const to = index.starts[id + 1] ?? 0;
    for (let entry = from; entry < to; entry++) {
      const owner = index.owners[index.examples[entry] ?? 0] ?? 0;
      sums[owner] = (sums[owner] ?? 0) + (index.values[entry] ?? 0);
    }
    for (let entry = from; entry < to; entry++) {
      const owner = index.owners[index.examples[entry] ?? 0] ?? 0;
      const sum = sums[owner] ?? 0; // 0 once it has been counted
      squares[owner] = (squares[owner] ?? 0) + sum * sum;
      sums[owner] = 0;
    }
  }
  return squares.map(Math.sqrt);
}
