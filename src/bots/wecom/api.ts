import type { ChannelDeps } from "../../ports/channel.ts";
import { createAccessToken, type Issued } from "../../wire/access-token.ts";
import { type FileAnswer, fetchFile } from "../../wire/fetch-file.ts";
import { jsonOrNull } from "../../wire/json.ts";
import { callVendor, type VendorAnswer } from "../../wire/vendor-call.ts";
import type { WecomConfig } from "./config.ts";
import { type Failed, failed, failureOf, gatewayFailure } from "./failure.ts";

/** What came of one call: errcode 0, why it failed, or nothing that WeCom would answer. */
export type Answered =
  | { readonly type: "answer"; readonly body: Readonly<Record<string, unknown>> }
  | { readonly type: "unanswered"; readonly reason: string }
  | { readonly type: "refused"; readonly errcode: string; readonly failure: Failed };

export type WecomApi = {
  /** Call the API with the app's token; a token that is refused is renewed once. Never rejects. */
  call(path: string, json: unknown): Promise<Answered>;
  /** Post a form. Never rejects. */
  upload(path: string, form: FormData): Promise<Answered>;
  /** Read a file of at most `maxBytes`. What is no file is what WeCom refused. Never rejects. */
  file(path: string, maxBytes: number): Promise<FileAnswer | Refused>;
};

type Refused = Extract<Answered, { readonly type: "refused" }>;

/** An upload takes longer than other calls. */
const UPLOAD_MS = 60_000;

export function createWecomApi(config: WecomConfig, deps: ChannelDeps): WecomApi {
  const token = createAccessToken(
    () => issueToken(config, deps),
    () => deps.clock.now(),
  );

  async function once(path: string, json: unknown, held: string): Promise<Answered> {
    const url = `${config.api_base}${path}?access_token=${encodeURIComponent(held)}`;
    return judge(await callVendor(deps.fetch, { method: "POST", url, json }));
  }

  const urlOf = (path: string, held: string): string =>
    `${config.api_base}${path}${path.includes("?") ? "&" : "?"}access_token=${encodeURIComponent(held)}`;

  async function uploadOnce(path: string, form: FormData, held: string): Promise<Answered> {
    const url = urlOf(path, held);
    return judge(await callVendor(deps.fetch, { method: "POST", url, form }, UPLOAD_MS));
  }

  async function fileOnce(
    path: string,
    maxBytes: number,
    held: string,
  ): Promise<FileAnswer | Refused> {
    const answer = await fetchFile(deps.fetch, { url: urlOf(path, held), maxBytes });
    if (answer.type !== "file" || answer.headers.has("content-disposition")) return answer;
    const { status, headers, bytes } = answer;
    const body = fieldsOf(jsonOrNull(bytes));
    const judged = judge({ type: "answer", status, headers, body });
    return judged.type === "refused" ? judged : answer;
  }

  const isTokenRefused = (answer: { readonly type: string; readonly failure?: Failed }): boolean =>
    answer.type === "refused" && answer.failure?.class === "token";
  return {
    call: (path, json) => token.use((held) => once(path, json, held), isTokenRefused),
    upload: (path, form) => token.use((held) => uploadOnce(path, form, held), isTokenRefused),
    file: (path, maxBytes) => token.use((held) => fileOnce(path, maxBytes, held), isTokenRefused),
  };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** WeCom answers HTTP 200 with an errcode; whatever has none comes from somewhere else. */
function judge(answer: VendorAnswer): Answered {
  if (answer.type === "unreached") return refusedCall("", failed("transient", answer.reason));
  if (answer.type === "unanswered") return answer;
  const { status, body, headers } = answer;
  const errcode = typeof body.errcode === "number" ? String(body.errcode) : "";
  if (errcode === "0") return { type: "answer", body };
  if (errcode !== "") return refusedCall(errcode, failureOf(errcode));
  if (status >= 400) return refusedCall("", gatewayFailure(status, headers));
  return { type: "unanswered", reason: `HTTP ${status} without errcode` };
}

function refusedCall(errcode: string, failure: Failed): Refused {
  return { type: "refused", errcode, failure };
}

/** WeCom docs: 91039. */
async function issueToken(config: WecomConfig, deps: ChannelDeps): Promise<Issued<Refused>> {
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

function noToken(failure: Failed): Issued<Refused> {
  const reason = `no token: ${failure.reason}`;
  return { type: "no-token", failure: refusedCall("", { ...failure, reason }) };
}

/** Who asks for a token and is refused has wrong credentials, whatever the code says. */
function withoutToken(failure: Failed): Failed {
  const passes = failure.class === "transient" || failure.class === "rate";
  return { ...failure, class: passes ? failure.class : "config" };
}
