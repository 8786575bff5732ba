/** Transports over which we connect to the vendor, and not the vendor to us. They need a process that stays: Node. */
const LONG = ["websocket", "stream"];

/** The long transport that an account's parsed configuration asks for, or null where the vendor pushes to us. */
export function longTransportOf(config: Readonly<Record<string, unknown>>): string | null {
  const { transport } = config;
  return typeof transport === "string" && LONG.includes(transport) ? transport : null;
}
