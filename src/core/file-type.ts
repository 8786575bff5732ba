import { isMarkup, isText } from "./file-text.ts";

/** The groups of files that a configuration can let in. */
export const FILE_GROUPS = ["image", "pdf", "office", "audio", "video", "archive", "text"] as const;
export type FileGroup = (typeof FILE_GROUPS)[number];

export type FileType = {
  readonly group: FileGroup;
  readonly mime: string;
  /** Endings that fit it, the usual one first. */
  readonly endings: readonly string[];
};

const OOXML = "application/vnd.openxmlformats-officedocument";
const TYPES = {
  jpeg: { group: "image", mime: "image/jpeg", endings: ["jpg", "jpeg"] },
  png: { group: "image", mime: "image/png", endings: ["png"] },
  gif: { group: "image", mime: "image/gif", endings: ["gif"] },
  webp: { group: "image", mime: "image/webp", endings: ["webp"] },
  bmp: { group: "image", mime: "image/bmp", endings: ["bmp"] },
  heic: { group: "image", mime: "image/heic", endings: ["heic", "heif"] },
  pdf: { group: "pdf", mime: "application/pdf", endings: ["pdf"] },
  docx: { group: "office", mime: `${OOXML}.wordprocessingml.document`, endings: ["docx"] },
  xlsx: { group: "office", mime: `${OOXML}.spreadsheetml.sheet`, endings: ["xlsx"] },
  pptx: { group: "office", mime: `${OOXML}.presentationml.presentation`, endings: ["pptx"] },
  doc: { group: "office", mime: "application/msword", endings: ["doc"] },
  xls: { group: "office", mime: "application/vnd.ms-excel", endings: ["xls"] },
  ppt: { group: "office", mime: "application/vnd.ms-powerpoint", endings: ["ppt"] },
  amr: { group: "audio", mime: "audio/amr", endings: ["amr"] },
  ogg: { group: "audio", mime: "audio/ogg", endings: ["ogg", "opus"] },
  mp3: { group: "audio", mime: "audio/mpeg", endings: ["mp3"] },
  wav: { group: "audio", mime: "audio/wav", endings: ["wav"] },
  m4a: { group: "audio", mime: "audio/mp4", endings: ["m4a"] },
  mp4: { group: "video", mime: "video/mp4", endings: ["mp4", "m4v"] },
  mov: { group: "video", mime: "video/quicktime", endings: ["mov"] },
  webm: { group: "video", mime: "video/webm", endings: ["webm", "mkv"] },
  avi: { group: "video", mime: "video/x-msvideo", endings: ["avi"] },
  zip: { group: "archive", mime: "application/zip", endings: ["zip"] },
  rar: { group: "archive", mime: "application/vnd.rar", endings: ["rar"] },
  "7z": { group: "archive", mime: "application/x-7z-compressed", endings: ["7z"] },
  text: { group: "text", mime: "text/plain", endings: ["txt", "csv", "log", "md"] },
} as const satisfies Readonly<Record<string, FileType>>;

/** How files begin, in hexadecimal; a dot stands for any digit. */
const BEGINNINGS: readonly (readonly [RegExp, keyof typeof TYPES])[] = [
  [/^ffd8ff/, "jpeg"],
  [/^89504e470d0a1a0a/, "png"],
  [/^47494638(37|39)61/, "gif"],
  [/^52494646.{8}57454250/, "webp"],
  [/^52494646.{8}57415645/, "wav"],
  [/^52494646.{8}41564920/, "avi"],
  [/^424d.{8}00000000/, "bmp"],
  [/^255044462d/, "pdf"],
  [/^2321414d52(0a|2d5742)/, "amr"],
  [/^4f676753/, "ogg"],
  [/^494433|^fff[ab23]/, "mp3"],
  [/^.{8}66747970(68656963|68656978|6d696631|68657663)/, "heic"],
  [/^.{8}667479704d344120/, "m4a"],
  [/^.{8}6674797071742020/, "mov"],
  [/^.{8}66747970/, "mp4"],
  [/^1a45dfa3/, "webm"],
  [/^526172211a07/, "rar"],
  [/^377abcaf271c/, "7z"],
];

/** Compound files of old Office; installers have the same form, so the name must say which it is. */
const COMPOUND = /^d0cf11e0a1b11ae1/;
const ZIP = /^504b(0304|0506)/;
const LOOKED_AT = 65_536;

/**
 * What a file is by its bytes, and by its name only where the bytes of several types are alike.
 *
 * Null for what is none of the groups: web pages, SVG, programs, packages of programs, and whatever is not known.
 */
export function fileTypeOf(bytes: Uint8Array, name: string): FileType | null {
  const head = hexOf(bytes.subarray(0, 16));
  const known = BEGINNINGS.find(([beginning]) => beginning.test(head))?.[1];
  if (known !== undefined) return TYPES[known];
  if (ZIP.test(head)) return zipped(bytes);
  if (COMPOUND.test(head)) return oldOffice(name);
  return isText(bytes) && !isMarkup(bytes) ? TYPES.text : null;
}

function zipped(bytes: Uint8Array): FileType | null {
  const names = latin1(bytes.subarray(0, LOOKED_AT)) + latin1(bytes.subarray(-LOOKED_AT));
  if (/META-INF\/MANIFEST\.MF|AndroidManifest\.xml|Payload\/[^/]+\.app/.test(names)) return null;
  if (!names.includes("[Content_Types].xml")) return TYPES.zip;
  if (names.includes("word/")) return TYPES.docx;
  if (names.includes("xl/")) return TYPES.xlsx;
  return names.includes("ppt/") ? TYPES.pptx : TYPES.zip;
}

function oldOffice(name: string): FileType | null {
  const ending = endingOf(name);
  return ending === "doc" || ending === "xls" || ending === "ppt" ? TYPES[ending] : null;
}

/** A file name that is safe on every system and whose ending tells the truth; `fallback` where there is none. */
export function fileName(name: string | null, { endings }: FileType, fallback: string): string {
  const last = (name ?? "").split(/[\\/]/).at(-1) ?? "";
  const clean = [...last.replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, "").replace(/^[.\s]+|[.\s]+$/g, "")];
  const ending = endingOf(clean.join(""));
  if (clean.length === 0) return `${fallback}.${endings[0]}`;
  if (endings.includes(ending)) {
    const stem = clean.slice(0, -ending.length - 1).slice(0, 80);
    return `${stem.join("") || fallback}.${ending}`;
  }
  return `${clean.slice(0, 80).join("")}.${endings[0]}`;
}

function endingOf(name: string): string {
  return /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
