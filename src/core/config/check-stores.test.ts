import { describe, expect, it } from "vitest";
import { checkStores } from "./check-stores.ts";

const store = (id: string, ...names: string[]) => ({ id, names: [id, ...names] });

describe("the check of stores", () => {
  it("is content with stores that share nothing", () => {
    expect(checkStores([store("s1", "a"), store("s2", "b")])).toEqual([]);
  });

  it("warns of an id that stands twice, and looks no further at the second store", () => {
    expect(checkStores([store("s1", "a"), store("s1", "a")])).toEqual([
      {
        level: "warning",
        code: "duplicate-store-id",
        path: ["stores", 1],
        params: { id: "s1", other: ["stores", 0] },
      },
    ]);
  });

  it("warns of a name that two stores share", () => {
    expect(checkStores([store("s1", "a"), store("s2", "b", "a")])).toEqual([
      {
        level: "warning",
        code: "duplicate-store-name",
        path: ["stores", 1],
        params: { name: "a", other: ["stores", 0] },
      },
    ]);
  });

  it("counts what is beyond the first twenty", () => {
    const findings = checkStores(Array.from({ length: 31 }, (_, at) => store(`s${at}`, "same")));
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)).toMatchObject({ code: "more-duplicates", params: { count: 10 } });
  });
});
