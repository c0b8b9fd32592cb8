import { isFlag } from "./flags.ts";

/** A command's words; `undefined` for one that is known only when it runs. */
type Words = readonly (string | undefined)[];

/** What a command would destroy, as a sentence for the person; `undefined` when it is not known to destroy anything. */
export function lossOf(words: Words): string | undefined {
  const [program = "", ...rest] = words;
  if (/^mkfs(\.|$)/.test(program)) return "It makes a new file system: all that is on the device is lost.";
  const find = Object.hasOwn(LOSSES, program) ? LOSSES[program] : undefined;
  return typeof find === "function" ? find(rest) : find;
}

const REMOVES = "What it removes is not in the trash";
const PUBLISHES = "What is published cannot be taken back.";

function named(words: Words): string {
  const some = words.filter((it) => it === undefined || !it.startsWith("-"));
  return some.length === 0 ? "" : `: ${some.map((it) => it ?? "…").join(" ")}`;
}

function has(words: Words, ...flags: readonly string[]): boolean {
  return words.some((word) => flags.some((flag) => isFlag(word, flag)));
}

/** The sub-command: the first words that are no flags. */
function verbs(words: Words): readonly string[] {
  return words.flatMap((it) => (it?.startsWith("-") ? [] : (it ?? "…")));
}

function onVerb(table: Readonly<Record<string, string>>, depth = 1): (words: Words) => string | undefined {
  return (words) => {
    const said = verbs(words);
    for (let length = depth; length >= 1; length--) {
      const name = said.slice(0, length).join(" ");
      if (Object.hasOwn(table, name)) return table[name];
    }
    return undefined;
  };
}

const PACKAGES = onVerb(
  {
    publish: PUBLISHES,
    unpublish: PUBLISHES,
    deprecate: PUBLISHES,
    "dist-tag": PUBLISHES,
    "npm publish": PUBLISHES,
  },
  2,
);
const CLOUD = (words: Words) => {
  const verb = verbs(words).find((it) =>
    /^(rm|rb|rb|delete|destroy|terminate|purge|remove)(-|$)|-(delete|destroy|terminate)$/.test(it),
  );
  return verb === undefined ? undefined : `"${verb}" removes what others may rely on.`;
};
const SQL = (words: Words) =>
  words.some(
    (it) =>
      it !== undefined &&
      /\b(drop|truncate)\s+\w|\bdelete\s+from\b|\bdropDatabase\b|\bflush(all|db)\b/i.test(it),
  )
    ? "It removes data from a database."
    : undefined;
const DEEP = (words: Words) =>
  has(words, "-R", "--recursive")
    ? `It changes every file below${named(words.slice(1))}; how they were is not kept.`
    : undefined;
const DOWN = "It stops this machine.";
const PARTITIONS = "It changes the partitions of a disk.";

type Find = string | ((rest: Words) => string | undefined);

