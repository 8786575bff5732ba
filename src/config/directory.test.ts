import { describe, expect, it } from "vitest";
import { directoryOf, fingerprintOf, namedStores } from "./directory.ts";

const store = {
  id: "S0012",
  name: "徐汇 漕河泾店",
  region: "华东",
  aliases: ["漕河泾", "ＣＨＪ", "chj", "！"],
};

describe("the store directory", () => {
  it("is indexed by normalised names, each once", () => {
    expect(directoryOf(namedStores([store]))).toEqual([
      {
        id: "S0012",
        name: "徐汇 漕河泾店",
        region: "华东",
        names: ["s0012", "徐汇漕河泾店", "漕河泾", "chj"],
      },
    ]);
  });

  it("holds the first of two stores with one id", () => {
    expect(
      directoryOf(namedStores([store, { ...store, name: "b" }])).map(({ name }) => name),
    ).toEqual(["徐汇 漕河泾店"]);
  });

  it("has a fingerprint that changes with anything in it", async () => {
    const of = (change: object) =>
      fingerprintOf(directoryOf(namedStores([{ ...store, ...change }])));
    const first = await of({});
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await of({})).toBe(first);
    expect(await of({ region: "华南" })).not.toBe(first);
    expect(await of({ aliases: [] })).not.toBe(first);
    expect(await fingerprintOf([])).not.toBe(first);
  });
});
