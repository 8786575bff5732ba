import { DWClient, type DWClientDownStream } from "dingtalk-stream";
import { TOPIC_CARD, TOPIC_ROBOT } from "dingtalk-stream/constants";
import type { DingtalkConfig } from "../../src/bots/dingtalk/config.ts";
import { workFrame } from "../../src/bots/dingtalk/connection-work.ts";
import type { ConnectorDeps } from "../../src/node-connections.ts";
import type { ConnectionEnd, Connector, Opening } from "../../src/ports/connection.ts";
import type { DingtalkFrame } from "../../src/wire/dingtalk-frame.ts";
import { sdkOpening, UNHEARD_MS } from "./sdk-opening.ts";

/** The vendor's own client, told another gateway: the address is a constant inside it. */
class Client extends DWClient {
  readonly #gateway: string;

  constructor({ client_id, client_secret, api_base }: DingtalkConfig) {
    // Without an array of its own every client would add its topics to a shared one.
    const own = { subscriptions: [{ type: "EVENT", topic: "*" }], autoReconnect: false };
    super({ clientId: client_id, clientSecret: client_secret, ...own });
    this.#gateway = api_base;
  }

  override async getEndpoint(): Promise<this> {
    const { clientId, clientSecret, ua, subscriptions } = this.config;
    const answer = await fetch(`${this.#gateway}/v1.0/gateway/connections/open`, {
      method: "POST",
      headers: { accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify({ clientId, clientSecret, ua, subscriptions }),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const { endpoint, ticket } = (await answer.json()) as { endpoint: string; ticket: string };
    Object.assign(this, { dw_url: `${endpoint}?ticket=${ticket}` });
    return this;
  }
}

type Socket = {
  readonly readyState: number;
  once(event: "open" | "close", listener: () => void): void;
};
const OPEN = 1;

/** DingTalk's own client, unmodified, in the place of ours: it carries frames, and what is in them is read as always. */
export function dingtalkSdkConnector(config: DingtalkConfig, deps: ConnectorDeps): Connector {
  return {
    silenceMs: UNHEARD_MS,
    async open(intake) {
      const client = new Client(config);
      for (const topic of [TOPIC_ROBOT, TOPIC_CARD])
        client.registerCallbackListener(topic, (push) => {
          void workFrame(
            { config, deps, intake, quotaUsedUp() {}, answer: answerBy(client) },
            frameOf(push),
          );
        });
      await client.connect();
      // The SDK tells nobody of a loss; its socket does.
      const socket = Reflect.get(client, "socket") as Socket | undefined;
      return socket === undefined ? NOT_OPENED : opened(client, socket, deps);
    },
  };
}

const NOT_OPENED: Opening = {
  type: "failed",
  class: "transient",
  afterMs: null,
  reason: "the SDK did not connect",
};

function opened(client: Client, socket: Socket, deps: ConnectorDeps): Promise<Opening> {
  const ended = new Promise<ConnectionEnd>((resolve) => {
    socket.once("close", () => resolve({ type: "lost", reason: "the SDK lost its connection" }));
  });
  const opening = sdkOpening(deps.clock, ended, () => client.disconnect());
  return new Promise((resolve) => {
    if (socket.readyState === OPEN) resolve(opening);
    socket.once("open", () => resolve(opening));
    void ended.then(() => resolve(NOT_OPENED));
  });
}

function frameOf({ headers: { topic, messageId }, data }: DWClientDownStream): DingtalkFrame {
  return { type: "CALLBACK", topic, messageId, data };
}

/** The SDK can only say that all is well; for anything else it must be silent. */
function answerBy(client: Client): Parameters<typeof workFrame>[0]["answer"] {
  return async ({ messageId }, { code, data }) => {
    if (code !== 200) return false;
    client.send(messageId, JSON.parse(data));
    return true;
  };
}
