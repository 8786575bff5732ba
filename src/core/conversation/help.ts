import type { Actor } from "../actor.ts";
import type { Policy } from "../config/policy.ts";
import { COMMANDS, type CommandSpec } from "../intent/commands.ts";
import { type Text, t } from "../text.ts";
import { lines } from "./card-words.ts";
import { topics } from "./cards.ts";

/** How something is written, and an example of it. */
export type Usage = { readonly usage: Text; readonly example: Text };

/** What the reader may type, and what they can get help with. */
export function helpText(reader: Actor, policy: Policy): Text {
  const staff = reader.kind === "agent";
  const usages = COMMANDS.filter(({ who }) => staff || who === "anyone").map(
    (spec) => usageOf(spec, policy).usage,
  );
  const list = lines(usages);
  return t(staff ? "help.staff" : "help.anyone", { topics: topics(policy), list });
}

/** How a command is written, and an example of it. */
export function usageOf(spec: CommandSpec, policy: Policy): Usage {
  const [word = spec.name] = spec.words[policy.hub.locale];
  const ticket = spec.ticket ? "ticket" : "none";
  return {
    usage: t(`usage.${ticket}.${spec.takes}`, { word }),
    example: t(`example.${ticket}.${spec.takes}`, { word }),
  };
}
