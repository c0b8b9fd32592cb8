import { endianness } from "node:os";

/**
 * A filter of system calls for `bwrap --seccomp`: classic BPF over `struct seccomp_data` (Linux kernel documentation,
 * "Seccomp BPF"). It refuses what mounts and namespaces alone let through.
 */

/** Numbers of a system call on x86-64 and on arm64, from the kernel's tables; `undefined` where there is none. */
type Numbers = readonly [x64: number | undefined, arm64: number | undefined];

/** Holds when the argument (its low 32 bits, all that these calls read) has one of the bits, or is the value. */
interface Condition {
  readonly argument: number;
  readonly has: "bits" | "value";
  readonly of: number;
}

interface Refusal {
  readonly call: Numbers;
  /** All must hold; none: always refused. */
  readonly when: readonly Condition[];
  readonly error: number;
}

const EPERM = 1;
const ENOSYS = 38;
const EACCES = 13;

const AF_UNIX = 1;
/** Families that reach beyond the network namespace, or a part of the kernel that nothing here needs. */
const FOREIGN_FAMILIES = [17, 38, 40];
const CLONE_NEWUSER = 0x1000_0000;
/** With and without a name: `O_CREAT` and the bit of `O_TMPFILE`. */
const O_CREAT = 0x40_0040;
/** Set-user and set-group bits (inode(7)). */
const SET_ID = 0o6000;
/** Put characters into somebody's terminal (ioctl_tty(2), ioctl_console(2)). */
const TERMINAL_INPUT = [0x5412, 0x541c];

function bits(argument: number, of: number): Condition {
  return { argument, has: "bits", of };
}
function value(argument: number, of: number): Condition {
  return { argument, has: "value", of };
}
function refuse(call: Numbers, error: number, ...when: readonly Condition[]): Refusal {
  return { call, when, error };
}

const ALWAYS: readonly Refusal[] = [
  ...FOREIGN_FAMILIES.map((it) => refuse([41, 198], EACCES, value(0, it))),
  // A new user namespace gives every capability in it. Programs fall back to clone when clone3 is unknown, whose flags
  // a filter cannot see.
  refuse([56, 220], EPERM, bits(0, CLONE_NEWUSER)),
  refuse([435, 435], ENOSYS),
  refuse([272, 97], EPERM, bits(0, CLONE_NEWUSER)),
  refuse([308, 268], EPERM),
  ...mounting(),
  // Neither may a file be left that runs with its owner's rights.
  refuse([90, undefined], EPERM, bits(1, SET_ID)),
  refuse([91, 52], EPERM, bits(1, SET_ID)),
  refuse([268, 53], EPERM, bits(2, SET_ID)),
  refuse([452, 452], EPERM, bits(2, SET_ID)),
  refuse([2, undefined], EPERM, bits(1, O_CREAT), bits(2, SET_ID)),
  refuse([85, undefined], EPERM, bits(1, SET_ID)),
  refuse([257, 56], EPERM, bits(3, SET_ID), bits(2, O_CREAT)),
  refuse([437, 437], ENOSYS),
  refuse([133, undefined], EPERM, bits(1, SET_ID)),
  refuse([259, 33], EPERM, bits(2, SET_ID)),
  // The kernel's keyring belongs to no namespace; io_uring opens and connects past this filter.
  ...keys(),
  refuse([425, 425], ENOSYS),
  refuse([321, 280], EPERM),
  refuse([298, 241], EPERM),
  refuse([323, 282], EPERM),
  ...TERMINAL_INPUT.map((it) => refuse([16, 29], EPERM, value(1, it))),
];

function mounting(): readonly Refusal[] {
  const calls: readonly Numbers[] = [
    [165, 40],
    [166, 39],
    [155, 41],
  ];
  const recent = [428, 429, 430, 431, 432, 433, 442].map((it): Numbers => [it, it]);
  return [...calls, ...recent].map((it) => refuse(it, EPERM));
}

function keys(): readonly Refusal[] {
  const calls: readonly Numbers[] = [
    [248, 217],
    [249, 218],
    [250, 219],
  ];
  return calls.map((it) => refuse(it, EPERM));
}

const ARCHITECTURES: Readonly<Record<string, { readonly audit: number; readonly column: 0 | 1 }>> = {
  x64: { audit: 0xc000_003e, column: 0 },
  arm64: { audit: 0xc000_00b7, column: 1 },
};

const RETURN_ALLOW = 0x7fff_0000;
const RETURN_ERROR = 0x0005_0000;
const RETURN_KILL = 0x8000_0000;
const [LOAD, EQUALS, AT_LEAST, HAS_BITS, RETURN] = [0x20, 0x15, 0x35, 0x45, 0x06];
const [CALL_AT, ARCHITECTURE_AT, ARGUMENTS_AT] = [0, 4, 16];

type Step = readonly [code: number, ifTrue: number, ifFalse: number, operand: number];

/**
 * The filter's bytes for a processor as Node names it; `undefined` for one whose system calls are not known here.
 * `unixSockets`: whether sockets of the file system may be opened.
 */
export function seccompFilter(processor: string, unixSockets: boolean): Uint8Array | undefined {
  const known = ARCHITECTURES[processor];
  if (!known || endianness() !== "LE") return undefined;
  const refusals = unixSockets ? ALWAYS : [refuse([41, 198], EACCES, value(0, AF_UNIX)), ...ALWAYS];
  const steps: readonly Step[] = [
    [LOAD, 0, 0, ARCHITECTURE_AT],
    [EQUALS, 1, 0, known.audit],
    [RETURN, 0, 0, RETURN_KILL],
    ...(processor === "x64" ? OLD_NUMBERS : []),
    ...refusals.flatMap((it) => stepsOf(it, it.call[known.column])),
    [RETURN, 0, 0, RETURN_ALLOW],
  ];
  return bytesOf(steps);
}

/** The x32 interface has numbers of its own for the same calls. */
const OLD_NUMBERS: readonly Step[] = [
  [LOAD, 0, 0, CALL_AT],
  [AT_LEAST, 0, 1, 0x4000_0000],
  [RETURN, 0, 0, RETURN_ERROR | ENOSYS],
];

function stepsOf({ when, error }: Refusal, call: number | undefined): readonly Step[] {
  if (call === undefined) return [];
  const behind = when.length * 2 + 1;
  return [
    [LOAD, 0, 0, CALL_AT],
    [EQUALS, 0, behind, call],
    ...when.flatMap(({ argument, has, of }, index): readonly Step[] => [
      [LOAD, 0, 0, ARGUMENTS_AT + 8 * argument],
      [has === "bits" ? HAS_BITS : EQUALS, 0, behind - 2 * (index + 1), of],
    ]),
    [RETURN, 0, 0, RETURN_ERROR | error],
  ];
}

/** `struct sock_filter`: 16 bits of code, 8 and 8 of jumps, 32 of operand. */
function bytesOf(steps: readonly Step[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(steps.length * 8));
  steps.forEach(([code, ifTrue, ifFalse, operand], index) => {
    view.setUint16(index * 8, code, true);
    view.setUint8(index * 8 + 2, ifTrue);
    view.setUint8(index * 8 + 3, ifFalse);
    view.setUint32(index * 8 + 4, operand >>> 0, true);
  });
  return new Uint8Array(view.buffer);
}
