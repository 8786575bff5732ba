import type { ChannelDeps } from "../../ports/channel.ts";
import type { Intake } from "../../ports/connection.ts";
import type { DingtalkFrame } from "../../wire/dingtalk-frame.ts";
import type { DingtalkConfig } from "./config.ts";
import { type Ack, readStreamPush, type StreamPush } from "./connection-push.ts";

export type WorkDeps = {
  readonly config: DingtalkConfig;
  readonly deps: Pick<ChannelDeps, "clock" | "log">;
  readonly intake: Intake;
  /** Acknowledge a frame. Resolves with whether that left; never rejects. */
  answer(frame: DingtalkFrame, ack: Ack): Promise<boolean>;
  /** A message came without its words because the organisation's API quota is used up. */
  quotaUsedUp(): void;
};

/** Translate a pushed frame, hand it over, and acknowledge it once the hub has it. Never rejects. */
export async function workFrame(work: WorkDeps, frame: DingtalkFrame): Promise<void> {
  const { config, deps } = work;
  try {
    const push = await readStreamPush(config, frame, deps.clock.now());
    if (push.type === "push") return await handOver(work, frame, push);
    if (push.type === "quota") work.quotaUsedUp();
    if (push.type === "malformed") {
      deps.log.warn("A push of DingTalk was malformed.", { length: frame.data.length });
    }
    await work.answer(frame, push.ack);
  } catch (error) {
    deps.log.error("A push of DingTalk was not handled.", { error: nameOf(error) });
  }
}

async function handOver(
  { deps, intake, answer }: WorkDeps,
  frame: DingtalkFrame,
  push: Extract<StreamPush, { readonly type: "push" }>,
): Promise<void> {
  const taken = await intake(push.feed, push.items).catch((error: unknown) => {
    deps.log.warn("A push of DingTalk could not be taken.", { error: nameOf(error) });
    return null;
  });
  if (taken === null) {
    await answer(frame, push.refused);
    return;
  }
  let left = false;
  try {
    left = await answer(frame, push.taken(taken.outcome));
  } finally {
    await taken.after(left);
  }
}

/** An error's own words may hold what a customer wrote. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "error";
}
