import { z } from "zod";
import type { InboundAction } from "../../core/message.ts";
import { jsonOrNull } from "../../wire/json.ts";
import { originalName } from "./names.ts";

const id = z.string().regex(/^\S{1,256}$/);

const clicked = z.object({
  value: z.unknown().optional(),
  form_value: z.record(z.string(), z.unknown()).nullish(),
  input_value: z.unknown().optional(),
  option: z.unknown().optional(),
  options: z.unknown().optional(),
});

/** Feishu docs: cardkit-v1/card-callback-communication. */
const triggerEvent = z.object({
  operator: z.object({ open_id: id }),
  action: clicked,
  context: z.object({ open_message_id: id }),
});

/** The body of `card.action.trigger_v1`: no envelope; `token` is new with every click. */
const cardV1 = z.object({ open_id: id, open_message_id: id, token: id, action: clicked });

/** A click; null when the button is none of ours. `at` is when Feishu says it was made, ms UTC. */
export function readAction(
  event: unknown,
  eventId: string,
  at: number,
): InboundAction | null | "malformed" {
  const read = triggerEvent.safeParse(event);
  if (!read.success) return "malformed";
  const { operator, action, context } = read.data;
  return inboundAction(action, {
    dedupeKey: `evt:${eventId}`,
    at,
    operator: { id: operator.open_id, name: null },
    cardId: context.open_message_id,
  });
}

/** The same from the older callback, which has no event id. */
export function readActionV1(body: unknown, at: number): InboundAction | null | "malformed" {
  const read = cardV1.safeParse(body);
  if (!read.success) return "malformed";
  const { open_id, open_message_id, token, action } = read.data;
  return inboundAction(action, {
    dedupeKey: `card:${token}`,
    at,
    operator: { id: open_id, name: null },
    cardId: open_message_id,
  });
}

type Click = Pick<InboundAction, "dedupeKey" | "at" | "operator" | "cardId">;

/** A callback names the chat but not its kind, so the place stays unknown; the card's own surface has it. */
function inboundAction(action: z.infer<typeof clicked>, click: Click): InboundAction | null {
  const encoded = actionIn(action.value);
  if (encoded === null) return null;
  return {
    type: "action",
    ...click,
    action: encoded,
    values: valuesOf(action),
    place: null,
    updateToken: null,
  };
}

/** What our button carried under `action`. Old clients send the value as a JSON text. */
function actionIn(value: unknown): string | null {
  const carried = typeof value === "string" ? jsonOrNull(value) : value;
  if (typeof carried !== "object" || carried === null || !("action" in carried)) return null;
  return typeof carried.action === "string" && carried.action !== "" ? carried.action : null;
}

/** What was filled in, by the names that the card was made with; a choice outside a form is `option`, a text `input`. */
function valuesOf(action: z.infer<typeof clicked>): Readonly<Record<string, string>> {
  const loose = { option: action.option, options: action.options, input: action.input_value };
  const filled = Object.entries(action.form_value ?? {}).map(
    ([name, value]) => [originalName(name), value] as const,
  );
  const entries = [...Object.entries(loose).filter(([, value]) => value !== ""), ...filled];
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const written = writtenValue(value);
      return written === null ? [] : [[name, written]];
    }),
  );
}

function writtenValue(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.filter((each) => typeof each === "string").join(",");
}
