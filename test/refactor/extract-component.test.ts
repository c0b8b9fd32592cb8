// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are programs
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { planned } from "../../src/refactor/engine.ts";
import { withChanges } from "../../src/text/changes.ts";
import { withParser } from "./marked.ts";
import { rendered } from "./rendered.ts";
import { after } from "./rerun.ts";
import { type Row, rewritten } from "./rewritten.ts";

const parse = withParser("javascript", "typescript", "tsx", "python");
const ID = "extract-component";

const WRITTEN: readonly Row[] = [
  [
    "an element",
    "jsx",
    "function App({ a }) {\n  const b = 1;\n  return (\n    <div>\n      «<p\n        title={a}\n      >\n        {b} {a}\n      </p>»\n    </div>\n  );\n}\n",
    "function App({ a }) {\n  const b = 1;\n  return (\n    <div>\n      <NewComponent a={a} b={b} />\n    </div>\n  );\n}\n\nfunction NewComponent({ a, b }) {\n  return (\n    <p\n      title={a}\n    >\n      {b} {a}\n    </p>\n  );\n}\n",
  ],
  [
    "one that needs nothing",
    "jsx",
    "const App = () => <div>«<br />»</div>;\n",
    "const App = () => <div><NewComponent /></div>;\n\nfunction NewComponent() {\n  return <br />;\n}\n",
  ],
  [
    "several children",
    "jsx",
    "const App = ({ a }) => (\n  <div>\n    «<b>{a}</b>\n    <i />»\n  </div>\n);\n",
    "const App = ({ a }) => (\n  <div>\n    <NewComponent a={a} />\n  </div>\n);\n\nfunction NewComponent({ a }) {\n  return (\n    <>\n      <b>{a}</b>\n      <i />\n    </>\n  );\n}\n",
  ],
  [
    "one with a key",
    "jsx",
    "const App = ({ all }) => <ul>{all.map((it) => «<li\n  className='a'\n  key={it.id}\n>{it.name}</li>»)}</ul>;\n",
    "const App = ({ all }) => <ul>{all.map((it) => <NewComponent key={it.id} it={it} />)}</ul>;\n\nfunction NewComponent({ it }) {\n  return (\n    <li\n      className='a'\n    >{it.name}</li>\n  );\n}\n",
  ],
  [
    "what only its key needs",
    "jsx",
    "const App = ({ all }) => <ul>{all.map((it, i) => «<li key={i}>{it}</li>»)}</ul>;\n",
    "const App = ({ all }) => <ul>{all.map((it, i) => <NewComponent key={i} it={it} />)}</ul>;\n\nfunction NewComponent({ it }) {\n  return <li>{it}</li>;\n}\n",
  ],
  [
    "one with all that its component is given",
    "jsx",
    "function App(props) {\n  const { a, ...rest } = props;\n  return «<b {...props} {...rest} />»;\n}\n",
    "function App(props) {\n  const { a, ...rest } = props;\n  return <NewComponent props={props} rest={rest} />;\n}\n\nfunction NewComponent({ props, rest }) {\n  return <b {...props} {...rest} />;\n}\n",
  ],
  [
    "one that needs much",
    "jsx",
    "const App = ({ firstOfAll, secondOfAll, thirdOfAll }) => (\n  <p>\n    «<b>{firstOfAll}{secondOfAll}{thirdOfAll}</b>»\n  </p>\n);\n".replace(
      /OfAll/g,
      "OfAllThatThereIs",
    ),
    "const App = ({ firstOfAll, secondOfAll, thirdOfAll }) => (\n  <p>\n    <NewComponent\n      firstOfAll={firstOfAll}\n      secondOfAll={secondOfAll}\n      thirdOfAll={thirdOfAll}\n    />\n  </p>\n);\n\nfunction NewComponent({ firstOfAll, secondOfAll, thirdOfAll }) {\n  return <b>{firstOfAll}{secondOfAll}{thirdOfAll}</b>;\n}\n".replace(
      /OfAll/g,
      "OfAllThatThereIs",
    ),
  ],
  [
    "children of what React Native shows",
    "jsx",
    "import { View as V, View } from 'react-native';\nconst App = () => <View>«<A />»</View>;\n",
    "import { View as V, View } from 'react-native';\nconst App = () => <View><NewComponent /></View>;\n\nfunction NewComponent() {\n  return <A />;\n}\n",
  ],
  [
    "what a call says nothing of",
    "tsx",
    "const log = (a: unknown): void => {};\nfunction App(p: P) { log(p.a); console.log(p.a); return <div>«<b>{p.a}</b>»</div>; }\n",
    "const log = (a: unknown): void => {};\nfunction App(p: P) { log(p.a); console.log(p.a); return <div><NewComponent p={p} /></div>; }\n\nfunction NewComponent({ p }: { p: P }) {\n  return <b>{p.a}</b>;\n}\n",
  ],
  [
    "types",
    "tsx",
    "export function App({ n }: { n: number }) {\n  const t: string = 'x';\n  return <div>{t && «<p>{t}</p>»}</div>;\n}\n",
    "export function App({ n }: { n: number }) {\n  const t: string = 'x';\n  return <div>{t && <NewComponent t={t} />}</div>;\n}\n\nfunction NewComponent({ t }: { t: string }) {\n  return <p>{t}</p>;\n}\n",
  ],
];

