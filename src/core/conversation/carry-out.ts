import type { Actor } from "../actor.ts";
import type { Command } from "../command.ts";
import type { Policy } from "../config/policy.ts";
import { deriveId } from "../id.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import type { Step } from "../step.ts";
import { converse, workOn } from "../streams.ts";
import { t } from "../text.ts";
import { createTicket } from "../ticket/decide.ts";
import { ticketEffects } from "../ticket/effects.ts";
import type { Ticket, TicketEvent } from "../ticket/ticket.ts";
import type { Conversation, ConversationEvent } from "./conversation.ts";
import { conversationEffects, say } from "./effects.ts";
import { ticketFrom } from "./open-ticket.ts";
import { type Passed, passOn, refusedWords } from "./pass-on.ts";
import type { Opening, Response } from "./response.ts";

type Party = { readonly conversation: Conversation; readonly ticket: Ticket | null };
type Speaking = Extract<Command, { type: "respond" | "act" }>;

/** Put a response into effect: the conversation's events, the ticket's, and all that is said. */
export function carryOut(
  response: Response,
  command: Speaking,
  cause: string,
  { conversation, ticket }: Party,
  policy: Policy,
): Step | Refusal {
  const { ticket: deed } = response;
  if (deed?.type === "open") return open(response, deed, command, cause, conversation, policy);
  if (deed === null || ticket === null)
    return speak(response.events, command, conversation, policy);
  const passed = passOn(deed, speakerOf(command, conversation), command.at, ticket, policy);
  if (!isRefusal(passed)) return pass(response, passed, command, { conversation, ticket }, policy);
  const told: ConversationEvent = { type: "told", text: refusedWords(passed, ticket) };
  return command.type === "act"
    ? passed
    : speak([...response.events, told], command, conversation, policy);
}

/** Who spoke or pressed, who need not be the one who asked. */
function speakerOf(command: Speaking, conversation: Conversation): Actor {
  return command.type === "act" ? command.by : (conversation.last?.by ?? conversation.party);
}

function speak(
  events: readonly ConversationEvent[],
  command: Speaking,
  conversation: Conversation,
  policy: Policy,
): Step {
  const spoken = converse(command, conversation, events);
  return {
    streams: [spoken],
    effects: conversationEffects(events, spoken.state.value, policy),
    outcome: null,
  };
}

function pass(
  response: Response,
  passed: Passed,
  command: Speaking,
  { conversation, ticket }: { readonly conversation: Conversation; readonly ticket: Ticket },
  policy: Policy,
): Step {
  const { streams, effects } = speak(
    [...response.events, { type: "relayed", ticket: ticket.id }],
    command,
    conversation,
    policy,
  );
  const worked = workOn(command, ticket, passed.events);
  const { words } = passed;
  const noted = words === null ? [] : [say({ type: "text", text: words }, conversation)];
  return {
    streams: [...streams, worked],
    effects: [...effects, ...noted, ...ticketEffects(passed.events, worked.state.value, policy)],
    outcome: null,
  };
}

function open(
  response: Response,
  opening: Opening,
  command: Speaking,
  cause: string,
  conversation: Conversation,
  policy: Policy,
): Step {
  const id = deriveId(cause, "ticket");
  const { number } = command;
  const { also, complete } = opening;
  const begun: TicketEvent[] = [
    ...createTicket(ticketFrom(opening, conversation, number, policy), policy),
  ];
  if (also !== null)
    begun.push({ type: "replied_by_customer", by: speakerOf(command, conversation), text: also });
  const { streams, effects } = speak(
    [...response.events, { type: "ticket_opened", ticket: id, number }],
    command,
    conversation,
    policy,
  );
  const worked = workOn(command, null, begun, id);
  const told = say(
    { type: "text", text: t(complete ? "say.ticket_opened" : "say.handed_over", { number }) },
    conversation,
  );
  return {
    streams: [...streams, worked],
    effects: [...effects, told, ...ticketEffects(begun, worked.state.value, policy)],
    outcome: null,
  };
}
