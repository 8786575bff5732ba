import { connectionContract } from "../../../test/contracts/connection-contract.ts";
import { stream } from "../../../test/contracts/dingtalk-stream.ts";

connectionContract("dingtalk", stream);
