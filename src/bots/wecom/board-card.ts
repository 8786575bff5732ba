import type { Card } from "../../core/card.ts";
import { fitCard } from "../../core/fit-card.ts";
import { WECOM_WEBHOOK_CARD } from "./card-abilities.ts";
import { type CardNode, renderCard } from "./render.ts";
import { clipped, oneLine } from "./shorten.ts";

/** Characters of a link; the smaller number where WeCom's pages differ. WeCom docs: 94888, 101032. */
const LINK = 13;

/**
 * A card as a notice, with its links below it; a tap on the card opens the first of them. WeCom docs: 99110.
 */
export function renderBoardCard(given: Card<string>, cardUrl: string): CardNode {
  const card = fitCard(given, WECOM_WEBHOOK_CARD);
  const links = card.controls.flatMap((control) =>
    control.type === "link" && isWebAddress(control.url) ? [control] : [],
  );
  const notice = renderCard({ ...card, controls: [] }, { cardUrl, remark: null });
  const [first] = links;
  if (first === undefined) return notice;
  return {
    ...notice,
    jump_list: links.map(({ label, url }) => ({
      type: 1,
      title: clipped(oneLine(label), LINK) || "…",
      url,
    })),
    card_action: { type: 1, url: first.url },
  };
}

function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//i.test(url);
}
