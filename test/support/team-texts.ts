import { isRefusal } from "../../src/core/refusal.ts";
import { decideStep, type Step } from "../../src/core/step.ts";
import { literal, type Text } from "../../src/core/text.ts";
import { copyCard } from "../../src/core/ticket/card.ts";
import type { Ticket, TicketEvent } from "../../src/core/ticket/ticket.ts";
import { agent, aNewTicket, foldTicket, NOON } from "./given.ts";
import { aPolicy } from "./policy.ts";

const claimed: TicketEvent = { type: "claimed", by: agent("li"), owner: "li" };
const watched: TicketEvent = { type: "watched", by: agent("wang"), watcher: "wang" };

const REASONS = ["sensitive", "content", "window-closed", "config", "nobody", "gave-up"] as const;

/** What a press, and the time after it, come to: [verb, who, values, words]. */
const PRESSES: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ["watch", "lin", {}],
  ["unwatch", "wang", {}],
  ["transfer", "an", { to: "repair" }],
  ["set_priority", "an", { priority: "low" }],
  ["set", "an", { field: "title" }],
  ["pause", "an", { waiting: "customer" }],
  ["resolve_with", "an", {}],
  ["link", "an", { number: "8", kind: "blocks" }],
  ["link", "an", { number: "9", kind: "follows" }],
  ["unlink", "an", { number: "8" }],
];

/** Everything that is said when a team works on tickets that stand beside others, move to other teams and are watched. */
export function teamTexts(): readonly unknown[] {
  const child = { ...foldTicket([...aNewTicket({ number: 9 }), claimed]), id: "t9" };
  const free = { ...child, id: "t8", number: 8 };
  const ticket: Ticket = {
    ...foldTicket([...aNewTicket(), claimed, watched]),
    children: [
      { ticket: "t8", number: 8, kind: "blocks", over: false },
      { ticket: "t9", number: 9, kind: "follows", over: true },
    ],
  };
  const { children: _none, ...bare } = ticket;
  const kin = { ticket: "t1", number: 7, kind: "blocks" } as const;
  const others = [child, free];
  const pressed = PRESSES.flatMap(([verb, by, values]) => {
    const before = verb === "link" || verb === "resolve_with" ? bare : ticket;
    const step = press(before, verb, by, values, others);
    return [step, ...cardsAfter(step)];
  });
  const below: Ticket = { ...child, parent: kin };
  const above: Ticket = {
    ...bare,
    children: [{ ticket: "t9", number: 9, kind: "blocks", over: false }],
  };
  const over = press(below, "close", "an", {}, [above]);
  const back = isRefusal(over)
    ? over
    : press(stateIn(over, "t9"), "reopen", "an", {}, [stateIn(over, "t1")]);
  return [
    ...pressed,
    over,
    back,
    ...cardsAfter(over),
    ...cardsOf(ticket),
    ...summaries(),
    ...lost(bare),
  ];
}

/** What never reached the requester, for every reason. */
function lost(ticket: Ticket): readonly unknown[] {
  return REASONS.flatMap((reason) =>
    [null, "w1"].flatMap((text) => {
      const what = { type: "undelivered", at: NOON, stream: "ticket:t1", text, reason } as const;
      const step = decideStep(what, "c", { conversation: null, ticket }, aPolicy());
      return [step, ...cardsAfter(step)];
    }),
  );
}

function press(
  ticket: Ticket,
  verb: string,
  by: string,
  values: Readonly<Record<string, string>>,
  others: readonly Ticket[],
) {
  const stream = `ticket:${ticket.id}`;
  const action = { verb, subject: stream, version: 1e9 };
  return decideStep(
    { type: "act", at: NOON, stream, by: agent(by), action, values, text: "words", number: 99 },
    "c",
    { conversation: null, ticket, others },
    aPolicy(),
  );
}

function stateIn(step: Step, id: string): Ticket {
  for (const { state } of step.streams)
    if (state.kind === "ticket" && state.value.id === id) return state.value;
  throw new Error(`The step does not write ${id}.`);
}

function cardsAfter(step: ReturnType<typeof press>): unknown[] {
  if (isRefusal(step)) throw new Error(`Refused: ${step.refused}`);
  return step.streams.flatMap(({ state }) => (state.kind === "ticket" ? cardsOf(state.value) : []));
}

/** The card in a team's chat, in another team's, on the watcher's own copy, and where the ticket is not any more. */
function cardsOf(ticket: Ticket): unknown[] {
  const chats = ["oc_cold", "oc_other"].map((id) => ({ kind: "chat", id }) as const);
  const people = ["ou_wang", "ou_su"].map((id) => ({ kind: "person", id }) as const);
  return [...chats, ...people].map((to) =>
    copyCard(ticket, { account: "feishu/hq", to, audience: "team" }, aPolicy()),
  );
}

function summaries(): unknown[] {
  const title: Text = literal("设备报修");
  const counts = { waiting: 1, inProgress: 1, awaitingCustomer: 1, awaitingOthers: 1, overdue: 1 };
  return [[], [{ number: 7, title, status: "new", createdAt: NOON } as const]].map((oldest) => {
    const work = { ...counts, resolvedYesterday: 1, oldest };
    const command = { type: "summarise", at: NOON, stream: "team:cold", day: "2026-11-24", work };
    const world = { conversation: null, ticket: null };
    return decideStep({ ...command, type: "summarise" }, "c", world, aPolicy());
  });
}
