import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectPressable } from "../../../test/support/card-rules.ts";
import {
  API,
  agent,
  aNewTicket,
  CLERK,
  foldTicket,
  NOON,
  OTHER_STORE,
  STORE,
  STRANGER,
} from "../../../test/support/given.ts";
import { aPolicy, DAY } from "../../../test/support/policy.ts";
import { STATUSES } from "../../../test/support/tickets.ts";
import { type Actor, SYSTEM } from "../actor.ts";
import { canonicalJson } from "../canonical.ts";
import { PERMISSIONS } from "../permission.ts";
import { isRefusal } from "../refusal.ts";
import { ticketCard } from "./card.ts";
import { decideTicket, type TicketCommand, ticketDue } from "./decide.ts";
import { ticketEffects } from "./effects.ts";
import { evolveTicket } from "./evolve.ts";
import { COMMENTS_KEPT, isOver, type Ticket, type TicketEvent } from "./ticket.ts";

const POLICY = aPolicy();
const ACTORS: readonly Actor[] = [
  SYSTEM,
  API,
  CLERK,
  STRANGER,
  ...[...POLICY.agents.keys(), "gone"].map(agent),
];

/** All that can happen to a ticket by its own commands. */
const EVENTS: readonly TicketEvent["type"][] = [
  "created",
  "queued",
  "claimed",
  "assigned",
  "transferred",
  "returned",
  "replied_by_agent",
  "replied_by_customer",
  "noted",
  "field_set",
  "paused",
  "resumed",
  "escalated",
  "urged",
  "watched",
  "unwatched",
  "linked",
  "unlinked",
  "resolved",
  "confirmed",
  "rejected_by_customer",
  "reopened",
  "closed",
  "cancelled",
];

/** Tickets beside the one of the run; what becomes of them is not followed here. */
const CHILDREN = [21, 22, 23].map((number) => ({
  ...foldTicket(aNewTicket({ number })),
  id: `t${number}`,
}));

const anyCommand = fc.record({
  verb: fc.oneof(
    { arbitrary: fc.constantFrom(...Object.keys(PERMISSIONS), "tick"), weight: 3 },
    // The way to the end comes up most, so that runs get there.
    { arbitrary: fc.constantFrom("claim", "resolve", "confirm", "reject"), weight: 2 },
  ),
  // Those who may do most come up most, so that runs get far.
  by: fc.oneof(fc.constantFrom(...ACTORS), fc.constantFrom(CLERK, agent("li"), agent("an"))),
  later: fc.oneof(fc.nat({ max: 1000 }), fc.nat({ max: 8 * DAY })),
  seen: fc.option(fc.nat({ max: 12 }), { freq: 2 }),
  to: fc.constantFrom(...POLICY.agents.keys(), "gone", "__proto__"),
  text: fc.option(fc.constantFrom("words-8", "words-9")),
  waiting: fc.constantFrom("customer", "external"),
  team: fc.constantFrom("cold", "repair", "gone"),
  field: fc.constantFrom("title", "priority", "store", "symptom", "photo", "__proto__"),
  value: fc.constantFrom("low", "urgent", "__proto__"),
  stores: fc.constantFrom([], [STORE], [OTHER_STORE], [STORE, OTHER_STORE]),
  child: fc.option(fc.constantFrom(...CHILDREN)),
  kind: fc.constantFrom("blocks", "follows"),
  number: fc.constantFrom(...CHILDREN.map(({ number }) => number)),
  others: fc.constant(CHILDREN),
});

const anyRun = fc.record({
  requester: fc.oneof(fc.constant(CLERK), fc.constantFrom(...ACTORS)),
  team: fc.constantFrom("cold", "repair", "gone"),
  commands: fc.array(anyCommand, { maxLength: 40, size: "max" }),
});

type Run = typeof anyRun extends fc.Arbitrary<infer R> ? R : never;
type Claim = (ticket: Ticket, news: readonly TicketEvent[], log: readonly Logged[]) => void;
type Logged = { readonly at: number; readonly event: TicketEvent };

function fold(log: readonly Logged[]): Ticket {
  const ticket = log.reduce<Ticket | null>(
    (state, { at, event }) => evolveTicket(state, event, at, "t1"),
    null,
  );
  if (ticket === null) throw new Error("The log is empty.");
  return ticket;
}

/** Carry out commands one after another. `each` sees every state there is, with the events that led to it. */
function run({ requester, team, commands }: Run, each: Claim): void {
  const log: Logged[] = aNewTicket({ requester }, team).map((event) => ({ at: NOON, event }));
  let ticket = fold(log);
  each(
    ticket,
    log.map(({ event }) => event),
    log,
  );
  let at = NOON;
  for (const { later, ...command } of commands) {
    at += later;
    const verdict = decideTicket({ ...command, at } as TicketCommand, ticket, POLICY);
    if (isRefusal(verdict)) continue;
    expect(verdict.length > 0 || command.verb === "tick").toBe(true);
    if (verdict.length === 0) continue;
    for (const event of verdict) {
      log.push({ at, event });
      ticket = evolveTicket(ticket, event, at, "t1");
    }
    each(ticket, verdict, log);
  }
}

