import type { ProblemCode } from "./messages.ts";
import type { Params } from "./problem.ts";

/** Reads a file as UTF-8; rejects when there is none. A relative path is relative to wherever the caller stands. */
export type Read = (path: string) => Promise<string>;

export type Unread = { readonly code: ProblemCode; readonly params: Params };

/** Read a whole file of at most `limit` bytes, or say why not. */
export async function readText(path: string, limit: number, read: Read): Promise<string | Unread> {
  let text: string;
  try {
    text = await read(path);
  } catch (error) {
    return { code: "file-unreadable", params: { file: path, reason: reasonOf(error) } };
  }
  return flawOf(text, limit) ?? text;
}

/** Why a text is not read at all; null when it is. */
export function flawOf(text: string, limit: number): Unread | null {
  const size = new TextEncoder().encode(text).length;
  if (size > limit) return { code: "file-too-large", params: { size, limit } };
  return text.includes("\uFFFD") ? { code: "file-not-utf8", params: {} } : null;
}

/** The path of a file that is named in another one. */
export function beside(file: string, name: string): string {
  if (/^([A-Za-z]:)?[\\/]/.test(name)) return name;
  return file.slice(0, Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1) + name;
}

/** Only the system's code: its sentence repeats the path in ways of its own. */
function reasonOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "?";
}
