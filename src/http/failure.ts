import { reasonOf } from "../app/step-error.ts";
import type { HttpReply } from "../ports/channel.ts";
import type { Logger } from "../ports/logger.ts";
import { problem } from "./problem.ts";

/** The request that the hub failed on: which route, and whose account, where the route has one. */
export type FailedRequest = { readonly route: string; readonly account: string | undefined };

/**
 * Log that a request failed, and make its reply. The log says no more of it than its route and its account: a path may
 * hold a token, and an error's message what somebody sent.
 */
export function failure(log: Logger, error: unknown, { route, account }: FailedRequest): HttpReply {
  log.error("A request failed.", { route, account, error: reasonOf(error) });
  return problem(500, "internal", "The hub failed to handle this. Please try again.");
}
