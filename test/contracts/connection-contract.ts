import { describe } from "vitest";
import { connectionOpeningContract } from "./connection-opening-contract.ts";
import { connectionPushesContract } from "./connection-pushes-contract.ts";
import type { ConnectionSubject } from "./connection-subject.ts";

/**
 * What every long connection promises at the Connector port, over a real socket on the loopback address.
 *
 * A tool's test describes its vendor's end once; the suite then refuses, holds back, repeats, garbles and cuts.
 */
export function connectionContract(name: string, subject: ConnectionSubject): void {
  describe(`the connection contract of ${name}`, () => {
    describe("opening and ending", () => connectionOpeningContract(subject));
    describe("pushes", () => connectionPushesContract(subject));
  });
}
