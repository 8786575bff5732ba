import type { InboundAction, Place } from "../../core/message.ts";
import { sha256Hex } from "../../wire/digest.ts";
import { jsonOrNull } from "../../wire/json.ts";
import { type Fields, fieldsOf, listOf, textOf } from "./fields.ts";

const GROUP_SPACE = "dtv1.card//IM_GROUP.";

/** One call of the card callback: what was proven about it, and what it says. */
export type CardPush = {
  readonly body: Fields;
  /** The body as it came. */
  readonly raw: Uint8Array;
  /** The timestamp that the signature covers, ms. */
  readonly at: number;
  /** The vendor's own id of the delivery, where it gives one. */
  readonly deliveryId: string | null;
};

/**
 * A click on a card; null when the callback is none that we could act on.
 *
 * Without a delivery id (none is documented for HTTP) its identity is the card, the person, the body and the signed
 * timestamp: with the body alone, a person's second click on the same button would be taken for the first one.
 * DingTalk docs: event-callback-card.
 */
export async function readAction(push: CardPush): Promise<InboundAction | null> {
  const { body } = push;
  const cardId = textOf(body.outTrackId);
  const operator = textOf(body.userId);
  const params = readParams(body);
  const action = textOf(params.action);
  if (body.type !== undefined && body.type !== "actionCallback") return null;
  if (cardId === null || operator === null || action === null) return null;
  return {
    type: "action",
    dedupeKey: `ding:card:${push.deliveryId ?? (await identity(push, cardId, operator))}`,
    at: push.at,
    operator: { id: operator, name: null },
    action,
    values: readValues(params.form),
    cardId,
    place: readPlace(body),
    updateToken: null,
  };
}

async function identity(push: CardPush, cardId: string, operator: string): Promise<string> {
  const hash = await sha256Hex(push.raw);
  return `${cardId}:${operator}:${push.at}:${hash.slice(0, 32)}`;
}

/** The parameters of the button; pages differ in where they put them, so both places are read. */
function readParams(body: Fields): Fields {
  const content = readContent(body.content ?? body.value);
  const inside = fieldsOf(fieldsOf(content.cardPrivateData).params);
  return { ...fieldsOf(content.params), ...inside };
}

function readContent(value: unknown): Fields {
  return fieldsOf(typeof value === "string" ? jsonOrNull(value) : value);
}

function readValues(form: unknown): Record<string, string> {
  const values = Object.entries(fieldsOf(form)).flatMap(([name, value]) => {
    const text = readValue(value);
    return text === null ? [] : [[name, text] as const];
  });
  return Object.fromEntries(values);
}

/** A field's value: a text as it is, a choice as `{index, value}`, several of them as a list, or as lists in one. */
function readValue(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const chosen = Array.isArray(value) ? value : fieldsOf(value).value;
  if (!Array.isArray(chosen)) return textOf(chosen);
  return listOf(chosen)
    .map((one) =>
      typeof one === "number" ? String(one) : (textOf(one) ?? textOf(fieldsOf(one).value)),
    )
    .filter((text) => text !== null)
    .join(",");
}

function readPlace(body: Fields): Place | null {
  const space = textOf(body.spaceId);
  if (space === null || textOf(body.spaceType)?.toUpperCase() !== "IM_GROUP") return null;
  const chat = space.startsWith(GROUP_SPACE) ? space.slice(GROUP_SPACE.length) : space;
  return chat === "" ? null : { chat, kind: "group", thread: null };
}
