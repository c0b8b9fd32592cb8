import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { noticesFor } from "../../scripts/notices.ts";

describe("third-party notices", () => {
  const text = noticesFor(["node_modules/diff", "node_modules/typescript-js"]);

  it("name each package that is in a bundle, with its terms", () => {
    assert.match(text, /^diff 9\.0\.0 \(BSD-3-Clause\)/m);
    assert.match(text, /Redistribution and use in source and binary forms/);
    assert.match(text, /^typescript 6\.0\.3 \(Apache-2\.0\)/m);
    assert.match(text, /Apache License/);
  });

  it("name the packages of the grammars and the parser", () => {
    for (const it of ["tree-sitter-wasms", "tree-sitter-bash", "web-tree-sitter"])
      assert.match(text, new RegExp(`^${it} \\d`, "m"));
  });

  it("fail for a package that is not there", () =>
    assert.throws(
      () => noticesFor(["node_modules/nobody"]),
      /node_modules\/nobody\/package\.json is missing/,
    ));
});
