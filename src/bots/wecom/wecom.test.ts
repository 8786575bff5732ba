import { channelContract } from "../../../test/contracts/channel-contract.ts";
import { pushes } from "../../../test/contracts/wecom-pushes.ts";
import { sending } from "../../../test/contracts/wecom-sending.ts";

channelContract("wecom", () => ({ pushes: [pushes], sending }));
