import { readFileSync } from "node:fs";

const TICK_MS = 10; // USER_HZ, 100 on every Linux that Node runs on

/** Processor time that a process has used so far, ms; NaN where the system does not say. */
export function cpuMs(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}
