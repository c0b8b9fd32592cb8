import ts from "typescript-js";
import { printed } from "./printed.ts";

/** What stands for React: elements are made now and shown later, functions are called with their attributes but for keys. */
const REACT = `
const Fragment = ({ children }) => children;
const h = (type, { key, ...props } = {}, ...children) => {
  if (type === undefined) throw new Error("no such component");
  return { type, key, props: children.length > 0 ? { ...props, children: children.length > 1 ? Object.assign(children, { isFixed: true }) : children[0] } : props };
};
const React = { createElement: (type, props, ...children) => h(type, props ?? {}, ...children), Fragment, memo: (it) => it };
const keys = [];
function show(it) {
  if (it === null || it === undefined || it === false || it === true) return "";
  if (Array.isArray(it)) return it.map((at) => { if (at && at.type && at.key === undefined && !it.isFixed) keys.push("no key"); return show(at); }).join("");
  if (typeof it !== "object") return String(it);
  if (it.key !== undefined) keys.push(it.key);
  if (typeof it.type === "function") return show(it.type(it.props));
  const { children, ...rest } = it.props;
  const said = Object.entries(rest).map(([k, v]) => " " + k + "=" + (typeof v === "function" ? "[" + String(v()) + "]" : JSON.stringify(v)));
  return "<" + it.type + said.join("") + ">" + show(children) + "</" + it.type + ">";
}
`;

/** What a program of TypeScript and JSX shows: \`show(<A />)\` is printed with the keys that came up. */
export function rendered(text: string): string {
  const made = ts.transpileModule(text, {
    fileName: "a.tsx",
    compilerOptions: {
      jsx: ts.JsxEmit.React,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
    },
  });
  return printed({ "main.mjs": `${REACT}${made.outputText}\nconsole.log(keys.join());\n` }, "main.mjs");
}
