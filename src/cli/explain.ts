import { ConfigError } from "../configure.ts";
import type { Language } from "../core/text.ts";
import { StoreError } from "../store/open-sqlite.ts";
import { complain, EXIT, type ExitCode } from "./output.ts";
import { printProblems } from "./problems.ts";
import { phrase } from "./words.ts";

/** Say in words what ended a command, and which exit code that is. */
export function explain(error: unknown, language: Language): ExitCode {
  if (error instanceof ConfigError) {
    printProblems(error.problems, language);
    return EXIT.problem;
  }
  if (error instanceof StoreError) {
    const reason = error.cause instanceof Error ? error.cause.message : "";
    complain(phrase(language, error.code, { folder: error.folder, reason }));
    return EXIT.data;
  }
  complain(
    isPortTaken(error) ? phrase(language, "portTaken", { port: error.port }) : messageOf(error),
  );
  return EXIT.problem;
}

function isPortTaken(error: unknown): error is Error & { readonly port: number } {
  return (
    error instanceof Error && "port" in error && "code" in error && error.code === "EADDRINUSE"
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
