import { absolute, shownPath } from "../../text/paths.ts";
import { plannedRefactor } from "../refactor-call.ts";
import type { EditTool } from "../tool.ts";
import { textIn } from "./parts/input.ts";

/** Changes code by its syntax tree, in all files concerned, or refuses. */
export const refactor: EditTool = {
  name: "Refactor",
  description:
    "Refactor JavaScript, TypeScript or Python code you have read, in all files concerned, or Java, C#, Go and Rust as far as a file, in Go its package, tells: rename, extract-function, extract-variable, extract-constant, inline-function, inline-variable, change-signature, introduce-parameter-object, invert-if, convert-if-to-guard, convert-if-to-ternary, convert-ternary-to-if, convert-concatenation-to-template, convert-template-to-concatenation, split-declaration, merge-declarations, remove-unused, sort-imports, replace-magic-number, wrap-with-try, generate-constructor; in JavaScript and TypeScript also move-symbol (declarations to another file), move-file (the file itself), convert-default-export-to-named, convert-named-export-to-default, convert-function-to-arrow, convert-arrow-to-function, convert-for-to-foreach, convert-foreach-to-for, convert-promise-to-async, convert-async-to-promise, convert-require-to-import, convert-import-to-require, extract-component, encapsulate-field, generate-accessors; in Java and Python generate-equality; in TypeScript extract-type, extract-interface, generate-implementation; in Python also convert-loop-to-comprehension, convert-comprehension-to-loop. It keeps behaviour or refuses with the reason; prefer it to Edit for these.",
  input: {
    type: "object",
    properties: {
      id: { type: "string", description: "Such as extract-variable" },
      file_path: { type: "string" },
      selection: {
        type: "string",
        description: "LINE:COL on a name, or LINE:COL-LINE:COL around code; from 1, end exclusive",
      },
      new_name: { type: "string" },
      options: {
        type: "object",
        properties: {
          replaceAll: {
            type: "boolean",
            description: "Extract, replace-magic-number: every equal occurrence",
          },
          scope: {
            type: "string",
            description:
              "Extract constant or function: file, class, enclosing, or function NAME; sort-imports: statements",
          },
          allCalls: { type: "boolean", description: "Inline function: every call" },
          reorder: {
            type: "array",
            items: { type: "integer" },
            description: "Change signature: old indices of the parameters, from 0, in their new order",
          },
          remove: { type: "array", items: { type: "integer" }, description: "Change signature: old indices" },
          add: {
            type: "array",
            items: {
              type: "object",
              properties: {
                name: { type: "string" },
                default: { type: "string", description: "Expression that the calls there are given" },
                index: { type: "integer", description: "Before which old parameter; omitted: at the end" },
                type: { type: "string" },
              },
              required: ["name", "default"],
            },
            description: "Change signature: new parameters",
          },
          rename: {
            type: "array",
            items: {
              type: "object",
              properties: { index: { type: "integer" }, name: { type: "string" } },
              required: ["index", "name"],
            },
            description: "Change signature: new names, by old indices",
          },
          to: {
            type: "string",
            description:
              "Move symbol: path of the file; left out, a new one is made. Move file: its new path",
          },
        },
      },
    },
    required: ["id", "file_path", "selection"],
  },
  title: (input, folder) =>
    `${textIn(input, "id")} ${shownPath(absolute(textIn(input, "file_path"), folder), folder)}`,
  // What else it changes is known when it is planned, and decided on then.
  reach: (input, folder) => ({ kind: "edit", paths: [absolute(textIn(input, "file_path"), folder)] }),
  isWholeOnly: true,
  isCertain: true,
  plan: plannedRefactor,
};
