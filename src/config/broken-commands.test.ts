import { describe, expect, it } from "vitest";
import { report, yaml } from "./bench.ts";

describe("commands that cannot be", () => {
  it.each([
    [
      "commands: { urge: [/查询] }",
      '6:20  commands.urge[0]: "/查询" stands for the command status already; choose another word',
    ],
    ["commands: { urge: [/快, /快] }", '6:24  commands.urge[1]: "/快" is there twice'],
    [
      "commands: { urge: [催一下] }",
      '6:20  commands.urge[0]: "催一下" cannot be a command; write a slash and letters, as in /nudge, without blanks and digits',
    ],
  ])("%s names the place and the remedy", async (more, line) => {
    expect(await report(yaml(more))).toEqual([`loopdesk.yaml:${line}`]);
  });

  it("may not be for a command that there is not", async () => {
    const [line = ""] = await report(yaml("commands: { urrge: [/催一下] }"));
    expect(line).toContain("urrge");
  });
});
