import { randomNonce } from "../../../wire/random.ts";
import type { AibotContext, Asked } from "./context.ts";

const KEPT = 5000;

/** Remember what may be answered; gives the id by which an answer names it. */
export function remember(
  { asked, clock }: AibotContext,
  about: Pick<Asked, "kind" | "chat" | "person"> & Partial<Pick<Asked, "card" | "settle">>,
): { readonly id: string; readonly asked: Asked } {
  const id = randomNonce(32);
  const made: Asked = {
    card: null,
    settle() {},
    ...about,
    at: clock.now(),
    answered: false,
    stream: null,
  };
  asked.set(id, made);
  for (const oldest of asked.keys()) {
    if (asked.size <= KEPT) break;
    asked.delete(oldest);
  }
  return { id, asked: made };
}
