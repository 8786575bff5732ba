import { expect, it } from "vitest";
import { createLogger } from "./log.ts";

function logged(isTTY: boolean, fields: Readonly<Record<string, string | number>>): string {
  let written = "";
  createLogger({ isTTY, write: (text) => (written += text) }).warn("A push was refused.", fields);
  return written;
}

it("is a sentence with time, level and fields on a terminal", () => {
  expect(logged(true, { account: "feishu/hq", attempts: 3, reason: "not signed" })).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d WARN {2}A push was refused\. {2}account=feishu\/hq attempts=3 reason="not signed"\n$/,
  );
  expect(logged(true, {})).toMatch(/WARN {2}A push was refused\.\n$/);
});

it("gives the terminal no command, whatever a field holds", () => {
  const line = logged(true, { reason: "a\u001b[2Jb\nc\u009bd" });
  expect(line).toContain('reason="a\\u001b[2Jb\\nc?d"');
  expect(line.slice(0, -1)).not.toMatch(/\p{Cc}/u);
});

it("is JSON everywhere else", () => {
  expect(JSON.parse(logged(false, { account: "feishu/hq" }))).toMatchObject({
    level: 40,
    msg: "A push was refused.",
    account: "feishu/hq",
  });
});
