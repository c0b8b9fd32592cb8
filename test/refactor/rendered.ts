import { runInNewContext } from "node:vm";
import ts from "typescript-js";

/** What stands for React: elements are made now and shown later, functions are called with their attributes but for keys. */
const REACT = `
const Fragment = ({ children }) => children;
const h = (type, { key, ...props }, children) => {
  if (type === undefined) throw new Error("no such component");
  const all = children.length > 1 ? Object.assign(children, { isFixed: true }) : children[0];
  return { type, key, props: children.length > 0 ? { ...props, children: all } : props };
};
const React = { createElement: (type, props, ...children) => h(type, props ?? {}, children), Fragment };
const keys = [];
function show(it) {
  if (it === null || it === undefined || it === false || it === true) return "";
  if (Array.isArray(it)) {
    for (const at of it) if (at && at.type && at.key === undefined && !it.isFixed) keys.push("none");
    return it.map(show).join("");
  }
  if (typeof it !== "object") return String(it);
  if (it.props === undefined) return JSON.stringify(it);
  if (it.key !== undefined) keys.push(it.key);
  if (typeof it.type === "function") return show(it.type(it.props));
  const { children, ...rest } = it.props;
  const valueOf = (value) => (typeof value === "function" ? "[" + value() + "]" : JSON.stringify(value));
  const said = Object.entries(rest).map(([name, value]) => " " + name + "=" + valueOf(value));
  return "<" + it.type + said.join("") + ">" + show(children) + "</" + it.type + ">";
}
`;

/** What a program of TypeScript and JSX says: `say(show(<A />))`, and then the keys that came up, or how it fails. */
export function rendered(text: string): string {
  const { outputText } = ts.transpileModule(text, {
    fileName: "a.tsx",
    compilerOptions: {
      jsx: ts.JsxEmit.React,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
    },
  });
  const said: string[] = [];
  try {
    const say = (...all: readonly unknown[]) => said.push(all.join("\n"));
    runInNewContext(`${REACT}${outputText}\nsay(keys.map(String).join());`, { say });
  } catch (error) {
    said.push(String(error));
  }
  return said.join("\n");
}
