/** The hub answered, but not with what was asked for. `detail` is its own explanation, if it gave one. */
export class HttpFailure extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.name = "HttpFailure";
    this.status = status;
  }
}

/** GET one JSON value of this hub. Throws `HttpFailure` on a refusal, `TypeError` when the hub is not there. */
export async function getJson<T>(path: string): Promise<T> {
  return read<T>(await fetch(path, { headers: { accept: "application/json" } }));
}

/** POST one JSON value to this hub and read its answer. Throws as `getJson` does. */
export async function postJson<T>(path: string, body: unknown, token?: string): Promise<T> {
  const headers: Record<string, string> = {
    accept: "application/json",
    "content-type": "application/json",
  };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  return read<T>(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

async function read<T>(response: Response): Promise<T> {
  if (!response.ok) throw new HttpFailure(response.status, await detailOf(response));
  return (await response.json()) as T;
}

// RFC 9457 where the hub speaks it; a proxy's page is not worth showing.
async function detailOf(response: Response): Promise<string> {
  const fallback = `HTTP ${response.status}`;
  if (!(response.headers.get("content-type") ?? "").includes("json")) return fallback;
  try {
    const problem = (await response.json()) as { detail?: unknown; title?: unknown };
    const words = problem.detail ?? problem.title;
    return typeof words === "string" && words !== "" ? words : fallback;
  } catch {
    return fallback;
  }
}
