import type { Clock } from "../../src/ports/clock.ts";
import type { ConnectionEnd, Line, Opening } from "../../src/ports/connection.ts";

/** An SDK does not tell when it has heard its vendor, so that nobody may ask. */
export const UNHEARD_MS = 86_400_000;

const NO_LINE: Line = { request: async () => ({ type: "unreached", reason: "not over this SDK" }) };

/** A connection that an SDK holds. */
export function sdkOpening(
  clock: Clock,
  ended: Promise<ConnectionEnd>,
  close: () => void,
  { request } = NO_LINE,
): Opening {
  return {
    type: "open",
    connection: {
      ended,
      heardAt: clock.now,
      request,
      close: async () => close(),
    },
  };
}
