/** Something that should not happen happened in a step. Its message is ours and holds no words of people. */
export class StepError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StepError";
  }
}

/**
 * What may be written down of an error: its message where it is ours, else its name and code, because the messages of
 * engines and libraries may quote what they choked on.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof StepError) return error.message;
  if (!(error instanceof Error)) return "unknown error";
  return "code" in error ? `${error.name} ${String(error.code)}` : error.name;
}
