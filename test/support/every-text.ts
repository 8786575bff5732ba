import type { Conversation } from "../../src/core/conversation/conversation.ts";
import { PERMISSIONS } from "../../src/core/permission.ts";
import { isRefusal } from "../../src/core/refusal.ts";
import type { Step } from "../../src/core/step.ts";
import { type Text, t } from "../../src/core/text.ts";
import { ticketCard } from "../../src/core/ticket/card.ts";
import { decideTicket, type TicketCommand } from "../../src/core/ticket/decide.ts";
import { ticketEffects } from "../../src/core/ticket/effects.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import { createDesk, type Desk, type Took } from "./desk.ts";
import {
  about,
  agent,
  aHeard,
  article,
  CLERK,
  intent,
  NOON,
  STORE,
  STRANGER,
  saying,
} from "./given.ts";
import { aPolicy, DAY } from "./policy.ts";
import { teamTexts } from "./team-texts.ts";
import { STATUSES, ticketIn } from "./tickets.ts";
import { TYPED_VISITS } from "./typed-visits.ts";

export type Sentence = Extract<Text, { key: string }>;

/** Every sentence that the core says in a tour through all that it does, those inside others too. */
export function everyText(): readonly Sentence[] {
  const said: Sentence[] = [];
  tourOfVerbs(said);
  collect(teamTexts(), said);
  for (const visit of [...VISITS, ...TYPED_VISITS])
    visit(createDesk({ after: (took) => collectStep(took, said) }));
  return said;
}

const PRIORITIES = ["low", "normal", "high", "urgent"] as const;
const VERBS = [...Object.keys(PERMISSIONS), "tick"];
const TIMES = [NOON, NOON + 30 * DAY];

/** Each verb on each status, by those who may do most and by somebody who may do nothing, on fresh and old cards. */
function tourOfVerbs(said: Sentence[]): void {
  for (const status of STATUSES) {
    const ticket = ticketIn(status);
    for (const priority of PRIORITIES) collectCards({ ...ticket, priority }, said);
    const commands = VERBS.flatMap((verb) =>
      [agent("an"), agent("lin"), STRANGER].flatMap((by) =>
        TIMES.flatMap((at) => [null, 0].map((seen) => ({ verb, by, at, seen }))),
      ),
    );
    for (const command of commands) {
      collectDecision({ ...command, ...EMPTY } as unknown as TicketCommand, ticket, said);
    }
  }
}

/** What verbs need beside who and when, and nothing that would do. */
const EMPTY = {
  to: "nobody",
  team: "nowhere",
  text: null,
  waiting: "customer",
  field: "none",
  value: "",
  stores: [],
  child: null,
  kind: "blocks",
  number: 0,
  others: [],
};

function collectDecision(command: TicketCommand, ticket: Ticket, said: Sentence[]): void {
  const verdict = decideTicket(command, ticket, aPolicy());
  if (isRefusal(verdict)) collect(t(`refusal.${verdict.refused}`, verdict.params), said);
  else collect(ticketEffects(verdict, ticket, aPolicy()), said);
}

const ticketOf = (desk: Desk): string => `ticket:${desk.ticket()?.id}`;

/** A request that has come to a ticket. */
function begin(desk: Desk): void {
  desk.say(about([intent("equipment_repair")], { stores: [STORE] }));
  desk.say(aHeard());
}

