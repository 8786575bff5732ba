import { randomNonce } from "../../wire/random.ts";
import type { ToolClock } from "../tool.ts";
import { WecomError } from "./wecom-error.ts";

const LIFE_MS = 72 * 60 * 60_000;

/** Permissions to update a card: each works once, within 72 hours. WeCom docs: 94888. */
export type ResponseCodes = {
  /** A new code for the card that was sent with this msgid. */
  issue(msgid: string): string;
  /** The msgid that a code is good for. 60140 when it is unknown or expired, 42022 when it was used. */
  check(code: string): string;
  use(code: string): void;
};

type Code = { readonly msgid: string; readonly expiresAt: number; used: boolean };

export function createResponseCodes(clock: ToolClock): ResponseCodes {
  const codes = new Map<string, Code>();

  function living(code: string): Code {
    const known = codes.get(code);
    if (known === undefined || clock.now() >= known.expiresAt) {
      throw new WecomError(60140, "invalid response_code: unknown, or older than 72 hours");
    }
    if (known.used) throw new WecomError(42022, "the response_code was used already");
    return known;
  }

  return {
    issue(msgid) {
      for (const [oldest, { expiresAt }] of codes) {
        if (expiresAt > clock.now()) break;
        codes.delete(oldest);
      }
      const code = randomNonce(43);
      codes.set(code, { msgid, expiresAt: clock.now() + LIFE_MS, used: false });
      return code;
    },
    check: (code) => living(code).msgid,
    use(code) {
      living(code).used = true;
    },
  };
}
