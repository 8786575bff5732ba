import type { ServerResponse } from "node:http";
import type { Logger } from "./ports/logger.ts";

/**
 * Run a task once, after the response has gone out on its socket (`left` is true) or the socket broke before. It holds
 * nobody up: when it fails, that is logged.
 */
export function afterReply(
  outgoing: ServerResponse,
  task: (left: boolean) => Promise<void>,
  log: Logger,
): void {
  const run = (left: boolean): void => {
    task(left).catch((error: unknown) =>
      log.error("What follows a reply failed.", {
        error: error instanceof Error ? error.name : "error",
      }),
    );
  };
  if (outgoing.destroyed) run(false);
  else outgoing.once("close", () => run(outgoing.writableFinished));
}
