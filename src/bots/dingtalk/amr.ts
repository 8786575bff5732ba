const HEAD = 6;
const FRAME_MS = 20;
/** Bytes of a frame by its mode, the first byte of it included. RFC 4867, 5.3. */
const SIZES = [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1];

/** How long a narrow-band AMR recording lasts, ms; null when it is none that can be read. */
export function amrMs(bytes: Uint8Array): number | null {
  const head = String.fromCharCode(...bytes.subarray(0, HEAD));
  if (head !== "#!AMR\n") return null;
  let frames = 0;
  for (let at = HEAD; at < bytes.length; frames += 1) {
    at += SIZES[((bytes[at] ?? 0) >> 3) & 15] ?? 1;
  }
  return frames === 0 ? null : frames * FRAME_MS;
}
