/**
 * Node's own modules that take milliseconds to load, loaded when first used: a command that runs no program and keeps
 * no file starts faster without them.
 */
export const lazy = {
  get crypto(): typeof import("node:crypto") {
    return process.getBuiltinModule("node:crypto");
  },
  get zlib(): typeof import("node:zlib") {
    return process.getBuiltinModule("node:zlib");
  },
  get childProcess(): typeof import("node:child_process") {
    return process.getBuiltinModule("node:child_process");
  },
};
