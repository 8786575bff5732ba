import type { Contact, LookedUp } from "../../ports/channel.ts";
import type { DingtalkApi } from "./api.ts";
import { failed } from "./failure.ts";
import { fieldsOf, textOf } from "./fields.ts";

/** Nobody by this number: not one of the organisation, or no number at all. DingTalk docs: query-users-by-phone-number. */
const NOBODY: ReadonlySet<string> = new Set(["60121", "40104"]);
/** The app lacks a permission. DingTalk docs: server-api-error-codes-1. */
const NO_PERMISSION: ReadonlySet<string> = new Set(["60011", "88"]);
const SCOPE = "qyapi_get_member_by_mobile";

/**
 * The userids of people by phone; only of those who are active. There is no look-up by e-mail.
 *
 * DingTalk docs: query-users-by-phone-number.
 */
export async function lookUp(api: DingtalkApi, people: readonly Contact[]): Promise<LookedUp> {
  const ids: (string | null)[] = [];
  for (const { phone } of people) {
    const answer =
      phone === null ? null : await api.callOld("/topapi/v2/user/getbymobile", { mobile: phone });
    if (answer === null) {
      ids.push(null);
    } else if (answer.type === "answer") {
      ids.push(textOf(fieldsOf(answer.body.result).userid));
    } else if (answer.type === "unanswered") {
      return { ids, failure: failed("transient", answer.reason) };
    } else {
      const errcode = textOf(answer.body.errcode) ?? "";
      if (!NOBODY.has(errcode)) return refused(ids, errcode, answer.failure);
      ids.push(null);
    }
  }
  return { ids, failure: null };
}

function refused(
  ids: LookedUp["ids"],
  errcode: string,
  failure: ReturnType<typeof failed>,
): LookedUp {
  if (NO_PERMISSION.has(errcode))
    return { ids, failure: { ...failure, class: "config" }, scope: SCOPE };
  return { ids, failure };
}