const REFUSED: readonly Row[] = [
  ["no element", "jsx", "const App = () => <div>{«a»}</div>;\n", `${ID}.selection`],
  ["half an element", "jsx", "const App = () => <div><b>«a</b></div>»;\n", `${ID}.selection`],
  [
    "text of which only a part is selected",
    "jsx",
    "const App = () => (\n  <div>\n    a &amp; b\n    «text<b />»\n  </div>\n);\n",
    `${ID}.selection`,
  ],
  ["a hook", "jsx", "const App = () => <div>«<b>{useA()}</b>»</div>;\n", `${ID}.hook`],
  ["a hook of React", "jsx", "const App = () => <div>«<b>{React.use(a)}</b>»</div>;\n", `${ID}.hook`],
  ["this", "jsx", "class A { render() { return <div>«<b>{this.a}</b>»</div>; } }\n", `${ID}.bound`],
  ["await", "jsx", "async function App() { return <div>«<b>{await a()}</b>»</div>; }\n", `${ID}.bound`],
  [
    "arguments",
    "jsx",
    "function App() { return <div>«<b>{arguments[0].a}</b>»</div>; }\n",
    "extract-function.bound",
  ],
  ["a reference by a text", "jsx", "const App = () => <div>«<b ref='a' />»</div>;\n", `${ID}.ref`],
  ["what is spread in it", "jsx", "const App = ({ a }) => <div>«<b {...a} />»</div>;\n", `${ID}.spread`],
  [
    "what a function of another kind is given",
    "jsx",
    "const App = ({ all }) => <p>{all.map((it) => «<b {...it} />»)}</p>;\n",
    `${ID}.spread`,
  ],
  [
    "what is spread in it and may be another",
    "jsx",
    "function App(a) { a = f(a); return <p>«<b {...a} />»</p>; }\n",
    `${ID}.spread`,
  ],
  ["a child of a component", "jsx", "const App = () => <Tabs>«<Tab />»</Tabs>;\n", `${ID}.place`],
  ["what a component is given", "jsx", "const App = () => <Route element={«<A />»} />;\n", `${ID}.place`],
  [
    "a child of what is only called as one of React's",
    "jsx",
    "const Fragment = (a) => a.children.type;\nconst App = () => <Fragment>«<b />»</Fragment>;\n",
    `${ID}.place`,
  ],
  [
    "what the file calls itself",
    "jsx",
    "const App = () => «<b />»;\nconst kind = App().type;\n",
    `${ID}.place`,
  ],
  ["eval", "jsx", "const App = ({ a }) => <div>«<b>{eval('a')}</b>»</div>;\n", "opaque"],
  [
    "what goes into a variable",
    "jsx",
    "function App() { const a = «<b />»; return <div>{a}</div>; }\n",
    `${ID}.place`,
  ],
  [
    "what a function is given",
    "jsx",
    "const App = () => <div>{cloneElement(«<b />», { a: 1 })}</div>;\n",
    `${ID}.place`,
  ],
  ["what a function gives back that is no component", "jsx", "const row = () => «<b />»;\n", `${ID}.place`],
  [
    "one of two of a kind",
    "jsx",
    "const App = ({ a }) => <div>{a ? «<Input a />» : <Input b />}</div>;\n",
    `${ID}.same`,
  ],
  [
    "one of two that nobody knows",
    "jsx",
    "const App = ({ a, b }) => <div>{a ? «<Input a />» : b}</div>;\n",
    `${ID}.same`,
  ],
  [
    "one of two of a kind in others of a kind",
    "jsx",
    "function App({ a }) { if (a) return <div><Input a /></div>; return <div>«<Input />»</div>; }\n",
    `${ID}.same`,
  ],
  [
    "one of two of a kind deep in others of a kind",
    "jsx",
    "const App = ({ a }) => <Page>{a ? <p><i><b /></i></p> : <p><i>«<b />»</i></p>}</Page>;\n",
    `${ID}.same`,
  ],
  [
    "several before others of a kind",
    "jsx",
    "const App = ({ a }) => a ? <p><u /><u /><Input /></p> : <p>«<b /><i />»<Input /></p>;\n",
    `${ID}.same`,
  ],
  [
    "one of two that are returned",
    "jsx",
    "function App({ a }) { if (a) return <Form a />; return «<Form />»; }\n",
    `${ID}.same`,
  ],
  [
    "what is tried",
    "jsx",
    "function App({ a }) { try { return <div>«<b>{a()}</b>»</div>; } catch { return null; } }\n",
    `${ID}.try`,
  ],
  [
    "a value that it gives",
    "jsx",
    "function App() { let n = 0; return <div>«<b>{n++}</b>»</div>; }\n",
    `${ID}.value`,
  ],
  [
    "a value that changes",
    "jsx",
    "function App() { let n = 0; n = 1; return <div>«<b onClick={() => n++} />»</div>; }\n",
    "extract-function.shared",
  ],
  ["what is called ref", "jsx", "const App = ({ ref }) => <div>«<b ref={ref} />»</div>;\n", `${ID}.prop`],
  [
    "Solid",
    "jsx",
    "import { createSignal } from 'solid-js';\nconst App = () => <div>«<b />»</div>;\n",
    `${ID}.meaning`,
  ],
  [
    "another meaning",
    "jsx",
    "/** @jsxImportSource solid-js */\nconst App = () => <div>«<b />»</div>;\n",
    `${ID}.meaning`,
  ],
  [
    "a function that makes elements",
    "jsx",
    "const App = { render(h) { return <div>«<b />»</div>; } };\n",
    `${ID}.meaning`,
  ],
  ["a type parameter", "tsx", "function App<T>(a: T) { return <div>«<b>{f(a)}</b>»</div>; }\n", `${ID}.type`],
  [
    "what a condition tells",
    "tsx",
    "function App(p: P) { return <div>{p.a && «<b>{p.a.b}</b>»}</div>; }\n",
    `${ID}.narrowed`,
  ],
  [
    "what a condition tells of an element",
    "tsx",
    "function App({ p }: P) { return <div>{p[0] !== null && «<b>{p[0].b}</b>»}</div>; }\n",
    `${ID}.narrowed`,
  ],
  [
    "what a call tells",
    "tsx",
    "import assert from 'assert';\nfunction App({ p }: P) { assert.ok(p.a); return <div>«<b>{p.a.b}</b>»</div>; }\n",
    `${ID}.narrowed`,
  ],
  ["Python", "py", "«a»\n", `${ID}.language`],
];

