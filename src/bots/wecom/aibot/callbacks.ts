import type { InboundAction, InboundMessage } from "../../../core/message.ts";
import type { ChannelDeps } from "../../../ports/channel.ts";
import type { Intake, Line, Taken } from "../../../ports/connection.ts";
import { WECOM_FEEDS } from "../receive.ts";
import { readAction } from "./action.ts";
import { clickedCard, NO_ACTION } from "./card.ts";
import type { AibotSocketConfig } from "./config.ts";
import { asFields, textOf } from "./fields.ts";
import { type AibotFrame, isDone } from "./frames.ts";
import { markdownOf } from "./markdown.ts";
import { readMessage } from "./message.ts";
import { reqIdHandle } from "./reply-handle.ts";

/** WeCom promises to send a message once, so one that the hub cannot take now is offered again, about a minute long. */
const OFFER_AGAIN_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];

export type CallbackOptions = {
  readonly config: AibotSocketConfig;
  readonly deps: Pick<ChannelDeps, "clock" | "log">;
  readonly intake: Intake;
  readonly line: Line;
  /** WeCom says that another connection has taken over. */
  displaced(): void;
  /** Fires when nothing more shall be offered to the hub. */
  readonly stopped: AbortSignal;
};

export type Callbacks = {
  /** Carry out what a callback asks for. Never throws. */
  take(frame: AibotFrame): void;
  /** Resolves when everything that was taken is done with. */
  settled(): Promise<void>;
};

/** What follows from each callback of a long connection. WeCom docs: 101463, 101027. */
export function createCallbacks(options: CallbackOptions): Callbacks {
  const running = new Set<Promise<void>>();
  return {
    take(frame) {
      const work = handle(options, frame).catch(() => {
        options.deps.log.error("A callback was not worked.", { cmd: frame.cmd });
      });
      running.add(work);
      void work.then(() => running.delete(work));
    },
    async settled() {
      await Promise.all(running);
    },
  };
}

async function handle(options: CallbackOptions, frame: AibotFrame): Promise<void> {
  const { config, deps } = options;
  const heardAt = deps.clock.now();
  if (frame.cmd === "aibot_event_callback") return handleEvent(options, frame, heardAt);
  if (frame.cmd !== "aibot_msg_callback") return;
  const message = readMessage(frame.body, {
    botName: config.bot_name,
    heardAt,
    handle: (at) => reqIdHandle(frame.reqId, at),
  });
  return message === null ? notUnderstood(options, frame) : offer(options, message);
}

async function handleEvent(
  options: CallbackOptions,
  frame: AibotFrame,
  heardAt: number,
): Promise<void> {
  const kind = textOf(asFields(frame.body.event)?.eventtype);
  if (kind === "disconnected_event") return options.displaced();
  if (kind === "enter_chat") return welcome(options, frame.reqId);
  if (kind !== "template_card_event") return;
  const action = readAction(frame.body, heardAt);
  return action === null ? notUnderstood(options, frame) : click(options, frame.reqId, action);
}

function notUnderstood({ deps }: CallbackOptions, { cmd }: AibotFrame): void {
  deps.log.warn("A callback was not understood.", { cmd });
}

async function offer(
  { deps, intake, stopped }: CallbackOptions,
  message: InboundMessage,
): Promise<void> {
  for (const delay of [...OFFER_AGAIN_MS, null]) {
    const taken = await intake(WECOM_FEEDS[0], [message]).catch(() => null);
    if (taken !== null) return taken.after(true);
    if (delay === null || stopped.aborted) break;
    await deps.clock.sleep(delay, stopped);
  }
  deps.log.error("The hub could not take a message, and WeCom will not send it again.");
}

/** A card can be changed within five seconds of a click, and then never again. */
async function click(
  options: CallbackOptions,
  reqId: string,
  action: InboundAction,
): Promise<void> {
  const show = async (outcome: Taken["outcome"]): Promise<boolean> => {
    const card = clickedCard(options.config, action.cardId, outcome);
    if (card === null) return false;
    const body = { response_type: "update_template_card", template_card: card };
    const cmd = "aibot_respond_update_msg";
    return isDone(await options.line.request({ cmd, req_id: reqId, body }));
  };
  if (action.action === NO_ACTION) {
    await show("pending");
    return;
  }
  const { outcome, after } = await options.intake(WECOM_FEEDS[0], [action]);
  const isShown = await show(outcome ?? "pending");
  const isTold = !isShown && (await tell(options.line, action, outcome));
  await after(isShown || (isTold && !bringsCard(outcome)));
}

function bringsCard(outcome: Taken["outcome"]): boolean {
  return outcome !== null && outcome !== "pending" && outcome.card !== null;
}

/** The words of an outcome that no card could show: to the clicker alone where the bot may, else where the card stands. */
async function tell(
  line: Line,
  action: InboundAction,
  outcome: Taken["outcome"],
): Promise<boolean> {
  if (outcome === null || outcome === "pending" || outcome.text.trim() === "") return false;
  const body = { msgtype: "markdown", markdown: { content: markdownOf(outcome.text) } };
  const say = async (chatid: string, chat_type: number): Promise<boolean> =>
    isDone(await line.request({ cmd: "aibot_send_msg", body: { chatid, chat_type, ...body } }));
  if (await say(action.operator.id, 1)) return true;
  return action.place?.kind === "group" && (await say(action.place.chat, 2));
}

async function welcome({ config, line }: CallbackOptions, reqId: string): Promise<void> {
  if (config.welcome === undefined) return;
  const body = { msgtype: "text", text: { content: config.welcome } };
  await line.request({ cmd: "aibot_respond_welcome_msg", req_id: reqId, body });
}
