import { type Control, decodeAction } from "../card.ts";
import type { Text } from "../text.ts";
import type { Audience } from "./card.ts";
import type { Ticket, TicketStatus } from "./ticket.ts";

/** What stands open on the card of those who work on a ticket, in this order: what they most likely do next. */
const OPEN: Readonly<Record<TicketStatus, readonly string[]>> = {
  new: ["claim", "comment"],
  assigned: ["claim", "resolve", "comment"],
  in_progress: ["resolve", "wait_customer", "comment", "assign"],
  waiting_customer: ["resume", "resolve", "comment"],
  waiting_external: ["resume", "resolve", "comment"],
  resolved: ["reopen", "close"],
  closed: ["reopen"],
  cancelled: ["reopen"],
};

/** Everything else is folded, the more usual first: where there is little room, the last ones are typed. */
const FOLDED: readonly string[] = [
  "note",
  "assign",
  "escalate",
  "resolve_with",
  "wait_external",
  "return",
  "unwatch",
  "watch",
  "urge",
  "cancel",
  "set_priority",
  "pause",
  "set",
  "link",
  "unlink",
];

/** The controls of a ticket's card in their order, with all but a few folded. The requester has so few that all are open. */
export function laidOut(
  controls: readonly Control<Text>[],
  { status }: Ticket,
  audience: Audience,
): Control<Text>[] {
  if (audience === "requester") return [...controls];
  // Where it must be said how, the form is the only way to resolve, and stands open.
  const open = OPEN[status].flatMap((verb) => (verb === "resolve" ? [verb, PRIMARY_FORM] : [verb]));
  const placed = controls.map((control) => {
    const at = open.indexOf(verbOf(control));
    return at === -1
      ? { control: folded(control), at: open.length + FOLDED.indexOf(verbOf(control)) }
      : { control, at };
  });
  return placed.sort((a, b) => a.at - b.at).map(({ control }) => control);
}

const PRIMARY_FORM = "resolve_with!";

function verbOf(control: Control<Text>): string {
  if (control.type === "form")
    return control.submit.style === "primary" ? `${control.name}!` : control.name;
  return control.type === "button" ? (decodeAction(control.action)?.verb ?? "") : "";
}

function folded(control: Control<Text>): Control<Text> {
  return control.type === "button" || control.type === "form"
    ? { ...control, folded: true }
    : control;
}
