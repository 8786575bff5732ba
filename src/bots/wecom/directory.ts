import type { Contact, LookedUp } from "../../ports/channel.ts";
import type { Answered, WecomApi } from "./api.ts";
import { failed } from "./failure.ts";

/** Nobody by this number or address, or it is none. WeCom docs: 90313. */
const NOBODY: ReadonlySet<string> = new Set(["46004", "60111", "60103"]);
/** The app may not use the directory, or the member is outside its range. WeCom docs: 90313. */
const NO_PERMISSION: ReadonlySet<string> = new Set(["48002", "60011"]);
const SCOPE = "contacts, within the app's range (可见范围)";

type Found =
  | { readonly type: "id"; readonly id: string | null }
  | {
      readonly type: "stopped";
      readonly failure: NonNullable<LookedUp["failure"]>;
      readonly scope?: string;
    };

/**
 * The userids of members by phone, else by e-mail. One call for each: whoever asks for wrong numbers more often than a
 * fifth of the head count is shut out for a day, so the caller remembers who was not there.
 *
 * WeCom docs: 95402 (getuserid), get_userid_by_email.
 */
export async function lookUp(api: WecomApi, people: readonly Contact[]): Promise<LookedUp> {
  const ids: (string | null)[] = [];
  for (const person of people) {
    const found = await find(api, person);
    if (found.type === "stopped") {
      const { failure, scope } = found;
      return { ids, failure, ...(scope === undefined ? {} : { scope }) };
    }
    ids.push(found.id);
  }
  return { ids, failure: null };
}

async function find(api: WecomApi, { phone, email }: Contact): Promise<Found> {
  const byPhone =
    phone === null ? NONE : judged(await api.call("/cgi-bin/user/getuserid", { mobile: phone }));
  if (byPhone.type === "stopped" || byPhone.id !== null || email === null) return byPhone;
  // 1 is an address of the company, 2 one of the member's own.
  return judged(await api.call("/cgi-bin/user/get_userid_by_email", { email, email_type: 1 }));
}

const NONE: Extract<Found, { type: "id" }> = { type: "id", id: null };

function judged(answer: Answered): Found {
  if (answer.type === "unanswered")
    return { type: "stopped", failure: failed("transient", answer.reason) };
  if (answer.type === "answer") {
    const { userid } = answer.body;
    return { type: "id", id: typeof userid === "string" && userid !== "" ? userid : null };
  }
  const { errcode, failure } = answer;
  if (NOBODY.has(errcode)) return NONE;
  return NO_PERMISSION.has(errcode)
    ? { type: "stopped", failure: { ...failure, class: "config" }, scope: SCOPE }
    : { type: "stopped", failure };
}
