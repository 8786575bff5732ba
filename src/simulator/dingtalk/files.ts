import { randomNonce } from "../../wire/random.ts";

const KEPT = 100;

export type StoredFile = {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
};

/** The newest 100 files that were uploaded or sent in a chat. */
export type Files = {
  /** Gives the media_id or downloadCode, which starts with `prefix`. */
  keep(file: StoredFile, prefix: string): string;
  find(id: string): StoredFile | null;
};

export function createFiles(): Files {
  const files = new Map<string, StoredFile>();
  return {
    keep(file, prefix) {
      const id = prefix + randomNonce(24);
      files.set(id, file);
      for (const oldest of files.keys()) {
        if (files.size <= KEPT) break;
        files.delete(oldest);
      }
      return id;
    },
    find: (id) => files.get(id) ?? null,
  };
}
