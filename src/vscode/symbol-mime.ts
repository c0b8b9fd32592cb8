/** What a symbol is called while it is dragged; the extension's door reads this: it loads nothing. */
export const SYMBOL_MIME = "application/vnd.code.tree.wheelhouse.symbols";
