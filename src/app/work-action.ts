import { type ActionRef, decodeAction } from "../core/card.ts";
import type { Command } from "../core/command.ts";
import { deriveId } from "../core/id.ts";
import type { InboundAction, Outcome } from "../core/message.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep, type World } from "../core/step.ts";
import { type Text, t } from "../core/text.ts";
import type { InboxRow, Lease, Row, SurfaceRow } from "../ports/store.ts";
import { batchOf } from "./commit-step.ts";
import type { Hub, Setup } from "./hub.ts";
import { type Identified, identify } from "./identify.ts";
import { readBody } from "./inbox-body.ts";
import { actorName, settled } from "./work-message.ts";
import type { Worked } from "./work-mailbox.ts";

/** How long the clicked card waits for the click's own answer before it is refreshed like the others. */
const HOLD_MS = 6_000;
const LONGEST_TEXT = 4_000;

type Click = {
  readonly row: InboxRow;
  readonly inbound: InboundAction;
  readonly action: ActionRef;
  readonly surface: SurfaceRow | null;
  readonly who: Identified;
};

/** Work one click: decide it, and keep its outcome with the inbox row for whoever answers the clicker. */
export async function workAction(hub: Hub, row: InboxRow, lease: Lease): Promise<Worked> {
  const setup = hub.setup();
  const inbound = readBody(row, "action");
  const action = decodeAction(inbound.action);
  if (action === null) throw new Error("The inbox row holds an action that is not ours.");
  const surface = await hub.store.surfaceByRemote(row.account, inbound.cardId);
  const who = await identify(hub, setup, row.account, inbound.operator, hub.clock.now());
  return decide(hub, setup, lease, { row, inbound, action, surface, who });
}

async function decide(hub: Hub, setup: Setup, lease: Lease, click: Click): Promise<Worked> {
  const now = hub.clock.now();
  const number = await hub.numbers.take();
  const { command, texts } = commandOf(click, number, now);
  const cause = deriveId(click.row.id, "act");
  const step = decideStep(command, cause, await worldOf(hub, command.stream), setup.policy);
  const opened = !isRefusal(step) && step.streams.some(({ events }) => events.some((event) => event.type === "created"));
  if (!opened) hub.numbers.giveBack(number);
  const outcome = outcomeOf(step);
  const rows: Row[] = [
    ...click.who.rows,
    ...texts,
    ...tokenRow(click),
    { type: "inbox-done", id: click.row.id, outcome: JSON.stringify(outcome), at: now },
  ];
  const guards = [
    { type: "inbox-open", id: click.row.id },
    { type: "lease", mailbox: lease.mailbox, fence: lease.fence },
  ] as const;
  if (isRefusal(step)) return settled(await hub.store.commit({ cause: null, streams: [], rows, guards }));
  const hold = click.surface === null ? null : { id: click.surface.id, until: now + HOLD_MS };
  const actor = actorName(click.who.actor);
  const context = { cause, kind: "inbound", command, actor, configHash: setup.policy.hash, now, hold, rows, guards } as const;
  const result = await hub.store.commit(batchOf(step, context));
  if (result === "ok") hub.queue.wakeDelivery();
  return settled(result);
}

function commandOf({ row, inbound, action, who }: Click, number: number, at: number): { command: Command; texts: Row[] } {
  const words = (inbound.values["text"] ?? "").trim().slice(0, LONGEST_TEXT);
  const text = words === "" ? null : deriveId(row.id, "text");
  const { text: _words, ...values } = inbound.values;
  const command: Command = { type: "act", at, stream: action.subject, by: who.actor, action, values, text, number };
  const texts: Row[] = text === null ? [] : [{ type: "text", id: text, subject: actorName(who.actor), body: words, at }];
  return { command, texts };
}

/** The states that a command on this stream may touch. */
export async function worldOf(hub: Hub, stream: string): Promise<World> {
  if (stream.startsWith("ticket:")) return { conversation: null, ticket: await hub.store.ticket(stream.slice("ticket:".length)) };
  const conversation = await hub.store.conversation(stream);
  const ticket = conversation?.ticket == null ? null : await hub.store.ticket(conversation.ticket);
  return { conversation, ticket };
}

function tokenRow({ surface, inbound }: Click): Row[] {
  return surface === null || inbound.updateToken === null
    ? []
    : [{ type: "surface-token", id: surface.id, token: inbound.updateToken }];
}

function outcomeOf(step: ReturnType<typeof decideStep>): Outcome<Text> {
  if (isRefusal(step)) return { tone: "warning", text: t(`refusal.${step.refused}`, step.params), card: null };
  return { tone: "success", text: step.outcome?.text ?? t("done.ok"), card: step.outcome?.card ?? null };
}
