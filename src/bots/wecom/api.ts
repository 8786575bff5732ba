import type { ChannelDeps } from "../../ports/channel.ts";
import { createAccessToken, type Issued } from "../../wire/access-token.ts";
import { callVendor, type VendorAnswer } from "../../wire/vendor-call.ts";
import type { WecomConfig } from "./config.ts";
import { type Failed, failed, failureOf } from "./failure.ts";

/** What came of one call: errcode 0, why it failed, or nothing that WeCom would answer. */
export type Answered =
  | { readonly type: "answer"; readonly body: Readonly<Record<string, unknown>> }
  | { readonly type: "unanswered"; readonly reason: string }
  | { readonly type: "refused"; readonly errcode: string; readonly failure: Failed };

export type WecomApi = {
  /** Call the API with the app's token; a token that is refused is renewed once. Never rejects. */
  call(path: string, json: unknown): Promise<Answered>;
};

export function createWecomApi(config: WecomConfig, deps: ChannelDeps): WecomApi {
  const token = createAccessToken(
    () => issueToken(config, deps),
    () => deps.clock.now(),
  );

  async function once(path: string, json: unknown, held: string): Promise<Answered> {
    const url = `${config.api_base}${path}?access_token=${encodeURIComponent(held)}`;
    return judge(await callVendor(deps.fetch, { method: "POST", url, json }));
  }

  return {
    call: (path, json) =>
      token.use(
        (held) => once(path, json, held),
        (answer) => answer.type === "refused" && answer.failure.class === "token",
      ),
  };
}

/** WeCom answers HTTP 200 with an errcode; whatever has none comes from somewhere else. */
function judge(answer: VendorAnswer): Answered {
  if (answer.type === "unreached") return refusedCall("", failed("transient", answer.reason));
  if (answer.type === "unanswered") return answer;
  const { status, body } = answer;
  const errcode = typeof body.errcode === "number" ? String(body.errcode) : "";
  if (errcode === "0") return { type: "answer", body };
  if (errcode !== "") return refusedCall(errcode, failureOf(errcode));
  if (status >= 500) return refusedCall("", failed("transient", `HTTP ${status}`));
  if (status >= 400) return refusedCall("", failed("config", `HTTP ${status}`));
  return { type: "unanswered", reason: `HTTP ${status} without errcode` };
}

function refusedCall(errcode: string, failure: Failed): Answered {
  return { type: "refused", errcode, failure };
}

/** WeCom docs: 91039. */
async function issueToken(config: WecomConfig, deps: ChannelDeps): Promise<Issued<Answered>> {
  const asked = deps.clock.now();
  const url = new URL(`${config.api_base}/cgi-bin/gettoken`);
  url.searchParams.set("corpid", config.corp_id);
  url.searchParams.set("corpsecret", config.secret);
  const answer = judge(await callVendor(deps.fetch, { method: "GET", url: url.href }));
  if (answer.type === "unanswered") return noToken(failed("transient", answer.reason));
  if (answer.type === "refused") return noToken(withoutToken(answer.failure));
  const { access_token: value, expires_in: lifeS } = answer.body;
  if (typeof value !== "string" || value === "" || typeof lifeS !== "number") {
    return noToken(failed("transient", "none in the answer"));
  }
  return { type: "token", value, expiresAt: asked + lifeS * 1000 };
}

function noToken(failure: Failed): Issued<Answered> {
  const reason = `no token: ${failure.reason}`;
  return { type: "no-token", failure: refusedCall("", { ...failure, reason }) };
}

/** Who asks for a token and is refused has wrong credentials, whatever the code says. */
function withoutToken(failure: Failed): Failed {
  const passes = failure.class === "transient" || failure.class === "rate";
  return { ...failure, class: passes ? failure.class : "config" };
}
