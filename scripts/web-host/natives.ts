import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Replaces the two native modules that VS Code's extension host asks for at its start by plain JavaScript, so that no
 * compiler is needed: the log writer and the watchdog that ends an orphaned host.
 */
export function replaceNatives(server: string): void {
  const modules = join(server, "node_modules/@vscode");
  writeFileSync(join(modules, "spdlog/index.js"), SPDLOG);
  writeFileSync(join(modules, "native-watchdog/index.js"), WATCHDOG);
}

const SPDLOG = `
const fs = require("fs"), path = require("path");
const NAMES = ["trace", "debug", "info", "warning", "error", "critical", "off"];
class Logger {
  constructor(type, name, file) {
    Object.assign(this, { file, level: 2, raw: false, dropped: false });
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.closeSync(fs.openSync(file, "a"));
  }
  write(level, text) {
    if (level < this.level || this.dropped) return;
    const stamp = new Date().toISOString().replace("T", " ").replace("Z", "");
    try { fs.appendFileSync(this.file, this.raw ? text : stamp + " [" + NAMES[level] + "] " + text + "\\n"); } catch { /* the folder is gone: the window is closing */ }
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.raw = true; }
  setPattern() {}
  flush() {}
  drop() { this.dropped = true; }
}
NAMES.slice(0, 6).forEach((name, level) => { Logger.prototype[name === "warning" ? "warn" : name] = function (text) { this.write(level, text); }; });
exports.version = 0;
exports.setLevel = exports.setFlushOn = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger("rotating", name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger("rotating_async", name, file);
`;

const WATCHDOG = `
exports.start = (pid) => { setInterval(() => { try { process.kill(pid, 0); } catch { process.exit(87); } }, 3000).unref(); };
`;
