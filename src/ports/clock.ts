/** The only source of time. `now` is ms UTC. */
export interface Clock {
  now(): number;
  /** Resolve after `ms`, or early when `signal` fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
