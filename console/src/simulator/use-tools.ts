import { useCallback, useEffect, useState } from "react";
import type { ToolView } from "../../../src/simulator/tool.ts";
import { getJson, HttpFailure } from "../api/http.ts";
import { listen } from "../api/live.ts";

/** `absent`: the hub is there and has no simulator, because it is not in demo mode. */
export type Status = "loading" | "live" | "lost" | "absent";

export type Tools = {
  readonly status: Status;
  /** The last known state, also while the connection is lost. */
  readonly views: readonly ToolView[];
  readonly retry: () => void;
};

/** What the simulated tools show, kept up to date through restarts of the hub. */
export function useTools(): Tools {
  const [status, setStatus] = useState<Status>("loading");
  const [views, setViews] = useState<readonly ToolView[]>([]);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt means starting over.
  useEffect(
    () =>
      follow((outcome) => {
        if (typeof outcome !== "string") setViews(outcome);
        setStatus(typeof outcome === "string" ? outcome : "live");
      }),
    [attempt],
  );

  const retry = useCallback(() => {
    setStatus("loading");
    setAttempt((count) => count + 1);
  }, []);
  return { status, views, retry };
}

/** Tell the state now and after every change, or why it cannot be told. Returns the way to stop. */
function follow(tell: (outcome: readonly ToolView[] | "lost" | "absent") => void): () => void {
  let ended = false;
  const end = () => {
    ended = true;
    stop();
  };
  const refresh = oneAtATime(async () => {
    const outcome = await state();
    if (ended) return;
    tell(outcome);
    if (outcome === "absent") end();
  });
  const stop = listen("/simulator/api/events", {
    opened: refresh,
    lost: refresh,
    events: { change: refresh },
  });
  return end;
}

async function state(): Promise<readonly ToolView[] | "lost" | "absent"> {
  try {
    return (await getJson<{ tools: readonly ToolView[] }>("/simulator/api/state")).tools;
  } catch (error) {
    return error instanceof HttpFailure && error.status === 404 ? "absent" : "lost";
  }
}

/** Run a task now, or once more after the run under way, however often it is asked for meanwhile. */
function oneAtATime(task: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    do {
      again = false;
      await task();
    } while (again);
    running = false;
  };
  return () => {
    again = true;
    if (!running) void run();
  };
}
