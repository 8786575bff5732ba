import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { adaptDefault, EventDispatcher, LoggerLevel } from "@larksuiteoapi/node-sdk";
import { announce, onStop } from "../support/announce.ts";
import { app } from "./desk.ts";

/* What a bot written by hand on Feishu's own SDK starts from: its dispatcher, with a handler that keeps nothing. */

const dispatcher = new EventDispatcher({
  encryptKey: app.encryptKey,
  verificationToken: app.verificationToken,
  loggerLevel: LoggerLevel.error,
}).register({ "im.message.receive_v1": async () => ({}) });

const server = createServer(adaptDefault(app.path, dispatcher, { autoChallenge: true }));
onStop(() => server.closeAllConnections());
server.listen(0, "127.0.0.1", () => announce((server.address() as AddressInfo).port));
