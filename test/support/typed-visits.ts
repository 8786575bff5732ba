import { ASKED, COMMANDS } from "../../src/core/intent/commands.ts";
import type { Desk } from "./desk.ts";
import { about, agent, aHeard, intent, NOON, STORE, STRANGER } from "./given.ts";
import { DAY, MINUTE } from "./policy.ts";
import { said, typing } from "./typed.ts";

const ADMIN = agent("an");

/** A ticket of the vendor's team, or with `store: false` of the other one, that the admin works on. */
function atWork(desk: Desk, { store = true } = {}): { stream: string; number: number } {
  desk.say(
    about([intent(store ? "equipment_repair" : "stock_order")], store ? { stores: [STORE] } : {}),
  );
  desk.say(aHeard(store ? {} : { attachments: ["image"] }));
  const ticket = desk.ticket();
  if (ticket === null) throw new Error("No ticket was opened.");
  const stream = `ticket:${ticket.id}`;
  desk.press(stream, "claim", { by: ADMIN });
  return { stream, number: ticket.number };
}

const SAYINGS = [
  {},
  { text: "w" },
  { text: "w", targets: ["li", "wang"] },
  { text: "w", targets: ["chen"], fields: ["priority"], priority: "urgent" },
] as const;

const EVERYTHING = {
  text: "w",
  targets: ["chen"],
  fields: ["priority"],
  priority: "urgent",
  waiting: "external",
} as const;

/** Everything that is said about commands, lists, and what the bot asks in chat. */
export const TYPED_VISITS: readonly ((desk: Desk) => void)[] = [
  ...COMMANDS.map(({ name }) => (desk: Desk) => {
    desk.say(typing(name));
    desk.say(typing(name, {}, { by: ADMIN }));
    const { number } = atWork(desk);
    for (const by of [ADMIN, agent("li"), STRANGER])
      for (const words of SAYINGS) desk.say(typing(name, { number, said: words }, { by }));
  }),
  ...Object.keys(ASKED).map((verb) => (desk: Desk) => {
    const { stream } = atWork(desk);
    desk.press(stream, `ask_${verb}`, { by: ADMIN });
    desk.press(stream, `ask_${verb}`, { by: ADMIN });
    desk.press(stream, `ask_${verb}`, { by: STRANGER });
    desk.say(aHeard({ by: ADMIN, text: null, said: said() }));
    desk.say(aHeard({ by: ADMIN, said: said({ text: "w" }) }));
    desk.say(aHeard({ by: ADMIN, said: said(EVERYTHING) }));
    desk.press(stream, `ask_${verb}`, { by: ADMIN });
    desk.say(typing("cancel", {}, { by: ADMIN }));
    desk.press(stream, `ask_${verb}`, { by: ADMIN });
    desk.wait(16 * MINUTE);
    desk.tick(desk.stream());
  }),
  (desk) => {
    for (const [wait, store] of [
      [0, true],
      [2 * 60 * MINUTE, true],
      [2 * DAY, false],
    ] as const) {
      desk.wait(wait);
      atWork(desk, { store });
    }
    for (let more = 0; more < 8; more += 1) {
      const { stream } = atWork(desk);
      desk.press(stream, "cancel", { by: ADMIN });
    }
    for (const name of ["tickets", "mine", "overdue"]) desk.say(typing(name, {}, { by: ADMIN }));
    desk.say(typing("mine"));
    for (const verb of ["list_queue_1", "list_queue_0", `open_${desk.ticket()?.number}`])
      desk.press(desk.stream(), verb);
  },
  (desk) => {
    for (const name of ["tickets", "mine"]) desk.say(typing(name));
    for (const meant of ["urge", "help", "tickets"])
      desk.say(typing(null, { meant, said: { text: "w" } }));
    const { number } = atWork(desk);
    for (const name of ["watch", "unwatch"]) desk.say(typing(name, { number }, { by: ADMIN }));
    desk.say(typing(null, { said: { text: "w" } }));
  },
  ...[true, false].map((store) => (desk: Desk) => {
    atWork(desk, { store });
    const card = { ticket: desk.ticket()?.id ?? "", audience: "team" } as const;
    for (const by of [ADMIN, agent("li"), STRANGER]) desk.say(aHeard({ by, card }));
    for (const name of ["comment", "note"])
      desk.say(typing(name, { said: { text: "w" } }, { by: ADMIN, card }));
    desk.say(aHeard({ by: ADMIN, card: { ...card, ticket: `none-${NOON}` } }));
  }),
];
