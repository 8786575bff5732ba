const WIDTH = 100;

/** JSON with two spaces an indent and every list of plain values on one line where it fits: as the formatter wants it. */
export function printJson(value: unknown): string {
  return `${print(value, 0, 0)}\n`;
}

/** `before` is how many characters stand on the line already. */
function print(value: unknown, indent: number, before: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = " ".repeat(indent + 2);
  const close = `\n${" ".repeat(indent)}`;
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    const plain = value.every((item) => typeof item !== "object" || item === null);
    if (plain && before + line.length < WIDTH) return line;
    return `[\n${value.map((item) => inner + print(item, indent + 2, indent + 2)).join(",\n")}${close}]`;
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, item]) => {
    const name = `${JSON.stringify(key)}: `;
    return inner + name + print(item, indent + 2, indent + 2 + name.length);
  });
  return `{\n${lines.join(",\n")}${close}}`;
}
