import type { Language } from "../../src/core/text.ts";
import { BOARD_CHATS } from "./boards.ts";
import type { Camera } from "./camera.ts";
import type { ShotCompany } from "./company.ts";
import { handsOf, type Seat } from "./hands.ts";

/** The card in each tool's group webhook, and the page behind its first link. */
export async function takeBoards(
  company: ShotCompany,
  camera: Camera,
  language: Language,
): Promise<void> {
  const seats: readonly Seat[] = [
    { tool: "feishu", person: "ou_zhao", chat: BOARD_CHATS.feishu },
    { tool: "dingtalk", person: "0170021501", chat: BOARD_CHATS.dingtalk },
    { tool: "wecom", person: "MaShiFu", chat: BOARD_CHATS.wecom },
  ];
  for (const seat of seats)
    await camera.take({ url: company.url, language, name: "board", seat, talk: false });
  const [feishu] = seats;
  const [link] = feishu === undefined ? [] : handsOf(company, feishu).links().values();
  if (link === undefined) throw new Error("The card on Feishu's board has no link.");
  await camera.takePage(link, `link-page.${language}`, language);
}
