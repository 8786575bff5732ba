/** Exit codes of every command. */
export const EXIT = {
  ok: 0,
  /** The command found a problem, or could not do its work; the message says which. */
  problem: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** The data folder cannot be used: a hub runs on it, a newer version wrote it, it holds the other kind of data or none. */
  data: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}
