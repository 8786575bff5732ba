import { useCallback, useEffect, useState } from "react";
import type { Card } from "../../../src/core/card.ts";
import { HttpFailure, postJson } from "../api/http.ts";
import { listen } from "../api/live.ts";
import type { Status } from "./use-tools.ts";
import { recallVisitors, type Visitor, withoutVisitor, withVisitor } from "./visitors.ts";
import {
  type WebCardChange,
  type WebMessage,
  type WebTalk,
  withCard,
  withMessage,
} from "./web-talk.ts";

const BASE = "/web/shop";

/** The answer to a press that took longer than a visitor should wait: the stream brings the changed card. */
type Unanswered = { readonly status: "pending" | "accepted" };

/** How a press on a card of the web chat ended. */
export type WebOutcome = {
  readonly tone: "success" | "info" | "warning" | "error";
  readonly text: string;
  /** What the pressed card shows from now on; null leaves it as it is. */
  readonly card: Card<string> | null;
};

export type WebPress = {
  readonly card: string;
  readonly action: string;
  readonly values: Readonly<Record<string, string>>;
};

export type WebChat = {
  readonly status: Status;
  readonly visitors: readonly Visitor[];
  readonly talk: WebTalk;
  /** Say something as the present visitor. The stream brings it back as a message. */
  readonly say: (text: string) => Promise<void>;
  /** Press a button of a card. Null when the hub took the press but has nothing to say yet. */
  readonly press: (press: WebPress) => Promise<WebOutcome | null>;
  readonly become: (visitor: Visitor) => void;
  readonly becomeNew: () => void;
};

/** The conversation of one visitor with the hub's own web channel. `hubLive`: is it worth asking for a session? */
export function useWebTalk(hubLive: boolean): WebChat {
  const [status, setStatus] = useState<Status>("loading");
  const [visitors, setVisitors] = useState(recallVisitors);
  const [talk, setTalk] = useState<WebTalk>([]);
  const current = visitors[0] ?? null;

  const becomeNew = useCallback(() => {
    setStatus("loading");
    postJson<Visitor>(`${BASE}/session`, {})
      .then((visitor) => setVisitors((all) => withVisitor(all, visitor)))
      .catch((error: unknown) => setStatus(statusAfter(error)));
  }, []);

  useEffect(() => {
    if (hubLive && current === null) becomeNew();
  }, [hubLive, current, becomeNew]);

  useEffect(() => {
    setTalk([]);
    if (current === null) return;
    const address = `${BASE}/events?token=${encodeURIComponent(current.token)}`;
    return listen(address, {
      // From the beginning each time: a demo that was restarted may have begun anew.
      opened: () => {
        setTalk([]);
        setStatus("live");
      },
      lost: () => {
        setStatus("lost");
        void isRefused(address).then((refused) => {
          if (refused) setVisitors((all) => withoutVisitor(all, current));
        });
      },
      events: {
        message: (data) => {
          setTalk((known) => withMessage(known, data as WebMessage));
        },
        card: (data) => {
          setTalk((known) => withCard(known, data as WebCardChange));
        },
      },
    });
  }, [current]);

  const become = useCallback((visitor: Visitor) => {
    setVisitors((all) => withVisitor(all, visitor));
  }, []);

  const say = async (text: string) => {
    await postJson(`${BASE}/messages`, { id: newId(), text }, current?.token);
  };
  // The stream brings the card as well, unless the hub could not write to it; the answer always has it.
  const press = async (deed: WebPress) => {
    const path = `${BASE}/actions`;
    const answer = await postJson<WebOutcome | Unanswered>(
      path,
      { id: newId(), ...deed },
      current?.token,
    );
    if (!("tone" in answer)) return null;
    const { card } = answer;
    if (card !== null) setTalk((known) => withCard(known, { id: deed.card, card }));
    return answer;
  };
  return { status, visitors, talk, say, press, become, becomeNew };
}

// EventSource hides why it failed: only a plain request tells a refused token from a hub that is away.
async function isRefused(address: string): Promise<boolean> {
  const stop = new AbortController();
  try {
    const response = await fetch(address, { signal: stop.signal });
    return response.status === 401; // 403 is an account that is disabled for a while
  } catch {
    return false;
  } finally {
    stop.abort();
  }
}

function statusAfter(error: unknown): Status {
  return error instanceof HttpFailure && error.status === 404 ? "absent" : "lost";
}

// crypto.randomUUID exists only on https and localhost; the page may be opened over plain http in an office.
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, "0")).join("");
}
