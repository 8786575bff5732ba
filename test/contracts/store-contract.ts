import { afterEach, beforeEach, describe } from "vitest";
import type { Batch, Row } from "../../src/ports/batch.ts";
import type { Store } from "../../src/ports/store.ts";
import { attachmentContract } from "./store-attachments-contract.ts";
import { commitContract } from "./store-commits-contract.ts";
import { inboxContract } from "./store-inbox-contract.ts";
import { listContract } from "./store-lists-contract.ts";
import { mailboxContract } from "./store-mailboxes-contract.ts";
import { outboxContract } from "./store-outbox-contract.ts";
import type { StoreBench } from "./store-samples.ts";
import { stateContract } from "./store-states-contract.ts";
import { surfaceContract } from "./store-surfaces-contract.ts";
import { upkeepContract } from "./store-upkeep-contract.ts";

const PARTS = [
  commitContract,
  inboxContract,
  mailboxContract,
  stateContract,
  listContract,
  outboxContract,
  surfaceContract,
  attachmentContract,
  upkeepContract,
];

/** What every engine must do, in the same words for each. `make` gives an empty store. */
export function storeContract(name: string, make: () => Promise<Store>): void {
  describe(`the store on ${name}`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await make();
    });
    afterEach(async () => {
      await store.close();
    });
    const commit = (batch: Partial<Batch>) =>
      store.commit({ cause: null, streams: [], rows: [], guards: [], ...batch });
    const bench = (): StoreBench => ({
      store,
      commit,
      rows: (...list: Row[]) => commit({ rows: list }),
    });
    for (const part of PARTS) part(bench);
  });
}
