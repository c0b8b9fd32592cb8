/** What a theme of the editor gives a webview: the class on `body` and the values of its variables. */
export interface Theme {
  readonly name: string;
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

const FONTS = {
  "font-family": '"Noto Sans", "Liberation Sans", sans-serif', "font-size": "13px", "font-weight": "normal",
  "editor-font-family": '"Noto Sans Mono", "DejaVu Sans Mono", monospace', "editor-font-size": "13px",
};

/** "Dark Modern" (extensions/theme-defaults/themes/dark_modern.json and the registered defaults behind it). */
const darkModern = {
  foreground: "#cccccc", descriptionForeground: "#9d9d9d", errorForeground: "#f85149", focusBorder: "#0078d4",
  "icon-foreground": "#cccccc", "editor-background": "#1f1f1f", "editor-foreground": "#cccccc",
  "sideBar-background": "#181818", "sideBar-foreground": "#cccccc", "panel-border": "#2b2b2b", "panel-background": "#181818",
  "widget-border": "#313131", "widget-shadow": "rgba(0, 0, 0, 0.36)", "editorWidget-background": "#202020",
  "input-background": "#313131", "input-border": "#3c3c3c", "input-foreground": "#cccccc", "input-placeholderForeground": "#989898",
  "inputValidation-errorBorder": "#be1100", "inputValidation-warningBorder": "#b89500",
  "button-background": "#0078d4", "button-foreground": "#ffffff", "button-hoverBackground": "#026ec1", "button-border": "rgba(255, 255, 255, 0.07)",
  "button-secondaryBackground": "#313131", "button-secondaryForeground": "#cccccc", "button-secondaryHoverBackground": "#3c3c3c",
  "checkbox-background": "#313131", "checkbox-border": "#3c3c3c", "checkbox-foreground": "#cccccc",
  "badge-background": "#616161", "badge-foreground": "#f8f8f8", "progressBar-background": "#0078d4",
  "dropdown-background": "#313131", "dropdown-border": "#3c3c3c", "dropdown-foreground": "#cccccc", "dropdown-listBackground": "#1f1f1f",
  "menu-background": "#1f1f1f", "menu-foreground": "#cccccc", "menu-selectionBackground": "#0078d4", "menu-selectionForeground": "#ffffff", "menu-border": "#454545",
  "list-hoverBackground": "#2a2d2e", "list-activeSelectionBackground": "#04395e", "list-activeSelectionForeground": "#ffffff",
  "toolbar-hoverBackground": "rgba(90, 93, 94, 0.31)", "scrollbarSlider-background": "rgba(121, 121, 121, 0.4)", "scrollbarSlider-hoverBackground": "rgba(100, 100, 100, 0.7)",
  "textLink-foreground": "#4daafc", "textLink-activeForeground": "#4daafc", "textCodeBlock-background": "#2b2b2b",
  "textPreformat-foreground": "#d0d0d0", "textPreformat-background": "#3c3c3c", "textBlockQuote-border": "#616161",
  "editorWarning-foreground": "#cca700", "gitDecoration-addedResourceForeground": "#81b88b", "charts-green": "#89d185",
  "diffEditor-insertedLineBackground": "rgba(155, 185, 85, 0.2)", "diffEditor-removedLineBackground": "rgba(255, 0, 0, 0.2)",
  "editorLineNumber-foreground": "#6e7681", "terminal-foreground": "#cccccc", "editor-selectionBackground": "#264f78",
  "editorSuggestWidget-background": "#202020", "editorSuggestWidget-border": "#454545", "editorSuggestWidget-selectedBackground": "#04395e", "editorSuggestWidget-selectedForeground": "#ffffff",
  "chat-requestBackground": "rgba(31, 31, 31, 0.62)", "chat-requestBorder": "rgba(255, 255, 255, 0.1)", "chat-requestBubbleBackground": "rgba(38, 79, 120, 0.3)",
  "debugTokenExpression-name": "#c586c0", "debugTokenExpression-string": "#ce9178", "debugTokenExpression-number": "#b5cea8", "debugTokenExpression-boolean": "#4e94ce",
};

/** "Light Modern" (light_modern.json and the registered defaults behind it). */
const lightModern = {
  foreground: "#3b3b3b", descriptionForeground: "#3b3b3b", errorForeground: "#f85149", focusBorder: "#005fb8",
  "icon-foreground": "#3b3b3b", "editor-background": "#ffffff", "editor-foreground": "#3b3b3b",
  "sideBar-background": "#f8f8f8", "sideBar-foreground": "#3b3b3b", "panel-border": "#e5e5e5", "panel-background": "#f8f8f8",
  "widget-border": "#e5e5e5", "widget-shadow": "rgba(0, 0, 0, 0.16)", "editorWidget-background": "#f8f8f8",
  "input-background": "#ffffff", "input-border": "#cecece", "input-foreground": "#3b3b3b", "input-placeholderForeground": "#767676",
  "inputValidation-errorBorder": "#be1100", "inputValidation-warningBorder": "#b89500",
  "button-background": "#005fb8", "button-foreground": "#ffffff", "button-hoverBackground": "#0258a8", "button-border": "rgba(0, 0, 0, 0.1)",
  "button-secondaryBackground": "#e5e5e5", "button-secondaryForeground": "#3b3b3b", "button-secondaryHoverBackground": "#cccccc",
  "checkbox-background": "#f8f8f8", "checkbox-border": "#cecece", "checkbox-foreground": "#3b3b3b",
  "badge-background": "#cccccc", "badge-foreground": "#3b3b3b", "progressBar-background": "#005fb8",
  "dropdown-background": "#ffffff", "dropdown-border": "#cecece", "dropdown-foreground": "#3b3b3b", "dropdown-listBackground": "#ffffff",
  "menu-background": "#ffffff", "menu-foreground": "#3b3b3b", "menu-selectionBackground": "#005fb8", "menu-selectionForeground": "#ffffff", "menu-border": "#cecece",
  "list-hoverBackground": "#f2f2f2", "list-activeSelectionBackground": "#e8e8e8", "list-activeSelectionForeground": "#000000",
  "toolbar-hoverBackground": "rgba(184, 184, 184, 0.31)", "scrollbarSlider-background": "rgba(100, 100, 100, 0.4)", "scrollbarSlider-hoverBackground": "rgba(100, 100, 100, 0.7)",
  "textLink-foreground": "#005fb8", "textLink-activeForeground": "#005fb8", "textCodeBlock-background": "#f8f8f8",
  "textPreformat-foreground": "#3b3b3b", "textPreformat-background": "rgba(0, 0, 0, 0.12)", "textBlockQuote-border": "#e5e5e5",
  "editorWarning-foreground": "#bf8803", "gitDecoration-addedResourceForeground": "#587c0c", "charts-green": "#388a34",
  "diffEditor-insertedLineBackground": "rgba(155, 185, 85, 0.2)", "diffEditor-removedLineBackground": "rgba(255, 0, 0, 0.2)",
  "editorLineNumber-foreground": "#6e7681", "terminal-foreground": "#3b3b3b", "editor-selectionBackground": "#add6ff",
  "editorSuggestWidget-background": "#f8f8f8", "editorSuggestWidget-border": "#c8c8c8", "editorSuggestWidget-selectedBackground": "#e8e8e8", "editorSuggestWidget-selectedForeground": "#000000",
  "chat-requestBackground": "rgba(255, 255, 255, 0.62)", "chat-requestBorder": "rgba(0, 0, 0, 0.1)", "chat-requestBubbleBackground": "rgba(173, 214, 255, 0.3)",
  "debugTokenExpression-name": "#9b46b0", "debugTokenExpression-string": "#a31515", "debugTokenExpression-number": "#098658", "debugTokenExpression-boolean": "#0000ff",
};

/** "Dark High Contrast" (hc_black.json and the registered defaults behind it). */
const highContrast = {
  foreground: "#ffffff", descriptionForeground: "rgba(255, 255, 255, 0.7)", errorForeground: "#f48771", focusBorder: "#f38518",
  contrastBorder: "#6fc3df", contrastActiveBorder: "#f38518", "icon-foreground": "#ffffff", "editor-background": "#000000", "editor-foreground": "#ffffff",
  "sideBar-background": "#000000", "sideBar-foreground": "#ffffff", "panel-border": "#6fc3df", "panel-background": "#000000",
  "widget-border": "#6fc3df", "editorWidget-background": "#0c141f",
  "input-background": "#000000", "input-border": "#6fc3df", "input-foreground": "#ffffff", "input-placeholderForeground": "rgba(255, 255, 255, 0.7)",
  "inputValidation-errorBorder": "#6fc3df", "inputValidation-warningBorder": "#6fc3df",
  "button-background": "#000000", "button-foreground": "#ffffff", "button-border": "#6fc3df", "button-secondaryBackground": "#000000", "button-secondaryForeground": "#ffffff",
  "checkbox-background": "#000000", "checkbox-border": "#6fc3df", "checkbox-foreground": "#ffffff",
  "badge-background": "#000000", "badge-foreground": "#ffffff", "progressBar-background": "#6fc3df",
  "dropdown-background": "#000000", "dropdown-border": "#6fc3df", "dropdown-foreground": "#ffffff", "dropdown-listBackground": "#000000",
  "menu-background": "#000000", "menu-foreground": "#ffffff", "menu-border": "#6fc3df",
  "scrollbarSlider-background": "rgba(111, 195, 223, 0.6)", "scrollbarSlider-hoverBackground": "rgba(111, 195, 223, 0.8)",
  "textLink-foreground": "#21a6ff", "textLink-activeForeground": "#21a6ff", "textPreformat-foreground": "#ffffff", "textBlockQuote-border": "#ffffff",
  "editorWarning-foreground": "#ffd370", "gitDecoration-addedResourceForeground": "#a1e3ad", "charts-green": "#89d185",
  "diffEditor-insertedTextBorder": "rgba(51, 255, 46, 1)", "diffEditor-removedTextBorder": "#ff008f",
  "editorLineNumber-foreground": "#ffffff", "terminal-foreground": "#ffffff", "editor-selectionBackground": "#ffffff",
  "editorSuggestWidget-background": "#0c141f", "editorSuggestWidget-border": "#6fc3df",
  "chat-requestBackground": "#0c141f", "chat-requestBorder": "#6fc3df",
  "debugTokenExpression-name": "#ffffff", "debugTokenExpression-string": "#f48771", "debugTokenExpression-number": "#89d185", "debugTokenExpression-boolean": "#75bdfe",
};

/** "Light High Contrast" (hc_light.json and the registered defaults behind it). */
const highContrastLight = {
  foreground: "#292929", descriptionForeground: "rgba(41, 41, 41, 0.7)", errorForeground: "#b5200d", focusBorder: "#006bbd",
  contrastBorder: "#0f4a85", contrastActiveBorder: "#006bbd", "icon-foreground": "#292929", "editor-background": "#ffffff", "editor-foreground": "#292929",
  "sideBar-background": "#ffffff", "sideBar-foreground": "#292929", "panel-border": "#0f4a85", "panel-background": "#ffffff",
  "widget-border": "#0f4a85", "editorWidget-background": "#ffffff",
  "input-background": "#ffffff", "input-border": "#0f4a85", "input-foreground": "#292929", "input-placeholderForeground": "rgba(41, 41, 41, 0.7)",
  "inputValidation-errorBorder": "#0f4a85", "inputValidation-warningBorder": "#0f4a85",
  "button-background": "#0f4a85", "button-foreground": "#ffffff", "button-hoverBackground": "#0f4a85", "button-border": "#0f4a85", "button-secondaryBackground": "#ffffff", "button-secondaryForeground": "#292929",
  "checkbox-background": "#ffffff", "checkbox-border": "#0f4a85", "checkbox-foreground": "#292929",
  "badge-background": "#0f4a85", "badge-foreground": "#ffffff", "progressBar-background": "#0f4a85",
  "dropdown-background": "#ffffff", "dropdown-border": "#0f4a85", "dropdown-foreground": "#292929", "dropdown-listBackground": "#ffffff",
  "menu-background": "#ffffff", "menu-foreground": "#292929", "menu-border": "#0f4a85",
  "scrollbarSlider-background": "rgba(15, 74, 133, 0.4)", "scrollbarSlider-hoverBackground": "rgba(15, 74, 133, 0.8)",
  "textLink-foreground": "#0f4a85", "textLink-activeForeground": "#0f4a85", "textPreformat-foreground": "#292929", "textBlockQuote-border": "#292929",
  "editorWarning-foreground": "#895503", "gitDecoration-addedResourceForeground": "#374e06", "charts-green": "#374e06",
  "diffEditor-insertedTextBorder": "#374e06", "diffEditor-removedTextBorder": "#ad0707",
  "editorLineNumber-foreground": "#292929", "terminal-foreground": "#292929", "editor-selectionBackground": "#0f4a85",
  "editorSuggestWidget-background": "#ffffff", "editorSuggestWidget-border": "#0f4a85", "chat-requestBorder": "#0f4a85",
  "debugTokenExpression-name": "#292929", "debugTokenExpression-string": "#a31515", "debugTokenExpression-number": "#185e73", "debugTokenExpression-boolean": "#0000ff",
};

/** The editor's default themes of each kind. */
export const THEMES: readonly Theme[] = [
  { name: "dark", bodyClass: "vscode-dark", variables: { ...FONTS, ...darkModern } },
  { name: "light", bodyClass: "vscode-light", variables: { ...FONTS, ...lightModern } },
  { name: "high-contrast", bodyClass: "vscode-high-contrast", variables: { ...FONTS, ...highContrast } },
  { name: "high-contrast-light", bodyClass: "vscode-high-contrast-light vscode-high-contrast", variables: { ...FONTS, ...highContrastLight } },
];
