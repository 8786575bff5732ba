import type { Command } from "./command.ts";
import type { Policy } from "./config/policy.ts";
import type { Step, StreamStep, World } from "./step.ts";
import { workOn } from "./streams.ts";
import { ticketEffects } from "./ticket/effects.ts";
import { type KinNews, kinNews } from "./ticket/kin.ts";
import type { Ticket, TicketEvent } from "./ticket/ticket.ts";

/** A step with all that it means for the parents and children of its tickets. */
export function withKin(step: Step, command: Command, world: World, policy: Policy): Step {
  const worked = step.streams
    .flatMap((stream) => newsOf(stream, world))
    .map(({ ticket, events }) => ({ events, stream: workOn(command, ticket, events) }));
  if (worked.length === 0) return step;
  return {
    ...step,
    streams: [...step.streams, ...worked.map(({ stream }) => stream)],
    effects: [
      ...step.effects,
      ...worked.flatMap(({ events, stream }) => ticketEffects(events, stream.state.value, policy)),
    ],
  };
}

function newsOf({ state, events }: StreamStep, { ticket, others = [] }: World): readonly KinNews[] {
  if (state.kind !== "ticket") return [];
  const isIt = (each: Ticket): boolean => each.id === state.value.id;
  const known = [...(ticket === null ? [] : [ticket]), ...others];
  const before = known.find(isIt);
  if (before === undefined) return [];
  return kinNews(events as readonly TicketEvent[], before, state.value, known);
}
