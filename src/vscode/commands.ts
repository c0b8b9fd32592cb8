import { REFACTOR_LANGUAGES } from "./refactor-languages.ts";

/** A command of the palette: what the manifest says of it. */
export interface CommandEntry {
  readonly title: string;
  /** A codicon, where it stands in a view's title. */
  readonly icon?: string;
  /** When the palette offers it; always, unless given. */
  readonly when?: string;
  readonly key?: string;
  readonly mac?: string;
  readonly keyWhen?: string;
  /** Menus it stands in besides the palette: the menu's id, and when and where in it. */
  readonly menus?: Readonly<Record<string, { readonly when?: string; readonly group?: string }>>;
}

const IN_CHAT = "view == wheelhouse.chat";
const IN_SESSIONS = "view == wheelhouse.sessions";
const IN_CHANGES = "view == wheelhouse.changes";
const IN_PROPOSAL = "resourceScheme == wheelhouse-proposal";
const REFACTORABLE = `resourceScheme == file && editorLangId =~ /^(${REFACTOR_LANGUAGES.join("|")})$/`;
/** Endings of the languages that are parsed. */
const PARSED =
  "resourceScheme == file && resourceExtname =~ /^\\.([cm]?[jt]s|[jt]sx|pyi?|go|java|rs|cs|c|h|cc|cpp|cxx|hh|hpp|hxx|php|rb|rake|gemspec|kts?|swift|scala|sc|lua|sh|bash|zsh|ksh|bats)$/i";
const IN_HEALTH = "view == wheelhouse.health";
const SELECTED = "editorHasSelection";

