import { createContext, use } from "react";
import type { CardDeeds } from "../card/deeds.ts";

/** What a message can do to the panel around it: as a card's part, but it must say which message was pressed. */
export type PanelDeeds = Omit<CardDeeds, "press"> & {
  press(
    message: string,
    button: string,
    values: Readonly<Record<string, string>>,
  ): Promise<boolean>;
};

const Context = createContext<PanelDeeds | null>(null);

export const PanelDeedsProvider = Context.Provider;

/** The deeds of the panel that this message stands in. */
export function usePanelDeeds(): PanelDeeds {
  const deeds = use(Context);
  if (deeds === null) throw new Error("A message is drawn outside of a panel.");
  return deeds;
}
