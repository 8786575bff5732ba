import { createContext, use } from "react";
import type { ButtonView } from "./view.ts";

/** What the parts of a card can do to the panel around them. */
export type CardDeeds = {
  /** Send a click; resolves when the tool has answered, with whether it says that the click succeeded. */
  press(button: string, values: Readonly<Record<string, string>>): Promise<boolean>;
  /** Put a question before the click; false when it was declined. */
  ask(question: NonNullable<ButtonView["confirm"]>): Promise<boolean>;
  warn(text: string): void;
  nameOf(id: string): string;
};

const Context = createContext<CardDeeds | null>(null);

export const CardDeedsProvider = Context.Provider;

/** The deeds of the card that this part belongs to. */
export function useCardDeeds(): CardDeeds {
  const deeds = use(Context);
  if (deeds === null) throw new Error("A part of a card is drawn outside of a card.");
  return deeds;
}