function holds(claim: Claim): void {
  fc.assert(
    fc.property(anyRun, (given) => run(given, claim)),
    { numRuns: 150 },
  );
}

describe("whatever anybody does to a ticket", () => {
  it("gets into every status and through every event, so that these runs prove something", () => {
    const seen = new Set<string>();
    for (const given of fc.sample(anyRun, { numRuns: 1500, seed: 7 })) {
      run(given, (ticket, news) => {
        seen.add(ticket.status);
        for (const { type } of news) seen.add(`event ${type}`);
      });
    }
    // Events of a ticket that is a child come with the step of its parent: kin-step.test.ts.
    const events = EVENTS.map((type) => `event ${type}`);
    expect([...seen].sort()).toEqual([...STATUSES, ...events].sort());
  });

  it("has an owner once it left the queue, and none in it", () => {
    holds((ticket) => {
      if (ticket.status === "new") expect(ticket.owner).toBeNull();
      else if (!isOver(ticket.status)) expect(ticket.owner).not.toBeNull();
    });
  });

  it("counts its events, and knows since when it has its status and owner", () => {
    holds((ticket, _news, log) => {
      expect(ticket.version).toBe(log.length);
      expect(ticket.statusVersion).toBeLessThanOrEqual(ticket.version);
      const { status, owner, team, statusVersion } = ticket;
      expect(fold(log.slice(0, statusVersion))).toMatchObject({ status, owner });
      if (statusVersion > 1)
        expect(fold(log.slice(0, statusVersion - 1))).not.toMatchObject({ status, owner, team });
    });
  });

  it("knows when it was resolved and closed exactly while it is", () => {
    holds((ticket) => {
      expect(ticket.closedAt !== null).toBe(isOver(ticket.status));
      expect(ticket.closeReason !== null).toBe(ticket.status === "closed");
      if (ticket.status === "resolved") expect(ticket.resolvedAt).not.toBeNull();
      expect(ticketDue(ticket, POLICY) !== null).toBe(ticket.status === "resolved");
    });
  });

  it("stays small: few comments, each watcher once", () => {
    holds((ticket) => {
      expect(ticket.comments.length).toBeLessThanOrEqual(COMMENTS_KEPT);
      expect(new Set(ticket.watchers).size).toBe(ticket.watchers.length);
    });
  });

  it("never changes who asked, the number or where it came from", () => {
    holds(({ requester, number, origin, createdAt }, _news, log) => {
      const first = fold(log.slice(0, 1));
      expect({ requester, number, origin, createdAt }).toEqual({
        requester: first.requester,
        number: first.number,
        origin: first.origin,
        createdAt: first.createdAt,
      });
    });
  });

  it("survives JSON exactly, and its log gives the same ticket again", () => {
    holds((ticket, news, log) => {
      expect(JSON.parse(canonicalJson(ticket))).toStrictEqual(ticket);
      const stored = log.map(({ at, event }) => ({
        at,
        event: JSON.parse(canonicalJson(event)) as TicketEvent,
      }));
      expect(stored).toStrictEqual(log);
      expect(fold(stored)).toStrictEqual(ticket);
      expect(log.slice(-news.length).map(({ event }) => event)).toStrictEqual(news);
    });
  });

  it("has cards on which every button is another one, of 128 bytes at most", () => {
    holds((ticket) => {
      for (const audience of ["team", "member", "requester"] as const)
        expectPressable(ticketCard(ticket, audience, POLICY));
    });
  });

  it("names the requester to nobody but members, and keeps one timer", () => {
    holds((ticket, news) => {
      for (const audience of ["team", "requester"] as const) {
        expect(JSON.stringify(ticketCard(ticket, audience, POLICY))).not.toContain("name-clerk");
      }
      const effects = ticketEffects(news, ticket, POLICY);
      expect(JSON.stringify(effects)).not.toContain("name-clerk");
      expect(effects.filter(({ type }) => type === "timer")).toHaveLength(1);
      expect(effects.filter(({ type }) => type === "refresh")).toEqual([
        {
          type: "refresh",
          ticket: "t1",
          version: ticket.version,
          turned: ticket.statusVersion,
        },
      ]);
      for (const effect of effects) {
        const vendor =
          effect.type === "surface" && effect.to.kind === "person" && effect.to.id === "w_chen";
        if (vendor) expect(effect.audience).not.toBe("member");
      }
    });
  });
});
