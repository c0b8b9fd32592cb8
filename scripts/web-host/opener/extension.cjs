// A browser window has no layout yet the first time it is opened, so the panel is shown once. Not part of Wheelhouse itself.
const vscode = require("vscode");

exports.activate = async (context) => {
  if (context.globalState.get("shown")) return;
  await context.globalState.update("shown", true);
  await vscode.commands.executeCommand("wheelhouse.chat.focus");
};
