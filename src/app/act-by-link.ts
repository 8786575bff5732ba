import type { Actor } from "../core/actor.ts";
import { encodeAction } from "../core/card.ts";
import { agentName, type Policy } from "../core/config/policy.ts";
import type { InboundAction, Outcome } from "../core/message.ts";
import type { Refusal } from "../core/refusal.ts";
import { type Text, t, textRefs } from "../core/text.ts";
import { meantVerb } from "../core/ticket/asked.ts";
import { stateOf } from "../core/ticket/card.ts";
import { objection } from "../core/ticket/decide.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { InboxRow } from "../ports/store.ts";
import { type ActLink, openActLink } from "./act-by-link-address.ts";
import { type LinkedControl, linkedControl, verbOf } from "./act-by-link-form.ts";
import { tryOut } from "./act-by-link-try.ts";
import type { Hub, RunningHub } from "./hub.ts";
import { identify } from "./identify.ts";
import { inboxId } from "./receive-recall.ts";

/** The feed under which presses by link stand in the inbox. No account has one of that name, so no vendor pushes to it. */
const FEED = "link";
const LONGEST_VALUE = 4_000;

/** A ticket as the page of a link names it. */
type Named = { readonly title: string; readonly state: string };

export type Choosable = { readonly id: string; readonly name: string };

/** What there is to be said to who opens a link. */
export type LinkPage =
  | { readonly type: "unknown" }
  | { readonly type: "expired"; readonly link: ActLink }
  /** It was used: what came of it, null while that is not known; and by whom, null for who is no agent. */
  | {
      readonly type: "used";
      readonly link: ActLink;
      readonly ticket: Named;
      readonly outcome: Outcome<string> | null;
      readonly by: string | null;
    }
  /** It cannot be done as things stand, which may change: the link is not used up. */
  | {
      readonly type: "refused";
      readonly link: ActLink;
      readonly ticket: Named;
      readonly why: string;
    }
  | {
      readonly type: "open";
      readonly link: ActLink;
      readonly ticket: Named;
      readonly control: LinkedControl;
      /** Who may do it: the opener says which of them they are. Null where the link says it. */
      readonly people: readonly Choosable[] | null;
      /** As whom it is done, where the link says so by name. */
      readonly as: string | null;
    };

/** What a link's page shows now. It changes nothing: whatever looks ahead at links opens them too. */
export async function lookAtLink(hub: Hub, token: string): Promise<LinkPage> {
  const opened = await openActLink(hub, token);
  if (opened === null) return { type: "unknown" };
  const { link, expired } = opened;
  const ticket = await hub.store.ticket(link.action.subject.slice("ticket:".length));
  const account = hub.setup().accounts.get(link.account);
  if (ticket === null || account?.enabled !== true) return { type: "unknown" };
  const row = await hub.store.inboxRow(rowId(link));
  if (row !== null) return used(hub, link, ticket, row);
  return expired ? { type: "expired", link } : open(hub, link, ticket);
}

async function open(hub: Hub, link: ActLink, ticket: Ticket): Promise<LinkPage> {
  const { policy } = hub.setup();
  const named = await namedTicket(hub, link, ticket);
  const refused = (why: Refusal): LinkPage => {
    return { type: "refused", link, ticket: named, why: sayRefusal(hub, link, why) };
  };
  const verb = meantVerb(verbOf(link));
  const seen = link.action.version;
  const asks = await askers(hub, link, ticket);
  const verdicts = asks.map((by) => ({ by, why: objection({ verb, by, seen }, ticket, policy) }));
  const able = verdicts.flatMap(({ by, why }) => (why === null ? [by] : []));
  if (able.length === 0) return refused(mostTelling(verdicts.flatMap(({ why }) => why ?? [])));
  const control = await linkedControl(hub, link, ticket);
  if (control === null) return refused({ refused: "unknown_action", params: {} });
  const isChosen = link.to.kind === "chat";
  return {
    type: "open",
    link,
    ticket: named,
    control,
    people: isChosen ? able.flatMap((by) => choosable(by, policy)) : null,
    as: isChosen || link.agent === null ? null : agentName(policy, link.agent),
  };
}

/** Who may be the one who opened it: whom it was made for, or on a card for many the people of the ticket's team. */
async function askers(hub: Hub, link: ActLink, ticket: Ticket): Promise<readonly Actor[]> {
  const setup = hub.setup();
  const { policy } = setup;
  if (link.to.kind === "chat") {
    const team = policy.teams.get(ticket.team);
    const ids = [...(team?.members ?? []), team?.lead ?? null, ticket.owner];
    return [...new Set(ids)]
      .filter((id) => id !== null && policy.agents.has(id))
      .map((id) => ({ kind: "agent", id: id ?? "" }));
  }
  const person = { id: link.to.id, name: null };
  const { actor } = await identify(hub, setup, link.account, person, hub.clock.now());
  const isStill = link.agent === (actor.kind === "agent" ? actor.id : null);
  return isStill ? [actor] : [];
}

/** Where nobody may: that it was done already says more than that somebody must not. */
function mostTelling(refusals: readonly Refusal[]): Refusal {
  const plain = new Set(["not_allowed", "already_yours"]);
  const told = refusals.find(({ refused }) => !plain.has(refused)) ?? refusals[0];
  return told ?? { refused: "unknown_person", params: {} };
}

