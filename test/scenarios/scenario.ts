import { z } from "zod";

/*
 * The shape of a scenario file: a story about people, told in steps. `who` is a person's name in the tool `in` (or any
 * name on the web); `chat` is a group's name, left out for the direct chat with the desk.
 */

const where = {
  who: z.string(),
  in: z.enum(["feishu", "dingtalk", "wecom", "web"]),
  chat: z.string().optional(),
};

const card = z.strictObject({
  title: z.string(),
  /** Words that stand somewhere on the card. */
  shows: z.array(z.string()).default([]),
  /** Words that must not. */
  hides: z.array(z.string()).default([]),
  /** All buttons, in order. Left out: not looked at. */
  buttons: z.array(z.string()).optional(),
});

const step = z.union([
  z.strictObject({
    ...where,
    says: z.string(),
    /** Title of the card that is answered: in a thread of its own where the tool has threads, else as a quotation. */
    under: z.string().optional(),
  }),
  z.strictObject({
    ...where,
    hears: z.string(),
    /** How loudly the tool tells of it. Left out: not looked at. */
    urgent: z.enum(["app", "sms", "phone"]).optional(),
  }),
  z.strictObject({ ...where, sees: card }),
  z.strictObject({
    ...where,
    presses: z.string(),
    /** Title of the card that is pressed; the newest card when left out. */
    on: z.string().optional(),
    with: z.record(z.string(), z.string()).default({}),
    /** What the tool shows the clicker. WeCom shows no toast, so nothing is looked at there. */
    told: z.string().optional(),
  }),
  z.strictObject({ wait: z.string().regex(/^\d+[smhd]$/) }),
  /** The tools forget everything; `all`: the hub ends as well, and starts again on its data. */
  z.strictObject({ restart: z.enum(["tools", "all"]) }),
  z.strictObject({ note: z.string() }),
]);

export const scenario = z.strictObject({
  title: z.string(),
  about: z.string(),
  steps: z.array(step).min(1),
});

export type Scenario = z.infer<typeof scenario>;
export type Step = z.infer<typeof step>;
export type ExpectedCard = z.infer<typeof card>;
