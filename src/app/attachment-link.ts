import { seal, type Unsealed, unseal } from "../core/seal.ts";
import type { Hub } from "./hub.ts";

const PURPOSE = "file";
const DAY_MS = 86_400_000;
/** A link is good for seven to eight days: it ends at midnight, so that the same card of one day is the same card. */
const LIFE_DAYS = 8;

/** An address under which anybody who has it sees the attachment, for some days. */
export async function attachmentLink(hub: Hub, id: string): Promise<string> {
  const expiresAt = (Math.floor(hub.clock.now() / DAY_MS) + LIFE_DAYS) * DAY_MS;
  const token = seal(await hub.key(), PURPOSE, id, expiresAt);
  return `${hub.setup().policy.hub.publicUrl}/files/${token}`;
}

/** The attachment that a token of such an address names. */
export async function openAttachmentLink(hub: Hub, token: string): Promise<Unsealed> {
  return unseal(await hub.key(), PURPOSE, token, hub.clock.now());
}
