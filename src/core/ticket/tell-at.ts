import { type Effect, laneOf } from "../effect.ts";
import type { Text } from "../text.ts";
import type { Address } from "./places.ts";

export type Told = Extract<Effect, { readonly type: "message" }>;

/** Words for one place. */
export function tellAt({ account, to, language }: Address, text: Text): Told {
  return {
    type: "message",
    lane: laneOf(account, to),
    account,
    to,
    language,
    inReplyTo: null,
    content: { type: "text", text },
  };
}