const LOSSES: Readonly<Record<string, Find>> = {
  rm: (rest) => `${REMOVES}${named(rest)}.`,
  rmdir: (rest) => `${REMOVES}${named(rest)}.`,
  unlink: (rest) => `${REMOVES}${named(rest)}.`,
  shred: (rest) => `It overwrites files for good${named(rest)}.`,
  truncate: (rest) => `It cuts files off${named(rest)}.`,
  wipe: "It overwrites files for good.",
  srm: "It overwrites files for good.",
  dd: "It writes raw bytes over a file or a device.",
  wipefs: "It makes a device unreadable.",
  fdisk: PARTITIONS,
  sfdisk: PARTITIONS,
  parted: PARTITIONS,
  chmod: DEEP,
  chown: DEEP,
  chgrp: DEEP,
  find: (rest) => (rest.includes("-delete") ? `${REMOVES}: what find finds.` : undefined),
  rsync: (rest) =>
    rest.some((it) => /^--(del|rem)/.test(it ?? "")) ? `${REMOVES}: what rsync replaces.` : undefined,
  tar: (rest) => (has(rest, "--remove-files") ? `${REMOVES}: what tar has packed.` : undefined),
  git: gitLoss,
  npm: PACKAGES,
  pnpm: PACKAGES,
  yarn: PACKAGES,
  bun: PACKAGES,
  lerna: PACKAGES,
  cargo: onVerb({ publish: PUBLISHES, yank: PUBLISHES, clean: "It removes what was built." }),
  gem: onVerb({ push: PUBLISHES, yank: PUBLISHES }),
  twine: onVerb({ upload: PUBLISHES }),
  poetry: onVerb({ publish: PUBLISHES }),
  uv: onVerb({ publish: PUBLISHES }),
  hatch: onVerb({ publish: PUBLISHES }),
  flit: onVerb({ publish: PUBLISHES }),
  mvn: onVerb({ deploy: PUBLISHES, "release:perform": PUBLISHES }),
  dotnet: onVerb({ "nuget push": PUBLISHES, "nuget delete": PUBLISHES }, 2),
  helm: onVerb({
    push: PUBLISHES,
    uninstall: "It removes a release from the cluster.",
    delete: "It removes a release from the cluster.",
  }),
  vsce: onVerb({ publish: PUBLISHES, unpublish: PUBLISHES }),
  ovsx: onVerb({ publish: PUBLISHES }),
  docker: dockerLoss,
  podman: dockerLoss,
  "docker-compose": (rest) => dockerLoss(["compose", ...rest]),
  kubectl: onVerb({
    delete: "It removes objects from the cluster.",
    drain: "It moves all work off a node.",
    replace: "It replaces objects in the cluster.",
  }),
  terraform: terraformLoss,
  tofu: terraformLoss,
  pulumi: onVerb({ destroy: "It removes what was deployed.", "stack rm": "It removes a stack." }, 2),
  aws: CLOUD,
  gcloud: CLOUD,
  az: CLOUD,
  heroku: (rest) =>
    rest.some((it) => /destroy|reset/.test(it ?? "")) ? "It removes what was deployed." : undefined,
  gh: (rest) =>
    /^(delete|create)$/.test(verbs(rest)[1] ?? "") && /^(repo|release)$/.test(verbs(rest)[0] ?? "")
      ? PUBLISHES
      : CLOUD(rest),
  dropdb: "It removes a database.",
  psql: SQL,
  mysql: SQL,
  mariadb: SQL,
  sqlite3: SQL,
  mongo: SQL,
  mongosh: SQL,
  "redis-cli": SQL,
  clickhouse: SQL,
  rails: (rest) =>
    rest.some((it) => /^db:(drop|reset|purge)/.test(it ?? "")) ? "It removes a database." : undefined,
  prisma: onVerb({ "migrate reset": "It removes a database.", "db push": "It changes a database." }, 2),
  crontab: (rest) => (has(rest, "-r") ? "It removes all timed commands." : undefined),
  shutdown: DOWN,
  reboot: DOWN,
  halt: DOWN,
  poweroff: DOWN,
  userdel: "It removes an account.",
};

function dockerLoss(rest: Words): string | undefined {
  const [first = "", second = ""] = verbs(rest);
  if (first === "compose" && second === "down" && has(rest, "-v", "--volumes"))
    return "It removes the volumes with their data.";
  if (/^(rm|rmi|prune)$/.test(first) || /^(prune|rm|remove)$/.test(second))
    return "It removes containers, images or volumes.";
  return /^push$/.test(first) ? PUBLISHES : undefined;
}

function terraformLoss(rest: Words): string | undefined {
  const [verb = ""] = verbs(rest);
  if (verb === "destroy" || rest.some((it) => /^--?destroy/.test(it ?? "")))
    return "It removes what was deployed.";
  return verb === "apply" && rest.some((it) => /^--?auto-approve/.test(it ?? ""))
    ? "It changes what is deployed without a question."
    : undefined;
}

/** Flags of git itself that take a value in the next word. */
const GIT_VALUES = /^(-C|-c|--git-dir|--work-tree|--namespace|--exec-path|--super-prefix|--config-env)$/;

