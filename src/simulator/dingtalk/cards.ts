import { randomNonce } from "../../wire/random.ts";
import type { World } from "../world.ts";

/** Variables of a card by name: DingTalk knows texts only (Map<String,String>). */
export type CardParams = Readonly<Record<string, string>>;

export type DingtalkCard = {
  readonly outTrackId: string;
  readonly templateId: string;
  /** Where clicks go; null when the card was made without a callback. */
  readonly callback: "STREAM" | "HTTP" | null;
  readonly routeKey: string;
  readonly params: CardParams;
  /** What single people see instead, by userId. */
  readonly privateParams: ReadonlyMap<string, CardParams>;
  /** Grows with each update. */
  readonly edition: number;
};

/** New variables; a map that is null stays as it is. */
type CardChange = {
  readonly params: CardParams | null;
  readonly privateParams: ReadonlyMap<string, CardParams>;
  /** Change only the variables named; otherwise the new map replaces the old one. */
  readonly paramsByKey: boolean;
  readonly privateByKey: boolean;
};

export type Cards = {
  find(outTrackId: string): DingtalkCard | null;
  /** The card that a message shows. */
  shownBy(message: string): DingtalkCard | null;
  add(card: Omit<DingtalkCard, "edition">): void;
  /** Show a card in a chat. Gives the id of the message. */
  deliver(outTrackId: string, chat: string): string;
  change(outTrackId: string, change: CardChange): void;
};

/** All cards of the app, drawn into the world wherever they were delivered. */
export function createCards(world: World): Cards {
  const cards = new Map<string, DingtalkCard>();
  const messages = new Map<string, string>();

  function known(outTrackId: string): DingtalkCard {
    const card = cards.get(outTrackId);
    if (card === undefined) throw new Error(`there is no card ${outTrackId}`);
    return card;
  }

  return {
    find: (outTrackId) => cards.get(outTrackId) ?? null,
    shownBy: (message) => cards.get(messages.get(message) ?? "") ?? null,
    add(card) {
      cards.set(card.outTrackId, { ...card, edition: 1 });
    },
    deliver(outTrackId, chat) {
      const id = `${randomNonce(22)}==`;
      messages.set(id, outTrackId);
      world.post({ id, chat, from: "bot", quotes: null, body: drawCard(known(outTrackId)) });
      return id;
    },
    change(outTrackId, change) {
      const card = changed(known(outTrackId), change);
      cards.set(outTrackId, card);
      for (const [message, shown] of messages) {
        if (shown === outTrackId && !world.replace(message, drawCard(card))) {
          messages.delete(message);
        }
      }
    },
  };
}

/** The variables as one person sees them. */
export function paramsFor(card: DingtalkCard, person: string): CardParams {
  return { ...card.params, ...card.privateParams.get(person) };
}

function changed(card: DingtalkCard, change: CardChange): DingtalkCard {
  const privateParams = new Map(card.privateParams);
  for (const [person, params] of change.privateParams) {
    privateParams.set(
      person,
      change.privateByKey ? { ...privateParams.get(person), ...params } : params,
    );
  }
  const { params } = change;
  const kept = change.paramsByKey ? card.params : {};
  return {
    ...card,
    params: params === null ? card.params : { ...kept, ...params },
    privateParams,
    edition: card.edition + 1,
  };
}

function drawCard(card: DingtalkCard) {
  const native = {
    templateId: card.templateId,
    outTrackId: card.outTrackId,
    cardParamMap: card.params,
    ...(card.privateParams.size > 0 ? { privateData: Object.fromEntries(card.privateParams) } : {}),
  };
  return { type: "card", native, edition: card.edition } as const;
}