/** Every command by its id below `wheelhouse.`; the manifest is generated from this, and the extension registers just these. */
export const COMMANDS = {
  focus: { title: "Focus on Chat", key: "ctrl+alt+w", mac: "cmd+alt+w" },
  newSession: {
    title: "New Session",
    icon: "add",
    menus: { "view/title": { when: IN_SESSIONS, group: "navigation@1" } },
  },
  history: { title: "Show History", icon: "history" },
  stop: { title: "Stop", icon: "debug-stop", when: "wheelhouse.working" },
  explain: {
    title: "Explain Selection",
    when: SELECTED,
    menus: { "editor/context": { when: SELECTED, group: "1_wheelhouse@2" } },
  },
  fix: {
    title: "Fix Problems in File",
    when: "editorIsOpen",
    menus: { "editor/context": { when: "editorIsOpen && !editorReadonly", group: "1_wheelhouse@3" } },
  },
  refactor: {
    title: "Refactor…",
    when: REFACTORABLE,
    menus: { "editor/context": { when: `${REFACTORABLE} && !editorReadonly`, group: "1_wheelhouse@4" } },
  },
  addToChat: {
    title: "Add Selection to Chat",
    when: "editorIsOpen",
    key: "ctrl+alt+a",
    mac: "cmd+alt+a",
    keyWhen: "editorTextFocus",
    menus: { "editor/context": { when: "editorIsOpen", group: "1_wheelhouse@1" } },
  },
  "review.open": {
    title: "Review Changes",
    icon: "diff-multiple",
    when: "wheelhouse.hasChanges",
    menus: { "view/title": { when: IN_CHANGES, group: "navigation@1" } },
  },
  "review.keepAll": {
    title: "Keep All Changes",
    icon: "check-all",
    when: "wheelhouse.hasChanges",
    menus: { "view/title": { when: IN_CHANGES, group: "navigation@2" } },
  },
  "review.undoAll": {
    title: "Undo All Changes",
    icon: "discard",
    when: "wheelhouse.hasChanges",
    menus: { "view/title": { when: IN_CHANGES, group: "navigation@3" } },
  },
  "review.keep": {
    title: "Keep This File's Changes",
    icon: "check",
    when: "false",
    menus: { "view/item/context": { when: IN_CHANGES, group: "inline@1" } },
  },
  "review.undo": {
    title: "Undo This File's Changes",
    icon: "discard",
    when: "false",
    menus: { "view/item/context": { when: IN_CHANGES, group: "inline@2" } },
  },
  "review.keepPlace": { title: "Keep This Change", icon: "check", when: "wheelhouse.hasChanges" },
  "review.undoPlace": { title: "Undo This Change", icon: "discard", when: "wheelhouse.hasChanges" },
  "review.nextPlace": {
    title: "Go to Next Change",
    when: "wheelhouse.hasChanges",
  },
  "review.previousPlace": {
    title: "Go to Previous Change",
    when: "wheelhouse.hasChanges",
  },
  "proposal.accept": {
    title: "Accept Proposed Change",
    icon: "check",
    when: IN_PROPOSAL,
    menus: { "editor/title": { when: IN_PROPOSAL, group: "navigation@1" } },
  },
  "proposal.deny": {
    title: "Deny Proposed Change",
    icon: "close",
    when: IN_PROPOSAL,
    menus: { "editor/title": { when: IN_PROPOSAL, group: "navigation@2" } },
  },
  "proposal.leaveOut": { title: "Leave This Place out of the Proposal", when: "false" },
  "smells.showInFile": {
    title: "Show Code Smells in This File",
    when: PARSED,
    menus: { "editor/context": { when: PARSED, group: "1_wheelhouse@5" } },
  },
  "smells.analyse": {
    title: "Analyse Code Health",
    icon: "pulse",
    when: "workspaceFolderCount != 0",
    menus: { "view/title": { when: IN_HEALTH, group: "navigation@1" } },
  },
  "smells.export": {
    title: "Export Code Health Report",
    icon: "export",
    menus: { "view/title": { when: IN_HEALTH, group: "navigation@2" } },
  },
  "smells.groupBySmell": {
    title: "Group Code Health by Smell",
    when: "wheelhouse.healthBy",
    menus: { "view/title": { when: IN_HEALTH, group: "1_group@1" } },
  },
  "smells.groupByFile": {
    title: "Group Code Health by File",
    when: "wheelhouse.healthBy",
    menus: { "view/title": { when: IN_HEALTH, group: "1_group@2" } },
  },
  "smells.sortBySeverity": {
    title: "Sort Code Health by Severity",
    when: "wheelhouse.healthBy",
    menus: { "view/title": { when: IN_HEALTH, group: "2_sort@1" } },
  },
  "smells.sortByPath": {
    title: "Sort Code Health by Path",
    when: "wheelhouse.healthBy",
    menus: { "view/title": { when: IN_HEALTH, group: "2_sort@2" } },
  },
  "smells.ask": {
    title: "Ask Wheelhouse to Fix",
    icon: "sparkle",
    when: "false",
    menus: {
      "view/item/context": { when: `${IN_HEALTH} && viewItem == finding`, group: "inline@1" },
    },
  },
  openSession: { title: "Open Session", when: "false" },
  renameSession: {
    title: "Rename Session",
    when: "false",
    menus: { "view/item/context": { when: IN_SESSIONS, group: "1_session@1" } },
  },
  deleteSession: {
    title: "Delete Session",
    icon: "trash",
    when: "false",
    menus: { "view/item/context": { when: IN_SESSIONS, group: "inline@1" } },
  },
  exportSession: { title: "Export Session" },
  cleanCheckpoints: { title: "Clean Up Checkpoints" },
  chooseModel: { title: "Choose Model" },
  models: {
    title: "Models and Keys",
    icon: "server-environment",
    menus: { "view/title": { when: IN_CHAT, group: "navigation@2" } },
  },
  startServer: { title: "Start Model Gateway" },
  stopServer: { title: "Stop Model Gateway" },
  setApiKey: { title: "Set API Key" },
  removeApiKey: { title: "Remove API Key" },
  openSettings: {
    title: "Open Settings",
    icon: "gear",
    menus: { "view/title": { when: IN_CHAT, group: "navigation@3" } },
  },
  openWalkthrough: { title: "Open Walkthrough" },
  showLog: { title: "Show Log" },
} as const satisfies Record<string, CommandEntry>;

/** Name of a command below `wheelhouse.`. */
export type CommandName = keyof typeof COMMANDS;

/** All command names, in the order of the table. */
export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];
