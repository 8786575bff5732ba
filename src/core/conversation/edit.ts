import type { Command } from "../command.ts";
import type { Policy } from "../config/policy.ts";
import type { Step, StreamStep, World } from "../step.ts";
import { converse, workOn } from "../streams.ts";
import { ticketEffects } from "../ticket/effects.ts";
import { conversationEffects } from "./effects.ts";
import { shows } from "./recall.ts";

/** Words were changed: their conversation says so, and the ticket too if it shows them, so that every card does. */
export function edit(
  command: Extract<Command, { type: "edit" }>,
  { conversation, ticket }: World,
  policy: Policy,
): Step {
  if (conversation === null) return { streams: [], effects: [], outcome: null };
  const { text } = command;
  const event = { type: "edited", text } as const;
  const spoken = converse(command, conversation, [event]);
  const effects = [...conversationEffects([event], spoken.state.value, policy)];
  const streams: StreamStep[] = [spoken];
  if (ticket !== null && shows(ticket, { text, attachments: [] })) {
    const worked = workOn(command, ticket, [event]);
    streams.push(worked);
    effects.push(...ticketEffects([event], worked.state.value, policy));
  }
  return { streams, effects, outcome: null };
}
