/** The hub answered, but not with what was asked for. */
export class HttpFailure extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
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
  if (!response.ok) throw new HttpFailure(response.status);
  return (await response.json()) as T;
}
