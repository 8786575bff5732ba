/**
 * What every simulated tool has in common: the vendor's open platform on one side (`fetch`), the app in people's
 * hands on the other (`say`, `press`, `view`). Written from the wire facts; knows nothing of bots, channels or tickets.
 */
export interface ToolSimulator {
  readonly name: "feishu" | "dingtalk" | "wecom";
  /** The vendor's open-platform HTTP API. Paths are the vendor's own, without any prefix. */
  fetch(request: Request): Promise<Response>;
  /**
   * The other end of a WebSocket that somebody opened to the vendor; `url` is what they asked for, its path the vendor's
   * own. Absent for a tool that knows no long connections.
   */
  connect?(socket: ToolSocket, url: URL): void;
  /** What the app shows now. */
  view(): ToolView;
  /** Somebody writes in a chat. Resolves when the first push of it has been answered or given up. */
  say(input: SayInput): Promise<PushResult>;
  /** Somebody presses a button or sends a form of a card. Resolves with what the tool shows the clicker. */
  press(input: PressInput): Promise<PressResult>;
  /** Be told after every change of `view()`. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Stop all redeliveries under way. */
  stop(): Promise<void>;
}

/** The vendor's end of a WebSocket, whatever server carries it. */
export type ToolSocket = {
  /** Send one frame: a text frame or a binary one. Nothing happens once it is closed. */
  send(frame: string | Uint8Array): void;
  /** Close it as a server does. */
  close(code: number, reason: string): void;
  /** Cut it without a word, as a network does. */
  cut(): void;
  onFrame(listener: (frame: string | Uint8Array) => void): void;
  /** Called once, whoever closed it. */
  onClose(listener: () => void): void;
};

export type ToolPerson = {
  /** The vendor's id of the person towards our app: open_id, staff id, userid. */
  readonly id: string;
  readonly name: string;
  /** A short line under the name, such as "门店店长". */
  readonly title: string;
};

export type ToolChat = {
  readonly id: string;
  readonly name: string;
  readonly kind: "direct" | "group";
  /** People in it, by id; the bot is in every chat. */
  readonly members: readonly string[];
};

/** The part of the world that one tool shows. */
export type ToolWorld = {
  readonly people: readonly ToolPerson[];
  readonly chats: readonly ToolChat[];
};

export type UrgentMark = "app" | "sms" | "phone";

export type ToolMessage = {
  readonly id: string;
  readonly chat: string;
  /** A person's id, or "bot". */
  readonly from: string;
  /** ms UTC */
  readonly at: number;
  readonly quotes: string | null;
  /** How loudly the tool told its receiver of it; absent for an ordinary message. */
  readonly urgent?: UrgentMark;
  readonly body:
    | { readonly type: "text"; readonly text: string }
    /** `native` is the vendor's own card payload, as the app would draw it; `edition` grows with each update. */
    | { readonly type: "card"; readonly native: unknown; readonly edition: number }
    | { readonly type: "attachment"; readonly kind: string; readonly name: string };
};

export type ToolView = {
  readonly tool: ToolSimulator["name"];
  readonly people: readonly ToolPerson[];
  readonly chats: readonly ToolChat[];
  /** Oldest first. */
  readonly messages: readonly ToolMessage[];
};

export type SayInput = {
  readonly person: string;
  readonly chat: string;
  readonly text: string;
  /** Mention the bot; direct chats need no mention. */
  readonly mention?: boolean;
  readonly quotes?: string;
  /** Send a file or picture of this name instead of the text. */
  readonly attachment?: { readonly kind: "image" | "file"; readonly name: string };
};

export type PressInput = {
  readonly person: string;
  readonly message: string;
  /** Which button, by what it would send back: the vendor's own value, key or action id. */
  readonly button: string;
  /** What was filled in, by field name. */
  readonly values?: Readonly<Record<string, string>>;
};

export type PushResult = {
  readonly delivered: boolean;
  /** HTTP status of the last attempt; null when none came. */
  readonly status: number | null;
  readonly attempts: number;
};

export type PressResult = {
  readonly toast: {
    readonly tone: "success" | "info" | "warning" | "error";
    readonly text: string;
  } | null;
  /** What the tool itself says when the hub failed it: the vendor's code and words. */
  readonly error: { readonly code: string; readonly text: string } | null;
};

/** Time as a simulator uses it, so that a test can make an hour pass at once. */
export type ToolClock = {
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

/** What every tool simulator is made from, beside its own credentials. */
export type ToolOptions = {
  readonly world: ToolWorld;
  readonly clock: ToolClock;
  /** How pushes reach the hub. */
  readonly fetch: typeof fetch;
  /** Where the tool's WebSockets are reached, as `ws://HOST:PORT/PATH` without a slash at the end; absent where they are not. */
  readonly socketBase?: string;
  /** Redelivery delays are divided by this; 1 keeps the vendor's schedule. */
  readonly speed: number;
};
