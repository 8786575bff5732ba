import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account, RunningHub, Setup } from "../../src/app/hub.ts";
import { assemble } from "../../src/assemble.ts";
import type { Policy } from "../../src/core/config/policy.ts";
import type { Understood } from "../../src/core/conversation/conversation.ts";
import { catalogs } from "../../src/locales/catalogs.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Store } from "../../src/ports/store.ts";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import { createFakeChannel, type FakeChannel } from "./fake-channel.ts";
import { NO_REMINDERS } from "./no-reminders.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

export type TestHub = RunningHub & {
  readonly store: Store;
  readonly clock: TestClock;
  readonly channels: Readonly<Record<string, FakeChannel>>;
  readonly logged: string[];
  account(id: string): Account;
  close(): Promise<void>;
};

/** A small desk: one team in a group on fake/a and, one card a member, on fake/b. */
export const deskPolicy: Policy = {
  hash: "test",
  hub: {
    name: "测试服务台",
    timezone: "Asia/Shanghai",
    locale: "zh-CN",
    publicUrl: "http://localhost",
  },
  agents: new Map(
    [
      { id: "li", name: "李工", role: "agent" as const, identities: { "fake/a": "a-li" } },
      {
        id: "wang",
        name: "王工",
        role: "agent" as const,
        identities: { "fake/a": "a-wang", "fake/b": "b-wang" },
      },
      { id: "zhao", name: "赵主管", role: "agent" as const, identities: { "fake/a": "a-zhao" } },
    ].map((agent) => [agent.id, agent]),
  ),
  agentsByIdentity: new Map([
    ["fake/a|a-li", "li"],
    ["fake/a|a-wang", "wang"],
    ["fake/b|b-wang", "wang"],
    ["fake/a|a-zhao", "zhao"],
  ]),
  teams: new Map([
    [
      "repair",
      {
        id: "repair",
        name: "维修",
        lead: "zhao",
        threadReplies: "internal",
        resolution: "optional",
        summary: null,
        remind: NO_REMINDERS,
        members: ["li", "wang"],
        chats: [
          { account: "fake/a", chat: "oc_repair", language: "zh-CN" },
          { account: "fake/b", chat: null, language: "zh-CN" },
        ],
      },
    ],
  ]),
  intents: new Map([
    [
      "broken",
      {
        id: "broken",
        title: "设备报修",
        examples: [],
        keywords: ["坏"],
        fields: [],
        ticket: { type: "repair", priority: "high" },
      },
    ],
  ]),
  articles: new Map([
    ["fee", { id: "fee", question: "加盟费多少", similar: [], answer: "请看官网。" }],
  ]),
  dispatch: [{ when: null, team: "repair", matches: () => true }],
  understanding: { answer: 0.7, clarify: 0.35 },
  ticket: {
    confirmMs: 3 * 86_400_000,
    reopenMs: 7 * 86_400_000,
    urgeEveryMs: 900_000,
    overdueMs: 86_400_000,
  },
  commands: new Map(),
  conversation: { idleMs: 86_400_000 },
};

/** Understands by what the words contain: enough to drive the loop. */
function understandWords(text: string): Understood {
  const nothing = { command: null, safety: false, exact: false, candidates: [] };
  if (text.includes("坏"))
    return { ...nothing, candidates: [{ kind: "intent", id: "broken", score: 0.95 }] };
  if (text.includes("加盟"))
    return { ...nothing, candidates: [{ kind: "article", id: "fee", score: 1 }] };
  if (text.includes("人工")) return { ...nothing, command: "human" };
  return nothing;
}

export function createTestHub(
  options: {
    readonly store?: Store;
    readonly clock?: TestClock;
    readonly policy?: Policy;
    readonly setup?: Partial<Setup>;
    readonly random?: () => number;
  } = {},
): TestHub {
  const clock = options.clock ?? createTestClock();
  const folder = options.store === undefined ? mkdtempSync(join(tmpdir(), "loopdesk-hub-")) : null;
  const store = options.store ?? openSqliteStore(folder ?? "", () => clock.now());
  const channels: Record<string, FakeChannel> = {
    "fake/a": createFakeChannel(),
    "fake/b": createFakeChannel(),
  };
  const logged: string[] = [];
  const write = (message: string, fields?: object): void => {
    logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  const log: Logger = { debug: write, info: write, warn: write, error: write };
  const accounts = new Map(
    Object.entries(channels).map(([id, channel]): [string, Account] => [
      id,
      { id, enabled: true, feeds: ["event"], channel },
    ]),
  );
  const setup: Setup = {
    policy: options.policy ?? deskPolicy,
    accounts,
    understander: { understand: async (text) => understandWords(text), storeNames: () => [] },
    ...options.setup,
  };
  const running = assemble({
    store,
    clock,
    log,
    catalogs,
    counters: { count() {} },
    random: options.random ?? (() => 0.5),
    backlogLimit: 1_000,
    concurrency: 8,
    setup: () => setup,
  });
  return {
    ...running,
    store,
    clock,
    channels,
    logged,
    account(id) {
      const found = accounts.get(id);
      if (found === undefined) throw new Error(`The test hub has no account ${id}.`);
      return found;
    },
    async close() {
      await running.stop();
      await store.close();
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}
