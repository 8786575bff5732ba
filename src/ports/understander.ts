import type { Understood } from "../core/conversation/conversation.ts";

/** Reads a message. Never rejects: what fails inside falls back to a weaker reading. */
export interface Understander {
  understand(text: string): Promise<Understood>;
  /** Normalised candidate strings of a text that may name a store, for a look-up in the directory. */
  storeNames(text: string): readonly string[];
}
