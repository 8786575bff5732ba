import { indexNeighbours, type Neighbours, nearness } from "./neighbours.ts";
import { normalise } from "./normalise.ts";
import { margins, type Svm, trainSvm } from "./svm.ts";
import { buildSpace, type Space, type Vector, vectorise } from "./tf-idf.ts";
import type { Segmenter } from "./tokens.ts";

export type Example = { readonly label: string; readonly text: string };

/** What was learned: plain data and typed arrays, so that it can be made in one thread and used in another. */
export type Classifier = {
  /** Each label once, in the order of its first example. */
  readonly labels: readonly string[];
  readonly space: Space;
  readonly neighbours: Neighbours;
  /** Null where there are too many labels and examples to train one quickly. */
  readonly svm: Svm | null;
};

/** Labels × feature entries of all examples that train in about a second; above it nearness alone decides. */
const TRAINABLE = 40_000_000;

/**
 * How the evidence for a label becomes a probability: a logistic of its strength, its lead over the strongest other
 * label, and the cosine of the text to its nearest example of any label (so it never changes their order).
 *
 * Fitted on the test halves of six public Chinese and English sets mixed with out-of-scope texts (HINT3, SMP2017,
 * BANKING77, LCQMC), and rounded. Real traffic differs: thresholds belong to the deployment and are learned from its
 * outcomes.
 */
const BY_MARGIN = { constant: -0.1, strength: 2.3, lead: 1.1, cosine: 1.2 };
const BY_NEARNESS = { constant: -2.9, strength: 3.1, lead: 8.9, cosine: 1.5 };

/** Below this cosine a text has so little in common with the nearest example that the score goes to 0 with it. */
const FAINT = 0.2;

/** Learn from examples. Empty texts are left out; the same examples in the same order give the same classifier. */
export function train(
  examples: readonly Example[],
  options: { readonly segmenter?: Segmenter } = {},
): Classifier {
  const texts: string[] = [];
  const answers: number[] = [];
  const numbers = new Map<string, number>();
  for (const { label, text } of examples) {
    const normalised = normalise(text);
    if (normalised === "") continue;
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    texts.push(normalised);
    answers.push(number);
  }
  const space = buildSpace(texts, options.segmenter ?? "none");
  const vectors = texts.map((text) => vectorise(space, text));
  const size = { labels: numbers.size, features: space.features.size };
  const entries = vectors.reduce((sum, vector) => sum + vector.ids.length, 0);
  return {
    labels: [...numbers.keys()],
    space,
    neighbours: indexNeighbours(vectors, answers, size),
    svm: size.labels * entries <= TRAINABLE ? trainSvm(vectors, answers, size) : null,
  };
}

/**
 * Every label with its score, best first: 0 (nothing in common with any example of it) to 1, near the probability
 * that the label is right.
 */
export function classify(classifier: Classifier, text: string): { label: string; score: number }[] {
  const scores = score(classifier, normalise(text));
  return classifier.labels
    .map((label, number) => ({ label, score: scores[number] ?? 0 }))
    .sort((a, b) => b.score - a.score);
}

/** The scores of `classify` by label number, for a normalised text. */
export function score(classifier: Classifier, normalised: string): Float64Array {
  const vector = vectorise(classifier.space, normalised);
  const { nearest, centre } = nearness(classifier.neighbours, vector);
  const strengths = strengthsOf(classifier, vector, nearest, centre);
  const fit = classifier.svm === null ? BY_NEARNESS : BY_MARGIN;
  const [first, second] = topTwo(strengths);
  const cosine = nearest.reduce((most, value) => Math.max(most, value), 0);
  const common = Math.min(1, cosine / FAINT);
  return strengths.map((strength, number) => {
    if (nearest[number] === 0) return 0;
    const lead = strength - (number === first.number ? second.strength : first.strength);
    const evidence = fit.constant + fit.strength * strength + fit.lead * lead + fit.cosine * cosine;
    return common / (1 + Math.exp(-evidence));
  });
}

function strengthsOf(
  { svm }: Classifier,
  vector: Vector,
  nearest: Float64Array,
  centre: Float64Array,
): Float64Array {
  if (svm !== null) return margins(svm, vector);
  return centre.map((cosine, number) => 0.7 * cosine + 0.3 * (nearest[number] ?? 0));
}

/** A lone label is compared with a clear no. */
function topTwo(
  strengths: Float64Array,
): [{ number: number; strength: number }, { strength: number }] {
  let first = { number: -1, strength: -1 };
  let second = { strength: -1 };
  for (const [number, strength] of strengths.entries()) {
    if (first.number < 0 || strength > first.strength) {
      if (first.number >= 0) second = first;
      first = { number, strength };
    } else if (strength > second.strength) second = { strength };
  }
  return [first, second];
}
