import { describe, expect, it } from "vitest";
import {
  agent,
  aNewTicket,
  CLERK,
  foldTicket,
  NOON,
  type Past,
} from "../../../test/support/given.ts";
import { aPolicy, aTeam } from "../../../test/support/policy.ts";
import { STATUSES, ticketIn } from "../../../test/support/tickets.ts";
import { type Card, decodeAction } from "../card.ts";
import { type Text, textRefs } from "../text.ts";
import { type Audience, ticketCard } from "./card.ts";
import type { TicketEvent, TicketStatus } from "./ticket.ts";

const LI = agent("li");
const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
const AUDIENCES: readonly Audience[] = ["team", "member", "requester"];

function cardOf(events: readonly Past<TicketEvent>[], audience: Audience): Card<Text> {
  return ticketCard(foldTicket(events), audience, aPolicy());
}

function verbsOf(card: Card<Text>): string[] {
  return card.controls.flatMap((control) => {
    if (control.type === "link") return [];
    const action = control.type === "form" ? control.submit.action : control.action;
    return [decodeAction(action)?.verb ?? `not ours: ${action}`];
  });
}

function labelsOf(card: Card<Text>): string[] {
  const fields = card.blocks.flatMap((block) => (block.type === "fields" ? block.fields : []));
  return fields.map(({ label }) =>
    "key" in label ? label.key : "literal" in label ? label.literal : label.ref,
  );
}

