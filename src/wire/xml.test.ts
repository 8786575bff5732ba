import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildXml, parseXml, type XmlNode, xmlNodes, xmlText } from "./xml.ts";

function refusal(code: string) {
  return expect.objectContaining({ name: "WireError", code });
}

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "]]>",
    "]]]]>>",
    "<![CDATA[x]]>",
    "&amp;",
    "\r\n\r",
    " ",
    "<a>",
    "冰柜不制冷",
    "007",
  ),
);
const tag = fc
  .stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/)
  .filter((name) => name !== "prototype" && !(name in {}));
const { node } = fc.letrec<{ node: XmlNode }>((tie) => ({
  node: fc.dictionary(
    tag,
    fc.array(fc.oneof({ depthSize: "small", maxDepth: 3 }, text, tie("node")), {
      minLength: 1,
      maxLength: 3,
    }),
    { minKeys: 1, maxKeys: 3 },
  ),
}));

describe("parseXml", () => {
  it("gives back what buildXml wrote, to the last character", () => {
    fc.assert(
      fc.property(node, (content) => {
        expect(parseXml(buildXml({ xml: content }))).toEqual({ xml: [content] });
      }),
    );
  });

  it("keeps every value a text, with its leading zeros and all digits", () => {
    const parsed = parseXml("<xml><Id>4561255354251345929</Id><Pin>007</Pin><On>true</On></xml>");
    expect(parsed).toEqual({ xml: [{ Id: ["4561255354251345929"], Pin: ["007"], On: ["true"] }] });
  });

  it("reads text, CDATA and both mixed, and only outside CDATA XML's own entities", () => {
    expect(parseXml("<a> x &lt;&amp;&#x4e2d;&#20013; <![CDATA[&lt;]]></a>")).toEqual({
      a: [" x <&中中 &lt;"],
    });
  });

  it("reads declarations, comments, attributes and empty elements without keeping them", () => {
    const xml = '\ufeff<?xml version="1.0"?><!-- <b> --><a at="1>2">\n<b/><b></b>\n<c>1</c></a>';
    expect(parseXml(xml)).toEqual({ a: [{ b: ["", ""], c: ["1"] }] });
  });

  it("refuses an entity bomb", () => {
    const bomb = [
      '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">',
      ..."bcdefgh"
        .split("")
        .map((name, at) => `<!ENTITY ${name} "${`&${"abcdefg"[at]};`.repeat(10)}">`),
      "]><xml>&h;</xml>",
    ].join("\n");
    expect(() => parseXml(bomb)).toThrow(refusal("doctype"));
  });

  it.each([
    ["a document type", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "doctype"],
    ["a document type in small letters", "<!doctype a><a/>", "doctype"],
    ["an entity declared inside an element", '<a><!ENTITY x "y"></a>', "doctype"],
    ["an unknown entity", "<a>&lol;</a>", "entity"],
    ["the character number 0", "<a>&#0;</a>", "entity"],
    ["half a surrogate pair", "<a>&#xD800;</a>", "entity"],
    ["a character number beyond Unicode", "<a>&#x110000;</a>", "entity"],
    ["17 levels", `${"<a>".repeat(17)}${"</a>".repeat(17)}`, "too-deep"],
    ["an empty element as the 17th level", `${"<a>".repeat(16)}<a/>`, "too-deep"],
    ["100,000 levels", "<a>".repeat(100_000), "too-deep"],
    ["a bare ampersand", "<a>a & b</a>", "malformed"],
    ["nothing", "", "malformed"],
    ["text", "text", "malformed"],
    ["JSON", "{}", "malformed"],
    ["an element that never ends", "<a>", "malformed"],
    ["an element that another tag ends", "<a></b>", "malformed"],
    ["two roots", "<a/><b/>", "malformed"],
    ["two roots of one name", "<a/><a/>", "malformed"],
    ["text after the root", "<a/>text", "malformed"],
    ["CDATA that never ends", "<a><![CDATA[x</a>", "malformed"],
    ["a comment that never ends", "<a><!-- x</a>", "malformed"],
  ])("refuses %s", (_, xml, code) => {
    expect(() => parseXml(xml)).toThrow(refusal(code));
  });

  it("takes 16 levels", () => {
    const xml = `${"<a>".repeat(15)}<a/>${"</a>".repeat(15)}`;
    expect(parseXml(xml)).toHaveProperty(Array.from({ length: 15 }, () => ["a", "0"]).flat());
  });

  it("takes a document type that a user typed", () => {
    const Content = "<!DOCTYPE html><!ENTITY x>";
    expect(parseXml(buildXml({ xml: { Content } }))).toEqual({ xml: [{ Content: [Content] }] });
  });

  it("leaves out tags that could reach a prototype", () => {
    const parsed = parseXml(
      "<xml><__proto__><x>1</x></__proto__><constructor>1</constructor><prototype/><toString>1</toString></xml>",
    );
    const [xml] = xmlNodes(parsed, "xml");
    expect(Object.keys(xml ?? {})).toEqual(["toString"]);
    expect("x" in {}).toBe(false);
  });

  it("says nothing of the text in an error", () => {
    expect(() => parseXml("<a>13800138000<b")).toThrow(/^(?!.*13800138000)/);
  });

  it("never throws anything but a WireError", () => {
    const markup = fc.constantFrom(
      "<a>",
      "</a>",
      "<a/>",
      "<![CDATA[",
      "]]>",
      "<!--",
      "-->",
      "<?",
      "?>",
      "&",
      ";",
      '"',
      "<",
      ">",
      "x",
    );
    fc.assert(
      fc.property(fc.array(markup), (parts) => {
        try {
          parseXml(parts.join(""));
        } catch (error) {
          expect(error).toHaveProperty("name", "WireError");
        }
      }),
    );
  });
});

