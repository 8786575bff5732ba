import { randomNonce } from "../../wire/random.ts";
import type { ToolClock } from "../tool.ts";

const LIFE_MS = 3 * 24 * 60 * 60_000;
const KEPT = 100;

export type MediaFile = {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
};

/** Temporary media: the newest 100, each for three days. WeCom docs: 90253. */
export type Media = {
  /** Gives the media_id. */
  keep(file: MediaFile): string;
  find(mediaId: string): MediaFile | null;
};

export function createMedia(clock: ToolClock): Media {
  const files = new Map<string, MediaFile & { readonly expiresAt: number }>();
  return {
    keep(file) {
      const mediaId = randomNonce(64);
      files.set(mediaId, { ...file, expiresAt: clock.now() + LIFE_MS });
      for (const oldest of files.keys()) {
        if (files.size <= KEPT) break;
        files.delete(oldest);
      }
      return mediaId;
    },
    find(mediaId) {
      const file = files.get(mediaId);
      return file !== undefined && clock.now() < file.expiresAt ? file : null;
    },
  };
}
