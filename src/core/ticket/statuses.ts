import type { TicketVerb } from "../permission.ts";
import type { TicketStatus } from "./ticket.ts";

const UNRESOLVED = [
  "new",
  "assigned",
  "in_progress",
  "waiting_customer",
  "waiting_external",
] as const;
const TAKEN = ["assigned", "in_progress", "waiting_customer", "waiting_external"] as const;
const UNDER_WAY = [...UNRESOLVED, "resolved"] as const;
const ANY = [...UNDER_WAY, "closed", "cancelled"] as const;

/** Statuses in which each verb makes sense. */
export const FROM: Readonly<Record<TicketVerb, readonly TicketStatus[]>> = {
  claim: ["new", "assigned"],
  assign: UNRESOLVED,
  transfer: UNRESOLVED,
  return: TAKEN,
  comment: UNDER_WAY,
  note: ANY,
  set_field: UNRESOLVED,
  pause: TAKEN,
  resume: ["waiting_customer", "waiting_external"],
  escalate: UNRESOLVED,
  urge: UNRESOLVED,
  watch: UNDER_WAY,
  unwatch: ANY,
  link: UNRESOLVED,
  unlink: UNRESOLVED,
  resolve: TAKEN,
  confirm: ["resolved"],
  reject: ["resolved"],
  reopen: ["resolved", "closed", "cancelled"],
  close: UNDER_WAY,
  cancel: UNRESOLVED,
};

/** Verbs whose meaning hangs on the status and the owner that the clicker saw. */
export const BOUND_TO_STATUS: ReadonlySet<string> = new Set([
  "claim",
  "transfer",
  "resolve",
  "confirm",
  "reject",
  "reopen",
  "close",
  "cancel",
]);
