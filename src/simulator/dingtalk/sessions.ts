import { randomNonce } from "../../wire/random.ts";
import type { ToolClock } from "../tool.ts";

const LIFE_MS = 5_400_000; // as long as the samples of the DingTalk docs page receive-message let it live

/** The sessionWebhooks handed out with robot messages. */
export type Sessions = {
  open(chat: string): { readonly url: string; readonly expiresAt: number };
  /** The chat that a session answers in; null when there is no such session or its 90 minutes are over. */
  chatOf(session: string): string | null;
};

/** Hand out sessionWebhooks under `base`, each good for 90 minutes and any number of answers. */
export function createSessions(clock: ToolClock, base: string): Sessions {
  const sessions = new Map<string, { readonly chat: string; readonly expiresAt: number }>();

  function forgetExpired(): void {
    for (const [session, { expiresAt }] of sessions) {
      if (expiresAt > clock.now()) return; // the oldest stands first
      sessions.delete(session);
    }
  }

  return {
    open(chat) {
      forgetExpired();
      const session = randomNonce(32).toLowerCase();
      const expiresAt = clock.now() + LIFE_MS;
      sessions.set(session, { chat, expiresAt });
      return { url: `${base}/robot/sendBySession?session=${session}`, expiresAt };
    },
    chatOf(session) {
      forgetExpired();
      return sessions.get(session)?.chat ?? null;
    },
  };
}
