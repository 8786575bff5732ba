import type { Catalog } from "../catalog.ts";

export const ticket: Catalog = {
  erased: "[erased]",
  recalled: "(message recalled)",
  times: "{n}×",

  "status.new": "Unclaimed",
  "status.assigned": "Assigned",
  "status.in_progress": "In progress",
  "status.waiting_customer": "Waiting for customer",
  "status.waiting_external": "Waiting for third party",
  "status.resolved": "To be confirmed",
  "status.closed": "Closed",
  "status.cancelled": "Cancelled",

  "priority.low": "Low",
  "priority.normal": "Normal",
  "priority.high": "High",
  "priority.urgent": "Urgent",

  "closed.confirmed": "Confirmed by the requester",
  "closed.no_answer": "Closed by itself: the requester did not answer",
  "closed.by_agent": "Closed by an agent",
  "child.blocks": "Open, holds this ticket up",
  "child.follows": "Open, holds nothing up",
  "child.over": "Over",
};
