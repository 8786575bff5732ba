import type { Actor } from "../actor.ts";
import type { TicketVerb } from "../permission.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { PLAIN_VERBS, type TicketCommand } from "./decide.ts";
import { CHILD_KINDS, type Ticket } from "./ticket.ts";

/** What somebody asks of a ticket, by a button, a form, or a typed command. */
export type Asked = {
  /** As buttons name it. */
  readonly verb: string;
  readonly values: Readonly<Record<string, string>>;
  /** The words that go with it, as a row of `texts`. */
  readonly text: string | null;
  /** Stores that the words name, by the directory; absent where they were not looked up. */
  readonly stores?: readonly NonNullable<Ticket["store"]>[];
  /** Tickets beside this one that it is about; absent where there are none. */
  readonly others?: readonly Ticket[];
  /** Version of the card that it was asked on; null when it was on none. */
  readonly seen: number | null;
};

/** Buttons that stand for a pause with its argument. */
const WAIT_VERBS: Readonly<Record<string, "customer" | "external">> = {
  wait_customer: "customer",
  wait_external: "external",
};

const MEANT: Readonly<Record<string, TicketVerb>> = {
  wait_customer: "pause",
  wait_external: "pause",
  resolve_with: "resolve",
  set_priority: "set_field",
  set: "set_field",
};

/** The verb that a button or form of the card comes to, for which one needs the right. */
export function meantVerb(verb: string): TicketVerb {
  return Object.hasOwn(MEANT, verb) ? (MEANT[verb] ?? "note") : (verb as TicketVerb);
}

/** What a verb, the values beside it and its words ask of a ticket; a refusal where they ask for nothing that there is. */
export function ticketCommand(asked: Asked, by: Actor, at: number): TicketCommand | Refusal {
  const { values, text } = asked;
  const common = { by, at, seen: asked.seen };
  const wait = Object.hasOwn(WAIT_VERBS, asked.verb) ? WAIT_VERBS[asked.verb] : undefined;
  if (wait !== undefined) return { ...common, verb: "pause", waiting: wait, text };
  const plain = PLAIN_VERBS.find((verb) => verb === asked.verb);
  if (plain !== undefined) return { ...common, verb: plain };
  switch (asked.verb) {
    case "assign":
    case "transfer":
      return { ...common, ...receiverOf(asked.verb, values.to ?? "") };
    case "comment":
    case "note":
    case "resolve":
      return { ...common, verb: asked.verb, text };
    case "resolve_with":
      return text === null ? refuse("empty_text") : { ...common, verb: "resolve", text };
    case "pause": {
      const waiting = WAITS.find((wait) => wait === values.waiting);
      return waiting === undefined
        ? refuse("bad_value")
        : { ...common, verb: "pause", waiting, text };
    }
    default:
      return fieldOrKin(asked, by, at);
  }
}

const WAITS = ["customer", "external"] as const;
/** How a form names a team where it may also name an agent, who may be named in the same way. */
const TEAM = "team:";
const AGENT = "agent:";

/** The value by which a form names a team. */
export function teamValue(team: string): string {
  return `${TEAM}${team}`;
}

function receiverOf(verb: "assign" | "transfer", to: string) {
  const named = to.startsWith(TEAM);
  const agent = to.startsWith(AGENT) ? to.slice(AGENT.length) : to;
  if (verb === "assign" && !named) return { verb, to: agent } as const;
  return { verb: "transfer", team: named ? to.slice(TEAM.length) : to } as const;
}

function fieldOrKin(asked: Asked, by: Actor, at: number): TicketCommand | Refusal {
  const { values, text, stores = [], others = [] } = asked;
  const common = { by, at, seen: asked.seen };
  switch (asked.verb) {
    case "set_priority": {
      const value = values.priority ?? "";
      return { ...common, verb: "set_field", field: "priority", value, text: null, stores };
    }
    case "set": {
      const { field = "", value = "" } = values;
      return { ...common, verb: "set_field", field, value, text, stores };
    }
    case "link": {
      const kind = CHILD_KINDS.find((each) => each === values.kind) ?? "blocks";
      return { ...common, verb: "link", child: childAmong(others, values), kind, others };
    }
    case "unlink":
      return { ...common, verb: "unlink", number: numberIn(values) };
    default:
      return refuse("unknown_action");
  }
}

/** The child that is meant: by the number that was written, or by its id. */
function childAmong(others: readonly Ticket[], values: Asked["values"]): Ticket | null {
  const number = numberIn(values);
  return others.find((other) => other.number === number || other.id === values.child) ?? null;
}

/** The number of a ticket as it was written into a form: 12, #12 or １２; 0, which no ticket has, where there is none. */
export function numberIn({ number = "" }: Asked["values"]): number {
  const digits = /^\s*[#＃]?\s*(\d{1,9})\s*$/.exec(number.normalize("NFKC"))?.[1];
  return digits === undefined ? 0 : Number(digits);
}