/** Programs that show elements. */
const TRAPS: readonly (readonly [what: string, text: string, expected?: string])[] = [
  [
    "closures",
    "function App({ a }) { const f = () => a + 1; return <div>«<b on={f} at={() => f() * 2}>{f()}</b>»</div>; }\nsay(show(<App a={1} />));",
  ],
  [
    "a list with keys",
    "const App = ({ all }) => <ul>{all.map((it, i) => «<li key={it}>{i} {it}</li>»)}</ul>;\nsay(show(<App all={['x', 'y']} />));",
  ],
  [
    "a list within a list",
    "const App = ({ all }) => <ul>{all.map((it) => <li key={it}>{all.map((at) => «<b key={it + at}>{at}{it}</b>»)}</li>)}</ul>;\nsay(show(<App all={['x', 'y']} />));",
  ],
  [
    "blanks between children",
    "const App = ({ a }) => <p>x «<b>{a}</b> <i>{a}</i>» y {a}</p>;\nsay(show(<App a={1} />));",
  ],
  [
    "texts among children",
    "const App = ({ a }) => <p>«hi {a}\n  there <b /> &amp;» y</p>;\nsay(show(<App a={1} />));",
  ],
  [
    "a text of several lines",
    'const App = ({ a }) => {\n    return <p>«<b\n        title="a\n        b"\n    >{`x\n    ${a}`}</b>»</p>;\n};\nsay(show(<App a={1} />));',
  ],
  [
    "a component in a variable",
    'const App = ({ as: Tag }) => <p>«<Tag>1</Tag>»</p>;\nsay(show(<App as="b" />), show(<App as={() => 2} />));',
  ],
  [
    "children",
    "const App = ({ children }) => <p>«<b>{children}</b>»</p>;\nsay(show(<App>{1}{2}</App>), show(<App>x</App>));",
  ],
  [
    "what is declared behind it",
    "const App = () => { const made = () => <p />; const el = <p>«<b>{g()}</b>»</p>; return el; function g() { return 3; } };\nsay(show(<App />));",
  ],
  [
    "a name that is given its value later",
    "const App = () => { const el = () => <p>«<b>{x}</b>»</p>; const x = 1; return el(); };\nsay(show(<App />));",
    "extract-function.unset",
  ],
  [
    "a variable that changes afterwards",
    "const App = () => { let n = 1; const el = <p>«<b>{n}</b>»</p>; n = 2; return <div>{el}{n}</div>; };\nsay(show(<App />));",
  ],
  [
    "names that a pattern renames",
    "const App = ({ a: { b: c = 5 } }) => <p>«<b>{c}</b>»</p>;\nsay(show(<App a={{}} />));",
  ],
  ["a fragment", "const App = ({ a }) => <p>«<>{a}<b /></>»</p>;\nsay(show(<App a={1} />));"],
  [
    "a condition",
    "const App = ({ a }) => <p>{a ? «<b>{a}</b>» : <i />}{a && <u />}</p>;\nsay(show(<App a={1} />), show(<App a={0} />));",
  ],
  [
    "others of another kind around it",
    "const App = ({ a }) => <p>{a ? <i><b>1</b></i> : <u>«<b>{a}</b>»</u>}</p>;\nsay(show(<App a={1} />), show(<App a={0} />));",
  ],
  [
    "a child of one of React's",
    "const { Fragment: F, StrictMode = F } = React; const App = ({ a }) => <StrictMode>«<b>{a}</b>»</StrictMode>;\nconsole.log(show(<App a={1} />));",
  ],
  [
    "what comes back whole",
    "const App = ({ a }) => { if (!a) return null; return «<b>{a}</b>»; };\nsay(show(<App a={1} />), show(<App />));",
  ],
];

