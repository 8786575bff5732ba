import type { Actor } from "../actor.ts";
import type { Command } from "../command.ts";
import type { Policy } from "../config/policy.ts";
import { deriveId } from "../id.ts";
import { isRefusal, type Refusal, refuse } from "../refusal.ts";
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
import type { Ask, Opening, Response, Working } from "./response.ts";
import { toldOf, workOnNamed } from "./work.ts";

type Party = {
  readonly conversation: Conversation;
  readonly ticket: Ticket | null;
  /** The ticket that is meant where it need not be the conversation's, and those beside it. */
  readonly named?: Ticket | null;
  readonly others?: readonly Ticket[];
};
type Speaking = Extract<Command, { type: "respond" | "act" }>;

/** Put a response into effect: the conversation's events, the ticket's, and all that is said. */
export function carryOut(
  response: Response,
  command: Speaking,
  cause: string,
  party: Party,
  policy: Policy,
): Step | Refusal {
  const { conversation, ticket } = party;
  const { ticket: deed } = response;
  if (deed?.type === "open") return open(response, deed, command, cause, conversation, policy);
  if (deed?.type === "work") return work(response, deed, command, party, policy);
  if (deed === null || ticket === null)
    return speak(response.events, command, conversation, policy, response.says);
  const handed = { ...deed, asks: [...deed.asks, ...attachmentsOf(conversation)] };
  const passed = passOn(handed, speakerOf(command, conversation), command.at, ticket, policy);
  if (!isRefusal(passed)) return pass(response, passed, command, { conversation, ticket }, policy);
  const told: ConversationEvent = { type: "told", text: refusedWords(passed, ticket) };
  return command.type === "act"
    ? passed
    : speak([...response.events, told], command, conversation, policy);
}

/** What came with the messages goes along with whatever is passed on. */
function attachmentsOf({ attachments }: Conversation): readonly Ask[] {
  return attachments === undefined ? [] : [{ verb: "comment", text: null, attachments }];
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
  says: Response["says"] = [],
): Step {
  const spoken = converse(command, conversation, events);
  const after = spoken.state.value;
  return {
    streams: [spoken],
    effects: [
      ...conversationEffects(events, after, policy),
      ...says.map((content) => say(content, after)),
    ],
    outcome: null,
  };
}

/** Do to the ticket that is meant what was asked, and tell what came of it. */
function work(
  response: Response,
  deed: Working,
  command: Speaking,
  { conversation, ticket, named: meant = null, others = [] }: Party,
  policy: Policy,
): Step | Refusal {
  const named = deed.on === "own" ? ticket : meant;
  if (named === null) return refuse("unknown_ticket");
  const attached = conversation.pending?.attached ?? [];
  const by = speakerOf(command, conversation);
  const known = ticket === null ? others : [ticket, ...others];
  const doing = { deed, by, at: command.at, named, others: known, attached };
  const verdict = workOnNamed(doing, policy);
  const events = isRefusal(verdict) ? [] : verdict;
  const worked = isRefusal(verdict) ? null : workOn(command, named, events);
  const effects = worked === null ? [] : ticketEffects(events, worked.state.value, policy);
  const relayed = { type: "relayed", ticket: named.id } as const;
  const spoken = speak(
    [
      ...response.events,
      ...(worked !== null && attached.length > 0 ? [relayed] : []),
      toldOf(doing, isRefusal(verdict) ? verdict : effects, conversation),
      ...(deed.after ?? []),
    ],
    command,
    conversation,
    policy,
  );
  return {
    streams: worked === null ? spoken.streams : [...spoken.streams, worked],
    effects: [...spoken.effects, ...effects],
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
  const { attachments, party } = conversation;
  if (attachments !== undefined)
    begun.push({ type: "attached", by: party, attachments, visible: true });
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
