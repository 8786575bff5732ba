/** What came of one HTTP call to a vendor: an answer with its JSON, or why there is none. */
export type VendorAnswer =
  | {
      readonly type: "answer";
      readonly status: number;
      readonly headers: Headers;
      /** The parsed JSON object; an empty object when the body was not JSON (some vendors answer HTML when they block). */
      readonly body: Readonly<Record<string, unknown>>;
    }
  /** No connection was made, so nothing arrived there. */
  | { readonly type: "unreached"; readonly reason: string }
  /** The request left and no answer came: it may have had its effect. */
  | { readonly type: "unanswered"; readonly reason: string };

export type VendorCall = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** Sent as multipart, in the place of `json`. */
  readonly form?: FormData;
  /** Give it up when this fires. */
  readonly signal?: AbortSignal;
};

/** Codes of errors before any byte left. */
export const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * Make one call to a vendor's REST API, at most `timeoutMs` long, following no redirect: a token must not go elsewhere.
 * Never rejects. The reason holds no URL and no body.
 */
export async function callVendor(
  send: typeof fetch,
  call: VendorCall,
  timeoutMs = 10_000,
): Promise<VendorAnswer> {
  try {
    const response = await send(call.url, {
      method: call.method,
      headers: {
        ...(call.json === undefined ? {} : { "content-type": "application/json; charset=utf-8" }),
        ...call.headers,
      },
      ...bodyOf(call),
      redirect: "manual", // Workers refuse "error"
      signal: untilOver(timeoutMs, call.signal),
    });
    const text = await response.text();
    if (response.status >= 300 && response.status < 400)
      return { type: "unanswered", reason: "redirected" };
    return {
      type: "answer",
      status: response.status,
      headers: response.headers,
      body: asObject(text),
    };
  } catch (error) {
    const code = failureCode(error);
    return NEVER_CONNECTED.has(code)
      ? { type: "unreached", reason: code }
      : { type: "unanswered", reason: code };
  }
}

function untilOver(timeoutMs: number, signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
}

function bodyOf({ json, form }: VendorCall): { readonly body?: string | FormData } {
  if (form !== undefined) return { body: form };
  return json === undefined ? {} : { body: JSON.stringify(json) };
}

function asObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** The code of what went wrong with a request, or else the error's name. */
export function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return "error";
  const cause: unknown = error.cause;
  if (typeof cause === "object" && cause !== null && "code" in cause) return String(cause.code);
  return error.name;
}
