import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { setTheStage } from "./company.ts";
import { play } from "./play.ts";
import { scenario } from "./scenario.ts";

const files = readdirSync("test/scenarios").filter((file) => file.endsWith(".yaml"));

describe("scenarios", () => {
  it("exist", () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it.each(files)(
    "%s happens as it is told",
    async (file) => {
      const told = scenario.parse(parse(readFileSync(`test/scenarios/${file}`, "utf8")));
      await play(told, await setTheStage());
    },
    60_000,
  );
});
