import type { InboundMessage } from "../../src/core/message.ts";
import { aClick, buttonOf } from "./fake-channel.ts";
import type { TestHub } from "./hub.ts";

/** A desk of test/support/hub.ts in people's hands: who says and presses what, and what they then see. */
export function handsOn(desk: () => TestHub) {
  const say = (message: InboundMessage) =>
    desk().receive(desk().account("fake/a"), "event", [message]);

  async function press(
    account: string,
    operator: string,
    cardId: string,
    label: string,
    values: Record<string, string> = {},
  ) {
    const shown = desk().channels[account]?.cards.get(cardId);
    if (shown === undefined) throw new Error(`No card ${cardId} on ${account}.`);
    const click = aClick(operator, cardId, buttonOf(shown.card, label), { values });
    const { rows } = await desk().receive(desk().account(account), "event", [click]);
    const answer = await desk().answer(
      desk().account(account),
      click,
      rows[0] ?? null,
      desk().clock.now(),
    );
    if (answer.outcome !== "pending" && answer.outcome.card !== null)
      shown.card = answer.outcome.card;
    await answer.after(true);
    await desk().settle();
    return answer.outcome;
  }

  /** The requester's copy of the ticket: the card in their chat that has a ticket's title. */
  function requesterCard(): string {
    const sent = desk().channels["fake/a"]?.sent.filter(
      ({ to, content }) =>
        to.id === "clerk" && content.type === "card" && content.card.title.startsWith("#"),
    );
    return sent?.at(-1)?.id ?? "";
  }

  function cardIn(account: string, to: string): string {
    const sent = desk().channels[account]?.sent.filter(
      (message) => message.to.id === to && message.content.type === "card",
    );
    return sent?.at(-1)?.id ?? "";
  }

  function wordsTo(to: string): string[] {
    return (desk().channels["fake/a"]?.sent ?? []).flatMap(({ to: target, content }) =>
      target.id === to && content.type === "text" ? [content.text] : [],
    );
  }

  function titleAt(account: string, id: string): string {
    const card = desk().channels[account]?.cards.get(id)?.card;
    return `${card?.title} / ${card?.subtitle}`;
  }

  return { say, press, requesterCard, cardIn, wordsTo, titleAt };
}
