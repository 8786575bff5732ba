import { canonicalJson } from "../core/canonical.ts";
import type { FoundIds } from "../core/config/found-ids.ts";
import { channelOf } from "../core/config/policy.ts";
import { deriveId } from "../core/id.ts";
import type { LookupRow } from "../ports/batch.ts";
import type { Contact, LookedUp } from "../ports/channel.ts";
import type { Store } from "../ports/store.ts";
import { safely } from "./delivery-result.ts";
import type { Account, Hub } from "./hub.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** People asked for between two commits. */
const AT_ONCE = 50;

/** An agent who may be looked up. Holds personal data: never logged, and no part of the policy. */
export type Person = Contact & {
  readonly agent: string;
  /** The ids that the configuration gives, by account or channel. */
  readonly identities: Readonly<Record<string, string>>;
};

/** Until when an account is not asked again after a failure, ms UTC. Begins empty with every configuration. */
export type Resting = Map<string, number>;

type Asked = Person & { readonly contact: string };

/**
 * Ask each tool's directory for the agents who have no id there: each of them once a day at most, whether somebody was
 * found or not, since WeCom shuts an organisation out that asks for too many wrong numbers. What was found is in the
 * store from then on; a vendor's failure is logged and asked again later.
 */
export async function lookUpPeople(
  hub: Hub,
  people: readonly Person[],
  resting: Resting,
): Promise<void> {
  if (people.length === 0) return;
  const secret = await contactSecret(hub.store);
  const known = new Map((await hub.store.lookups()).map((row) => [keyOf(row), row]));
  for (const account of hub.setup().accounts.values()) {
    const now = hub.clock.now();
    const isOpen = account.enabled && account.channel.lookUp !== undefined;
    if (!isOpen || (resting.get(account.id) ?? 0) > now) continue;
    const due = people
      .filter(
        ({ identities }) => !(account.id in identities || channelOf(account.id) in identities),
      )
      .map((person) => ({ ...person, contact: contactHash(secret, person) }))
      .filter(({ agent, contact }) =>
        isDue(known.get(keyOf({ account: account.id, agent })), contact, now),
      );
    await lookUpAt(hub, account, due, resting);
  }
}

/** What the directories gave for these people, as far as their phone and e-mail are still the ones that were asked for. */
export async function foundIds(store: Store, people: readonly Person[]): Promise<FoundIds> {
  if (people.length === 0) return {};
  const secret = await contactSecret(store);
  const contacts = new Map(people.map((person) => [person.agent, contactHash(secret, person)]));
  const found: Record<string, Record<string, string>> = {};
  for (const { agent, account, contact, externalId } of await store.lookups()) {
    if (externalId === null || contacts.get(agent) !== contact) continue;
    found[agent] = { ...found[agent], [account]: externalId };
  }
  return found;
}

/** How found ids are kept with a configuration: the same text for the same ids; null for none. */
export function foundText(found: FoundIds): string | null {
  return Object.keys(found).length === 0 ? null : canonicalJson(found);
}

/** What phones and e-mails are hashed with. It stays with the data, so that nobody else can try numbers. */
function contactSecret(store: Store): Promise<string> {
  const made = crypto.getRandomValues(new Uint8Array(32));
  const hex = [...made].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return store.secret("contacts", hex);
}

function contactHash(secret: string, { phone, email }: Contact): string {
  return deriveId("contact", secret, phone ?? "", email ?? "");
}

function keyOf({ account, agent }: Pick<LookupRow, "account" | "agent">): string {
  return `${account}|${agent}`;
}

function isDue(row: LookupRow | undefined, contact: string, now: number): boolean {
  return row === undefined || row.contact !== contact || row.at + DAY_MS <= now;
}

async function lookUpAt(
  hub: Hub,
  account: Account,
  due: readonly Asked[],
  resting: Resting,
): Promise<void> {
  for (let from = 0; from < due.length; from += AT_ONCE) {
    const asked = due.slice(from, from + AT_ONCE);
    const { ids, failure, scope } = await ask(account, asked);
    const at = hub.clock.now();
    const rows = ids.slice(0, asked.length).flatMap((externalId, index) => {
      const { agent = "", contact = "" } = asked[index] ?? {};
      const row = { account: account.id, agent, contact, externalId, at };
      return [{ type: "lookup" as const, row }];
    });
    await hub.store.commit({ cause: null, streams: [], rows, guards: [] });
    if (failure === null) continue;
    // What a person has to change is not changed within the hour.
    resting.set(account.id, at + (isPassing(failure.class) ? HOUR_MS : DAY_MS));
    hub.log.warn(
      scope === undefined
        ? "Agents could not be looked up in this tool's directory."
        : "The app may not look agents up: give it this permission, or write their ids into the configuration.",
      { account: account.id, reason: failure.reason, ...(scope === undefined ? {} : { scope }) },
    );
    return;
  }
}

async function ask({ channel }: Account, asked: readonly Asked[]): Promise<LookedUp> {
  const nobody: LookedUp = { ids: [], failure: null };
  const people = asked.map(({ phone, email }) => ({ phone, email }));
  const answer = await safely(async () => (await channel.lookUp?.(people)) ?? nobody);
  if ("ids" in answer) return answer;
  const { reason } = answer;
  return { ids: [], failure: { type: "failed", class: "transient", afterMs: null, reason } };
}

function isPassing(failure: string): boolean {
  return failure === "transient" || failure === "rate" || failure === "token";
}
