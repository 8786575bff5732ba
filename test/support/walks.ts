import type { ToolSimulator } from "../../src/simulator/tool.ts";
import { type ReadCard, readCard } from "../scenarios/read-card.ts";
import { type ConnectedCompany, WECOM_GROUP } from "./connected-company.ts";

/** A shop's clerk, each in a chat of their own. */
export const CLERKS = ["chen", "wang", "jiang", "shen", "han"];
/** Who claims and resolves, and where. */
export const WORKERS = {
  dingtalk: { tool: "dingtalk", person: "0170021501", chat: "cidEquipmentRepair==" },
  wecom: { tool: "wecom", person: "MaShiFu", chat: WECOM_GROUP },
} as const;
const PATIENCE_MS = 60_000;
const LOOK_MS = 50;

type Place = {
  readonly tool: "feishu" | "dingtalk" | "wecom";
  readonly person: string;
  readonly chat: string;
};

/**
 * One whole loop of one clerk, as people walk it whatever the network does: what they have said they do not say again,
 * and a button that did nothing they press again. Resolves when the ticket is closed.
 */
export async function walk(
  { company }: ConnectedCompany,
  clerk: string,
  words: string,
  worker: keyof typeof WORKERS,
): Promise<void> {
  const home: Place = { tool: "feishu", person: `ou_${clerk}`, chat: `oc_p2p_${clerk}` };
  const group = WORKERS[worker];
  const { person, chat } = home;
  await company.feishu.say({ person, chat, text: `S0012 ${words}` });
  await pressUntil(company[group.tool], group, words, { label: "接单", shows: "处理中" });
  await pressUntil(company[group.tool], group, words, { label: "解决", shows: "待确认" });
  await pressUntil(company[home.tool], home, words, { label: "已解决", shows: "已关闭" });
}

async function pressUntil(
  tool: ToolSimulator,
  place: Place,
  words: string,
  { label, shows }: { readonly label: string; readonly shows: string },
): Promise<void> {
  let said = "nothing";
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const found = cardOf(tool, place, words);
    if (found?.card.words.includes(shows)) return;
    const button = found?.card.buttons.find((each) => each.label === label)?.button;
    if (found !== null && button !== undefined) {
      const result = await tool.press({ person: place.person, message: found.id, button });
      said = JSON.stringify(result);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  const card = cardOf(tool, place, words)?.card;
  throw new Error(
    `${label} for “${words}” led nowhere; ${tool.name} said ${said}, and shows ${card?.words}`,
  );
}

/** The newest card of the place that speaks of these words. */
function cardOf(
  tool: ToolSimulator,
  { tool: name, chat, person }: Place,
  words: string,
): { readonly id: string; readonly card: ReadCard } | null {
  const cards = tool.view().messages.flatMap(({ id, chat: where, body }) => {
    if (where !== chat || body.type !== "card") return [];
    const card = readCard(name, body.native, person);
    return card.words.includes(words) ? [{ id, card }] : [];
  });
  return cards.at(-1) ?? null;
}

/** A bot of WeCom may write where somebody has written to it: once is enough. Resolves when that is worked. */
export async function greet({ company, quiet }: ConnectedCompany): Promise<void> {
  const { person, chat } = WORKERS.wecom;
  await company.wecom.say({ person, chat, text: "大家好", mention: true });
  await quiet();
}
