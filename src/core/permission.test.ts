import { describe, expect, it } from "vitest";
import {
  API,
  agent,
  aNewTicket,
  CLERK,
  foldTicket,
  givenTicket,
  NOON,
  STRANGER,
} from "../../test/support/given.ts";
import { aPolicy } from "../../test/support/policy.ts";
import { type Actor, SYSTEM } from "./actor.ts";
import {
  may,
  PERMISSIONS,
  type Relation,
  relationsOf,
  seesRequester,
  type TicketVerb,
} from "./permission.ts";
import { isRefusal } from "./refusal.ts";
import type { TicketCommand } from "./ticket/decide.ts";
import type { TicketEvent } from "./ticket/ticket.ts";

// Written out, so that whoever changes a right must change it here as well. x: may, -: may not.
const TABLE = `
           system requester watcher owner member lead supervisor admin vendor api
  claim      -        -        -      x      x     x       x        x     -    -
  assign     -        -        -      x      -     x       x        x     -    x
  transfer   -        -        -      x      -     x       x        x     -    x
  return     -        -        -      x      -     x       x        x     -    x
  comment    -        x        x      x      x     x       x        x     -    x
  note       -        -        x      x      x     x       x        x     -    x
  set_field  -        -        -      x      -     x       x        x     -    x
  pause      -        -        -      x      -     x       x        x     -    x
  resume     x        -        -      x      -     x       x        x     -    x
  escalate   -        x        -      x      x     x       x        x     -    x
  urge       -        x        x      -      -     x       x        x     -    x
  watch      -        -        -      x      x     x       x        x     -    -
  unwatch    -        -        x      -      -     -       -        -     -    -
  link       -        -        -      x      -     x       x        x     -    x
  unlink     -        -        -      x      -     x       x        x     -    x
  resolve    -        -        -      x      -     x       x        x     -    x
  confirm    -        x        -      -      -     -       -        -     -    -
  reject     -        x        -      -      -     -       -        -     -    -
  reopen     -        x        -      x      -     x       x        x     -    x
  close      x        -        -      -      -     x       x        x     -    x
  cancel     -        x        -      -      -     x       x        x     -    x
`;

const [header = [], ...rows] = TABLE.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
const RELATIONS = header as Relation[];
const CELLS = rows.flatMap(([verb, ...marks]) =>
  marks.map(
    (mark, column) =>
      [
        RELATIONS[column] as Relation,
        mark === "x" ? "may" : "may not",
        verb as TicketVerb,
      ] as const,
  ),
);

describe("the table of rights", () => {
  it("has a cell here for every relation and every verb", () => {
    expect(CELLS).toHaveLength(210);
    expect(new Set(rows.map(([verb]) => verb))).toEqual(new Set(Object.keys(PERMISSIONS)));
  });

  it.each(CELLS)("%s %s %s", (relation, allowed, verb) => {
    expect(may([relation], verb)).toBe(allowed === "may");
  });

  it("gives a stranger nothing, and somebody who is several things all of their rights", () => {
    for (const verb of Object.keys(PERMISSIONS) as TicketVerb[]) {
      expect(may([], verb)).toBe(false);
      expect(may(["requester", "owner"], verb)).toBe(
        may(["requester"], verb) || may(["owner"], verb),
      );
    }
  });

  it("masks the requester for vendors only", () => {
    expect(RELATIONS.filter((relation) => !seesRequester([relation]))).toEqual(["vendor"]);
    expect(seesRequester(["owner", "vendor"])).toBe(false);
  });
});

const claimedByLi: TicketEvent = { type: "claimed", by: agent("li"), owner: "li" };
const watchedByLin: TicketEvent = { type: "escalated", by: CLERK, level: 1, to: "lin" };

describe("relationsOf", () => {
  const ticket = foldTicket([...aNewTicket(), claimedByLi, watchedByLin]);

  it.each<[string, Actor, Relation[]]>([
    ["the hub itself", SYSTEM, ["system"]],
    ["a program with a key", API, ["api"]],
    ["the customer who asked", CLERK, ["requester"]],
    ["another customer", STRANGER, []],
    ["the owner, who is in the team", agent("li"), ["owner", "member"]],
    ["a colleague in the team", agent("wang"), ["member"]],
    ["the lead, whom it was escalated to", agent("lin"), ["watcher", "lead"]],
    ["the supervisor", agent("su"), ["supervisor"]],
    ["the admin", agent("an"), ["admin"]],
    ["a vendor's person of another team", agent("chen"), ["vendor"]],
    ["an agent of another team", agent("zhao"), []],
    ["an agent who is not configured any more", agent("gone"), []],
    ["a customer with an agent's id", { kind: "customer", id: "li" }, []],
    ["an agent with the requester's id", agent("clerk"), []],
  ])("knows %s", (_who, actor, relations) => {
    expect(relationsOf(actor, ticket, aPolicy())).toEqual(relations);
  });

  it("knows an agent who asked for something as both", () => {
    const own = foldTicket([...aNewTicket({ requester: agent("li") }), claimedByLi]);
    expect(relationsOf(agent("li"), own, aPolicy())).toEqual(["requester", "owner", "member"]);
  });

  it("knows a vendor's person as member of a vendor's team", () => {
    const theirs = foldTicket(aNewTicket({}, "repair"));
    expect(relationsOf(agent("chen"), theirs, aPolicy())).toEqual(["member", "vendor"]);
  });

  it("leaves an agent who asked and was then removed their rights as requester", () => {
    const own = foldTicket(aNewTicket({ requester: agent("gone") }));
    expect(relationsOf(agent("gone"), own, aPolicy())).toEqual(["requester"]);
  });
});

describe("a command by somebody who is only this", () => {
  const WHO: Readonly<Record<Relation, Actor>> = {
    system: SYSTEM,
    requester: CLERK,
    watcher: agent("zhao"),
    owner: agent("zhao"),
    member: agent("wang"),
    lead: agent("lin"),
    supervisor: agent("su"),
    admin: agent("an"),
    vendor: agent("chen"),
    api: API,
  };

  function past(relation: Relation): TicketEvent[] {
    if (relation === "watcher")
      return [...aNewTicket(), { type: "escalated", by: CLERK, level: 1, to: "zhao" }];
    if (relation === "owner")
      return [...aNewTicket(), { type: "assigned", by: SYSTEM, owner: "zhao", team: "cold" }];
    return aNewTicket();
  }

  function command(verb: TicketVerb, by: Actor): TicketCommand {
    const arguments_ = {
      to: "li",
      team: "repair",
      text: "words",
      waiting: "customer",
      field: "title",
      child: null,
      kind: "blocks",
      others: [],
      number: 1,
    };
    return { verb, by, at: NOON, seen: null, ...arguments_ } as unknown as TicketCommand;
  }

  it.each(CELLS)("%s %s %s, as decideTicket sees it", (relation, allowed, verb) => {
    const { verdict } = givenTicket(past(relation)).when(command(verb, WHO[relation]));
    const refused = isRefusal(verdict) ? verdict.refused : null;
    if (allowed === "may") expect(refused).not.toBe("not_allowed");
    else
      expect(verdict).toEqual({
        refused: "not_allowed",
        params: { verb: { key: `verb.${verb}` } },
      });
  });
});
