export type Gate = {
  /** Resolves once somebody waits at the closed gate. */
  readonly reached: Promise<void>;
  /** Let everybody through who waits, and everybody who comes. */
  open(): void;
  /** To be awaited by whoever must not pass yet. */
  pass(): Promise<void>;
};

/** A gate that is closed until it is opened. */
export function createGate(): Gate {
  const { promise: reached, resolve: arrive } = waiting();
  const { promise: opened, resolve: open } = waiting();
  return {
    reached,
    open,
    pass() {
      arrive();
      return opened;
    },
  };
}

function waiting(): { readonly promise: Promise<void>; resolve(): void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
