/** Print a table for people: a head, then rows, numbers to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ");
  console.log(line(head));
  for (const row of rows) console.log(line(row));
}

/** Print what every benchmark ends with: its figures as one line of JSON. */
export function printFigures(bench: string, figures: Readonly<Record<string, number>>): void {
  console.log(JSON.stringify({ bench, figures }));
}
