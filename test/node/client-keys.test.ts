import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type ClientAccounts, clientsWith, uselessKeys } from "../../src/node/client-keys.ts";

const [ANN, BEN] = ["whk-ann-0123456789abcdef", "whk-ben-0123456789abcdef"];
const limits = { requestsPerDay: 1, concurrent: 1 };
const never = new AbortController().signal;
const now = () => 1_800_000_000_000;

describe("clients' keys that are read again", () => {
  it("keep what was used up of limits that are the same, and the places that are taken", async () => {
    const accounts: ClientAccounts = new Map();
    const first = clientsWith([{ key: ANN, name: "ann", limits }], {}, now, accounts);
    first(ANN)?.began();
    const leave = await first(ANN)?.enter?.("", never);
    const keys = [
      { key: BEN, name: "ben", limits },
      { key: ANN, name: "anna", limits: { ...limits } },
    ];
    const second = clientsWith(keys, {}, now, accounts);
    assert.equal(second(ANN)?.name, "anna");
    assert.ok((second(ANN)?.wait(() => 1) ?? 0) > 0);
    assert.equal(
      second(BEN)?.wait(() => 1),
      0,
    );
    const waits = second(ANN)?.enter?.("", never);
    assert.equal(await Promise.race([waits, Promise.resolve("waits")]), "waits");
    leave?.();
    (await waits)?.();
  });

  it("count anew under other limits, and are forgotten with their keys", () => {
    const accounts: ClientAccounts = new Map();
    clientsWith([{ key: ANN, name: "ann", limits }], {}, now, accounts)(ANN)?.began();
    const wider = clientsWith([{ key: ANN, name: "ann", limits: { requestsPerDay: 2 } }], {}, now, accounts);
    assert.equal(
      wider(ANN)?.wait(() => 1),
      0,
    );
    clientsWith([], {}, now, accounts);
    assert.equal(accounts.size, 0);
  });

  it("are told of when nobody can come with them", () => {
    const keys = [
      { key: ANN, name: "ann", limits: {} },
      { key: "env:NONE", name: "ben", limits: {} },
      { key: "short", name: "cid", limits: {} },
    ];
    assert.deepEqual(uselessKeys(keys, {}), [
      'server.keys: the variable NONE of "ben" is not set',
      'server.keys: the key of "cid" is shorter than 16 characters',
    ]);
  });
});
