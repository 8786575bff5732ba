import { channelContract } from "../../../../test/contracts/channel-contract.ts";
import { pushes } from "../../../../test/contracts/wecom-aibot-pushes.ts";
import { responding, sending } from "../../../../test/contracts/wecom-aibot-sending.ts";

channelContract("a wecom AI bot over the long connection", () => ({ pushes: [], sending }));
channelContract("a wecom AI bot in webhook mode", () => ({
  pushes: [pushes],
  sending: responding,
}));
