import * as vscode from "vscode";
import type { Finding } from "../smells/finding.ts";
import { type Group, type Grouping, grouped, type Order } from "../smells/groups.ts";
import type { Survey } from "../smells/survey.ts";
import { counted } from "../smells/words.ts";
import { rangeOf } from "./smell-diagnostics.ts";
import type { Tree } from "./trees.ts";

/** How the view shows what was found. */
export interface HealthView {
  readonly by: Grouping;
  readonly order: Order;
}

/** A finding in the view. */
export class FindingItem extends vscode.TreeItem {
  readonly finding: Finding;

  constructor(finding: Finding, label: string, description: string) {
    super(label);
    this.finding = finding;
    this.description = description;
    this.tooltip = finding.message;
    this.contextValue = "finding";
    this.command = {
      command: "vscode.open",
      title: "Open",
      arguments: [vscode.Uri.file(finding.path), { selection: rangeOf(finding) }],
    };
  }
}

class GroupItem extends vscode.TreeItem {
  readonly group: Group;

  constructor(group: Group, by: Grouping) {
    super(by === "smell" ? group.title : "", vscode.TreeItemCollapsibleState.Collapsed);
    this.group = group;
    this.id = `${by} ${group.id}`;
    this.description = String(group.findings.length);
    if (by === "smell") return;
    this.resourceUri = vscode.Uri.file(group.id);
    this.label = vscode.workspace.asRelativePath(this.resourceUri);
  }
}

/** What was found in the workspace, in groups; nothing before it was looked for. */
export function healthTree(survey: () => Survey | undefined, view: () => HealthView): Tree {
  const changed = new vscode.EventEmitter<void>();
  return {
    onDidChangeTreeData: changed.event,
    getTreeItem: (it) => it,
    getChildren: (parent) => (parent ? itemsIn(parent) : groups()),
    refresh: () => changed.fire(),
  };

  function groups(): vscode.TreeItem[] {
    const found = survey();
    if (!found) return [];
    const { by, order } = view();
    if (found.findings.length === 0)
      return [new vscode.TreeItem(`No smells in ${counted(found.files, "file")}`)];
    return grouped(found.findings, found.smells, by, order).map((it) => new GroupItem(it, by));
  }

  function itemsIn(parent: vscode.TreeItem): vscode.TreeItem[] {
    if (!(parent instanceof GroupItem)) return [];
    const titles = new Map(survey()?.smells.map((it) => [it.id, it.title]));
    return parent.group.findings.map((it) => {
      const place = `${vscode.workspace.asRelativePath(it.path)}:${it.line}`;
      return view().by === "smell"
        ? new FindingItem(it, it.message, place)
        : new FindingItem(it, titles.get(it.smell) ?? it.smell, `${it.line}: ${it.message}`);
    });
  }
}
