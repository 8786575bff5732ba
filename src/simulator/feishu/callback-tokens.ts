import type { ToolClock } from "../tool.ts";
import { FeishuError } from "./feishu-error.ts";
import { newId } from "./identity.ts";

/** The tokens that card callbacks carry, each a permission to update the clicked card a little later. */
export type CallbackTokens = {
  /** A click on a card of this message is on its way to the app. */
  open(message: string): string;
  /** The app has answered, well or not at all. Only a well answered callback makes its token usable. */
  close(token: string, answered: boolean): void;
  /** Is a click on this message waiting for its answer? */
  isPending(message: string): boolean;
  /** Find the message that a token may update now; throws Feishu's error when it may not. */
  check(token: string): string;
  /** Count one update made with the token. */
  spend(token: string): void;
};

type Entry = {
  readonly message: string;
  readonly at: number;
  readonly state: "pending" | "answered" | "failed";
  readonly uses: number;
};

// Feishu docs: uMDO1YjLzgTN24yM4UjN (delayed card update).
const LIFE_MS = 30 * 60_000;
const MOST_USES = 2;

export function createCallbackTokens(clock: ToolClock): CallbackTokens {
  const entries = new Map<string, Entry>();

  function forgetOld(): void {
    for (const [token, entry] of entries) {
      if (entry.at > clock.now() - 2 * LIFE_MS) return;
      entries.delete(token);
    }
  }

  function change(token: string, part: Partial<Entry>): void {
    const entry = entries.get(token);
    if (entry !== undefined) entries.set(token, { ...entry, ...part });
  }

  return {
    open(message) {
      forgetOld();
      const token = newId("c-");
      entries.set(token, { message, at: clock.now(), state: "pending", uses: 0 });
      return token;
    },
    close: (token, answered) => change(token, { state: answered ? "answered" : "failed" }),
    isPending: (message) =>
      [...entries.values()].some((entry) => entry.message === message && entry.state === "pending"),
    check(token) {
      if (!token.startsWith("c-")) throw new FeishuError(300020, "card update token format error");
      const entry = entries.get(token);
      if (entry === undefined || entry.state === "failed" || clock.now() >= entry.at + LIFE_MS) {
        throw new FeishuError(300030, "card update token is invalid or expired");
      }
      if (entry.state === "pending") throw new FeishuError(11310, "card action is lock");
      if (entry.uses >= MOST_USES) {
        throw new FeishuError(300040, "card update token exceeded its number of uses");
      }
      return entry.message;
    },
    spend: (token) => change(token, { uses: (entries.get(token)?.uses ?? 0) + 1 }),
  };
}
