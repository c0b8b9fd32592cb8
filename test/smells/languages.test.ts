import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { bash } from "./languages/bash.ts";
import { c } from "./languages/c.ts";
import { cSharp } from "./languages/c-sharp.ts";
import { cpp } from "./languages/cpp.ts";
import { go } from "./languages/go.ts";
import { java } from "./languages/java.ts";
import { kotlin } from "./languages/kotlin.ts";
import { lua } from "./languages/lua.ts";
import { php } from "./languages/php.ts";
import { ruby } from "./languages/ruby.ts";
import { rust } from "./languages/rust.ts";
import { scala } from "./languages/scala.ts";
import { swift } from "./languages/swift.ts";
import { look, shownIn } from "./look.ts";

const ALL = [bash, c, cSharp, cpp, go, java, kotlin, lua, php, ruby, rust, scala, swift];

const NONE = { cyclomaticComplexity: 0, cognitiveComplexity: 0 };
const TIGHT = {
  functionLines: 3,
  nestingDepth: 2,
  parameters: 2,
  classMethods: 2,
  enviedMembers: 2,
  cyclomaticComplexity: 3,
  cognitiveComplexity: 3,
};

for (const { language, path, counted, looked } of ALL)
  describe(`in ${language}`, () => {
    for (const [what, text, ...expected] of counted)
      it(`complexity counts ${what}`, async () => {
        const counts = (smell: string) => look(path, text, smell, { limits: NONE, ignored: [] });
        const found = [await counts("cyclomatic-complexity"), await counts("cognitive-complexity")];
        assert.deepEqual(
          found.map((all) => all.map((it) => it.value)),
          expected,
        );
      });

    for (const [smell, what, text, expected] of looked)
      it(`${smell} ${expected.length === 0 ? "is not" : "is"} ${what}`, async () => {
        const found = await look(path, text, smell, { limits: TIGHT, ignored: [] });
        assert.deepEqual(found.map(shownIn(text)), expected);
      });
  });
