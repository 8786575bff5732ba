import { compileCondition, isFault } from "./cel.ts";
import { type ConfigPath, error, type Finding } from "./finding.ts";
import type { Names } from "./names.ts";
import { HANDOVER, PRIORITIES } from "./policy.ts";
import type { Config } from "./schema.ts";

/** Dispatch: every rule can be read and reached, names a team, and every ticket finds one. */
export function checkDispatch(config: Config, names: Names): Finding[] {
  const { dispatch } = config;
  const known = [...names.teams];
  const unknown = dispatch.flatMap(({ team }, at) =>
    names.teams.has(team)
      ? []
      : [error("unknown-team", ["dispatch", at, "team"], { params: { name: team, known } })],
  );
  const words = wordsOf(config, names);
  const conditions = dispatch.flatMap(({ when }, at) =>
    when === undefined ? [] : checkCondition(when, ["dispatch", at, "when"], words),
  );
  return [...unknown, ...conditions, ...checkOrder(dispatch, names)];
}

function checkOrder(dispatch: Config["dispatch"], { teams }: Names): Finding[] {
  const catchAll = dispatch.findIndex(({ when }) => when === undefined);
  if (catchAll < 0) {
    return teams.size === 1
      ? []
      : [error("no-catch-all", ["dispatch"], { params: { known: [...teams] } })];
  }
  return dispatch.slice(catchAll + 1).map((_, after) =>
    error("unreachable-rule", ["dispatch", catchAll + 1 + after], {
      params: { other: ["dispatch", catchAll] },
    }),
  );
}

function checkCondition(
  when: string,
  path: ConfigPath,
  words: ReadonlyMap<string, readonly string[]>,
): Finding[] {
  const condition = compileCondition(when);
  if (isFault(condition)) {
    const { code, start, end, detail, known } = condition;
    return [error(code, path, { within: { start, end }, params: { name: detail, known } })];
  }
  return condition.comparisons.flatMap(({ fact, value, start, end }) => {
    const known = words.get(fact);
    if (known === undefined || known.includes(value)) return [];
    return [
      error("condition-compares", path, {
        within: { start, end },
        params: { fact, name: value, known },
      }),
    ];
  });
}

/** What a fact can be, where the configuration knows all of it: a comparison with anything else is a slip of the pen. */
function wordsOf({ intents }: Config, names: Names): ReadonlyMap<string, readonly string[]> {
  const types = Object.entries(intents).map(([id, { ticket }]) => ticket.type ?? id);
  return new Map<string, readonly string[]>([
    ["ticket.type", [...new Set([...types, HANDOVER])]],
    ["ticket.intent", Object.keys(intents)],
    ["ticket.priority", PRIORITIES],
    ["ticket.account", [...names.accounts]],
  ]);
}
