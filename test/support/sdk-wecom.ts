import {
  generateReqId,
  type SendMsgBody,
  type TemplateCard,
  WSClient,
  type WsFrame,
} from "@wecom/aibot-node-sdk";
import { createCallbacks } from "../../src/bots/wecom/aibot/callbacks.ts";
import type { AibotSocketConfig } from "../../src/bots/wecom/aibot/config.ts";
import type { ConnectorDeps } from "../../src/node-connections.ts";
import type {
  ConnectionEnd,
  Connector,
  Intake,
  Line,
  LineAnswer,
  Opening,
} from "../../src/ports/connection.ts";
import { sdkOpening, UNHEARD_MS } from "./sdk-opening.ts";

type Fields = Readonly<Record<string, unknown>>;

const quiet = { error() {}, warn() {}, info() {}, debug() {} };

/** WeCom's own client, unmodified, in the place of ours: it carries frames, and what is in them is worked as always. */
export function wecomSdkConnector(config: AibotSocketConfig, deps: ConnectorDeps): Connector {
  return {
    silenceMs: UNHEARD_MS,
    open: (intake, signal) =>
      new Promise<Opening>((resolve) => {
        const client = new WSClient({
          botId: config.bot_id,
          secret: config.secret,
          wsUrl: config.ws_url,
          logger: quiet,
        });
        const line = { request: (frame: Fields) => request(client, frame) };
        const ended = workedBy(client, line, { config, deps, intake });
        const failed = (reason: string): void => {
          client.disconnect();
          resolve({ type: "failed", class: "transient", afterMs: null, reason });
        };
        client.on("error", ({ message }) => failed(message));
        // Its own way of coming back is not what is tested here.
        client.on("disconnected", () => failed("lost before it was ready"));
        client.on("authenticated", () =>
          resolve(sdkOpening(deps.clock, ended, () => client.disconnect(), line)),
        );
        signal.addEventListener("abort", () => failed("given up"), { once: true });
        client.connect();
      }),
  };
}

/** Have what the client hears worked, until it ends. */
function workedBy(
  client: WSClient,
  line: Line,
  given: { readonly config: AibotSocketConfig; readonly deps: ConnectorDeps; intake: Intake },
): Promise<ConnectionEnd> {
  const over = new AbortController();
  return new Promise((resolve) => {
    const end = (type: "lost" | "displaced") => (): void => {
      resolve({ type, reason: "the SDK lost its connection" });
      over.abort();
    };
    const callbacks = createCallbacks({
      ...given,
      line,
      displaced: end("displaced"),
      stopped: over.signal,
    });
    const take = (cmd: string) => (frame: WsFrame) =>
      callbacks.take({ cmd, reqId: frame.headers.req_id, body: frame.body, whole: { ...frame } });
    client.on("message", take("aibot_msg_callback"));
    client.on("event", take("aibot_event_callback"));
    client.on("disconnected", end("lost"));
  });
}

/** The SDK resolves with the vendor's frame, rejects with one that says no, and with an Error where there is none. */
async function request(client: WSClient, frame: Fields): Promise<LineAnswer> {
  if (!client.isConnected) return { type: "unreached", reason: "there is no connection" };
  return sent(client, frame).then(
    (answer) => ({ type: "answered", body: { ...answer } }),
    (refusal: unknown) =>
      refusal instanceof Error
        ? { type: "unanswered", reason: refusal.message }
        : { type: "answered", body: { ...(refusal as WsFrame) } },
  );
}

/** Each request by the method that the SDK has for it. */
function sent(client: WSClient, { cmd, req_id, body }: Fields): Promise<WsFrame> {
  const command = String(cmd);
  const about = { headers: { req_id: String(req_id ?? generateReqId(command)) } };
  const said = body as Fields;
  if (command === "aibot_send_msg") {
    return client.sendMessage(String(said.chatid), said as unknown as SendMsgBody);
  }
  return command === "aibot_respond_update_msg"
    ? client.updateTemplateCard(about, said.template_card as TemplateCard)
    : client.reply(about, said, command);
}
