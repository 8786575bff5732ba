import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classify, type Example, train } from "./classifier.ts";

const EXAMPLES: readonly Example[] = [
  { label: "repair", text: "咖啡机漏水" },
  { label: "repair", text: "the coffee machine is leaking" },
  { label: "repair", text: "冰箱坏了要维修" },
  { label: "refund", text: "我要退款" },
  { label: "refund", text: "please refund my order" },
  { label: "leave", text: "明天想请假" },
];

describe("classify", () => {
  const classifier = train(EXAMPLES);

  it.each([
    ["咖啡机又漏水了", "repair"],
    ["Coffee machine leaks!", "repair"],
    ["可以退款吗", "refund"],
    ["I want a refund", "refund"],
    ["后天请假", "leave"],
  ])("hears in %j a %s", (text, label) => {
    expect(classify(classifier, text)[0]?.label).toBe(label);
  });

  it("names every label once, best first", () => {
    const scores = classify(classifier, "咖啡机坏了要退款");
    expect(scores.map(({ label }) => label).sort()).toEqual(["leave", "refund", "repair"]);
    expect(scores.map(({ score }) => score)).toEqual(
      scores.map(({ score }) => score).sort((a, b) => b - a),
    );
  });

  it("gives 0 to a text that shares nothing with any example", () => {
    expect(classify(classifier, "Ω ≈ ç √ 卌").map(({ score }) => score)).toEqual([0, 0, 0]);
  });

  it("is surer of an example than of a relative of it", () => {
    const [known] = classify(classifier, "明天想请假");
    const [near] = classify(classifier, "下周请假");
    expect(known?.score).toBeGreaterThan(near?.score ?? 1);
  });

  it("keeps scores from 0 to 1 for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) =>
        classify(classifier, text).every(({ score }) => score >= 0 && score <= 1),
      ),
    );
  });

  it("works with one label, and with nothing at all", () => {
    expect(classify(train([{ label: "only", text: "开门" }]), "开门")[0]?.score).toBeGreaterThan(
      0.5,
    );
    expect(classify(train([]), "开门")).toEqual([]);
    expect(classify(train([{ label: "empty", text: " \u200b" }]), "开门")).toEqual([]);
  });

  it("decides by nearness where there are too many labels to train", () => {
    const many = Array.from({ length: 2500 }, (_, n) => ({
      label: `f${n}`,
      text: [n, n * 7, n * 31, n * 101, n * 211]
        .map((at) => String.fromCodePoint(0x4e00 + (at % 5000)))
        .join("奇"),
    }));
    const large = train(many);
    expect(large.svm).toBeNull();
    for (const { label, text } of [many[3], many[1999]].filter(
      (example) => example !== undefined,
    )) {
      const [first, second] = classify(large, `请问${text}`);
      expect(first?.label).toBe(label);
      expect(first?.score).toBeGreaterThan(0.5);
      expect(second?.score).toBeLessThan(0.2);
    }
  });

  it("can be handed to another thread", () => {
    expect(classify(structuredClone(classifier), "退款")).toEqual(classify(classifier, "退款"));
  });
});