describe(ID, () => {
  describe("makes one of", () => rewritten(parse, ID, WRITTEN));
  describe("refuses", () => rewritten(parse, ID, REFUSED));

  describe("shows the same", () => {
    for (const [what, text, expected = "same"] of TRAPS)
      it(what, () => {
        const made = after(parse, ID, "/p/a.jsx", text);
        if (expected !== "same") return assert.equal(made, expected);
        assert.match(made, /function NewComponent/);
        const was = rendered(text.replace(/[«»]/g, ""));
        assert.doesNotMatch(was, /Error/);
        return assert.equal(rendered(made), was, made);
      });
  });

  it("takes a name with a capital letter only", () => {
    const text = "const App = () => <div>«<br />»</div>;\n";
    assert.match(
      after(parse, ID, "/p/a.jsx", text, { name: "Line" }),
      /<div><Line \/><\/div>.*function Line\(\)/s,
    );
    assert.equal(after(parse, ID, "/p/a.jsx", text, { name: "line" }), "name.invalid");
    assert.equal(after(parse, ID, "/p/a.jsx", text, { name: "App" }), "name.taken");
  });

  it("asks for types that are not written, and has them", () => {
    const text = "export function App({ n }: { n: number }) { return <p><b>{n}</b></p>; }\n";
    const [from, to] = [text.indexOf("<b>"), text.indexOf("</p>")];
    const request = { file: { path: "/p/a.tsx", text }, from, to, others: [] };
    const first = planned(ID, request, {}, parse);
    assert.ok(first.kind === "plan");
    const at = first.untold?.[0] ?? 0;
    assert.deepEqual(
      [text.charAt(at), first.warnings.length, text.charAt((first.nameAt ?? 0) - 1)],
      ["n", 1, "<"],
    );
    const second = planned(ID, { ...request, told: [{ at, type: "number" }] }, {}, parse);
    assert.ok(second.kind === "plan");
    assert.deepEqual(second.warnings, []);
    assert.match(withChanges(text, second.files[0]?.changes ?? []), /\(\{ n \}: \{ n: number \}\)/);
  });
});
