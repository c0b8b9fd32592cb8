import assert from "node:assert/strict";
import { posix, win32 } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { absolute, extensionOf, isWithin, parentOf, relativeTo, shownPath } from "../../src/text/paths.ts";

describe("paths as text", () => {
  for (const [path, folder, expected] of [
    ["a/b", "/w", "/w/a/b"],
    ["../x", "/w/p", "/w/x"],
    ["/a/./b//c/", "/w", "/a/b/c"],
    ["../../..", "/w", "/"],
    ["src\\a.ts", "C:\\w", "C:\\w\\src\\a.ts"],
    ["D:/x/../y", "C:\\w", "D:\\y"],
    ["..\\..\\..", "C:\\w", "C:\\"],
    ["..", "\\\\server\\share\\a", "\\\\server\\share"],
  ] as const) {
    it(`reads ${path} from ${folder} as ${expected}`, () => assert.equal(absolute(path, folder), expected));
  }

  for (const [path, folder, expected] of [
    ["/w/a", "/w", true],
    ["/w", "/w", true],
    ["/w-evil/a", "/w", false],
    ["/w/../x", "/w", false],
    ["/x", "/", true],
    ["c:\\w\\a", "C:\\w", true],
    ["C:/w/a", "c:\\w", true],
    ["C:\\w\\..\\x", "C:\\w", false],
    ["D:\\w\\a", "C:\\w", false],
    ["\\\\server\\share\\a", "\\\\server\\share", true],
    ["/w\\..\\x", "/w", false],
    ["/w/a\\..\\..\\x", "/w", true],
  ] as const) {
    it(`${path} is ${expected ? "" : "not "}within ${folder}`, () =>
      assert.equal(isWithin(path, folder), expected));
  }

  for (const [path, folder, expected] of [
    ["/w/a/b", "/w", "a/b"],
    ["/w", "/w", ""],
    ["/x", "/w", undefined],
    ["c:\\w\\a\\b", "C:/w", "a/b"],
    ["/w/a\\b", "/w", "a\\b"],
  ] as const) {
    it(`${path} from ${folder} is ${expected}`, () => assert.equal(relativeTo(path, folder), expected));
  }

  it("shows what lies below relative and all else absolute", () => {
    assert.deepEqual(
      ["/w/a/b", "/w", "/x"].map((it) => shownPath(it, "/w")),
      ["a/b", ".", "/x"],
    );
  });

  it("knows endings and folders", () => {
    assert.deepEqual(
      [extensionOf("/a/b.Test.TS"), extensionOf("/a/.env"), extensionOf("/a.b/c")],
      [".ts", "", ""],
    );
    assert.equal(parentOf("/a"), "/");
  });

  it("reads paths as Node does", () => {
    const part = fc.constantFrom("a", "b", "..", ".", "", "c.ts");
    fc.assert(
      fc.property(fc.array(part), fc.boolean(), (parts, rooted) => {
        const path = (rooted ? "/" : "") + parts.join("/");
        assert.equal(absolute(path, "/w/x"), posix.resolve("/w/x", path));
        // A path that begins with one backslash is rooted on a drive nobody named.
        if (!rooted && parts[0] !== "")
          assert.equal(absolute(parts.join("\\"), "C:\\w"), win32.resolve("C:\\w", parts.join("\\")));
      }),
    );
  });
});
