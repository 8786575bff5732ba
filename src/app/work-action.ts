import { actorName } from "../core/actor.ts";
import { type ActionRef, decodeAction } from "../core/card.ts";
import type { Command } from "../core/command.ts";
import { deriveId } from "../core/id.ts";
import type { InboundAction, Outcome } from "../core/message.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep, type World } from "../core/step.ts";
import { literal, type Text, t } from "../core/text.ts";
import { streamOf } from "../core/ticket/ticket.ts";
import type { Row } from "../ports/batch.ts";
import type { InboxRow, SurfaceRow } from "../ports/store.ts";
import { type AroundPress, aroundPress } from "./around-press.ts";
import { batchOf } from "./commit-step.ts";
import { besides } from "./facts-for.ts";
import { type FormValues, formValues, secondTicket } from "./form-values.ts";
import type { Hub, Setup } from "./hub.ts";
import { type Identified, identify } from "./identify.ts";
import { readBody } from "./inbox-body.ts";
import { kinOf } from "./kin-of.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import { StepError } from "./step-error.ts";
import { type Worked, workedOf } from "./worked.ts";

/**
 * How long an answer to a click may travel; after that the clicked card is refreshed like the others. A vendor may
 * refuse changes of a card while a click on it is unanswered there.
 */
export const REPLY_TRAVELS_MS = 1_500;
const LONGEST_TEXT = 4_000;
/** How the stream of a ticket begins; its id is the rest. */
const TICKETS = "ticket:";

type Click = {
  readonly row: InboxRow;
  readonly inbound: InboundAction;
  readonly action: ActionRef;
  /** The copy whose standing card was clicked, if it is of what the action is about. */
  readonly surface: SurfaceRow | null;
  readonly who: Identified;
};

/** Work one click: decide it, and keep its outcome with the inbox row for whoever answers the clicker. */
export async function workAction(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  const setup = hub.setup();
  const inbound = readBody(row, "action");
  const action = decodeAction(inbound.action);
  if (action === null) throw new StepError("The inbox row holds an action that is not ours.");
  const surface = standing(await clickedCopy(hub, row.account, inbound, action));
  const who = await whoPressed(hub, setup, row, inbound);
  return decide(hub, setup, turn, { row, inbound, action, surface, who });
}

/** Who opens a link says who they are where it was made for many; everybody else is known by the tool. */
async function whoPressed(
  hub: Hub,
  setup: Setup,
  { account }: InboxRow,
  { operator, byLink }: InboundAction,
): Promise<Identified> {
  const agent = byLink?.agent == null ? undefined : setup.policy.agents.get(byLink.agent);
  if (agent === undefined) return identify(hub, setup, account, operator, hub.clock.now());
  return { actor: { kind: "agent", id: agent.id }, name: literal(agent.name), rows: [] };
}

async function decide(hub: Hub, setup: Setup, turn: RowTurn, click: Click): Promise<Worked> {
  const now = hub.clock.now();
  const number = await hub.numbers.take();
  const { verb } = click.action;
  const given = await formValues(
    hub,
    setup,
    { account: click.row.account, verb },
    click.inbound.values,
  );
  const around = await aroundPress(hub, setup, { ...click, account: click.row.account, now });
  const { command, texts } = commandOf(click, { ...given, ...around.told }, number, now);
  const cause = deriveId(click.row.id, "act");
  const beside = await worldOf(hub, command.stream, secondTicket(verb, given.values));
  const world = withAround(beside, around);
  const step = decideStep(command, cause, world, setup.policy);
  const opened =
    !isRefusal(step) &&
    step.streams.some(({ events }) => events.some((event) => event.type === "created"));
  if (!opened) hub.numbers.giveBack(number);
  const outcome = outcomeOf(step);
  const rows: Row[] = [
    ...(isRefusal(step) ? [] : [...click.who.rows, ...texts]),
    ...tokenRow(click),
    { type: "inbox-done", id: click.row.id, outcome: JSON.stringify(outcome), at: now },
  ];
  const guards = [{ type: "inbox-open", id: click.row.id }] as const;
  if (isRefusal(step))
    return workedOf(await turn.finish({ cause: null, streams: [], rows, guards }));
  const actor = actorName(click.who.actor);
  const hold = holdFor(click, setup, now);
  const context = {
    cause,
    kind: "inbound",
    command,
    actor,
    configHash: setup.policy.hash,
    now,
    hold,
    rows,
    guards,
    world,
  } as const;
  const result = await turn.finish(batchOf(step, context));
  if (result === "ok") hub.queue.wakeDelivery();
  return workedOf(result);
}

