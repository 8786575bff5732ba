import { describe } from "vitest";
import { receiveContract } from "./channel-receive-contract.ts";
import { sendContract } from "./channel-send-contract.ts";
import type { ChannelSubject } from "./channel-subject.ts";

/**
 * What every bot and channel promises at the Channel port.
 *
 * A channel's test describes its account, its vendor's pushes and its vendor's answers once; the suite then forges,
 * replays, truncates and floods. `describeChannel` runs while tests are collected, so it must not await.
 */
export function channelContract(name: string, describeChannel: () => ChannelSubject): void {
  const subject = describeChannel();
  describe(`the channel contract of ${name}`, () => {
    for (const push of subject.pushes) {
      describe(`receiving: ${push.name}`, () => receiveContract(push));
    }
    describe("sending", () => sendContract(subject.sending));
  });
}
