import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { type EnvFiles, envFiles } from "../../src/node/env-files.ts";
import { temporaryFolder } from "../contract/temporary-folder.ts";

describe("the secrets in .env files", () => {
  let folder: string;
  let remove: () => Promise<void>;
  let read: EnvFiles;
  beforeEach(async () => {
    ({ folder, remove } = await temporaryFolder());
    read = envFiles(() => [folder]);
  });
  afterEach(() => remove());

  async function put(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }

  const values = async () => (await read()).map((it) => it.value).toSorted();

  it("are found in the workspace's folder and below it, but not in examples and packages", async () => {
    await put(".env", "A_TOKEN=first-s3cret\n");
    await put("apps/web/.env.local", "A_TOKEN=second-s3cret\n");
    await put("prod.env", "A_TOKEN=third-s3cret\n");
    await put(".env.example", "A_TOKEN=example-s3cret\n");
    await put("node_modules/x/.env", "A_TOKEN=package-s3cret\n");
    assert.deepEqual(await values(), ["first-s3cret", "second-s3cret", "third-s3cret"]);
  });

  it("are those of now: written, changed and removed", async () => {
    assert.deepEqual(await values(), []);
    await put(".env", "A_TOKEN=first-s3cret\n");
    assert.deepEqual(await values(), ["first-s3cret"]);
    await put(".env", "A_TOKEN=other-s3cret-value\n");
    assert.deepEqual(await values(), ["other-s3cret-value"]);
    await rm(join(folder, ".env"));
    assert.deepEqual(await values(), []);
  });

  it("are none where there is nothing to read", async () => {
    assert.deepEqual(await envFiles(() => [join(folder, "gone")])(), []);
    await mkdir(join(folder, ".env"));
    assert.deepEqual(await values(), []);
  });
});
