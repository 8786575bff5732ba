/** What a visitor of a web channel is sent: kept in order, so that a page that reconnects misses nothing. */
export interface VisitorFeed {
  /** Append one event (JSON) to the visitor's feed; durable when it resolves. */
  append(account: string, visitor: string, body: string): Promise<void>;
}
