import type { Command } from "../command.ts";
import type { Policy } from "../config/policy.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { t } from "../text.ts";
import { stateOf } from "../ticket/card.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Act } from "./act.ts";
import type { Conversation } from "./conversation.ts";
import { listCard } from "./lists.ts";
import { just } from "./response.ts";
import { showTicket, sight } from "./show-ticket.ts";

type Press = Extract<Command, { type: "act" }>;

/** Another page of a list takes the place of the one that was pressed. */
export function turnPage(
  { facts, at }: Press,
  conversation: Conversation,
  policy: Policy,
): Act | Refusal {
  const shown = facts?.list;
  if (shown === undefined) return refuse("unknown_action");
  const { list, page, pages, rows } = shown;
  const numbers = rows.map(({ number }) => number);
  return {
    response: just({ type: "listed", list, page, pages, numbers }),
    text: t("list.page", { page: page + 1, pages }),
    card: listCard(conversation, shown, at, policy),
  };
}

/** One ticket of a list, as it stands now. */
export function openListed(
  { by }: Press,
  conversation: Conversation,
  named: Ticket | null,
  policy: Policy,
): Act | Refusal {
  if (named === null || sight(by, named, policy) !== "everything") return refuse("unknown_ticket");
  const { number, title } = named;
  return {
    response: showTicket(named, { conversation, heard: { by }, policy }),
    text: t("say.status", { number, title, state: stateOf(named, policy) }),
    card: null,
  };
}
