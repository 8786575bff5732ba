import { afterEach } from "vitest";
import { aibotConfig } from "../../src/bots/wecom/aibot/config.ts";
import { createAibotConnector } from "../../src/bots/wecom/aibot/connection.ts";
import { wecom } from "../../src/bots/wecom/wecom.ts";
import type { Card } from "../../src/core/card.ts";
import type { Inbound, Outbound, Outcome } from "../../src/core/message.ts";
import type { Intake, OpenConnection } from "../../src/ports/connection.ts";
import { bot, given } from "../../src/simulator/wecom/aibot/bench.ts";
import type { AibotOptions } from "../../src/simulator/wecom/aibot/context.ts";
import { serveTool } from "../support/serve-tool.ts";

export const claim = "claim|1|ticket:t1";

export const card: Card<string> = {
  tone: "warning",
  title: "冰柜不制冷",
  subtitle: "待接单",
  blocks: [{ type: "paragraph", text: "三号柜 <b>" }],
  controls: [{ type: "button", label: "接单", style: "primary", action: claim, confirm: null }],
};

export const message: Outbound<string> = {
  id: "m0000000000000000001",
  to: { kind: "person", id: "ZhangSan" },
  inReplyTo: null,
  content: { type: "card", card },
};

const connections: OpenConnection[] = [];
afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.close()));
});

/** Our bot and the simulated WeCom over a real socket, each other's only correspondent. */
export async function meet(more: { secret?: string; bot?: Partial<AibotOptions> } = {}) {
  const bench = given(more.bot);
  const served = await serveTool("wecom", () => bench.simulator);
  const config = aibotConfig.parse({
    kind: "aibot",
    bot_id: bot.botId,
    secret: more.secret ?? bot.secret,
    ws_url: served.socketBase,
    bot_name: bot.name,
    welcome: "您好，请说",
  });
  if (config.transport !== "websocket") throw new Error("expected a long connection");
  const deps = {
    fetch: async (input: unknown, init?: unknown) =>
      bench.simulator.fetch(new Request(input as string, init as RequestInit)),
    clock: {
      now: bench.clock.now,
      sleep: (ms: number, signal?: AbortSignal) =>
        bench.clock.sleep(ms, signal ?? new AbortController().signal),
    },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  };
  const hub = createHub();
  const connector = createAibotConnector(config, deps);
  const attempt = () => connector.open(hub.intake, new AbortController().signal);
  const open = async (): Promise<OpenConnection> => {
    const opening = await attempt();
    if (opening.type === "failed") throw new Error(`not open: ${opening.reason}`);
    connections.push(opening.connection);
    return opening.connection;
  };
  /** A channel whose sends go over this connection. */
  const channelOver = (line: OpenConnection) => wecom.create(config, { ...deps, line });
  return { ...bench, hub, attempt, open, channelOver };
}

/** A hub that keeps what it hears and ends clicks as it is told. */
function createHub() {
  const heard: Inbound[] = [];
  const left: boolean[] = [];
  const state: { outcome: Outcome<string> | "pending"; refusals: number } = {
    outcome: "pending",
    refusals: 0,
  };
  const intake: Intake = async (_feed, items) => {
    if (state.refusals > 0) {
      state.refusals -= 1;
      throw new Error("no room");
    }
    heard.push(...items);
    const isClick = items[0]?.type === "action";
    return {
      outcome: isClick ? state.outcome : null,
      after: async (gone) => void left.push(gone),
    };
  };
  return { heard, left, state, intake };
}

/** What answers the newest message that was heard. */
export function answerTo(heard: readonly Inbound[], words: string, id: string): Outbound<string> {
  const last = heard.at(-1);
  if (last?.type !== "message") throw new Error("the newest thing heard is no message");
  const { messageId, handle, place } = last;
  return {
    id,
    to: { kind: "chat", id: place.chat },
    inReplyTo: { messageId, thread: null, handle },
    content: { type: "text", text: words },
  };
}
