import { checkAgents } from "./check-agents.ts";
import { checkCommands } from "./check-commands.ts";
import { checkDispatch } from "./check-dispatch.ts";
import { checkReminders, type WaysOf } from "./check-reminders.ts";
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
 * @param waysOf The urgent ways that each account has; without it nothing is said of them.
 */
export function crossCheck(
  config: Config,
  channels: readonly string[],
  waysOf?: WaysOf,
): Finding[] {
  const names = namesOf(config, channels);
  return [
    ...checkAgents(config, names),
    ...checkTeams(config, names),
    ...checkWords(config),
    ...checkCommands(config),
    ...checkDispatch(config, names),
    ...(waysOf === undefined ? [] : checkReminders(config, waysOf)),
  ];
}
