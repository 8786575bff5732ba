import type { Catalog } from "../catalog.ts";

/** What people are reminded of. */
export const remind: Catalog = {
  "tell.queued": "Ticket #{number} ({title}) waits for somebody to claim it.",
  "tell.urged": "Ticket #{number} was urged ({count}×). Please act soon.",
  "tell.escalated": "Ticket #{number} was escalated ({level}×). Please act soon.",
};
