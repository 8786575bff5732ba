import type { Vector } from "./tf-idf.ts";

/** One linear judge for each label, stored feature by feature; the last row is the constant term. */
export type Svm = { readonly labels: number; readonly weights: Float32Array };

/** Sparse rows one after the other: row i owns the entries from `starts[i]` up to `starts[i + 1]`. */
type Rows = {
  readonly starts: Int32Array;
  readonly ids: Int32Array;
  readonly values: Float64Array;
  readonly squares: Float64Array;
};

/** The search for the plane that separates one label from the rest. Rows past `active` are settled for now. */
type Search = {
  readonly rows: Rows;
  readonly signs: Float64Array;
  readonly plane: Float64Array;
  readonly duals: Float64Array;
  readonly order: Int32Array;
  active: number;
  bound: number;
};

const SOFTNESS = 0.5; // 1 / 2C with C = 1; values of C from 0.3 to 3 measure alike
const TOLERANCE = 0.1;
const PASSES = 30;
const SEED = 0x5eed;

/**
 * Learn to tell each label from all others: a support vector machine with squared hinge loss, by dual coordinate
 * descent with shrinking (Hsieh et al., "A dual coordinate descent method for large-scale linear SVM", ICML 2008).
 *
 * `answers[i]` is the label number of `vectors[i]`. The order of visits comes from a fixed seed: the same input gives
 * the same weights.
 */
export function trainSvm(
  vectors: readonly Vector[],
  answers: readonly number[],
  size: { readonly labels: number; readonly features: number },
): Svm {
  const rows = pack(vectors, size.features);
  const weights = new Float32Array((size.features + 1) * size.labels);
  const random = randomFrom(SEED);
  for (let label = 0; label < size.labels; label++) {
    const signs = Float64Array.from(answers, (answer) => (answer === label ? 1 : -1));
    const plane = separate(rows, signs, size.features + 1, random);
    for (let id = 0; id < plane.length; id++) weights[id * size.labels + label] = plane[id] ?? 0;
  }
  return { labels: size.labels, weights };
}

/** What each judge says of a text, by label number: around 1 a clear yes, around -1 a clear no. */
export function margins(svm: Svm, vector: Vector): Float64Array {
  const { labels, weights } = svm;
  const sums = Float64Array.from(weights.subarray(weights.length - labels));
  for (let at = 0; at < vector.ids.length; at++) {
    const value = vector.values[at] ?? 0;
    const start = (vector.ids[at] ?? 0) * labels;
    for (let label = 0; label < labels; label++) {
      sums[label] = (sums[label] ?? 0) + value * (weights[start + label] ?? 0);
    }
  }
  return sums;
}

function pack(vectors: readonly Vector[], constant: number): Rows {
  const total = vectors.reduce((sum, vector) => sum + vector.ids.length + 1, 0);
  const starts = new Int32Array(vectors.length + 1);
  const ids = new Int32Array(total);
  const values = new Float64Array(total);
  const squares = new Float64Array(vectors.length);
  let at = 0;
  for (const [row, vector] of vectors.entries()) {
    ids.set(vector.ids, at);
    values.set(vector.values, at);
    at += vector.ids.length;
    ids[at] = constant;
    values[at] = 1;
    at += 1;
    starts[row + 1] = at;
    squares[row] = vector.values.reduce((sum, value) => sum + value * value, 1);
  }
  return { starts, ids, values, squares };
}

function separate(
  rows: Rows,
  signs: Float64Array,
  width: number,
  random: (below: number) => number,
): Float64Array {
  const order = Int32Array.from(signs.keys());
  const search: Search = {
    rows,
    signs,
    plane: new Float64Array(width),
    duals: new Float64Array(signs.length),
    order,
    active: order.length,
    bound: Number.POSITIVE_INFINITY,
  };
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order, search.active, random);
    const { highest, lowest } = visitAll(search);
    const settled = highest - lowest <= TOLERANCE;
    if (settled && search.active === order.length) break;
    if (settled) search.active = order.length;
    search.bound = settled || highest <= 0 ? Number.POSITIVE_INFINITY : highest;
  }
  return search.plane;
}

/** One pass over the active rows. A row that lies safely on its side is put past the active ones. */
function visitAll(search: Search): { highest: number; lowest: number } {
  const { rows, signs, plane, duals, order } = search;
  let highest = Number.NEGATIVE_INFINITY;
  let lowest = Number.POSITIVE_INFINITY;
  for (let at = 0; at < search.active; at++) {
    const row = order[at] ?? 0;
    const sign = signs[row] ?? 0;
    const before = duals[row] ?? 0;
    const slope = sign * dot(rows, row, plane) - 1 + before * SOFTNESS;
    if (before === 0 && slope > search.bound) {
      search.active -= 1;
      swap(order, at, search.active);
      at -= 1;
      continue;
    }
    const gradient = before === 0 ? Math.min(slope, 0) : slope;
    highest = Math.max(highest, gradient);
    lowest = Math.min(lowest, gradient);
    const after = Math.max(before - slope / ((rows.squares[row] ?? 1) + SOFTNESS), 0);
    if (after === before) continue;
    duals[row] = after;
    add(rows, row, (after - before) * sign, plane);
  }
  return { highest, lowest };
}

function dot(rows: Rows, row: number, plane: Float64Array): number {
  const end = rows.starts[row + 1] ?? 0;
  let sum = 0;
  for (let at = rows.starts[row] ?? 0; at < end; at++) {
    sum += (plane[rows.ids[at] ?? 0] ?? 0) * (rows.values[at] ?? 0);
  }
  return sum;
}

function add(rows: Rows, row: number, step: number, plane: Float64Array): void {
  const end = rows.starts[row + 1] ?? 0;
  for (let at = rows.starts[row] ?? 0; at < end; at++) {
    const id = rows.ids[at] ?? 0;
    plane[id] = (plane[id] ?? 0) + step * (rows.values[at] ?? 0);
  }
}

function shuffle(order: Int32Array, length: number, random: (below: number) => number): void {
  for (let at = length - 1; at > 0; at--) swap(order, at, random(at + 1));
}

function swap(order: Int32Array, one: number, other: number): void {
  const kept = order[one] ?? 0;
  order[one] = order[other] ?? 0;
  order[other] = kept;
}

/** Whole numbers from 0 up to below a bound, the same sequence for the same seed (xorshift32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
