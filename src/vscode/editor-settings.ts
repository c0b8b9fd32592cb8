import * as vscode from "vscode";
import { folderLayers, userLayer } from "../node/settings-files.ts";
import {
  type Layer,
  mergeLayers,
  readLayer,
  SETTINGS,
  type Setting,
  type SettingName,
  type Settings,
} from "../settings.ts";

/** Settings with what is wrong with them; `broken`: by which something that should protect does not hold. */
export interface EditorSettings {
  readonly settings: Settings;
  readonly problems: readonly string[];
  readonly broken: readonly string[];
}

/** The settings that hold for a folder now, and what is wrong with them. */
export async function editorSettings(home: string, folder: string | undefined): Promise<EditorSettings> {
  const isTrusted = vscode.workspace.isTrusted;
  const layers = [
    await userLayer(home),
    editorLayer("person"),
    editorLayer("folder"),
    ...(folder && isTrusted ? await folderLayers(folder) : []),
  ];
  return {
    settings: mergeLayers(layers.map((it) => it.values)),
    problems: layers.flatMap((it) => it.problems),
    broken: layers.flatMap((it) => it.broken ?? []),
  };
}

/** What is set in VS Code: for all windows, or for this workspace, which may only restrict. */
function editorLayer(reach: "person" | "folder"): Layer {
  const configuration = vscode.workspace.getConfiguration("wheelhouse");
  const given = (Object.keys(SETTINGS) as SettingName[]).flatMap((name) => {
    const setting: Setting = SETTINGS[name];
    if (reach === "folder" && setting.reach === "person") return [];
    const found = configuration.inspect(name);
    const value =
      reach === "person" ? found?.globalValue : (found?.workspaceFolderValue ?? found?.workspaceValue);
    return value === undefined ? [] : [[name, value] as const];
  });
  return readLayer(
    Object.fromEntries(given),
    reach === "person" ? "VS Code settings" : "VS Code workspace settings",
    reach,
  );
}
