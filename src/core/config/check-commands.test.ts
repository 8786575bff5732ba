import { describe, expect, it } from "vitest";
import { checkCommands } from "./check-commands.ts";
import type { Config } from "./schema.ts";

const codesOf = (commands: Config["commands"]) =>
  checkCommands({ commands } as Config).map(({ code, path }) => [code, path.join(".")]);

describe("words that are added for commands", () => {
  it("may be new ones, and may repeat a word of the very command", () => {
    expect(codesOf({ urge: ["/催一下", "/催办"], help: ["/怎么用"] })).toEqual([]);
  });

  it("may not stand for another command of the program, however they are spelt", () => {
    expect(codesOf({ urge: ["/查询"], status: ["／ＣＬＡＩＭ"] })).toEqual([
      ["command-taken", "commands.urge.0"],
      ["command-taken", "commands.status.0"],
    ]);
  });

  it("may not stand for two commands, nor twice for one", () => {
    expect(codesOf({ urge: ["/快点"], escalate: ["/快点"], help: ["/HOW", "/how"] })).toEqual([
      ["duplicate-command", "commands.escalate.0"],
      ["duplicate-command", "commands.help.1"],
    ]);
  });
});