describe("what can be pressed", () => {
  const QUEUED = ["note", "assign", "escalate", "watch", "set_priority", "set", "link"];
  const HELD = ["note", "assign", "escalate", "resolve_with"];
  const SELDOM = ["watch", "set_priority", "pause", "set", "link"];
  const WORKED = ["note", "escalate", "resolve_with", "wait_external", "return"];
  const STAFF: Readonly<Record<TicketStatus, string[]>> = {
    new: ["claim", "comment", ...QUEUED],
    assigned: ["claim", "resolve", "comment", ...HELD, "return", ...SELDOM],
    in_progress: ["resolve", "wait_customer", "comment", "assign", ...WORKED, ...SELDOM],
    waiting_customer: ["resume", "resolve", "comment", ...HELD, ...SELDOM],
    waiting_external: ["resume", "resolve", "comment", ...HELD, ...SELDOM],
    resolved: ["reopen", "close", "watch"],
    closed: ["reopen"],
    cancelled: ["reopen"],
  };
  const REQUESTER: Readonly<Record<TicketStatus, string[]>> = {
    new: ["urge", "cancel"],
    assigned: ["urge", "cancel"],
    in_progress: ["urge", "cancel"],
    waiting_customer: ["urge", "cancel"],
    waiting_external: ["urge", "cancel"],
    resolved: ["confirm", "reject"],
    closed: ["reopen"],
    cancelled: ["reopen"],
  };

  it.each(STATUSES)("while %s", (status) => {
    const ticket = ticketIn(status);
    expect(verbsOf(ticketCard(ticket, "team", aPolicy()))).toEqual(STAFF[status]);
    expect(verbsOf(ticketCard(ticket, "member", aPolicy()))).toEqual(STAFF[status]);
    expect(verbsOf(ticketCard(ticket, "requester", aPolicy()))).toEqual(REQUESTER[status]);
  });

  const OPEN: Readonly<Record<TicketStatus, string[]>> = {
    new: ["claim", "comment"],
    assigned: ["claim", "resolve", "comment"],
    in_progress: ["resolve", "wait_customer", "comment", "assign"],
    waiting_customer: ["resume", "resolve", "comment"],
    waiting_external: ["resume", "resolve", "comment"],
    resolved: ["reopen", "close"],
    closed: ["reopen"],
    cancelled: ["reopen"],
  };

  it.each(STATUSES)("stands open for few things while %s, and nothing else is lost", (status) => {
    const card = ticketCard(ticketIn(status), "team", aPolicy());
    const open = card.controls.filter((control) => !("folded" in control));
    expect(verbsOf({ ...card, controls: open })).toEqual(OPEN[status]);
    const asked = ticketCard(ticketIn(status), "requester", aPolicy());
    expect(asked.controls.some((control) => "folded" in control)).toBe(false);
  });

  it("is the form alone where it must be said how it was solved", () => {
    const policy = aPolicy({
      teams: new Map([["cold", aTeam("cold", { resolution: "required" })]]),
    });
    const { controls } = ticketCard(foldTicket([...aNewTicket(), claimed]), "team", policy);
    expect(controls[0]).toMatchObject({ type: "form", name: "resolve_with" });
    expect(controls[0]).not.toHaveProperty("folded");
  });

  it("names this ticket at this version", () => {
    const [claim] = cardOf(aNewTicket(), "team").controls;
    expect(claim).toEqual({
      type: "button",
      label: { key: "button.claim" },
      style: "primary",
      action: "claim|2|ticket:t1",
      confirm: null,
    });
  });

  it("asks before what is hard to undo", () => {
    const asked = STATUSES.flatMap((status) =>
      AUDIENCES.flatMap((audience) =>
        ticketCard(ticketIn(status), audience, aPolicy()).controls.flatMap((control) =>
          control.type === "button" && control.confirm !== null
            ? [decodeAction(control.action)?.verb]
            : [],
        ),
      ),
    );
    expect(new Set(asked)).toEqual(new Set(["escalate", "cancel", "close", "reopen"]));
  });

  it("offers to hand over to the team but its owner, however many they are, and to other teams", () => {
    const form = cardOf([...aNewTicket(), claimed], "team").controls.find(
      (control) => control.type === "form" && control.name === "assign",
    );
    expect(form).toMatchObject({
      fields: [
        {
          type: "person",
          name: "to",
          people: [
            { value: "wang", label: { literal: "小王" }, contact: null },
            { value: "lin", label: { literal: "林组长" }, contact: null },
            { value: "team:repair", label: { literal: "维修商" }, contact: null },
          ],
        },
      ],
    });
    const many = Array.from({ length: 14 }, (_, i) => `a${i}`);
    const policy = aPolicy({
      agents: new Map(many.map((id) => [id, { id, name: id, role: "agent", identities: {} }])),
      teams: new Map([["cold", aTeam("cold", { members: [...many, "gone"] })]]),
    });
    const big = ticketCard(foldTicket(aNewTicket()), "team", policy);
    const handOver = big.controls.find(
      (control) => control.type === "form" && control.name === "assign",
    );
    expect(handOver).toMatchObject({ fields: [{ people: many.map((value) => ({ value })) }] });
  });

  it("does not offer to hand over where there is nobody else", () => {
    const policy = aPolicy({
      teams: new Map([["cold", aTeam("cold", { members: ["li"] })]]),
    });
    expect(
      verbsOf(ticketCard(foldTicket([...aNewTicket(), claimed]), "team", policy)),
    ).not.toContain("assign");
  });
});

