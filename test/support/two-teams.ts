import type { Policy } from "../../src/core/config/policy.ts";
import { deskPolicy } from "./hub.ts";
import { aTeam } from "./policy.ts";

/** The small desk with a second team: `parts`, in a group on fake/b, where bo works. */
export const twoTeams: Policy = {
  ...deskPolicy,
  agents: new Map([
    ...deskPolicy.agents,
    ["bo", { id: "bo", name: "波波", role: "agent", identities: { "fake/b": "b-bo" } }],
  ]),
  agentsByIdentity: new Map([...deskPolicy.agentsByIdentity, ["fake/b|b-bo", "bo"]]),
  teams: new Map([
    ...deskPolicy.teams,
    [
      "parts",
      aTeam("parts", {
        name: "配件",
        members: ["bo"],
        chats: [{ account: "fake/b", chat: "oc_parts", language: "zh-CN" }],
      }),
    ],
  ]),
};
