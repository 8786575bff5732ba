import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ToolView } from "../../../src/simulator/tool.ts";
import { look, newestAt, type Seat, type Seen, seatOf } from "./seat.ts";
import type { ToolName } from "./skin.ts";

type PerTool<T> = Readonly<Partial<Record<ToolName, T>>>;

export type Seats = {
  readonly seats: PerTool<Seat>;
  readonly seen: Seen;
  readonly since: number;
  /** Take a seat and keep it: from now on the panel no longer follows the newest message. */
  readonly sit: (tool: ToolName, seat: Seat) => void;
};

/** Who sits in front of each tool, and what they have read. `visible`: can this tool's panel be seen now? */
export function useSeats(views: readonly ToolView[], visible: (tool: ToolName) => boolean): Seats {
  const [chosen, setChosen] = useState<PerTool<Seat>>({});
  const [seen, setSeen] = useState<Seen>({});
  // What was there when the page was opened counts as read.
  const since = useRef<number | null>(null);
  if (since.current === null && views.length > 0) {
    since.current = Math.max(...views.map((view) => newestAt(view)));
  }

  const seats = useMemo(() => {
    const found: Partial<Record<ToolName, Seat>> = {};
    for (const view of views) {
      const seat = seatOf(view, chosen[view.tool] ?? null);
      if (seat !== null) found[view.tool] = seat;
    }
    return found;
  }, [views, chosen]);

  useEffect(() => {
    setSeen((before) =>
      views.reduce((all, view) => {
        const seat = seats[view.tool];
        return seat === undefined || !visible(view.tool) ? all : look(all, view, seat);
      }, before),
    );
  }, [views, seats, visible]);

  const sit = useCallback((tool: ToolName, seat: Seat) => {
    setChosen((all) => ({ ...all, [tool]: seat }));
  }, []);
  return { seats, seen, since: since.current ?? 0, sit };
}
