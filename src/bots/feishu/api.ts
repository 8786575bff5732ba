import type { ChannelDeps, Delivery } from "../../ports/channel.ts";
import { createAccessToken, type Issued } from "../../wire/access-token.ts";
import { type FileAnswer, fetchFile } from "../../wire/fetch-file.ts";
import { jsonOrNull } from "../../wire/json.ts";
import { callVendor, type VendorAnswer, type VendorCall } from "../../wire/vendor-call.ts";
import type { FeishuConfig } from "./config.ts";
import { codeOf, failure, isTokenRefused } from "./failure.ts";

type Failed = Extract<Delivery, { type: "failed" }>;

/** `path` begins after `/open-apis`. */
export type ApiCall = {
  readonly method: VendorCall["method"];
  readonly path: string;
  readonly json?: unknown;
  readonly form?: FormData;
};

export type ApiResult =
  | { readonly type: "answered"; readonly answer: VendorAnswer }
  | { readonly type: "no-token"; readonly failure: Failed };

export type FileResult =
  | { readonly type: "answered"; readonly answer: FileAnswer }
  | { readonly type: "no-token"; readonly failure: Failed };

/** Make one call as the app; with a fresh token once more when the token is refused. Never rejects. */
export type FeishuApi = (call: ApiCall) => Promise<ApiResult>;

export type FeishuFileApi = FeishuApi & {
  /** The same for a file of at most `maxBytes` that is read. */
  file(path: string, maxBytes: number): Promise<FileResult>;
};

/** An upload takes longer than other calls. */
const UPLOAD_MS = 60_000;

export function createApi(
  config: FeishuConfig,
  deps: Pick<ChannelDeps, "fetch" | "clock">,
): FeishuFileApi {
  const base = `${config.api_base.replace(/\/+$/, "")}/open-apis`;
  const token = createAccessToken(
    () => issueToken(base, config, deps),
    () => deps.clock.now(),
  );
  const callWith = ({ path, ...call }: ApiCall, bearer: string): Promise<VendorAnswer> =>
    callVendor(
      deps.fetch,
      { ...call, url: base + path, headers: { authorization: `Bearer ${bearer}` } },
      call.form === undefined ? undefined : UPLOAD_MS,
    );
  const fileWith = (path: string, maxBytes: number, bearer: string): Promise<FileAnswer> =>
    fetchFile(deps.fetch, {
      url: base + path,
      headers: { authorization: `Bearer ${bearer}` },
      maxBytes,
    });

  const call = async (wanted: ApiCall): Promise<ApiResult> => {
    const result = await token.use((held) => callWith(wanted, held), isTokenRefused);
    return result.type === "failed"
      ? { type: "no-token", failure: result }
      : { type: "answered", answer: result };
  };
  return Object.assign(call, {
    async file(path: string, maxBytes: number): Promise<FileResult> {
      const result = await token.use(
        (held) => fileWith(path, maxBytes, held),
        (answer) => isTokenRefused(asAnswer(answer)),
      );
      return result.type === "failed"
        ? { type: "no-token", failure: result }
        : { type: "answered", answer: result };
    },
  });
}

/** What an answer to a request for a file says of why it brought none. */
export function asAnswer(answer: FileAnswer): VendorAnswer {
  if (answer.type === "unreached") return answer;
  if (answer.type !== "file") return { type: "unanswered", reason: answer.type };
  const { status, headers, bytes } = answer;
  const isError = status < 200 || status >= 300;
  const body = isError ? jsonOrNull(bytes) : null;
  return { type: "answer", status, headers, body: asObject(body) };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** Feishu hands out the same token until 30 min before its end. Feishu docs: tenant_access_token_internal. */
async function issueToken(
  base: string,
  config: FeishuConfig,
  deps: Pick<ChannelDeps, "fetch" | "clock">,
): Promise<Issued<Failed>> {
  const answer = await callVendor(deps.fetch, {
    method: "POST",
    url: `${base}/auth/v3/tenant_access_token/internal`,
    json: { app_id: config.app_id, app_secret: config.app_secret },
  });
  const body = answer.type === "answer" ? answer.body : {};
  const { tenant_access_token: value, expire } = body;
  if (codeOf(answer) === 0 && typeof value === "string" && typeof expire === "number") {
    return { type: "token", value, expiresAt: deps.clock.now() + expire * 1000 };
  }
  return { type: "no-token", failure: refusedToken(failure(answer)) };
}

/** What would be the message's fault elsewhere is here the credentials'. */
function refusedToken(failed: Failed): Failed {
  const kind = failed.class === "transient" || failed.class === "rate" ? failed.class : "config";
  return { ...failed, class: kind, reason: `no access token: ${failed.reason}` };
}
