import type { PushSubject } from "../contracts/channel-subject.ts";

/** What somebody says to the bot in their one-to-one chat. */
export type Said = { readonly id: string; readonly sender: string; readonly text: string };

/** A click of somebody on a card. */
export type Pressed = {
  readonly id: string;
  readonly operator: string;
  readonly action: string;
  readonly cardId: string;
};

/** One channel as the tests of the HTTP routes use it: an account, how its vendor pushes, and how it answers us. */
export type HookCase = {
  /** "feishu/hq" */
  readonly account: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The group in which a team's tickets stand; null where each member has a card. */
  readonly group: string | null;
  /** The vendor's ids of the clerk who asks and of the engineer who works. */
  readonly clerk: string;
  readonly engineer: string;
  readonly messages: PushSubject;
  readonly clicks: PushSubject;
  /** The feed on which the vendor asks whether the address is ours. */
  readonly handshakes: PushSubject;
  /** The clear text of a push. */
  say(said: Said): string;
  press(pressed: Pressed): string;
  /** What the answer to a click shows, decrypted. */
  shown(body: string): string | Promise<string>;
  /** How the vendor answers our calls. */
  vendor(request: Request): Response | Promise<Response>;
  /** Does this call change a card that stands already? */
  isUpdate(request: Request): boolean;
  /** What must never leave the hub in a log line or an error reply. */
  readonly secrets: readonly string[];
};
