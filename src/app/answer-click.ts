import { type ActionRef, decodeAction, sayCard } from "../core/card.ts";
import { mailboxOf } from "../core/conversation/conversation.ts";
import type { InboundAction, Outcome } from "../core/message.ts";
import { type Text, t, textRefs } from "../core/text.ts";
import type { InboxRow, SurfaceRow } from "../ports/store.ts";
import { fitFor } from "./fit-for.ts";
import type { Account, Hub } from "./hub.ts";
import { cardOf } from "./refresh-surfaces.ts";
import { type ClickedCopy, clickedCopy, REPLY_TRAVELS_MS, standing } from "./work-action.ts";

/** How often to look when another process works the mailbox. */
const LOOK_MS = 100;

export type ClickAnswer = {
  readonly outcome: Outcome<string> | "pending";
  /** To be called once the reply has left, or was lost: books what it showed, or frees the card for its refresh. */
  after(left: boolean): Promise<void>;
};

export type Click = {
  readonly inbound: InboundAction;
  readonly id: string | null;
  readonly arrivedAt: number;
};

/**
 * Find out what came of a click, within the time that the vendor leaves us. The inbox row `id` is already committed;
 * `work` works its mailbox. Past the budget the answer is "pending" and the cards follow.
 */
export async function answerClick(
  hub: Hub,
  account: Account,
  { inbound, id, arrivedAt }: Click,
  work: (mailbox: string) => Promise<void>,
): Promise<ClickAnswer> {
  const action = decodeAction(inbound.action);
  if (id === null || action === null) return plain(hub, t("refusal.unknown_action"), "warning");
  const row = await workedBy(hub, id, arrivedAt + account.channel.can.answerWithinMs, () =>
    work(mailboxOf(action.subject)),
  );
  const copy = await clickedCopy(hub, account.id, inbound, action);
  if (row?.status === "dead") return plain(hub, t("refusal.failed"), "error");
  if (row?.outcome == null)
    return { outcome: "pending", after: () => release(hub, standing(copy)) };
  return told(hub, JSON.parse(row.outcome) as Outcome<Text>, { account, action, inbound }, copy);
}

/** The row once it is worked, here or in another process; as it is when the deadline comes first. */
async function workedBy(
  hub: Hub,
  id: string,
  deadline: number,
  work: () => Promise<void>,
): Promise<InboxRow | null> {
  const over = new AbortController();
  let ring = (): void => {};
  const stop = hub.bell.listen(id, () => ring());
  let late = false;
  const timeout = hub.clock.sleep(Math.max(0, deadline - hub.clock.now()), over.signal).then(() => {
    late = true;
  });
  // A new one for each look: one that has rung must not make the next look come at once.
  const nextRing = () =>
    new Promise<void>((resolve) => {
      ring = resolve;
    });
  try {
    await Promise.race([nextRing(), work(), timeout]);
    for (;;) {
      const rung = nextRing();
      const row = await hub.store.inboxRow(id);
      if (row === null || row.status !== "open" || row.attempts > 0 || late) return row;
      await Promise.race([rung, timeout, hub.clock.sleep(LOOK_MS, over.signal)]);
    }
  } finally {
    stop();
    over.abort();
  }
}

async function plain(hub: Hub, text: Text, tone: Outcome<string>["tone"]): Promise<ClickAnswer> {
  const say = hub.catalogs(hub.setup().policy.hub.locale, new Map());
  return { outcome: { tone, text: say(text), card: null }, after: async () => {} };
}

async function told(
  hub: Hub,
  outcome: Outcome<Text>,
  { account, action, inbound }: { account: Account; action: ActionRef; inbound: InboundAction },
  copy: ClickedCopy | null,
): Promise<ClickAnswer> {
  const surface = copy?.surface ?? null;
  const language = surface?.language ?? hub.setup().policy.hub.locale;
  const say = hub.catalogs(language, await hub.store.texts(textRefs(outcome)));
  const { tone } = outcome;
  const text = say(outcome.text);
  const own =
    action.subject.startsWith("conversation:") && outcome.card !== null
      ? fitFor(account, sayCard(outcome.card, say), { say, language, ticket: null })
      : null;
  if (surface === null || !maySee(surface, inbound))
    return { outcome: { tone, text, card: own }, after: async () => {} };
  const ticket = await hub.store.ticket(surface.ticket);
  if (ticket === null) return { outcome: { tone, text, card: null }, after: async () => {} };
  const card = await cardOf(hub, surface, ticket, { hurry: true });
  // An older card shows the present state too, and books nothing: the copy is the newest card.
  const after = copy?.stands === true ? booking(hub, surface, ticket.version) : async () => {};
  return { outcome: { tone, text, card }, after };
}

/** A copy that was sent to one person is shown to nobody else, whatever card a click names. */
function maySee(surface: SurfaceRow, inbound: InboundAction): boolean {
  return surface.to.kind === "chat" || surface.to.id === inbound.operator.id;
}

function booking(hub: Hub, surface: SurfaceRow, version: number): ClickAnswer["after"] {
  return (left) => (left ? shown(hub, surface, version) : release(hub, surface));
}

/** Book what the reply showed. While a refresh is under way nobody knows which of the two stands there in the end. */
async function shown(hub: Hub, surface: SurfaceRow, version: number): Promise<void> {
  const at = hub.clock.now();
  const { id, edition } = surface;
  const rows = [
    { type: "surface-shown", id, version, remoteId: null, spent: [], fresh: [], at },
  ] as const;
  const guards = [{ type: "surface-free", id, edition, now: at }] as const;
  if ((await hub.store.commit({ cause: null, streams: [], rows, guards })) !== "ok")
    return release(hub, surface);
  hub.queue.wakeDelivery();
}

async function release(hub: Hub, surface: SurfaceRow | null): Promise<void> {
  if (surface === null) return;
  const { id, edition } = surface;
  const dueAt = hub.clock.now() + REPLY_TRAVELS_MS;
  const rows = [{ type: "surface-due", id, edition, dueAt }] as const;
  await hub.store.commit({ cause: null, streams: [], rows, guards: [] });
  hub.queue.wakeDelivery();
}
