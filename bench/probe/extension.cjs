// Measures the extension host it runs in and writes what it found to WHEELHOUSE_BENCH_OUT. With WHEELHOUSE_BENCH_IDLE
// set, Wheelhouse is left alone: that run is the baseline.
const { renameSync, writeFileSync } = require("node:fs");
const vscode = require("vscode");

const SETTLE_MS = 12_000;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

exports.activate = async () => {
  await wait(4_000);
  const found = {};
  if (!process.env.WHEELHOUSE_BENCH_IDLE) {
    const extension = vscode.extensions.getExtension("wheelhouse.wheelhouse");
    found.activeBefore = extension.isActive;
    // Of this thread: what VS Code's other threads do meanwhile is not the extension's. Node has it since 23.9.
    const usage = process.threadCpuUsage ?? process.cpuUsage;
    const cpu = usage();
    const before = process.hrtime.bigint();
    await extension.activate();
    const used = usage(cpu);
    // Loading and calling, for the host offers no seam between them: an upper bound of activate() alone.
    found.activateCpuMs = (used.user + used.system) / 1000;
    found.activateWallMs = Number(process.hrtime.bigint() - before) / 1e6;
    await vscode.commands.executeCommand("wheelhouse.chat.focus");
  }
  await wait(SETTLE_MS);
  const samples = [];
  for (let at = 0; at < 10; at++) {
    samples.push(process.memoryUsage().rss / 1e6);
    await wait(200);
  }
  found.rss = samples.sort((a, b) => a - b)[5];
  // Whole or not at all: it is read as soon as it is there.
  writeFileSync(`${process.env.WHEELHOUSE_BENCH_OUT}.new`, JSON.stringify(found));
  renameSync(`${process.env.WHEELHOUSE_BENCH_OUT}.new`, process.env.WHEELHOUSE_BENCH_OUT);
};
