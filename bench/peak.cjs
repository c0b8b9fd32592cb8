// Loaded into a measured process: writes its peak resident memory (KiB, getrusage(2)) to a file as it leaves.
process.on("exit", () =>
  require("node:fs").writeFileSync(process.env.WHEELHOUSE_BENCH_PEAK, String(process.resourceUsage().maxRSS)),
);