describe("reading a node", () => {
  const root = parseXml("<xml><A>1</A><A>2</A><B><C>3</C></B></xml>");

  it("gives the first text of a tag, and null for none", () => {
    const [xml] = xmlNodes(root, "xml");
    if (xml === undefined) throw new Error("the root is gone");
    expect(xmlText(xml, "A")).toBe("1");
    expect(xmlText(xml, "B")).toBeNull();
    expect(xmlText(xml, "toString")).toBeNull();
    expect(xmlNodes(xml, "B")).toEqual([{ C: ["3"] }]);
    expect(xmlNodes(xml, "A")).toEqual([]);
    expect(xmlNodes(xml, "none")).toEqual([]);
  });

  it("does not take what every object has for a tag", () => {
    expect(xmlText({}, "toString")).toBeNull();
    expect(xmlNodes({}, "constructor")).toEqual([]);
  });
});

describe("buildXml", () => {
  it("writes text as CDATA, numbers bare and lists as repeated tags", () => {
    expect(buildXml({ xml: { MsgType: "text", CreateTime: 17, Item: ["a", { Id: 1 }] } })).toBe(
      "<xml><MsgType><![CDATA[text]]></MsgType><CreateTime>17</CreateTime>" +
        "<Item><![CDATA[a]]></Item><Item><Id>1</Id></Item></xml>",
    );
  });

  it("lets no text end its CDATA", () => {
    const Content = "]]></Content><MsgType>evil</MsgType>";
    const [xml] = xmlNodes(parseXml(buildXml({ xml: { Content } })), "xml");
    expect(xml).toEqual({ Content: [Content] });
  });

  it("replaces characters that XML cannot hold", () => {
    expect(parseXml(buildXml({ a: "\0x\ud800\uffff\t" }))).toEqual({
      a: ["\ufffdx\ufffd\ufffd\t"],
    });
  });

  it("refuses a tag that is none", () => {
    expect(() => buildXml({ "a><b": "x" })).toThrow(refusal("malformed"));
  });
});
