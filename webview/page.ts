/** What the page needs to be told by whoever serves it. */
export interface PageSetup {
  /** Where scripts, styles and pictures may come from: `webview.cspSource`, or `'self'` in a browser. */
  readonly cspSource: string;
  /** Fresh and unguessable for each page. */
  readonly nonce: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  /** "Wheelhouse" unless given. */
  readonly title?: string;
}

/**
 * A page of ours, made by its script. Nothing remote can load and no script runs but ours; styles may be inline because the
 * controls' library writes style elements.
 */
export function pageOf({ cspSource, nonce, scriptUri, styleUri, title = "Wheelhouse" }: PageSetup): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'unsafe-inline'`,
    `img-src ${cspSource} data: blob:`,
    `font-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${attribute(title)}</title>
<link rel="stylesheet" href="${attribute(styleUri)}">
</head>
<body>
<script nonce="${attribute(nonce)}" src="${attribute(scriptUri)}"></script>
</body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
