import { deriveId } from "../id.ts";
import { foldWord } from "../intent/typed.ts";
import { compileCondition, isFault } from "./cel.ts";
import { boardsOf } from "./names.ts";
import {
  type Agent,
  type Article,
  BOARD_CHAT,
  type DispatchRule,
  type Intent,
  type Policy,
  type Team,
} from "./policy.ts";
import type { Config } from "./schema.ts";

/**
 * Make the policy that the core reads out of a configuration that passed its checks.
 *
 * Throws on a dispatch condition that cannot be read, which `crossCheck` would have named.
 */
export function compilePolicy(config: Config, hash: string): Policy {
  const { hub, understanding, ticket, conversation } = config;
  const agents = mapValues(config.agents, agentOf);
  return {
    hash,
    hub: { name: hub.name, timezone: hub.timezone, locale: hub.locale, publicUrl: hub.public_url },
    agents,
    agentsByIdentity: byIdentity(agents),
    teams: mapValues(config.teams, (id, team) => teamOf(id, team, config)),
    intents: mapValues(config.intents, intentOf),
    articles: new Map(config.knowledge.map(articleOf).map((article) => [article.id, article])),
    dispatch: config.dispatch.map(ruleOf),
    understanding,
    ticket: {
      confirmMs: ticket.confirm_after,
      reopenMs: ticket.reopen_within,
      urgeEveryMs: ticket.urge_every,
      overdueMs: ticket.overdue_after,
    },
    commands: aliasesOf(config.commands),
    conversation: { idleMs: conversation.idle_after },
  };
}

/** The id of an article: its own, or one that follows from its question. */
export function articleId(article: Config["knowledge"][number]): string {
  return article.id ?? deriveId("article", article.question);
}

function agentOf(id: string, agent: Config["agents"][string]): Agent {
  // Phone and e-mail are for the look-up alone; a decision has no use for them.
  const { name, role, phone: _phone, email: _email, ...identities } = agent;
  return { id, name, role, identities };
}

function byIdentity(agents: ReadonlyMap<string, Agent>): Map<string, string> {
  const found = new Map<string, string>();
  for (const agent of agents.values()) {
    for (const [where, id] of Object.entries(agent.identities))
      found.set(`${where}|${id}`, agent.id);
  }
  return found;
}

function teamOf(id: string, team: Config["teams"][string], config: Config): Team {
  const boards = boardsOf(config);
  return {
    id,
    name: team.name,
    lead: team.lead ?? null,
    members: team.members,
    chats: team.chats.map(({ bot, chat, language }) => ({
      account: bot,
      chat: boards.has(bot) ? BOARD_CHAT : (chat ?? null),
      language: language ?? config.hub.locale,
      ...(boards.has(bot) ? { board: true as const } : {}),
    })),
    resolution: team.resolution,
    threadReplies: team.thread_replies,
    summary: team.summary ?? null,
    remind: team.remind,
  };
}

function intentOf(id: string, intent: Config["intents"][string]): Intent {
  return {
    id,
    title: intent.title,
    examples: intent.examples,
    keywords: intent.keywords,
    fields: Object.entries(intent.fields).map(([name, { ask, label, type, required }]) => ({
      name,
      ask: ask ?? label ?? name,
      label: label ?? name,
      type,
      required,
    })),
    ticket: { type: intent.ticket.type ?? id, priority: intent.ticket.priority },
  };
}

function articleOf(article: Config["knowledge"][number]): Article {
  const { question, similar, answer } = article;
  return { id: articleId(article), question, similar, answer };
}

function aliasesOf(commands: Config["commands"]): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(commands).flatMap(([name, words]) =>
      (words ?? []).map((word) => [foldWord(word), name] as const),
    ),
  );
}

function ruleOf({ when, team }: Config["dispatch"][number]): DispatchRule {
  if (when === undefined) return { when: null, team, matches: () => true };
  const condition = compileCondition(when);
  if (isFault(condition))
    throw new Error(`A dispatch condition cannot be read: ${condition.code}.`);
  return { when, team, matches: condition.matches };
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  make: (id: string, value: A) => B,
): ReadonlyMap<string, B> {
  return new Map(Object.entries(record).map(([id, value]) => [id, make(id, value)]));
}
