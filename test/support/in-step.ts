import type { Hub } from "../../src/app/hub.ts";
import { cardOf } from "../../src/app/refresh-surfaces.ts";
import type { SurfaceRow } from "../../src/ports/store.ts";
import type { FakeChannel } from "./fake-channel.ts";

type Channels = Readonly<Record<string, FakeChannel>>;

/** Copies of cards that do not stand at their vendor as their ticket is now; every finding is a sentence. */
export async function outOfStep(hub: Hub, channels: Channels): Promise<string[]> {
  const findings: string[] = [];
  for (const { values } of await hub.store.page("tickets", 0, 1_000)) {
    for (const surface of await hub.store.surfaces(String(values.id))) {
      findings.push(...(await findingsOf(hub, surface, channels[surface.account])));
    }
  }
  return findings;
}

async function findingsOf(
  hub: Hub,
  surface: SurfaceRow,
  channel: FakeChannel | undefined,
): Promise<string[]> {
  const name = `the ${surface.audience}'s card at ${surface.account} ${surface.to.id}`;
  const ticket = await hub.store.ticket(surface.ticket);
  if (ticket === null) return [`${name} is of no ticket`];
  const findings: string[] = [];
  if (surface.status !== "live") findings.push(`${name} was given up`);
  if (surface.wanted !== ticket.version)
    findings.push(`${name} wants version ${surface.wanted} of ${ticket.version}`);
  if (surface.shown !== surface.wanted)
    findings.push(`${name} shows version ${surface.shown} of ${surface.wanted}`);
  if (surface.dueAt !== null) findings.push(`${name} is still due`);
  const right = JSON.stringify(await cardOf(hub, surface, ticket));
  const stands = channel?.cards.get(surface.remoteId ?? "")?.card;
  if (JSON.stringify(stands) !== right)
    findings.push(`${name} says "${stands?.subtitle}" at version ${ticket.version}`);
  return findings;
}
