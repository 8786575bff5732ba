/**
 * Names for the fields of one card, unique in it as Feishu demands (200530 otherwise).
 *
 * A name that is free stays as it is; one that is taken, empty or could be mistaken for a made-up one gets `~` and a
 * number, which `originalName` takes off again.
 */
export function uniqueNames(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    let name = wanted;
    for (
      let n = 1;
      name === "" || taken.has(name) || (name === wanted && MADE_UP.test(name));
      n++
    ) {
      name = `${wanted}~${n}`;
    }
    taken.add(name);
    return name;
  };
}

const MADE_UP = /~\d+$/;

export function originalName(name: string): string {
  return name.replace(MADE_UP, "");
}
