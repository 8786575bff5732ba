/**
 * Carries wake-ups and nothing else: "mailbox X has mail". Losing them all loses nothing, because a sweep of the
 * store finds what is due.
 */
export interface Queue {
  wake(mailbox: string): void;
  /** Something waits to be sent or refreshed. */
  wakeDelivery(): void;
}
