import { type ActionRef, decodeAction } from "../core/card.ts";
import { agentAt } from "../core/config/policy.ts";
import { deriveId } from "../core/id.ts";
import type { Destination } from "../core/message.ts";
import { seal, unseal } from "../core/seal.ts";
import { LANGUAGES, type Language } from "../core/text.ts";
import type { SurfaceRow } from "../ports/store.ts";
import type { Hub } from "./hub.ts";

const PURPOSE = "act";
const HOUR_MS = 3_600_000;
/** A link is good for three days. It ends with an hour, so that the same card of one hour is the same card. */
const LIFE_HOURS = 72;

/** What a link is for: one action on one ticket, from where it was posted, for whom. */
export type ActLink = {
  /** Whoever uses the link twice says this twice. */
  readonly nonce: string;
  readonly action: ActionRef;
  readonly account: string;
  readonly to: Destination;
  readonly language: Language;
  /** The agent whom it was made for; null on a card for many, and for who is no agent. */
  readonly agent: string | null;
};

/** The address where an encoded action can be done once; null for an action that has none. */
type LinkOf = (encoded: string) => string | null;

export type OpenedLink = { readonly link: ActLink; readonly expired: boolean };

/** A copy of a card whose buttons are to be links. */
type Copy = Pick<SurfaceRow, "id" | "account" | "to" | "audience" | "language">;

/**
 * Addresses for the buttons of one copy of a ticket's card, where the account's buttons are links; else none.
 *
 * None either on a requester's card in a chat of many, where nobody could tell who opens it.
 */
export async function linksOn(hub: Hub, copy: Copy): Promise<LinkOf> {
  const { policy, accounts } = hub.setup();
  const { id, account, to, audience, language } = copy;
  const isLinked = accounts.get(account)?.channel.can.card.buttons.press === "link";
  if (!isLinked || (audience === "requester" && to.kind === "chat")) return () => null;
  const key = await hub.key();
  const expiresAt = (Math.floor(hub.clock.now() / HOUR_MS) + LIFE_HOURS) * HOUR_MS;
  const agent = to.kind === "person" ? (agentAt(policy, account, to.id)?.id ?? null) : null;
  return (encoded) => {
    const action = decodeAction(encoded);
    if (action === null || !action.subject.startsWith("ticket:")) return null;
    const nonce = deriveId("link", id, encoded);
    const payload = pack([
      nonce,
      encoded,
      account,
      `${to.kind} ${to.id}`,
      language,
      ...(agent ? [agent] : []),
    ]);
    return `${policy.hub.publicUrl}/a/${seal(key, PURPOSE, payload, expiresAt)}`;
  };
}

/** What a token of such an address says; null where we did not make it. */
export async function openActLink(hub: Hub, token: string): Promise<OpenedLink | null> {
  const opened = unseal(await hub.key(), PURPOSE, token, hub.clock.now());
  const link = opened === null ? null : readLink(unpack(opened.payload));
  return opened === null || link === null ? null : { link, expired: opened.expired };
}

function readLink(fields: readonly string[]): ActLink | null {
  const [nonce = "", encoded = "", account = "", place = "", tongue, agent = null] = fields;
  const action = decodeAction(encoded);
  const language = LANGUAGES.find((each) => each === tongue);
  const [, kind, id = ""] = /^(chat|person) (.+)$/s.exec(place) ?? [];
  if (action === null || language === undefined || kind === undefined) return null;
  const to = { kind: kind === "chat" ? "chat" : "person", id } as const;
  return { nonce, action, account, to, language, agent };
}

/** In letters, digits and `_` alone: anything else as `_` and two hexadecimal digits a byte, `_z` between the fields. */
function pack(fields: readonly string[]): string {
  return fields
    .map((field) =>
      encodeURIComponent(field)
        .replace(/[-_.!~*'()]/g, (each) => `%${each.charCodeAt(0).toString(16)}`)
        .replace(/%(..)/g, (_whole, digits: string) => `_${digits.toLowerCase()}`),
    )
    .join("_z");
}

function unpack(payload: string): string[] {
  try {
    return payload
      .split("_z")
      .map((field) => decodeURIComponent(field.replace(/_([0-9a-f]{2})/g, "%$1")));
  } catch {
    return [];
  }
}
