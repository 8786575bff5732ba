import { createFaults, type Faults } from "../faults.ts";
import { createPusher, type PushAttempt, type Pusher } from "../push.ts";
import type { Tokens } from "../tokens.ts";
import type { PushResult, ToolSimulator } from "../tool.ts";
import { overConnections, withFlush } from "./connection-pushes.ts";
import type { Connections } from "./connections.ts";
import { errorAnswer } from "./feishu-error.ts";
import { newId } from "./identity.ts";
import { createOpenPlatform, tooFrequent } from "./open-platform.ts";
import { press } from "./press.ts";
import { sealChallenge } from "./push-request.ts";
import { edit, type FeishuSayInput, say, takeBack } from "./say.ts";
import { isObject, parseOrUndefined } from "./shape.ts";
import { createFeishuState, type Feishu, type FeishuOptions, type UrgentLimits } from "./state.ts";

/** Feishu with one app, one bot and one tenant, and what a test needs to look behind the curtain. */
export interface FeishuSimulator extends ToolSimulator {
  say(input: FeishuSayInput): Promise<PushResult>;
  /** A person takes back a message of theirs. Throws when it is not theirs or gone already. */
  takeBack(input: { readonly person: string; readonly message: string }): Promise<PushResult>;
  /** A person changes the words of a text of theirs. Throws when it is not theirs, no text, or gone. */
  edit(input: {
    readonly person: string;
    readonly message: string;
    readonly text: string;
  }): Promise<PushResult>;
  /** Ask one of the two configured addresses for its challenge, as saving it in the developer console does. */
  verifyUrl(which: "events" | "callbacks"): Promise<PushResult>;
  readonly faults: Faults;
  readonly connections: Pick<Connections, "count" | "pings" | "kick" | "gap">;
  readonly tokens: Tokens;
  /** What bounds urgent messages, to be changed at will. */
  readonly urgent: UrgentLimits;
  /** The bot's open_id, which a mention of it carries. */
  readonly botOpenId: string;
  /** Every attempt to push so far, the newest 200 of each kind: events first, then callbacks. */
  pushes(): readonly PushAttempt[];
}

// Feishu docs: event-subscription-guide (3 s, and four more tries); request-url-configuration (1 s for the challenge).
const DEADLINE_MS = 3000;
const CHALLENGE_DEADLINE_MS = 1000;
const RETRY_DELAYS_MS = [15_000, 5 * 60_000, 60 * 60_000, 6 * 60 * 60_000];

/**
 * Make a Feishu that speaks the vendor's protocol to the hub at `eventsUrl` and `callbacksUrl`, or over the connections that
 * the hub opens where the app's subscription is `websocket`.
 */
export function createFeishuSimulator(options: FeishuOptions): FeishuSimulator {
  const feishu = createFeishuState(options);
  const platform = createOpenPlatform(feishu);
  const faults = createFaults(options.clock);
  const { connections } = feishu;
  const connected = options.app.subscription === "websocket";
  const pusher = (deadlineMs: number, retryDelaysMs: readonly number[], way = options.fetch) =>
    createPusher({ ...options, fetch: way, deadlineMs, retryDelaysMs });
  const eventsWay = connected ? withFlush(connections) : options.fetch;
  const callbacksWay = connected ? overConnections(connections) : options.fetch;
  const events = pusher(DEADLINE_MS, RETRY_DELAYS_MS, eventsWay);
  const callbacks = pusher(DEADLINE_MS, [], callbacksWay);
  const challenges = pusher(CHALLENGE_DEADLINE_MS, []);
  return {
    name: "feishu",
    faults,
    connections,
    connect: connections.connect,
    tokens: feishu.tokens,
    urgent: feishu.urgent,
    botOpenId: feishu.bot.openId,
    fetch: (request) => faults.around(request, async () => platform.fetch(request), renderFault),
    view: () => feishu.world.view("feishu"),
    say: (input) => say(feishu, events, input),
    press: (input) => press(feishu, callbacks, input),
    takeBack: (input) => takeBack(feishu, events, input),
    edit: (input) => edit(feishu, events, input),
    onChange: feishu.world.onChange,
    verifyUrl: (which) => verifyUrl(feishu, challenges, which),
    pushes: () => [...events.attempts(), ...callbacks.attempts()],
    async stop() {
      await Promise.all([events.stop(), callbacks.stop(), challenges.stop()]);
    },
  };
}

async function verifyUrl(
  feishu: Feishu,
  pusher: Pusher,
  which: "events" | "callbacks",
): Promise<PushResult> {
  const { app, eventsUrl, callbacksUrl } = feishu.options;
  const url = which === "events" ? eventsUrl : callbacksUrl;
  if (url === null) return { delivered: false, status: null, attempts: 0 };
  const challenge = newId("");
  return pusher.push({
    build: () => sealChallenge({ app, url }, challenge),
    accepts({ status, body }) {
      const answer = parseOrUndefined(body);
      return status === 200 && isObject(answer) && answer.challenge === challenge;
    },
  }).first;
}

function renderFault(status: number, code: number | null): Response {
  if (status === 429 && code === null) {
    const limited = tooFrequent(50, 1000);
    return errorAnswer(limited.status, limited.code, limited.message, limited.headers);
  }
  return errorAnswer(status, code ?? 2200, "Internal Error");
}
