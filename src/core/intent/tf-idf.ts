import { type Segmenter, tokens } from "./tokens.ts";

/**
 * A text as a point: feature numbers and their weights.
 *
 * What was never seen in an example counts towards the length but has no number, so the length of a vector is 1 for
 * a text of known features and nears 0 the stranger the text is.
 */
export type Vector = { readonly ids: Int32Array; readonly values: Float64Array };

/** Feature numbers and how much a feature tells (its inverse document frequency). */
export type Space = {
  readonly segmenter: Segmenter;
  readonly features: ReadonlyMap<string, number>;
  readonly idf: Float64Array;
  /** Weight of a feature that no example has. */
  readonly unseen: number;
};

/** Learn the features of normalised texts. */
export function buildSpace(normalised: readonly string[], segmenter: Segmenter): Space {
  const features = new Map<string, number>();
  const documents: number[] = [];
  for (const text of normalised) {
    for (const token of new Set(tokens(text, segmenter))) {
      const id = features.get(token);
      if (id === undefined) {
        features.set(token, documents.length);
        documents.push(1);
      } else {
        documents[id] = (documents[id] ?? 0) + 1;
      }
    }
  }
  const weigh = (count: number) => 1 + Math.log((1 + normalised.length) / (1 + count));
  return { segmenter, features, idf: Float64Array.from(documents, weigh), unseen: weigh(0) };
}

/** Place one normalised text in the space. Counts are damped: a word said twice tells little more than once. */
export function vectorise(space: Space, normalised: string): Vector {
  const counts = new Map<string, number>();
  for (const token of tokens(normalised, space.segmenter))
    counts.set(token, (counts.get(token) ?? 0) + 1);
  const ids: number[] = [];
  const values: number[] = [];
  let squares = 0;
  for (const [token, count] of counts) {
    const id = space.features.get(token);
    const value = (1 + Math.log(count)) * (id === undefined ? space.unseen : (space.idf[id] ?? 0));
    squares += value * value;
    if (id === undefined) continue;
    ids.push(id);
    values.push(value);
  }
  const length = Math.sqrt(squares);
  return {
    ids: Int32Array.from(ids),
    values: Float64Array.from(values, (value) => value / length),
  };
}
