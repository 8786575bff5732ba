import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ToolView } from "../../../src/simulator/tool.ts";
import { isReader, type Kept, look, newestAt, type Seat, type Seen, seatOf } from "./seat.ts";
import type { ToolName } from "./skin.ts";

const REMEMBERED = "loopdesk.seats";

type PerTool<T> = Readonly<Partial<Record<ToolName, T>>>;

export type Seats = {
  readonly seats: PerTool<Seat>;
  readonly seen: Seen;
  readonly since: number;
  /** Take a seat and keep it: from now on the panel no longer follows the newest message of its person. */
  readonly sit: (tool: ToolName, seat: Seat) => void;
};

/** Who sits in front of each tool, and what they have read. `visible`: can this tool's panel be seen now? */
export function useSeats(views: readonly ToolView[], visible: (tool: ToolName) => boolean): Seats {
  const [kept, setKept] = useState(recall);
  const [seen, setSeen] = useState<Seen>({});
  // What was there when the page was opened counts as read.
  const since = useRef<number | null>(null);
  if (since.current === null && views.length > 0) {
    since.current = Math.max(...views.map((view) => newestAt(view)));
  }

  const seats = useMemo(() => {
    const found: Partial<Record<ToolName, Seat>> = {};
    for (const view of views) {
      const seat = seatOf(view, kept[view.tool] ?? null);
      if (seat !== null) found[view.tool] = seat;
    }
    return found;
  }, [views, kept]);

  // Whoever was shown with something to read stays, whomever the next message is for.
  useEffect(() => {
    for (const view of views) {
      const person = seats[view.tool]?.person;
      if (person === undefined || kept[view.tool]?.person === person) continue;
      if (isReader(view, person))
        setKept((all) => ({ ...all, [view.tool]: { person, chat: null } }));
    }
  }, [views, seats, kept]);
  useEffect(() => remember(kept), [kept]);

  useEffect(() => {
    setSeen((before) =>
      views.reduce((all, view) => {
        const seat = seats[view.tool];
        return seat === undefined || !visible(view.tool) ? all : look(all, view, seat);
      }, before),
    );
  }, [views, seats, visible]);

  const sit = useCallback((tool: ToolName, seat: Seat) => {
    setKept((all) => ({ ...all, [tool]: seat }));
  }, []);
  return { seats, seen, since: since.current ?? 0, sit };
}

// For as long as this browser tab lives; what it no longer fits, `seatOf` leaves out.
function recall(): PerTool<Kept> {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(REMEMBERED) ?? "{}");
    return typeof found === "object" && found !== null ? found : {};
  } catch {
    return {};
  }
}

function remember(kept: PerTool<Kept>): void {
  try {
    sessionStorage.setItem(REMEMBERED, JSON.stringify(kept));
  } catch {
    // Without storage a reload chooses anew.
  }
}
