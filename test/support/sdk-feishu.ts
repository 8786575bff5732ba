import { type EventDispatcher, WSClient } from "@larksuiteoapi/node-sdk";
import type { FeishuConfig } from "../../src/bots/feishu/config.ts";
import { answerPush } from "../../src/bots/feishu/connection-answer.ts";
import type { ConnectorDeps } from "../../src/node-connections.ts";
import type { ConnectionEnd, Connector, Intake, Opening } from "../../src/ports/connection.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import { sdkOpening, UNHEARD_MS } from "./sdk-opening.ts";

const quiet = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };

/** Feishu's own client, unmodified, in the place of ours: it carries frames, and what is in them is read as always. */
export function feishuSdkConnector(config: FeishuConfig, deps: ConnectorDeps): Connector {
  return {
    silenceMs: UNHEARD_MS,
    open: (intake, signal) =>
      new Promise<Opening>((resolve) => {
        let end = (_end: ConnectionEnd): void => {};
        const ended = new Promise<ConnectionEnd>((settle) => {
          end = settle;
        });
        const failed = (reason: string): void => {
          client.close({ force: true });
          resolve({ type: "failed", class: "transient", afterMs: null, reason });
        };
        const client = new WSClient({
          appId: config.app_id,
          appSecret: config.app_secret,
          domain: config.api_base,
          logger: quiet,
          handshakeTimeoutMs: 2_000,
          onReady: () =>
            resolve(sdkOpening(deps.clock, ended, () => client.close({ force: true }))),
          onError: ({ message }) => failed(message),
          // Its own way of coming back is not what is tested here.
          onReconnecting: () => {
            failed("lost before it was ready");
            end({ type: "lost", reason: "the SDK lost its connection" });
          },
        });
        signal.addEventListener("abort", () => failed("given up"), { once: true });
        void client.start({ eventDispatcher: dispatcher(config, deps, intake) });
      }),
  };
}

/** The SDK hands on what it has read, and sends what it is given back. */
function dispatcher(config: FeishuConfig, deps: ConnectorDeps, intake: Intake): EventDispatcher {
  const invoke = async (data: unknown): Promise<unknown> => {
    const answer = await answerPush(utf8(JSON.stringify(data)), { config, intake, ...deps });
    if (answer.code !== 200) throw new Error("not taken");
    // The SDK does not tell whether an answer has left.
    setImmediate(() => void answer.after?.(true));
    return answer.body === null ? undefined : (JSON.parse(answer.body) as unknown);
  };
  return { invoke } as unknown as EventDispatcher;
}
