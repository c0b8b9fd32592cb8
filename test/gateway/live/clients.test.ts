import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { CLIENT_MODULES } from "../../../scripts/clients.ts";
import { askedClient, type ClientName, formsFor, hasClient } from "../../support/clients.ts";

/** Others than these come by hand, to `bench/clients.ts`. */
const NAMES: readonly ClientName[] = ["claude", "codex", "codex-scripts", "gemini"];

describe("agents of others, unmodified, through a live gateway", () => {
  for (const name of NAMES)
    if (!hasClient(name, CLIENT_MODULES)) it(`${name} (skipped: it is not installed)`);
    else
      for (const form of formsFor(name))
        it(`${name} reads a file by its own tool in front of ${form.type}`, async function () {
          this.timeout(180_000);
          const { hasTold, details } = await askedClient(name, form, CLIENT_MODULES);
          assert.ok(hasTold, details);
        });
});
