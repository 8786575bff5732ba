import { describe, expect, it } from "vitest";
import { compilePolicy } from "./compile.ts";
import { foldPhone } from "./contact.ts";
import { crossCheck } from "./cross-check.ts";
import { configSchema } from "./schema.ts";

function config(agents: object, remind: object = {}) {
  return configSchema.parse({
    hub: { name: "台", public_url: "https://desk.example.com" },
    bots: { wecom: { vendors: {} }, feishu: { hq: {} } },
    agents,
    teams: {
      cold: {
        name: "冷链",
        members: ["li"],
        chats: [{ bot: "wecom/vendors", members: true }],
        remind,
      },
    },
    dispatch: [{ team: "cold" }],
  });
}

const CHANNELS = ["feishu", "dingtalk", "wecom"];

describe("reminders of a team", () => {
  it("warn where none of its accounts has the way", () => {
    const written = config(
      { li: { name: "李", wecom: "li" } },
      { urged: ["mention", "sms", "phone"] },
    );
    const found = crossCheck(written, CHANNELS, () => ["phone"]);
    expect(found).toMatchObject([
      {
        level: "warning",
        code: "remind-way-missing",
        path: ["teams", "cold", "remind", "urged", 1],
        params: { name: "sms", known: ["phone"] },
      },
    ]);
  });

  it("are quiet by default: an @ when urged or escalated", () => {
    const { teams } = compilePolicy(config({ li: { name: "李", wecom: "li" } }), "h");
    expect(teams.get("cold")?.remind).toEqual({
      queued: [],
      urged: ["mention"],
      escalated: ["mention"],
    });
  });
});

describe("an agent's phone and e-mail", () => {
  it("make an agent reachable who has no id yet", () => {
    expect(crossCheck(config({ li: { name: "李", phone: "13800000000" } }), CHANNELS)).toEqual([]);
  });

  it("are in no policy", () => {
    const agents = { li: { name: "李", phone: "+86 138 0000 0000", email: "Li@Example.com" } };
    const policy = compilePolicy(config(agents), "h");
    expect([...policy.agents.values()]).toEqual([
      { id: "li", name: "李", role: "agent", identities: {} },
    ]);
    expect(JSON.stringify([...policy.agentsByIdentity])).not.toMatch(/138|example/i);
  });

  it("belong to one agent, however they are spelled, and stand in no finding", () => {
    const agents = {
      li: { name: "李", phone: "138-0000-0000", email: "a@example.com" },
      wang: { name: "王", role: "admin", phone: 8613800000000, email: "A@example.com" },
    };
    const found = crossCheck(config(agents), CHANNELS);
    expect(found.map(({ code, path }) => [code, ...path])).toEqual([
      ["same-contact", "agents", "wang", "phone"],
      ["same-contact", "agents", "wang", "email"],
    ]);
    expect(JSON.stringify(found)).not.toMatch(/1380|example/);
  });

  it.each(["12", "phone", "138+00000000", "", "１３８００００００００"])(
    "refuses the phone %j",
    (phone) => {
      expect(() => config({ li: { name: "李", phone } })).toThrow("bad-phone");
    },
  );

  it.each(["a", "a@", "a b@example.com"])("refuses the e-mail %j", (email) => {
    expect(() => config({ li: { name: "李", email } })).toThrow("bad-email");
  });

  it.each([
    ["138 0000 0000", "13800000000"],
    ["+86-13800000000", "13800000000"],
    ["+1 415 555 0100", "+14155550100"],
  ])("is one number, written %s", (written, number) => {
    expect(foldPhone(written)).toBe(number);
  });
});
