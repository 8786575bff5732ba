import { z } from "zod";
import type { Contact, LookedUp } from "../../ports/channel.ts";
import type { FeishuApi } from "./api.ts";
import { codeOf } from "./failure.ts";
import { notDelivered } from "./send.ts";

/** Mobiles, and e-mails, that one call takes. Feishu docs: contact-v3/user/batch_get_id. */
const AT_ONCE = 50;
const SCOPE = "contact:user.id:readonly";
/** The app lacks a permission. Feishu docs: generic error codes. */
const NO_SCOPE = 99_991_672;

/** The open_ids of people by phone, else by e-mail. Those who have left are not found. Feishu docs: contact-v3/user/batch_get_id. */
export async function lookUp(api: FeishuApi, people: readonly Contact[]): Promise<LookedUp> {
  const ids: (string | null)[] = [];
  for (let from = 0; from < people.length; from += AT_ONCE) {
    const answer = await ask(api, people.slice(from, from + AT_ONCE));
    if ("failure" in answer) return { ids, ...answer };
    ids.push(...answer.ids);
  }
  return { ids, failure: null };
}

async function ask(
  api: FeishuApi,
  people: readonly Contact[],
): Promise<Pick<LookedUp, "ids"> | Omit<LookedUp, "ids">> {
  const result = await api({
    method: "POST",
    path: "/contact/v3/users/batch_get_id?user_id_type=open_id",
    json: {
      mobiles: people.flatMap(({ phone }) => (phone === null ? [] : [phone])),
      emails: people.flatMap(({ email }) => (email === null ? [] : [email])),
      include_resigned: false,
    },
  });
  const code = result.type === "answered" ? codeOf(result.answer) : null;
  if (result.type !== "answered" || result.answer.type !== "answer" || code !== 0) {
    const failure = notDelivered(result);
    return code === NO_SCOPE ? { failure, scope: SCOPE } : { failure };
  }
  const found = foundIn(result.answer.body.data);
  return {
    ids: people.map(({ phone, email }) => found.get(phone ?? "") ?? found.get(email ?? "") ?? null),
  };
}

const FOUND = z.object({
  user_list: z.array(
    z.object({
      mobile: z.string().optional(),
      email: z.string().optional(),
      user_id: z.string().optional(),
    }),
  ),
});

/** Open_ids by the phone or e-mail that was asked for. */
function foundIn(data: unknown): ReadonlyMap<string, string> {
  const list = FOUND.safeParse(data).data?.user_list ?? [];
  return new Map(
    list.flatMap(({ mobile, email, user_id: id = "" }) =>
      id === "" ? [] : [mobile, email].flatMap((asked) => (asked ? [[asked, id] as const] : [])),
    ),
  );
}