const VISITS: readonly ((desk: Desk) => void)[] = [
  (desk) => {
    for (const command of ["greeting", "help"]) desk.say(saying(command));
    desk.say(about([article("hours")]));
    desk.say(saying("solved"));
    for (const verb of ["solved", "unsolved", "human"]) {
      desk.say(about([article("hours")]));
      desk.press(desk.stream(), verb, { version: desk.conversation()?.answer?.version ?? 0 });
    }
    desk.press(desk.stream(), "human");
    desk.press(desk.stream(), "human", { by: STRANGER });
  },
  (desk) => {
    desk.say(about([article("hours", 0.3)]));
    desk.press(desk.stream(), "choose_0", { version: desk.conversation()?.menu?.version ?? 0 });
    desk.press(desk.stream(), "choose_9");
    desk.wait(DAY);
    desk.tick(desk.stream());
    desk.press(desk.stream(), "human");
    desk.say(aHeard());
    desk.say(aHeard());
  },
  (desk) => {
    desk.say(about([intent("equipment_repair")]));
    desk.say(aHeard());
    desk.say(aHeard({ stores: [STORE] }));
    desk.say(aHeard({ text: null }));
    desk.say(saying("cancel"));
    desk.say(about([intent("stock_order")]));
    desk.say(aHeard());
    desk.say(aHeard({ attachments: ["image"] }));
  },
  (desk) => {
    begin(desk);
    const stream = ticketOf(desk);
    desk.press("ticket:no", "claim", { by: agent("chen") });
    desk.press(stream, "claim", { by: agent("chen") });
    desk.press(stream, "claim", { by: agent("chen") });
    desk.press(stream, "claim", { by: agent("zhao") });
    desk.press(stream, "comment", { by: agent("chen"), text: "words" });
    desk.press(stream, "comment", { by: agent("chen") });
    desk.press(stream, "note", { by: agent("chen"), text: "words" });
    for (const verb of ["wait_customer", "resume", "wait_external", "escalate", "return"])
      desk.press(stream, verb, { by: agent("chen") });
    desk.press(stream, "assign", { by: agent("zhao"), values: { to: "chen" } });
    desk.press(stream, "urge");
    desk.say(saying("urge"));
    desk.wait(DAY);
    desk.say(saying("urge"));
    desk.say(aHeard());
    desk.press(stream, "resolve", { by: agent("chen") });
    desk.say(saying("unsolved"));
    desk.press(stream, "resolve", { by: agent("chen"), text: "words" });
    desk.say(saying("solved"));
    desk.press(stream, "reopen");
    desk.press(stream, "cancel");
    desk.wait(30 * DAY);
    desk.press(stream, "reopen");
    desk.press(stream, "constructor");
  },
  (desk) => {
    for (const command of ["thanks", "status"]) desk.say(saying(command));
    begin(desk);
    const stream = ticketOf(desk);
    for (const command of ["status", "human", "cancel"]) desk.say(saying(command));
    desk.say(aHeard({ by: STRANGER }));
    desk.say(aHeard({ understood: { safety: true } }));
    desk.press(stream, "claim", { by: agent("chen") });
    desk.press(stream, "wait_customer", { by: agent("chen") });
    desk.press(stream, "resolve", { by: agent("chen") });
    desk.say(saying("status"));
    desk.press(stream, "reopen", { by: agent("chen") });
    desk.press(stream, "cancel");
    desk.say(saying("unsolved"));
  },
  (desk) => {
    for (const ending of ["confirm", "reject", "close", "tick"]) {
      begin(desk);
      const stream = ticketOf(desk);
      desk.press(stream, "claim", { by: agent("an") });
      desk.press(stream, "resolve", { by: agent("an") });
      desk.wait(4 * DAY);
      if (ending === "tick") desk.tick(stream);
      else desk.press(stream, ending, { by: ending === "close" ? agent("an") : CLERK });
      if (ending === "reject") desk.press(stream, "cancel");
    }
  },
  (desk) => {
    desk.say(aHeard({ understood: { safety: true } }));
  },
];

function collectStep({ step }: Took, said: Sentence[]): void {
  if (isRefusal(step)) {
    collect(t(`refusal.${step.refused}`, step.params), said);
    return;
  }
  collect(step.effects, said);
  collect(step.outcome, said);
  collectStates(step, said);
}

function collectStates(step: Step, said: Sentence[]): void {
  for (const { state } of step.streams) {
    if (state.kind === "ticket") collectCards(state.value, said);
    collect(state.value satisfies Ticket | Conversation, said);
  }
}

function collectCards(ticket: Ticket, said: Sentence[]): void {
  for (const audience of ["team", "member", "requester"] as const)
    collect(ticketCard(ticket, audience, aPolicy()), said);
}

/** Sentences are the objects with a key and, where they have any, params; a conversation has a key too, and more. */
function collect(value: unknown, into: Sentence[]): void {
  if (typeof value !== "object" || value === null) return;
  if (isSentence(value)) into.push(value);
  for (const inner of Object.values(value)) collect(inner, into);
}

function isSentence(value: object): value is Sentence {
  return "key" in value && Object.keys(value).every((name) => name === "key" || name === "params");
}
