/** Settings of the VS Code that tests run in: nothing that comes up by itself, nothing that asks the network. */
export const TEST_SETTINGS: Readonly<Record<string, unknown>> = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "files.hotExit": "off",
  "telemetry.telemetryLevel": "off",
  "window.autoDetectColorScheme": false,
  "workbench.colorTheme": "Dark Modern",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "visible",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};
