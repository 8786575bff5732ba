import { foldWord, OWN_WORDS } from "../intent/typed.ts";
import { error, type Finding } from "./finding.ts";
import type { Config } from "./schema.ts";

/** Words that are added for commands: none stands for two commands, and none for another one of the program's. */
export function checkCommands({ commands }: Config): Finding[] {
  const seen = new Set<string>();
  return Object.entries(commands).flatMap(([name, words]) =>
    (words ?? []).flatMap((text, at) => {
      const path = ["commands", name, at];
      const word = foldWord(text);
      const owner = OWN_WORDS.get(word);
      const isNew = !seen.has(word);
      seen.add(word);
      if (owner !== undefined && owner !== name)
        return [error("command-taken", path, { params: { text, command: owner } })];
      return isNew ? [] : [error("duplicate-command", path, { params: { text } })];
    }),
  );
}
