import { expect, it } from "vitest";
import { isPublicUrl } from "./public-url.ts";

it.each([
  "https://down.dingtalk.com/a?b=c",
  "https://ww-aibot-img-1258476243.cos.ap-guangzhou.myqcloud.com/x",
  "https://8.8.8.8/x",
  "https://[2606:4700::1111]/x",
])("%s is public", (url) => {
  expect(isPublicUrl(url)).toBe(true);
});

it.each([
  "http://down.dingtalk.com/a",
  "https://user:pass@down.dingtalk.com/",
  "https://down.dingtalk.com:8443/",
  "https://127.0.0.1/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://10.1.2.3/",
  "https://172.31.0.1/",
  "https://192.168.0.1/",
  "https://169.254.169.254/latest/meta-data",
  "https://100.100.100.200/",
  "https://0.0.0.0/",
  "https://[::1]/",
  "https://[::ffff:10.0.0.1]/",
  "https://[fd00::1]/",
  "https://[fe80::1]/",
  "https://[64:ff9b::a00:1]/",
  "https://[2002:a00:1::]/",
  "https://localhost/",
  "https://hub.localhost./",
  "https://redis/",
  "https://db.internal/",
  "file:///etc/passwd",
  "ftp://down.dingtalk.com/a",
  "data:text/plain,x",
  "//down.dingtalk.com",
  "",
])("%s is not", (url) => {
  expect(isPublicUrl(url)).toBe(false);
});

it("trusts an origin that we are configured for, and that one only", () => {
  const trusted = ["http://127.0.0.1:8080/dingtalk"];
  expect(isPublicUrl("http://127.0.0.1:8080/x", trusted)).toBe(true);
  expect(isPublicUrl("http://127.0.0.1:8081/x", trusted)).toBe(false);
  expect(isPublicUrl("http://a@127.0.0.1:8080/x", trusted)).toBe(false);
  expect(isPublicUrl("https://127.0.0.1/x", ["no address"])).toBe(false);
});
