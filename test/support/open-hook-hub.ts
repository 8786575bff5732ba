import { afterEach, expect } from "vitest";
import type { HookCase } from "./hook-case.ts";
import { leaks } from "./hook-cases.ts";
import { createHookHub, type HookHub, type HookHubOptions } from "./hook-hub.ts";

/** For the tests of one suite: opens a hub for a test, closes it after that, and demands that nothing has leaked. */
export function hookHubs(subject: HookCase): (options?: HookHubOptions) => HookHub {
  let opened: HookHub | null = null;

  afterEach(async () => {
    const hub = opened;
    opened = null;
    if (hub === null) return;
    await hub.close();
    expect(leaks(subject, hub)).toEqual([]);
  });

  return (options) => {
    opened = createHookHub(subject, options);
    return opened;
  };
}
