/** Tell `startServer` where this program answers. */
export function announce(port: number): void {
  console.log(JSON.stringify({ port }));
}

/** Run `stop` when asked to end, then end. */
export function onStop(stop: () => Promise<void> | void): void {
  process.once("SIGTERM", () => {
    Promise.resolve(stop()).then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
