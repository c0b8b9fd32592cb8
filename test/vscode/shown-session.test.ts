import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { shownSession } from "../../src/vscode/shown-session.ts";
import { workspaceFolder } from "./workspace.ts";

describe("the session that a window shows", () => {
  let home: string;
  before(async () => {
    home = await mkdtemp(join(workspaceFolder(), "home-"));
  });
  after(() => rm(home, { recursive: true }));

  it("is known to the next window of the workspace, and to no other workspace's", async () => {
    assert.equal(await shownSession(home, "file:///p").get(), undefined);
    await shownSession(home, "file:///p").put("one");
    await shownSession(home, "file:///q").put("two");
    assert.equal(await shownSession(home, "file:///p").get(), "one");
    await shownSession(home, "file:///p").put(undefined);
    assert.equal(await shownSession(home, "file:///p").get(), undefined);
    assert.equal(await shownSession(home, "file:///q").get(), "two");
  });

  it("is not remembered where there is no workspace", async () => {
    await shownSession(home, undefined).put("one");
    assert.equal(await shownSession(home, undefined).get(), undefined);
  });
});
