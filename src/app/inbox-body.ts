import type { Inbound } from "../core/message.ts";
import type { InboxRow } from "../ports/store.ts";
import { StepError } from "./step-error.ts";

/** What came in, as `receiveInbound` wrote it down. */
export function readBody<T extends Inbound["type"]>(
  row: InboxRow,
  type: T,
): Extract<Inbound, { type: T }> {
  if (row.body === null)
    throw new StepError("The body of this inbox row was forgotten before it was worked.");
  const body = JSON.parse(row.body) as Inbound;
  if (body.type !== type) throw new StepError(`The inbox row holds a ${body.type}, not a ${type}.`);
  return body as Extract<Inbound, { type: T }>;
}
