import { describe, expect, it } from "vitest";
import { AMR, HTML, MP4, PDF, PNG } from "../../test/support/sample-files.ts";
import { utf8 } from "../wire/bytes.ts";
import { fileName, fileTypeOf } from "./file-type.ts";

const bytes = (text: string) => utf8(text);
const zip = (...names: string[]) => new Uint8Array([80, 75, 3, 4, ...utf8(names.join("\0"))]);
const compound = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);

describe("the type of a file", () => {
  it.each<[string, Uint8Array, string, string]>([
    ["a picture", PNG, "a.png", "image/png"],
    ["a JPEG", new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), "", "image/jpeg"],
    ["a GIF", bytes("GIF89a"), "", "image/gif"],
    ["a WebP", bytes("RIFF0000WEBPVP8 "), "", "image/webp"],
    ["a PDF", PDF, "a.doc", "application/pdf"],
    ["a recording", AMR, "", "audio/amr"],
    ["an Opus recording", bytes("OggS\0\x02"), "", "audio/ogg"],
    ["a film", MP4, "", "video/mp4"],
    [
      "a spreadsheet",
      zip("[Content_Types].xml", "xl/workbook.xml"),
      "a.zip",
      expect.stringContaining("spreadsheetml") as string,
    ],
    ["an old document", compound, "旧.doc", "application/msword"],
    ["an archive", zip("a.txt"), "", "application/zip"],
    ["words", bytes("第一行\n第二行"), "a.txt", "text/plain"],
  ])("of %s follows from its bytes", (_what, file, name, mime) => {
    expect(fileTypeOf(file, name)?.mime).toEqual(mime);
  });

  it.each<[string, Uint8Array, string]>([
    ["a page called a picture", HTML, "photo.png"],
    ["a page after a mark and white space", bytes("\ufeff \n<html>"), "a.txt"],
    ["a page with words before it", bytes("hello <script src=x></script>"), "a.txt"],
    ["a drawing with scripts", bytes('<svg xmlns="x" onload="y"/>'), "a.svg"],
    ["XML", bytes("<?xml version='1.0'?><svg/>"), "a.jpg"],
    ["a script", bytes("#!/bin/sh\nrm -rf /"), "a.txt"],
    ["a program for Windows", bytes("MZ\0\x02\0"), "a.pdf"],
    ["a program for Linux", bytes("\x7fELF\x02\x01\0"), ""],
    ["a program for a phone", zip("AndroidManifest.xml", "classes.dex"), "a.zip"],
    ["a Java program", zip("META-INF/MANIFEST.MF", "A.class"), "a.zip"],
    ["an installer", compound, "setup.msi"],
    ["an installer called nothing", compound, ""],
    ["nothing", new Uint8Array(), "a.txt"],
    ["noise", new Uint8Array([1, 2, 3, 0, 5]), "a.txt"],
  ])("of %s is none", (_what, file, name) => {
    expect(fileTypeOf(file, name)).toBeNull();
  });
});

describe("the name of a file", () => {
  const png = fileTypeOf(PNG, "");
  const text = fileTypeOf(bytes("words"), "");
  if (png === null || text === null) throw new Error("The samples have no type.");

  it.each<[string | null, string]>([
    ["照片.png", "照片.png"],
    ["照片.PNG", "照片.png"],
    [null, "image.png"],
    ["", "image.png"],
    ["../../etc/passwd", "passwd.png"],
    ["C:\\Users\\x\\a.png", "a.png"],
    ["run.bat", "run.bat.png"],
    ["a\u202egpj.exe", "agpj.exe.png"],
    ['a\r\nb".png', "ab.png"],
    [".png", "png.png"],
    [`${"长".repeat(300)}.png`, `${"长".repeat(80)}.png`],
  ])("%j is kept as %j, with an ending that tells the truth", (given, kept) => {
    expect(fileName(given, png, "image")).toBe(kept);
  });

  it("keeps an ending of words that does no harm, and puts a harmless one behind others", () => {
    expect(fileName("a.csv", text, "file")).toBe("a.csv");
    expect(fileName("a.js", text, "file")).toBe("a.js.txt");
  });
});
