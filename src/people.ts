import type { Hub, RunningHub } from "./app/hub.ts";
import {
  foundIds,
  foundText,
  lookUpPeople,
  type Person,
  type Resting,
} from "./app/look-up-people.ts";
import { createPump } from "./app/pump.ts";
import { reasonOf } from "./app/step-error.ts";
import type { Loaded } from "./config/load.ts";
import { activate, withFound } from "./configure.ts";
import type { Config } from "./core/config/schema.ts";
import type { Store } from "./ports/store.ts";

/** How often it is looked whether somebody is to be asked for, or an id no longer counts. */
const LOOK_MS = 60_000;

/** The agents whom a tool's directory may know by their phone or e-mail. */
function peopleOf({ agents }: Pick<Config, "agents">): readonly Person[] {
  return Object.entries(agents).flatMap(([agent, body]) => {
    const { name: _name, role: _role, phone = null, email = null, ...identities } = body;
    return phone === null && email === null ? [] : [{ agent, phone, email, identities }];
  });
}

/** The configuration with the ids that are known by now for its agents. Asks nobody. */
export async function withKnownPeople(store: Store, loaded: Loaded): Promise<Loaded> {
  return withFound(loaded, foundText(await foundIds(store, peopleOf(loaded.config))));
}

/**
 * Look up whoever is due, and make what was found the active configuration. Resolves with it; with what was given when
 * nothing has changed.
 */
export async function lookOnce(hub: Hub, asked: Loaded, resting: Resting): Promise<Loaded> {
  const people = peopleOf(asked.config);
  await lookUpPeople(hub, people, resting);
  const found = foundText(await foundIds(hub.store, people));
  if (found === (asked.found ?? null)) return asked;
  const next = await withFound(asked, found);
  await activate(hub.store, next, hub.clock.now());
  hub.log.info("What tools' directories say of agents has changed.", { hash: next.hash });
  return next;
}

/** Looks agents up in the background, at once after every change of the configuration and then each of them daily. */
export type PeopleKeeper = {
  /** Another configuration is in force. */
  use(loaded: Loaded): void;
  stop(): Promise<void>;
};

/**
 * Begin to look agents up. What is found becomes a part of the configuration, and `changed` is told once that is in the
 * store. Never holds anything up, and never fails.
 */
export function keepPeople(
  { hub }: RunningHub,
  first: Loaded,
  changed: (loaded: Loaded) => void,
): PeopleKeeper {
  let loaded = first;
  let resting: Resting = new Map();

  async function look(): Promise<number> {
    const asked = loaded;
    const next = await lookOnce(hub, asked, resting);
    if (next === asked) return 0;
    // Another configuration came while the directories were asked; it is the active one.
    if (asked !== loaded) {
      await activate(hub.store, loaded, hub.clock.now());
      return 1;
    }
    loaded = next;
    changed(next);
    return 0;
  }

  const pump = createPump({
    clock: hub.clock,
    idleMs: LOOK_MS,
    task: look,
    failed: (error) =>
      hub.log.error("Looking agents up failed and will be tried again.", {
        error: reasonOf(error),
      }),
  });
  pump.start();
  return {
    use(next) {
      loaded = next;
      resting = new Map();
      pump.wake();
    },
    stop: pump.stop,
  };
}
