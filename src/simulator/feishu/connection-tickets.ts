import type { ToolClock } from "../tool.ts";
import { newId } from "./identity.ts";

/** Permissions to open one long connection each, as the endpoint hands them out. */
export type ConnectionTickets = {
  issue(): string;
  /** Is this ticket good? It is good once. */
  redeem(ticket: string): boolean;
};

const LIFE_MS = 60_000; // Feishu states none; its clients connect at once

export function createConnectionTickets(clock: ToolClock): ConnectionTickets {
  const issued = new Map<string, number>();
  return {
    issue() {
      for (const [ticket, at] of issued) {
        if (clock.now() - at < LIFE_MS) break;
        issued.delete(ticket);
      }
      const ticket = newId("");
      issued.set(ticket, clock.now());
      return ticket;
    },
    redeem(ticket) {
      const at = issued.get(ticket);
      issued.delete(ticket);
      return at !== undefined && clock.now() - at < LIFE_MS;
    },
  };
}
