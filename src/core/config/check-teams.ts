import { type ConfigPath, error, type Finding, warning } from "./finding.ts";
import type { Names } from "./names.ts";
import { channelOf } from "./policy.ts";
import type { Config } from "./schema.ts";

type Team = Config["teams"][string];

/** Teams: their people, accounts and chats exist, stand there once, and can be reached. */
export function checkTeams(config: Config, names: Names): Finding[] {
  return Object.entries(config.teams).flatMap(([id, team]) => {
    const path = ["teams", id];
    return [
      ...checkPeople(team, path, names),
      ...checkChats(team, path, names),
      ...checkReach(team, path, config, names),
      ...(team.chats.length === 0 ? [warning("team-without-chats", path)] : []),
      ...(team.members.length === 0 ? [warning("team-without-members", path)] : []),
    ];
  });
}

function checkPeople({ lead, members }: Team, path: ConfigPath, { agents }: Names): Finding[] {
  const named: { readonly name: string; readonly at: ConfigPath }[] = members.map((name, at) => ({
    name,
    at: [...path, "members", at],
  }));
  if (lead !== undefined) named.unshift({ name: lead, at: [...path, "lead"] });
  const unknown = named
    .filter(({ name }) => !agents.has(name))
    .map(({ name, at }) => error("unknown-agent", at, { params: { name, known: [...agents] } }));
  const twice = members.flatMap((name, at) =>
    members.indexOf(name) === at
      ? []
      : [warning("member-twice", [...path, "members", at], { params: { name } })],
  );
  return [...unknown, ...twice];
}

function checkChats({ chats }: Team, path: ConfigPath, names: Names): Finding[] {
  const { accounts, disabled, boards } = names;
  const seen = new Map<string, number>();
  return chats.flatMap(({ bot, chat, members }, at) => {
    const here = [...path, "chats", at];
    const findings = checkPlace({ bot, chat, members }, here, names);
    if (!accounts.has(bot)) {
      findings.push(
        error("unknown-account", [...here, "bot"], { params: { name: bot, known: [...accounts] } }),
      );
    }
    if (disabled.has(bot))
      findings.push(warning("account-disabled", [...here, "bot"], { params: { name: bot } }));
    const key = JSON.stringify([bot, boards.has(bot) ? null : (chat ?? null)]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, at);
    else findings.push(error("chat-twice", here, { params: { other: [...path, "chats", first] } }));
    return findings;
  });
}

/** A board has one chat, which its address names; everywhere else it must be said where the cards go. */
function checkPlace(
  { bot, chat, members }: Pick<Team["chats"][number], "bot" | "chat" | "members">,
  here: ConfigPath,
  { boards }: Names,
): Finding[] {
  if (!boards.has(bot))
    return chat === undefined && members === undefined ? [error("chat-missing", here)] : [];
  const needless = chat === undefined ? "members" : "chat";
  if (chat === undefined && members === undefined) return [];
  const params = { name: bot, key: needless };
  return [error("board-has-one-chat", [...here, needless], { atKey: true, params })];
}

/**
 * A member without an id on any account of the team can neither see its cards nor press their buttons; without one on
 * some of them is usual, where colleagues sit in one tool and partners in another.
 */
function checkReach(
  { members, chats }: Team,
  path: ConfigPath,
  { agents }: Config,
  { boards }: Names,
): Finding[] {
  const isAt = (name: string, account: string) => {
    if (boards.has(account)) return true; // whoever is in its group sees it, and its links need no id
    const agent = Object.hasOwn(agents, name) ? agents[name] : undefined;
    // An unknown agent is a finding of its own.
    if (agent === undefined || account in agent || channelOf(account) in agent) return true;
    // May be found there by phone or e-mail.
    return agent.phone !== undefined || agent.email !== undefined;
  };
  const strangers = members.flatMap((name, at) =>
    chats.length === 0 || chats.some(({ bot }) => isAt(name, bot))
      ? []
      : [warning("member-unreachable", [...path, "members", at], { params: { name } })],
  );
  const idle = chats.flatMap(({ bot, members: each }, at) =>
    each !== true || members.some((name) => isAt(name, bot))
      ? []
      : [warning("chat-reaches-nobody", [...path, "chats", at], { params: { account: bot } })],
  );
  return [...strangers, ...idle];
}
