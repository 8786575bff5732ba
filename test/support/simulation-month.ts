import { pick, type Random } from "./moody-channel.ts";
import { createMoodyTool, TOOLS } from "./moody-channel-tools.ts";
import { type Course, ROOMY } from "./simulation.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS = 30;
const STEPS_A_DAY = 4;
/** The day's hours on which people are at work, UTC as the clock of the simulation. */
const MORNING = 8 * HOUR;

/**
 * A month with vendors that are often down: busy mornings, hours with little, nights without anybody, pushes that come
 * days late. One tool of each kind, by the seed.
 */
export const MONTH: Course = {
  steps: DAYS * STEPS_A_DAY,
  troubles: [0, 0, 0.1, 0.5, 1],
  late: 0.1,
  vendors: (random, clock) => ({
    "fake/a": createMoodyTool(random, clock, pick([TOOLS.feishu, TOOLS.dingtalk], random), {
      card: ROOMY,
    }),
    "fake/b": createMoodyTool(random, clock, pick([TOOLS.wecom, TOOLS.feishu], random), {
      card: ROOMY,
    }),
  }),
  lifetime: (random) => 1 + Math.floor(random() * 3_000),
  arrivals: (random) => (random() < 0.2 ? 6 : Math.floor(random() * 3)),
  hops: (random, now) => (random() < 1 / STEPS_A_DAY ? night(now) : hours(random)),
};

function hours(random: Random): readonly number[] {
  return [pick([2_000, 30_000, 5 * MINUTE, HOUR, 3 * HOUR], random)];
}

/** Until the next morning, with something done now and then. */
function night(now: number): readonly number[] {
  const left = DAY - ((now - MORNING) % DAY);
  return [MINUTE, Math.floor(left / 2), Math.ceil(left / 2)];
}
