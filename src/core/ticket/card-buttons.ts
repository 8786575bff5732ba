import { type Control, encodeAction } from "../card.ts";
import type { Policy } from "../config/policy.ts";
import { type Text, t } from "../text.ts";
import { meantVerb } from "./asked.ts";
import type { Audience } from "./card.ts";
import { objection } from "./decide.ts";
import { isOver, streamOf, type Ticket, type TicketStatus } from "./ticket.ts";

type Press = {
  readonly verb: string;
  readonly style: "default" | "primary" | "danger";
  readonly confirm?: true;
  /** Few may, so it stands only on the copy of one who may. */
  readonly personal?: true;
};

const RESOLVE: Press = { verb: "resolve", style: "default" };
const ESCALATE: Press = { verb: "escalate", style: "danger", confirm: true };
const CANCEL: Press = { verb: "cancel", style: "danger", confirm: true, personal: true };
const REOPEN: Press = { verb: "reopen", style: "default", confirm: true };
const URGE: Press = { verb: "urge", style: "default", personal: true };
const LAST = [ESCALATE, CANCEL, URGE];
const WATCHING: readonly Press[] = [
  { verb: "watch", style: "default" },
  { verb: "unwatch", style: "default", personal: true },
];

/** Which buttons stand on the card of each audience in each status, the most important first. */
const BUTTONS: Readonly<
  Record<"staff" | "requester", Readonly<Record<TicketStatus, readonly Press[]>>>
> = {
  staff: {
    new: [{ verb: "claim", style: "primary" }, ...LAST],
    assigned: [
      { verb: "claim", style: "primary" },
      RESOLVE,
      { verb: "return", style: "default" },
      ...LAST,
    ],
    in_progress: [
      { verb: "resolve", style: "primary" },
      { verb: "wait_customer", style: "default" },
      { verb: "wait_external", style: "default" },
      { verb: "return", style: "default" },
      ...LAST,
    ],
    waiting_customer: [{ verb: "resume", style: "primary" }, RESOLVE, ...LAST],
    waiting_external: [{ verb: "resume", style: "primary" }, RESOLVE, ...LAST],
    resolved: [
      { verb: "reopen", style: "default" },
      { verb: "close", style: "default", confirm: true },
    ],
    closed: [REOPEN],
    cancelled: [REOPEN],
  },
  requester: {
    new: [
      { verb: "urge", style: "default" },
      { verb: "cancel", style: "danger", confirm: true },
    ],
    assigned: [
      { verb: "urge", style: "default" },
      { verb: "cancel", style: "danger", confirm: true },
    ],
    in_progress: [
      { verb: "urge", style: "default" },
      { verb: "cancel", style: "danger", confirm: true },
    ],
    waiting_customer: [
      { verb: "urge", style: "default" },
      { verb: "cancel", style: "danger", confirm: true },
    ],
    waiting_external: [
      { verb: "urge", style: "default" },
      { verb: "cancel", style: "danger", confirm: true },
    ],
    resolved: [
      { verb: "confirm", style: "primary" },
      { verb: "reject", style: "danger" },
    ],
    closed: [REOPEN],
    cancelled: [REOPEN],
  },
};

export type May = (press: { readonly verb: string; readonly personal?: true }) => boolean;

/** What may be pressed: on an agent's own copy, what that agent may now; on a copy for many, whatever is not for few. */
export function mayPress(ticket: Ticket, policy: Policy, reader: string | null): May {
  if (reader === null) return ({ personal }) => personal !== true;
  const by = { kind: "agent", id: reader } as const;
  return ({ verb }) =>
    objection({ verb: meantVerb(verb), by, seen: null }, ticket, policy) === null;
}

export function buttonsOf(
  ticket: Ticket,
  audience: Audience,
  policy: Policy,
  may: May,
): Control<Text>[] {
  const presses = BUTTONS[audience === "requester" ? "requester" : "staff"][ticket.status];
  // Where it must be said how, a form resolves, and no button.
  const wordless = policy.teams.get(ticket.team)?.resolution !== "required";
  return presses
    .filter((press) => may(press) && (wordless || press.verb !== "resolve"))
    .map((press) => buttonOf(press, ticket));
}

/** To watch or not to: what matters least, and stands behind everything else. */
export function watchButtons(ticket: Ticket, audience: Audience, may: May): Control<Text>[] {
  if (audience === "requester" || isOver(ticket.status)) return [];
  return WATCHING.filter(may).map((press) => buttonOf(press, ticket));
}

function buttonOf({ verb, style, confirm }: Press, ticket: Ticket): Control<Text> {
  return {
    type: "button",
    label: t(`button.${verb}`),
    style,
    action: actionOf(verb, ticket),
    confirm: confirm === true ? t(`confirm.${verb}`) : null,
  };
}

export function actionOf(verb: string, ticket: Ticket): string {
  return encodeAction({ verb, subject: streamOf(ticket.id), version: ticket.version });
}
