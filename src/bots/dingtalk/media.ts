import type { Outbound, OutboundFile } from "../../core/message.ts";
import type {
  AttachmentRef,
  ChannelDeps,
  Delivery,
  Fetched,
  Uploaded,
} from "../../ports/channel.ts";
import { fetchFile, fileNameIn } from "../../wire/fetch-file.ts";
import { fileForm } from "../../wire/multipart.ts";
import { isPublicUrl } from "../../wire/public-url.ts";
import { amrMs } from "./amr.ts";
import type { DingtalkApi } from "./api.ts";
import { type DingtalkConfig, robotCode } from "./config.ts";
import { codeOf, type Failed, failed } from "./failure.ts";
import { textOf } from "./fields.ts";
import { type RobotMessage, sendRobotMessage, sendText } from "./send.ts";

const MB = 1024 * 1024;

/** How a file of each type is uploaded, of which size at most, and how a robot shows it. DingTalk docs: upload-media-files. */
type Way = {
  readonly type: "image" | "voice" | "file";
  readonly most: number;
  show(mediaId: string, file: OutboundFile): RobotMessage | null;
};

const IMAGE: Way = {
  type: "image",
  most: 20 * MB,
  show: (mediaId) => ({ msgKey: "sampleImageMsg", params: { photoURL: mediaId } }),
};
const VOICE: Way = {
  type: "voice",
  most: 2 * MB,
  show(mediaId, { bytes }) {
    const duration = amrMs(bytes);
    return duration === null
      ? null
      : { msgKey: "sampleAudio", params: { mediaId, duration: String(duration) } };
  },
};
const FILE: Way = {
  type: "file",
  most: 20 * MB,
  show: (mediaId, { name }) => ({
    msgKey: "sampleFile",
    params: { mediaId, fileName: name, fileType: name.slice(name.lastIndexOf(".") + 1) },
  }),
};

/** A video needs a picture of it and its length, which we do not have; so it goes out as a link, as all other types do. */
const WAYS: Readonly<Record<string, Way>> = {
  jpg: IMAGE,
  jpeg: IMAGE,
  png: IMAGE,
  gif: IMAGE,
  bmp: IMAGE,
  amr: VOICE,
  pdf: FILE,
  zip: FILE,
  rar: FILE,
  doc: FILE,
  docx: FILE,
  xlsx: FILE,
};

export function createMedia(config: DingtalkConfig, deps: ChannelDeps, api: DingtalkApi) {
  async function fetchAttachment({ key }: AttachmentRef, maxBytes: number): Promise<Fetched> {
    const url = await addressOf(key);
    if (typeof url !== "string") return url;
    const ours = [config.api_base, config.oapi_base];
    const allowed = (to: string): boolean => isPublicUrl(to, ours);
    const answer = await fetchFile(deps.fetch, { url, maxBytes, allowed });
    if (answer.type === "too-large") return answer;
    if (answer.type === "forbidden") return failed("content", "the file is at a private address");
    if (answer.type !== "file") return failed("transient", answer.reason);
    const { status, bytes, headers } = answer;
    if (status === 200) return { type: "fetched", bytes, name: fileNameIn(headers) };
    // The address ends soon, the code lives longer: a new try gets a new address.
    return failed("transient", `HTTP ${status}`);
  }

  /** Where a file lies now. DingTalk docs: download-the-file-content-of-the-robot-receiving-message. */
  async function addressOf(downloadCode: string): Promise<string | Failed> {
    const json = { downloadCode, robotCode: robotCode(config) };
    const found = await api.call("POST", "/v1.0/robot/messageFiles/download", json);
    if (found.type === "unanswered") return failed("transient", found.reason);
    if (found.type === "answer") {
      return textOf(found.body.downloadUrl) ?? failed("transient", "an answer without downloadUrl");
    }
    // By its words this code speaks of the robot; it means that the download code is over.
    return codeOf(found.body).endsWith(".downloadCode")
      ? failed("content", "the download code is unknown or over")
      : found.failure;
  }

  /** Upload a file and show it; what DingTalk does not take goes out as its link. */
  async function sendFile(
    message: Omit<Outbound<string>, "content">,
    file: OutboundFile,
  ): Promise<Delivery> {
    const way = WAYS[file.name.slice(file.name.lastIndexOf(".") + 1)];
    const taken = way !== undefined && file.bytes.length <= way.most && way.show("", file) !== null;
    if (!taken) return sendText(config, api, message, file.instead);
    const mediaId = await upload(way.type, file);
    if (typeof mediaId !== "string") return mediaId;
    const shown = way.show(mediaId, file);
    return shown === null
      ? sendText(config, api, message, file.instead)
      : sendRobotMessage(config, api, message, shown);
  }

  async function uploadPicture(file: OutboundFile): Promise<Uploaded> {
    const key = await upload("image", file);
    return typeof key === "string" ? { type: "uploaded", key } : key;
  }

  async function upload(type: Way["type"], file: OutboundFile): Promise<string | Failed> {
    const answer = await api.upload("/media/upload", fileForm("media", file, { type }));
    // Nobody has seen anything yet, so it can be done again.
    if (answer.type === "unanswered") return failed("transient", answer.reason);
    if (answer.type === "refused") return answer.failure;
    return textOf(answer.body.media_id) ?? failed("transient", "an answer without media_id");
  }

  return { fetchAttachment, sendFile, uploadPicture };
}