describe("what is shown", () => {
  const talk: Past<TicketEvent>[] = [
    ...aNewTicket(),
    claimed,
    [1, { type: "replied_by_customer", by: CLERK, text: "c1" }],
    [2, { type: "noted", by: LI, text: "n1" }],
    [3, { type: "replied_by_agent", by: LI, text: "a1" }],
    [4, { type: "replied_by_agent", by: { kind: "api", id: "k" }, text: "a2" }],
  ];

  it("is the requester's name to members only, whatever happened", () => {
    for (const audience of AUDIENCES) {
      expect(textRefs(cardOf(talk, audience)).includes("name-clerk")).toBe(audience === "member");
      expect(labelsOf(cardOf(talk, audience)).includes("field.requester")).toBe(
        audience === "member",
      );
    }
  });

  it("is no name of an agent who asked, on a team's copy", () => {
    const own = [
      ...aNewTicket({ requester: agent("wang") }),
      claimed,
      { type: "replied_by_customer", by: agent("wang"), text: "c1" } as const,
    ];
    const notes = cardOf(own, "team").blocks.filter(({ type }) => type === "note");
    expect(notes).toEqual([
      {
        type: "note",
        text: {
          key: "card.said",
          params: { who: { key: "card.requester" }, text: { ref: "c1" } },
        },
      },
    ]);
  });

  it("is the last three comments, with who said them; notes are not for the requester", () => {
    function notes(audience: Audience) {
      return cardOf(talk, audience).blocks.flatMap((block) =>
        block.type === "note" ? [block.text] : [],
      );
    }
    const note = { key: "card.note", params: { who: "小李", text: { ref: "n1" } } };
    const reply = { key: "card.comment", params: { who: "小李", text: { ref: "a1" } } };
    const desk = {
      key: "card.comment",
      params: { who: { key: "card.desk" }, text: { ref: "a2" } },
    };
    const asked = {
      key: "card.comment",
      params: { who: { key: "card.requester" }, text: { ref: "c1" } },
    };
    expect(notes("team")).toEqual([note, reply, desk]);
    // To staff each says whether the customer sees it; the customer sees no others.
    const seen = [asked, reply, desk].map(({ params }) => ({ key: "card.said", params }));
    expect(notes("requester")).toEqual(seen);
  });

  it("is the owner beside the status", () => {
    expect(cardOf(aNewTicket(), "requester").subtitle).toEqual({ key: "status.new" });
    const status = { key: "status.in_progress" };
    expect(cardOf([...aNewTicket(), claimed], "requester").subtitle).toEqual({
      key: "card.ticket.owned",
      params: { status, owner: "小李" },
    });
  });

  it("is the team to staff, and how often it was urged, escalated and reopened to all", () => {
    expect(labelsOf(cardOf(aNewTicket(), "team"))).toEqual([
      "field.store",
      "故障",
      "field.priority",
      "field.team",
    ]);
    const troubled: TicketEvent[] = [
      ...aNewTicket(),
      { type: "urged", by: CLERK, count: 1 },
      { type: "escalated", by: CLERK, level: 1, to: "lin" },
      { type: "cancelled", by: CLERK },
      { type: "reopened", by: CLERK },
    ];
    expect(labelsOf(cardOf(troubled, "requester"))).toEqual([
      "field.store",
      "故障",
      "field.priority",
      "field.urges",
      "field.level",
      "field.reopenings",
    ]);
  });

  it("is how it was solved and why it was closed", () => {
    const solved: TicketEvent[] = [
      ...aNewTicket(),
      claimed,
      { type: "resolved", by: LI, text: "r" },
      { type: "closed", by: CLERK, reason: "confirmed" },
    ];
    const { blocks } = cardOf(solved, "requester");
    expect(blocks.slice(-2)).toEqual([
      { type: "paragraph", text: { key: "card.resolution", params: { text: { ref: "r" } } } },
      { type: "note", text: { key: "closed.confirmed" } },
    ]);
  });
});

describe("the colour", () => {
  const urgent = aNewTicket({ priority: "urgent" });

  it.each<[string, readonly Past<TicketEvent>[], string]>([
    ["nobody has it", aNewTicket(), "warning"],
    ["somebody works on it", [...aNewTicket(), claimed], "info"],
    [
      "it was urged",
      [...aNewTicket(), claimed, [NOON, { type: "urged", by: CLERK, count: 1 }]],
      "warning",
    ],
    [
      "it was escalated",
      [...aNewTicket(), claimed, { type: "escalated", by: CLERK, level: 1, to: null }],
      "danger",
    ],
    ["it is urgent", urgent, "danger"],
    [
      "it is solved, urgent or not",
      [...urgent, claimed, { type: "resolved", by: LI, text: null }],
      "success",
    ],
    ["it is closed", [...urgent, { type: "closed", by: LI, reason: "by_agent" }], "success"],
    ["it is cancelled", [...urgent, { type: "cancelled", by: CLERK }], "neutral"],
  ])("when %s", (_when, events, tone) => {
    expect(cardOf(events, "team").tone).toBe(tone);
  });
});
