import type { Remind } from "../../src/core/config/remind.ts";

/** A team whose people are told and never reminded, for tests of something else. */
export const NO_REMINDERS: Remind = { queued: [], urged: [], escalated: [] };
