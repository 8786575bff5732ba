import { describe, expect, it } from "vitest";
import { formatProblem } from "./problem.ts";
import { readStores } from "./stores-csv.ts";

function problems(text: string): string[] {
  const result = readStores("stores.csv", text);
  return "stores" in result ? [] : result.map((problem) => formatProblem(problem, "en"));
}

describe("a store directory", () => {
  it("is read with its aliases, whatever the order of columns, and with a byte order mark", () => {
    const text =
      '\uFEFFName, ID ,aliases,region\n"徐汇店, 一楼",S1,徐汇| 漕河泾 ||,华东\r\n\r\n浦东店,S2,,\n,,,\n';
    expect(readStores("stores.csv", text)).toEqual({
      stores: [
        { id: "S1", name: "徐汇店, 一楼", region: "华东", aliases: ["徐汇", "漕河泾"] },
        { id: "S2", name: "浦东店", region: "", aliases: [] },
      ],
      lines: [2, 4],
    });
  });

  it("needs only ids and names", () => {
    expect(readStores("stores.csv", "id,name\nS1,a")).toMatchObject({
      stores: [{ id: "S1", name: "a", region: "" }],
    });
  });

  it.each([
    [
      "nothing at all",
      "",
      ["1:1  the header is missing; the first line must be id,name,region,aliases"],
    ],
    [
      "no header",
      "S1,徐汇店,华东,\n",
      ["1:1  the header is missing; the first line must be id,name,region,aliases"],
    ],
    [
      "a mistyped column",
      "id,nmae,region\n",
      [
        '1:1  there is no column "nmae"; did you mean "name"?',
        '1:1  the header lacks the column "name"',
      ],
    ],
    ["a column twice", "id,name,id\n", ['1:1  the column "id" stands twice']],
    [
      "a row that is too short",
      "id,name,region\nS1,a,b\nS2,c\n",
      ["3:1  this row has 2 cells, the header 3"],
    ],
    ["a row without a name", "id,name\nS1,\n", ['2:1  "name" must not be empty']],
    ["an open quote", 'id,name\nS1,"a\n', ["2:1  the CSV cannot be read: CSV_QUOTE_NOT_CLOSED"]],
    ["another encoding", "id,name\nS1,\uFFFD\n", ["1:1  the file is not UTF-8; save it as UTF-8"]],
  ])("with %s is refused", (_, text, lines) => {
    expect(problems(text)).toEqual(lines.map((line) => `stores.csv:${line}`));
  });

  it("lists twenty problems and counts the rest", () => {
    const lines = problems(`id,name\n${"S1,\n".repeat(50)}`);
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe("stores.csv:22:1  30 more problems are not listed");
  });
});
