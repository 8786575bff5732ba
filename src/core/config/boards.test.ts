import { describe, expect, it } from "vitest";
import { teamPlaces } from "../ticket/places.ts";
import { compilePolicy } from "./compile.ts";
import { crossCheck } from "./cross-check.ts";
import { configSchema } from "./schema.ts";

type Chat = { bot: string; chat?: string; members?: true };

function configWith(...chats: Chat[]) {
  return configSchema.parse({
    hub: { name: "Desk", public_url: "https://desk.example.com" },
    bots: { feishu: { hq: {}, board: { kind: "board" } } },
    agents: { li: { name: "Li", wecom: "LiGong" } },
    teams: { t: { name: "T", members: ["li"], chats } },
    dispatch: [{ team: "t" }],
  });
}

const findings = (...chats: Chat[]) =>
  crossCheck(configWith(...chats), ["feishu", "wecom"]).map(
    ({ level, code, path }) => `${level} ${code} ${path.join(".")}`,
  );

describe("a board among a team's chats", () => {
  it("needs neither a chat nor members, and leaves nobody out of reach", () => {
    expect(findings({ bot: "feishu/board" })).toEqual([]);
  });

  it.each([{ chat: "oc_1" }, { members: true as const }])("takes no %o", (given) => {
    const [key] = Object.keys(given);
    expect(findings({ bot: "feishu/board", ...given })).toEqual([
      `error board-has-one-chat teams.t.chats.0.${key}`,
    ]);
  });

  it("stands there once", () => {
    expect(findings({ bot: "feishu/board" }, { bot: "feishu/board" })).toEqual([
      "error chat-twice teams.t.chats.1",
    ]);
  });

  it("is where the team's tickets stand", () => {
    const policy = compilePolicy(configWith({ bot: "feishu/board" }), "hash");
    expect(teamPlaces("t", policy)).toMatchObject([
      { account: "feishu/board", to: { kind: "chat", id: "board" }, audience: "team" },
    ]);
  });
});

it("says where no chat is named at an account that has many", () => {
  expect(findings({ bot: "feishu/hq" })).toContain("error chat-missing teams.t.chats.0");
});
