import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { seccompFilter } from "../../src/node/sandbox/seccomp.ts";

const AUDIT = { x64: 0xc000_003e, arm64: 0xc000_00b7 } as const;
type Processor = keyof typeof AUDIT;
const [ALLOW, KILL] = [0x7fff_0000, 0x8000_0000];

/** Runs the filter as the kernel would, on the few instructions it is made of. */
function ask(filter: Uint8Array, audit: number, call: number, given: readonly number[]): number {
  const view = new DataView(filter.buffer);
  const held = new Map([[0, call], [4, audit], ...given.map((it, at) => [16 + 8 * at, it] as const)]);
  let loaded = 0;
  for (let at = 0; at < filter.length / 8; at++) {
    const operand = view.getUint32(at * 8 + 4, true);
    const jump = (is: boolean) => (at += view.getUint8(at * 8 + (is ? 2 : 3)));
    switch (view.getUint16(at * 8, true)) {
      case 0x20:
        loaded = (held.get(operand) ?? 0) >>> 0;
        break;
      case 0x15:
        jump(loaded === operand);
        break;
      case 0x35:
        jump(loaded >= operand);
        break;
      case 0x45:
        jump((loaded & operand) !== 0);
        break;
      case 0x06:
        return operand;
      default:
        throw new Error(`an instruction that nobody knows at ${at}`);
    }
  }
  throw new Error("the filter ends without an answer");
}

function asked(processor: Processor, call: number, ...given: readonly number[]): number {
  const filter = seccompFilter(processor, false);
  assert.ok(filter);
  return ask(filter, AUDIT[processor], call, given);
}

describe("the filter of system calls", () => {
  for (const [what, processor, call, given, error] of [
    ["a socket of the file system", "x64", 41, [1], 13],
    ["a socket of the file system", "arm64", 198, [1], 13],
    ["an internet socket", "x64", 41, [2], undefined],
    ["a socket to the virtual machine's host", "x64", 41, [40], 13],
    ["a user namespace by clone", "x64", 56, [0x1000_0011], 1],
    ["a thread", "x64", 56, [0x003d_0f00], undefined],
    ["clone3", "x64", 435, [], 38],
    ["a user namespace by unshare", "arm64", 97, [0x1000_0000], 1],
    ["a mount", "x64", 165, [], 1],
    ["a move of a mount", "arm64", 429, [], 1],
    ["chmod with the set-user bit", "x64", 90, [0, 0o4755], 1],
    ["chmod without", "x64", 90, [0, 0o755], undefined],
    ["fchmodat with the set-group bit", "arm64", 53, [0, 0, 0o2755], 1],
    ["a new file with the set-user bit", "x64", 257, [0, 0, 0x41, 0o4755], 1],
    ["a nameless file with the set-user bit", "x64", 257, [0, 0, 0x41_0002, 0o4755], 1],
    ["a file that is only opened, whatever stands in the mode", "x64", 257, [0, 0, 2, 0o4755], undefined],
    ["the keyring", "x64", 250, [], 1],
    ["io_uring", "arm64", 425, [], 38],
    ["characters for a terminal", "x64", 16, [0, 0x5412], 1],
    ["another request to a terminal", "x64", 16, [0, 0x5401], undefined],
    ["a call of the x32 interface", "x64", 0x4000_0029, [1], 38],
  ] as const) {
    it(`${error === undefined ? "lets through" : "refuses"} ${what} (${processor})`, () =>
      assert.equal(asked(processor, call, ...given), error === undefined ? ALLOW : 0x5_0000 + error));
  }

  it("ends a program of another processor's interface", () => {
    const filter = seccompFilter("x64", false);
    assert.ok(filter);
    assert.equal(ask(filter, 0x4000_0003, 11, []), KILL);
  });

  it("lets sockets of the file system through for the way to allowed hosts, and nothing else", () => {
    const [strict, open] = [seccompFilter("x64", false), seccompFilter("x64", true)];
    assert.ok(strict && open);
    const word = fc.nat(0xffff);
    fc.assert(
      fc.property(fc.nat(460), fc.tuple(word, word, word, word), (call, given) => {
        const isSocket = call === 41 && given[0] === 1;
        const [one, other] = [strict, open].map((it) => ask(it, AUDIT.x64, call, given));
        assert.ok(isSocket ? other === ALLOW : one === other);
      }),
    );
  });

  it("answers every call, whatever its arguments", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("x64", "arm64" as const),
        fc.nat(),
        fc.array(fc.nat(), { maxLength: 6 }),
        (it, call, given) => {
          const answer = asked(it as Processor, call, ...given);
          assert.ok(answer === ALLOW || [1, 13, 38].includes(answer - 0x5_0000));
        },
      ),
    );
  });

  it("is not made for a processor whose calls are not known", () =>
    assert.equal(seccompFilter("riscv64", false), undefined));
});
