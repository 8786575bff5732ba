import type { World } from "../world.ts";

/** The three ids under which Feishu knows a person. Feishu docs: user-identity-introduction. */
export type Identity = {
  readonly open_id: string;
  readonly union_id: string;
  readonly user_id: string;
};

/** The world knows people by open_id; the other two follow from it. */
export function identify(openId: string): Identity {
  const stem = openId.replace(/^ou_/, "");
  return { open_id: openId, union_id: `on_${stem}`, user_id: stem };
}

/** The open_id of the person who has this id of this type; null when nobody has. */
export function findPerson(world: World, type: keyof Identity, id: string): string | null {
  const people = world.view("feishu").people;
  return people.find((person) => identify(person.id)[type] === id)?.id ?? null;
}

export function isIdType(type: string): type is keyof Identity {
  return type === "open_id" || type === "union_id" || type === "user_id";
}

/** A fresh id with Feishu's prefix: `om_` message, `omt_` thread, `c-` callback token. */
export function newId(prefix: string): string {
  return prefix + crypto.randomUUID().replaceAll("-", "");
}

/** Has this the form of a message's id, whichever run of the simulator gave it out? */
export function isMessageId(id: string): boolean {
  return /^om_[0-9a-f]{32}$/.test(id);
}
