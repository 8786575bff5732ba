import type { Language } from "../text.ts";
import type { Remind } from "./remind.ts";

/** One configured account of a bot or channel: "feishu/hq". */
export type AccountId = string;

/** A human who works tickets. `vendor` is somebody else's employee, who sees less. */
export type Agent = {
  readonly id: string;
  readonly name: string;
  readonly role: "agent" | "supervisor" | "admin" | "vendor";
  /** The agent's id at each tool, by account ("feishu/hq") or by channel ("feishu") when all its accounts share it. */
  readonly identities: Readonly<Record<string, string>>;
};

/** One place where a team's tickets stand. Without `chat`, each member has a card of their own. */
export type TeamChat = {
  readonly account: AccountId;
  readonly chat: string | null;
  readonly language: Language;
  /** A group's webhook, which only posts: nobody can be written to there. Absent for everything else. */
  readonly board?: true;
};

/** What stands for the one chat of a board, whose address names it at the vendor. */
export const BOARD_CHAT = "board";

export type Team = {
  readonly id: string;
  readonly name: string;
  readonly lead: string | null;
  readonly members: readonly string[];
  readonly chats: readonly TeamChat[];
  /** Must it be said how a ticket was solved? */
  readonly resolution: "optional" | "required";
  /** Who reads what its people write under a ticket's card without a mark. */
  readonly threadReplies: "internal" | "customer";
  /** When its chats are told how its work stands; null for never. */
  readonly summary: SummaryTimes | null;
  /** How its people are reminded of a ticket that needs them. */
  readonly remind: Remind;
};

/** A time of the desk's zone. */
export type SummaryTimes = {
  /** Minutes after midnight. */
  readonly minute: number;
  /** Days of the week, 0 for Sunday to 6. */
  readonly days: readonly number[];
};

export const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** The type of a ticket that was handed over to a person without an intent. */
export const HANDOVER = "handover";

export type IntentField = {
  readonly name: string;
  /** The question that asks for it. */
  readonly ask: string;
  /** Its name on cards. */
  readonly label: string;
  readonly type: "text" | "store" | "image";
  readonly required: boolean;
};

export type Intent = {
  readonly id: string;
  readonly title: string;
  readonly examples: readonly string[];
  readonly keywords: readonly string[];
  readonly fields: readonly IntentField[];
  readonly ticket: { readonly type: string; readonly priority: Priority };
};

/** A piece of knowledge: one answer and the wordings that ask for it. */
export type Article = {
  readonly id: string;
  readonly question: string;
  readonly similar: readonly string[];
  readonly answer: string;
};

/** Everything that a dispatch condition may ask about; every field is present, null when unknown. */
export type DispatchFacts = {
  readonly ticket: {
    readonly type: string;
    readonly intent: string | null;
    readonly priority: Priority;
    readonly account: AccountId;
  };
  readonly store: { readonly id: string; readonly name: string; readonly region: string } | null;
};

export type DispatchRule = {
  /** The condition as it was written; null always matches. */
  readonly when: string | null;
  /** Does it match? A run-time error in a condition is a no. */
  matches(facts: DispatchFacts): boolean;
  readonly team: string;
};

/** The configuration as the core reads it: checked, complete, and with its look-ups made. */
export type Policy = {
  /** Hash of the YAML that it was made from, and of the ids that were found for its agents. */
  readonly hash: string;
  readonly hub: {
    readonly name: string;
    readonly timezone: string;
    readonly locale: Language;
    readonly publicUrl: string;
  };
  readonly agents: ReadonlyMap<string, Agent>;
  /** Agent ids by `<account or channel>|<the vendor's id>`. */
  readonly agentsByIdentity: ReadonlyMap<string, string>;
  readonly teams: ReadonlyMap<string, Team>;
  readonly intents: ReadonlyMap<string, Intent>;
  readonly articles: ReadonlyMap<string, Article>;
  readonly dispatch: readonly DispatchRule[];
  readonly understanding: {
    /** Answer or act on the best candidate from this score on. */
    readonly answer: number;
    /** Offer a choice of candidates from this score on. */
    readonly clarify: number;
  };
  readonly ticket: {
    /** How long a resolved ticket waits for the requester's word before it closes by itself, ms. */
    readonly confirmMs: number;
    /** How long a closed ticket can be reopened, ms. */
    readonly reopenMs: number;
    /** Least time between two urges of one ticket, ms. */
    readonly urgeEveryMs: number;
    /** A ticket that is not resolved so long after it was opened is overdue, ms. */
    readonly overdueMs: number;
  };
  /** Words after a slash that this desk adds, as `foldWord` spells them, to the commands that they stand for. */
  readonly commands: ReadonlyMap<string, string>;
  readonly conversation: {
    /** A conversation with nothing open closes after this much silence, ms. */
    readonly idleMs: number;
  };
};

/** The agent behind a vendor's id on one account, or null for anybody else. */
export function agentAt(policy: Policy, account: AccountId, externalId: string): Agent | null {
  const id =
    policy.agentsByIdentity.get(`${account}|${externalId}`) ??
    policy.agentsByIdentity.get(`${channelOf(account)}|${externalId}`);
  return id === undefined ? null : (policy.agents.get(id) ?? null);
}

/** How an agent is addressed on one account; null when they are not there. */
export function identityAt(agent: Agent, account: AccountId): string | null {
  return agent.identities[account] ?? agent.identities[channelOf(account)] ?? null;
}

/** What an agent is called; the id of one that the configuration no longer has. */
export function agentName(policy: Policy, id: string): string {
  return policy.agents.get(id)?.name ?? id;
}

/** The channel of an account: "feishu" of "feishu/hq". */
export function channelOf(account: AccountId): string {
  return account.slice(0, account.indexOf("/"));
}

/** The team that works a ticket: the first rule that matches. The last rule of a checked policy always does. */
export function teamFor(policy: Policy, facts: DispatchFacts): string {
  for (const rule of policy.dispatch) if (rule.matches(facts)) return rule.team;
  const [first = ""] = policy.teams.keys();
  return first;
}