/** The clicked card waits for the click's own answer, as long as that can still be on its way. */
function holdFor(
  { row, surface }: Click,
  setup: Setup,
  now: number,
): { id: string; until: number } | null {
  const budget = setup.accounts.get(row.account)?.channel.can.answerWithinMs ?? 0;
  const until = row.receivedAt + budget + REPLY_TRAVELS_MS;
  return surface === null || until <= now ? null : { id: surface.id, until };
}

/** A copy that a click is about, and whether the clicked card is the one that stands for it, or an older one. */
export type ClickedCopy = { readonly surface: SurfaceRow; readonly stands: boolean };

/**
 * A sender names the card; it counts only when it is a copy of the very ticket that the action is about. A card that no
 * copy knows any more is an older one of the copy that was sent to the same person or chat, where there is only one.
 */
export async function clickedCopy(
  hub: Hub,
  account: string,
  { cardId, operator, place }: InboundAction,
  { subject }: ActionRef,
): Promise<ClickedCopy | null> {
  const named = await hub.store.surfaceByRemote(account, cardId);
  if (named !== null)
    return streamOf(named.ticket) === subject ? { surface: named, stands: true } : null;
  if (!subject.startsWith(TICKETS)) return null;
  const copies = await hub.store.surfaces(subject.slice(TICKETS.length));
  const [surface, ...others] = copies.filter(
    ({ account: at, to }) =>
      at === account && to.id === (to.kind === "person" ? operator.id : place?.chat),
  );
  return surface === undefined || others.length > 0 ? null : { surface, stands: false };
}

/** The copy whose standing card was clicked: what is done to an older card concerns no other one. */
export function standing(copy: ClickedCopy | null): SurfaceRow | null {
  return copy?.stands === true ? copy.surface : null;
}

function commandOf(
  { row, inbound, action, who }: Click,
  given: FormValues & AroundPress["told"],
  number: number,
  at: number,
): { command: Command; texts: Row[] } {
  const words = (inbound.values.text ?? "").trim().slice(0, LONGEST_TEXT);
  const text = words === "" ? null : deriveId(row.id, "text");
  const command: Command = {
    type: "act",
    at,
    stream: action.subject,
    by: who.actor,
    action,
    ...given,
    text,
    number,
    ...(inbound.byLink === undefined ? {} : { via: "link" as const }),
  };
  const texts: Row[] =
    text === null
      ? []
      : [{ type: "text", id: text, subject: actorName(who.actor), body: words, at }];
  return { command, texts };
}

/** With the states that this press needs beside those of its card. */
function withAround(world: World, { conversation, tickets }: AroundPress): World {
  const { ticket, others = [] } = world;
  return {
    conversation: world.conversation ?? conversation,
    ticket,
    others: besides(ticket, [...others, ...tickets]),
  };
}

/** The states that a command on this stream may touch. `named` is the number of another ticket that it is about. */
export async function worldOf(
  hub: Hub,
  stream: string,
  named: number | null = null,
): Promise<World> {
  const conversation = stream.startsWith(TICKETS) ? null : await hub.store.conversation(stream);
  const about = stream.startsWith(TICKETS) ? stream.slice(TICKETS.length) : conversation?.ticket;
  const ticket = about == null ? null : await hub.store.ticket(about);
  return { conversation, ticket, others: await kinOf(hub, ticket, named) };
}

function tokenRow({ surface, inbound }: Click): Row[] {
  return surface === null || inbound.updateToken === null
    ? []
    : [{ type: "surface-token", id: surface.id, token: inbound.updateToken }];
}

function outcomeOf(step: ReturnType<typeof decideStep>): Outcome<Text> {
  if (isRefusal(step))
    return { tone: "warning", text: t(`refusal.${step.refused}`, step.params), card: null };
  return {
    tone: "success",
    text: step.outcome?.text ?? t("done.ok"),
    card: step.outcome?.card ?? null,
  };
}
