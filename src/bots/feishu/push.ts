import { z } from "zod";

const header = z.object({
  event_id: z.string().min(1),
  event_type: z.string().min(1),
  create_time: z.unknown().optional(),
  token: z.string(),
});

const eventV2 = z
  .object({ schema: z.string(), header, event: z.record(z.string(), z.unknown()) })
  .transform((push) => ({ form: "v2" as const, ...push }));

/** The older event envelope. Feishu docs: event-subscription-guide. */
const eventV1 = z
  .object({
    uuid: z.string(),
    token: z.string(),
    ts: z.unknown().optional(),
    type: z.literal("event_callback"),
    event: z.record(z.string(), z.unknown()).catch({}),
  })
  .transform((push) => ({ form: "v1" as const, ...push }));

const challenge = z
  .object({ type: z.literal("url_verification"), challenge: z.string(), token: z.string() })
  .transform((push) => ({ form: "challenge" as const, ...push }));

/** The older card callback, which has no envelope. Its `token` is a permission to update, not a proof. */
const cardV1 = z
  .looseObject({ open_message_id: z.string(), token: z.string(), action: z.unknown() })
  .transform((push) => ({ form: "card-v1" as const, ...push }));

const push = z.union([eventV2, challenge, eventV1, cardV1]);

/** Everything that Feishu pushes, by the form of its envelope. */
export type Push = z.infer<typeof push>;

/**
 * The same from a long connection, where the connection itself is the proof: the token inside may be empty or missing.
 */
export function readDeliveredPush(json: unknown): Push | null {
  if (typeof json !== "object" || json === null) return null;
  const header: unknown = "header" in json ? json.header : null;
  return readPush(
    typeof header === "object" && header !== null
      ? { ...json, header: { token: "", ...header } }
      : { token: "", ...json },
  );
}

/** Null for JSON that is no push of Feishu's. */
export function readPush(json: unknown): Push | null {
  const read = push.safeParse(json);
  return read.success ? read.data : null;
}