function choosable(by: Actor, policy: Policy): Choosable[] {
  return by.kind === "agent" ? [{ id: by.id, name: agentName(policy, by.id) }] : [];
}

/** What was filled in on the page. `agent` is who the opener says they are, where that is asked. */
export type Filled = {
  readonly agent: string | null;
  readonly values: Readonly<Record<string, string>>;
};

export type Acted = {
  readonly page: LinkPage;
  /** Was it this very press that used the link? */
  readonly own: boolean;
  /** What must be filled in and was not, by name; `agent` where it was not said who it is. */
  readonly missing: readonly string[];
  /** Why it would be refused as it was filled in; null where it was not tried or is not refused. */
  readonly why: string | null;
  /** To be called once the page has left, or was lost. */
  after(left: boolean): Promise<void>;
};

/**
 * Do what a link is for, like a click: through the inbox, once, and decided by the core. Resolves with the page that says
 * what came of it. Somebody who lost a race for it is shown that it is used.
 */
export async function actByLink(
  running: RunningHub,
  token: string,
  { agent, values }: Filled,
): Promise<Acted> {
  const { hub } = running;
  const page = await lookAtLink(hub, token);
  const nothing = { page, own: false, missing: [], why: null, after: async () => {} };
  const account = page.type === "open" ? hub.setup().accounts.get(page.link.account) : undefined;
  if (page.type !== "open" || account === undefined) return nothing;
  const { link, people, control } = page;
  const as = people === null ? link.agent : chosen(people, agent);
  const given = known(control, values);
  const missing = [
    ...(people !== null && as === null ? ["agent"] : []),
    ...control.fields.flatMap(({ name, required }) =>
      required && given[name] === undefined ? [name] : [],
    ),
  ];
  if (missing.length > 0) return { ...nothing, missing };
  const refusal = await refusalOf(hub, link, as, given);
  if (refusal !== null) return { ...nothing, why: sayRefusal(hub, link, refusal) };
  const press = pressOf(link, as, given, hub.clock.now());
  const { after } = await running.take(account, FEED, [press], press.at);
  const row = await hub.store.inboxRow(rowId(link));
  const own = row?.body === JSON.stringify(press);
  return { page: await lookAtLink(hub, token), own, missing, why: null, after };
}

async function refusalOf(
  hub: Hub,
  link: ActLink,
  agent: string | null,
  values: Filled["values"],
): Promise<Refusal | null> {
  const { account, action, to } = link;
  const person = { id: to.id, name: null };
  const by: Actor =
    agent === null
      ? (await identify(hub, hub.setup(), account, person, hub.clock.now())).actor
      : { kind: "agent", id: agent };
  return tryOut(hub, { account, by, action: { ...action, verb: verbOf(link) }, values });
}

function sayRefusal(hub: Hub, { language }: ActLink, { refused, params }: Refusal): string {
  return hub.catalogs(language, new Map())(t(`refusal.${refused}`, params));
}

function chosen(people: readonly Choosable[], agent: string | null): string | null {
  return people.find(({ id }) => id === agent)?.id ?? null;
}

/** Only what the form has; anything else that was sent is dropped. */
function known({ fields }: LinkedControl, values: Filled["values"]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = Object.hasOwn(values, name) ? (values[name] ?? "").trim() : "";
      return value === "" ? [] : [[name, value.slice(0, LONGEST_VALUE)]];
    }),
  );
}

function pressOf(
  link: ActLink,
  agent: string | null,
  values: InboundAction["values"],
  at: number,
): InboundAction {
  const { to, action } = link;
  return {
    type: "action",
    dedupeKey: link.nonce,
    at,
    operator: { id: to.kind === "person" ? to.id : (agent ?? ""), name: null },
    action: encodeAction({ ...action, verb: verbOf(link) }),
    values,
    cardId: "",
    place: to.kind === "chat" ? { chat: to.id, kind: "group", thread: null } : null,
    updateToken: null,
    byLink: { agent },
  };
}

function rowId({ account, nonce }: ActLink): string {
  return inboxId(account, FEED, nonce);
}

async function used(hub: Hub, link: ActLink, ticket: Ticket, row: InboxRow): Promise<LinkPage> {
  const { policy } = hub.setup();
  const agent = row.body === null ? null : (JSON.parse(row.body) as InboundAction).byLink?.agent;
  return {
    type: "used",
    link,
    ticket: await namedTicket(hub, link, ticket),
    outcome: await outcomeOf(hub, link, row),
    by: agent == null ? null : agentName(policy, agent),
  };
}

async function outcomeOf(hub: Hub, link: ActLink, row: InboxRow): Promise<Outcome<string> | null> {
  const failed: Outcome<Text> = { tone: "error", text: t("refusal.failed"), card: null };
  if (row.status === "open") return null;
  const outcome = row.outcome === null ? failed : (JSON.parse(row.outcome) as Outcome<Text>);
  const say = hub.catalogs(link.language, await hub.store.texts(textRefs(outcome.text)));
  return { tone: outcome.tone, text: say(outcome.text), card: null };
}

async function namedTicket(hub: Hub, { language }: ActLink, ticket: Ticket): Promise<Named> {
  const { policy } = hub.setup();
  const title = t("card.ticket.title", { number: ticket.number, title: ticket.title });
  const state = stateOf(ticket, policy);
  const say = hub.catalogs(language, await hub.store.texts(textRefs([title, state])));
  return { title: say(title), state: say(state) };
}
