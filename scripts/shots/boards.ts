import type { CompanyWorld, createCompany } from "../../src/simulator/company.ts";
import type { ToolSimulator } from "../../src/simulator/tool.ts";

type Tool = ToolSimulator["name"];

/** A group of each tool into which a group webhook posts, and nobody answers. */
export const BOARD_CHATS: Readonly<Record<Tool, string>> = {
  feishu: "oc_notices",
  dingtalk: "cidNotices==",
  wecom: "wrNotices",
};

const TOKEN = "made-up-board";
const NAME = "设备维修公告";

/** The company's world with these groups, and their webhooks. */
export function withGroups(
  world: CompanyWorld,
): Pick<Parameters<typeof createCompany>[0], "world" | "boards"> {
  const withGroup = (tool: Tool): CompanyWorld[Tool] => {
    const { people, chats } = world[tool];
    const members = people.slice(0, 2).map(({ id }) => id);
    const group = { id: BOARD_CHATS[tool], name: NAME, kind: "group" as const, members };
    return { people, chats: [...chats, group] };
  };
  return {
    world: {
      feishu: withGroup("feishu"),
      dingtalk: withGroup("dingtalk"),
      wecom: withGroup("wecom"),
    },
    boards: {
      feishu: [{ chat: BOARD_CHATS.feishu, token: TOKEN }],
      dingtalk: [{ chat: BOARD_CHATS.dingtalk, accessToken: TOKEN }],
      wecom: [{ chat: BOARD_CHATS.wecom, key: TOKEN }],
    },
  };
}

const ACCOUNTS: readonly (readonly [Tool, string])[] = [
  ["feishu", `token: ${TOKEN}, api_base: "\${SIMULATOR_URL}/feishu"`],
  ["dingtalk", `access_token: ${TOKEN}, oapi_base: "\${SIMULATOR_URL}/dingtalk"`],
  ["wecom", `key: ${TOKEN}, api_base: "\${SIMULATOR_URL}/wecom"`],
];

/** The demo's configuration with these boards, and a summary each morning. Throws when the demo is not as it was. */
export function withBoards(yaml: string): string {
  const accounts = ACCOUNTS.reduce(
    (text, [tool, rest]) =>
      inserted(text, `\n  ${tool}:\n`, `    board: { kind: board, ${rest} }\n`),
    yaml,
  );
  const chats = ACCOUNTS.map(([tool]) => `      - { bot: ${tool}/board }\n`).join("");
  const posted = inserted(accounts, "- { bot: feishu/hq, chat: oc_equipment }\n", chats);
  return inserted(posted, "    name: 设备维修\n", '    summary: "09:00"\n');
}

function inserted(text: string, after: string, more: string): string {
  if (!text.includes(after)) throw new Error(`The demo's configuration has no ${after.trim()}`);
  return text.replace(after, `${after}${more}`);
}
