/** Where the bytes of attachments are kept, under names of ours: letters, digits, `/`. */
export interface Blobs {
  /** Write it whole or not at all; durable when it resolves. The same name again replaces it. Rejects when it cannot. */
  put(name: string, bytes: Uint8Array, mime: string): Promise<void>;
  /** Null when there is none of this name. Rejects when the store does not answer. */
  get(name: string): Promise<Uint8Array | null>;
  /** Take it away; nothing happens where there is none. */
  remove(name: string): Promise<void>;
}
