import type { Command } from "../command.ts";
import type { Policy } from "../config/policy.ts";
import type { Step, StreamStep, World } from "../step.ts";
import { converse, workOn } from "../streams.ts";
import { textRefs } from "../text.ts";
import { ticketEffects } from "../ticket/effects.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { conversationEffects } from "./effects.ts";

/** A message was taken back: its conversation says so, and the ticket too if it shows anything of that message. */
export function recall(
  command: Extract<Command, { type: "recall" }>,
  { conversation, ticket }: World,
  policy: Policy,
): Step {
  if (conversation === null) return { streams: [], effects: [], outcome: null };
  const { text, attachments } = command;
  const event = { type: "recalled", text, attachments } as const;
  const spoken = converse(command, conversation, [event]);
  const effects = [...conversationEffects([event], spoken.state.value, policy)];
  const streams: StreamStep[] = [spoken];
  if (ticket !== null && shows(ticket, command)) {
    const worked = workOn(command, ticket, [event]);
    streams.push(worked);
    effects.push(...ticketEffects([event], worked.state.value, policy));
  }
  return { streams, effects, outcome: null };
}

/** Does the ticket show these words or any of these attachments? */
export function shows(
  ticket: Ticket,
  {
    text,
    said,
    attachments,
  }: Pick<Extract<Command, { type: "recall" }>, "text" | "said" | "attachments">,
): boolean {
  const spoken = [...ticket.comments, ...(ticket.undelivered ?? [])].map(({ text: ref }) => ref);
  const words = [...textRefs(ticket), ...spoken];
  const files = (ticket.attachments ?? []).map(({ id }) => id);
  const isWritten = [text, said].some((ref) => ref != null && words.includes(ref));
  return isWritten || attachments.some((id) => files.includes(id));
}
