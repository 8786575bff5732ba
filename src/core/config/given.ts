import { type Config, configSchema } from "./schema.ts";

type Input = Parameters<typeof configSchema.parse>[0];

/** A small configuration that is right, with parts put in the place of its own. */
export function given(parts: Readonly<Record<string, Input>> = {}): Config {
  return configSchema.parse({
    hub: { name: "Desk", public_url: "https://desk.example.com/" },
    bots: { feishu: { hq: {}, east: {} }, wecom: { vendors: {} } },
    agents: {
      li: { name: "Li", feishu: "ou_li" },
      zhao: { name: "Zhao", role: "vendor", wecom: "Zhao" },
    },
    intents: {
      repair: {
        title: "Repair",
        examples: ["it is broken"],
        ticket: { type: "fix", priority: "high" },
      },
      supply: { title: "Supply", keywords: ["milk"] },
    },
    knowledge: [{ question: "When do you open?", answer: "At ten." }],
    teams: {
      fixers: {
        name: "Fixers",
        lead: "li",
        members: ["li", "zhao"],
        chats: [
          { bot: "feishu/hq", chat: "oc_1" },
          { bot: "wecom/vendors", members: true, language: "en" },
        ],
      },
      others: { name: "Others", members: ["li"], chats: [{ bot: "feishu/hq", chat: "oc_2" }] },
    },
    dispatch: [{ when: 'ticket.type == "fix"', team: "fixers" }, { team: "others" }],
    ...parts,
  });
}
