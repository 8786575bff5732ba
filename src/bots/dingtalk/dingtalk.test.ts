import { channelContract } from "../../../test/contracts/channel-contract.ts";
import { clicks } from "../../../test/contracts/dingtalk-clicks.ts";
import { event } from "../../../test/contracts/dingtalk-event.ts";
import { robot } from "../../../test/contracts/dingtalk-robot.ts";
import { sending } from "../../../test/contracts/dingtalk-sending.ts";

channelContract("dingtalk", () => ({ pushes: [robot, event, clicks], sending }));
