import type { Said, TypedCommand } from "../../src/core/conversation/conversation.ts";
import { NAMES_NOTHING } from "../../src/core/conversation/said.ts";
import { aHeard } from "./given.ts";

/** What stands behind a command: nothing unless told otherwise. */
export function said(over: Partial<Said> = {}): Said {
  return { text: null, ...NAMES_NOTHING, ...over };
}

type Typed = Partial<Omit<TypedCommand, "said">> & { readonly said?: Partial<Said> };

/** A command as it was typed. */
export function typing(
  name: string | null,
  { said: words, ...typed }: Typed = {},
  over: Parameters<typeof aHeard>[0] = {},
) {
  const command = { name, meant: null, number: null, ...typed, said: said(words) };
  return aHeard({ ...over, typed: command });
}
