const RETRY_MS = 1500;

type LiveHandlers = {
  readonly opened: () => void;
  /** The stream broke; another attempt follows by itself. */
  readonly lost: () => void;
  /** What to do with each kind of event; data that is not JSON is left out. */
  readonly events: Readonly<Record<string, (data: unknown) => void>>;
};

/**
 * Listen to a stream of server-sent events for as long as the page lives, through restarts of the hub.
 *
 * A browser's own EventSource gives up when the server answers anything but 200, which a proxy does while the hub
 * restarts; so this opens a new one each time. Returns the way to stop.
 */
export function listen(url: string, handlers: LiveHandlers): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    const current = new EventSource(url);
    source = current;
    current.onopen = handlers.opened;
    current.onerror = () => {
      current.close();
      handlers.lost();
      timer = setTimeout(open, RETRY_MS);
    };
    for (const [name, handle] of Object.entries(handlers.events)) {
      current.addEventListener(name, (event) => {
        const data = parse((event as MessageEvent<string>).data);
        if (data !== undefined) handle(data);
      });
    }
  };

  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
