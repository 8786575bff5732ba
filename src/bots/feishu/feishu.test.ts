import { channelContract } from "../../../test/contracts/channel-contract.ts";
import { feishuPushes } from "../../../test/contracts/feishu-pushes.ts";
import { feishuSending } from "../../../test/contracts/feishu-sending.ts";

channelContract("feishu", () => ({ pushes: feishuPushes, sending: feishuSending }));
