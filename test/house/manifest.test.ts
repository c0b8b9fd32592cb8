import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import { languages as refactored } from "../../src/refactor/languages/all.ts";
import { languages } from "../../src/syntax/languages/all.ts";
import { VERSION } from "../../src/version.ts";
import { COMMAND_NAMES } from "../../src/vscode/commands.ts";
import { REFACTOR_LANGUAGES } from "../../src/vscode/refactor-languages.ts";
import { read, root } from "./sources.ts";

interface Manifest {
  readonly version: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly enabledApiProposals?: unknown;
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          { readonly markdownDescription?: string; readonly default?: unknown; readonly scope?: string }
        >
      >;
    };
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when?: string }[];
    };
    readonly keybindings: readonly { readonly key: string }[];
    readonly viewsContainers: Readonly<Record<string, readonly { readonly icon: string }[]>>;
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly markdown: string } }[];
    }[];
  };
}

const manifest = JSON.parse(read("package.json")) as Manifest;
const { contributes } = manifest;

/** Keys of VS Code's default keymap that lie near ours. */
const TAKEN = [
  "ctrl+alt+i",
  "ctrl+i",
  "ctrl+alt+y",
  "ctrl+alt+n",
  "ctrl+alt+enter",
  "ctrl+alt+g",
  "ctrl+alt+backspace",
  "alt+w",
  "ctrl+shift+l",
  "ctrl+k w",
];

describe("the manifest", () => {
  it("has the version that the code says", () => assert.equal(manifest.version, VERSION));

  it("asks for the oldest VS Code that serves, and is checked against just its types", () => {
    assert.equal(manifest.engines.vscode, "^1.110.0");
    assert.equal(manifest.devDependencies["@types/vscode"], "1.110.0");
  });

  it("offers to look for smells in files of every language that is parsed", () => {
    const { when = "" } =
      contributes.menus.commandPalette.find((it) => it.command.endsWith("smells.showInFile")) ?? {};
    const [, pattern = ""] = /resourceExtname =~ \/(.*)\/i$/.exec(when) ?? [];
    for (const extension of languages.flatMap((it) => it.extensions))
      assert.match(extension, new RegExp(pattern, "i"));
    assert.doesNotMatch(".txt", new RegExp(pattern, "i"));
  });

  it("uses no proposed interface and starts with nothing", () => {
    assert.equal(manifest.enabledApiProposals, undefined);
    assert.deepEqual(manifest.activationEvents, []);
  });

  it("says what the tables in the code say, and so do the shelves' lists", () => {
    for (const script of ["contributes.ts", "gather.ts"])
      execFileSync(process.execPath, [join(root, "scripts", script), "--check"], {
        cwd: root,
        stdio: "pipe",
      });
  });

  it("has the refactorings in the menus of every language that has some", () => {
    const spoken: Readonly<Record<string, string>> = { tsx: "typescriptreact", "c-sharp": "csharp" };
    const wanted = refactored.flatMap((it) => it.languages).map((it) => spoken[it] ?? it);
    const menus: readonly string[] = REFACTOR_LANGUAGES;
    assert.deepEqual(
      wanted.filter((it) => !menus.includes(it)),
      [],
    );
  });

  it("declares just the commands that are registered, each with category and title", () => {
    assert.deepEqual(
      contributes.commands.map((it) => it.command),
      COMMAND_NAMES.map((it) => `wheelhouse.${it}`),
    );
    for (const { title, category } of contributes.commands)
      assert.ok(title !== "" && category === "Wheelhouse");
  });

  it("describes every setting, with a default and a scope", () => {
    for (const [name, { markdownDescription, default: value, scope }] of Object.entries(
      contributes.configuration.properties,
    )) {
      assert.ok(markdownDescription && value !== undefined && scope, name);
    }
  });

  it("takes no key that VS Code has given away", () => {
    assert.deepEqual(
      contributes.keybindings.filter((it) => TAKEN.includes(it.key)),
      [],
    );
  });

  it("has every picture and page it names", () => {
    const icons = Object.values(contributes.viewsContainers).flatMap((it) => it.map(({ icon }) => icon));
    const pages = contributes.walkthroughs.flatMap((it) => it.steps.map(({ media }) => media.markdown));
    assert.deepEqual(
      [manifest.icon, ...icons, ...pages].filter((it) => !existsSync(join(root, it))),
      [],
    );
  });
});
