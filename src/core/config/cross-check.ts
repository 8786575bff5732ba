import { checkAgents } from "./check-agents.ts";
import { checkDispatch } from "./check-dispatch.ts";
import { checkTeams } from "./check-teams.ts";
import { checkWords } from "./check-words.ts";
import type { Finding } from "./finding.ts";
import { namesOf } from "./names.ts";
import type { Config } from "./schema.ts";

/**
 * Everything about a configuration of the right shape that its schema cannot see: references that lead nowhere,
 * things that stand twice, rules that are never reached. Stores have a check of their own, `checkStores`.
 *
 * @param channels Names of all channels that this build of the hub has.
 */
export function crossCheck(config: Config, channels: readonly string[]): Finding[] {
  const names = namesOf(config, channels);
  return [
    ...checkAgents(config, names),
    ...checkTeams(config, names),
    ...checkWords(config),
    ...checkDispatch(config, names),
  ];
}
