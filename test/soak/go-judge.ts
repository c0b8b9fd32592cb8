import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file of Go in its folder, and another text for it. */
export interface GoPair {
  /** "names": the same program but for how one thing is called; "compiles". */
  readonly as: "names" | "compiles";
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Reads pairs as JSON and writes for each why it is not so, or null: Go's own checker (the package go/types) looks at the
 * whole package. For names it tells for each identifier of the file, by their order, which one declares what it means.
 */
const JUDGE = `
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
)

type pair struct{ As, Path, Before, After string }

var fset = token.NewFileSet()
var imports = importer.ForCompiler(fset, "source", nil)

func checked(p pair, text string) (shape []string, errs []string) {
	dir := filepath.Dir(p.Path)
	var names []string
	if made, err := build.ImportDir(dir, 0); err == nil {
		names = made.GoFiles
	}
	mine, err := parser.ParseFile(fset, p.Path, text, 0)
	if err != nil {
		return nil, []string{err.Error()}
	}
	files := []*ast.File{mine}
	for _, name := range names {
		path := filepath.Join(dir, name)
		if path == p.Path {
			continue
		}
		if other, err := parser.ParseFile(fset, path, nil, 0); err == nil {
			files = append(files, other)
		}
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: imports, FakeImportC: true, Error: func(err error) { errs = append(errs, err.Error()) }}
	config.Check(dir, fset, files, info)
	index := map[token.Pos]int{}
	ast.Inspect(mine, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			index[id.Pos()] = len(index)
		}
		return true
	})
	ast.Inspect(mine, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			object := info.Defs[id]
			if object == nil {
				object = info.Uses[id]
			}
			told := "-"
			if object != nil {
				told = object.Name()
				if at, here := index[object.Pos()]; here {
					told = fmt.Sprint(at)
				}
			}
			shape = append(shape, told)
		}
		return true
	})
	return shape, errs
}

func judged(p pair) interface{} {
	was, broken := checked(p, p.Before)
	is, errs := checked(p, p.After)
	if len(errs) > len(broken) {
		return errs[0]
	}
	if p.As == "names" && fmt.Sprint(was) != fmt.Sprint(is) {
		return "names mean other things"
	}
	return nil
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	for in.Scan() {
		var p pair
		json.Unmarshal(in.Bytes(), &p)
		out, _ := json.Marshal(judged(p))
		fmt.Println(string(out))
	}
}
`;

/** Where the files of Go's library lie; `undefined`: there is no Go here. */
export function goLibrary(): string | undefined {
  const ran = spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" });
  const folder = ran.status === 0 ? join(ran.stdout.trim(), "src") : "";
  return existsSync(folder) ? folder : undefined;
}

/** Why each pair is not what it is said to be; `null`: it is. */
export function judgedByGo(pairs: readonly GoPair[]): readonly (string | null)[] {
  const folder = mkdtempSync(join(tmpdir(), "wheelhouse-judge-"));
  try {
    writeFileSync(join(folder, "judge.go"), JUDGE);
    const input = pairs.map((it) => JSON.stringify(it)).join("\n");
    const env = { ...process.env, GO111MODULE: "off", CGO_ENABLED: "0" };
    const ran = spawnSync("go", ["run", "judge.go"], {
      cwd: folder,
      env,
      input,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (ran.status !== 0) throw new Error(ran.stderr);
    return ran.stdout
      .trim()
      .split("\n")
      .filter((it) => it !== "")
      .map((it) => JSON.parse(it) as string | null);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
