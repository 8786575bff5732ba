/**
 * What tells a person apart from others who do the same, in one or two letters.
 *
 * A Chinese name ends in what somebody is (陈店员, 制冰机-马师傅), so of more than two characters the first counts.
 */
export function initialsOf(name: string): string {
  const own = [...(name.split(/[\s-]+/).findLast((part) => part !== "") ?? "?")];
  const isTitled = own.length > 2 && /\p{Script=Han}/u.test(own.join(""));
  return own.slice(0, isTitled ? 1 : 2).join("");
}