function gitLoss(words: Words): string | undefined {
  let at = 0;
  while (words[at]?.startsWith("-")) at += GIT_VALUES.test(words[at] ?? "") ? 2 : 1;
  const verb = words[at] ?? "";
  const find = Object.hasOwn(GIT_LOSSES, verb) ? GIT_LOSSES[verb] : undefined;
  return typeof find === "function" ? find(words.slice(at + 1)) : find;
}

const CHANGES = "Changes that are not committed are lost";
const REWRITES = "It rewrites history: what others have of it no longer fits.";
const FORGETS = "Commits that nothing else names are lost.";

const GIT_LOSSES: Readonly<Record<string, Find>> = {
  reset: (rest) => (has(rest, "--hard", "--merge", "--keep") ? `${CHANGES}.` : undefined),
  clean: (rest) =>
    has(rest, "-n", "--dry-run") && !has(rest, "-f", "--force")
      ? undefined
      : `${REMOVES}: files git does not know.`,
  checkout: checkoutLoss,
  restore: (rest) =>
    has(rest, "-S", "--staged") && !has(rest, "-W", "--worktree") ? undefined : `${CHANGES}${named(rest)}.`,
  switch: (rest) =>
    has(rest, "-f", "--force", "--discard-changes", "-C", "--force-create") ? `${CHANGES}.` : undefined,
  push: (rest) =>
    has(
      rest,
      "-f",
      "--force",
      "--force-with-lease",
      "--force-if-includes",
      "--delete",
      "-d",
      "--mirror",
      "--prune",
    ) || rest.some((it) => it === undefined || /^[+:]/.test(it))
      ? "It overwrites or removes what is on the server."
      : undefined,
  branch: (rest) => (has(rest, "-D", "-d", "--delete", "-M", "-f", "--force", "-C") ? FORGETS : undefined),
  tag: (rest) => (has(rest, "-d", "--delete", "-f", "--force") ? FORGETS : undefined),
  stash: (rest) => (/^(drop|clear|pop)$/.test(rest[0] ?? "") ? "What was put aside is lost." : undefined),
  reflog: (rest) => (/^(expire|delete|drop)$/.test(rest[0] ?? "") ? FORGETS : undefined),
  gc: (rest) => (has(rest, "--prune") ? FORGETS : undefined),
  prune: FORGETS,
  rm: (rest) => (has(rest, "--cached") ? undefined : `It removes files${named(rest)}.`),
  "update-ref": FORGETS,
  "filter-branch": REWRITES,
  "filter-repo": REWRITES,
  rebase: (rest) => (has(rest, "--abort", "--continue", "--skip", "--quit") ? undefined : REWRITES),
  commit: (rest) => (has(rest, "--amend") ? REWRITES : undefined),
  worktree: (rest) => (/^(remove|prune)$/.test(rest[0] ?? "") ? "A working folder is removed." : undefined),
  submodule: (rest) => (rest.includes("deinit") ? "A submodule's folder is emptied." : undefined),
  remote: (rest) => (/^(remove|rm|prune)$/.test(rest[0] ?? "") ? FORGETS : undefined),
  "checkout-index": `${CHANGES}.`,
  "read-tree": (rest) => (has(rest, "-u", "--reset") ? `${CHANGES}.` : undefined),
};

/** Switching branches keeps changes; naming paths, or forcing, does not. */
function checkoutLoss(rest: Words): string | undefined {
  const isCreating = has(rest, "-b", "--orphan", "--track", "-t");
  const operands = rest.filter((it) => it === undefined || !it.startsWith("-"));
  const isPaths =
    rest.includes("--") || operands.some((it) => it === undefined || it === "." || /^\.{0,2}\//.test(it));
  if (has(rest, "-f", "--force", "-B", "--ours", "--theirs", "--patch", "-p", "-m", "--merge") || isPaths)
    return `${CHANGES}${named(operands)}.`;
  return !isCreating && operands.length > 1 ? `${CHANGES}${named(operands.slice(1))}.` : undefined;
}
