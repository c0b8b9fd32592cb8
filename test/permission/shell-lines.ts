import fc from "fast-check";

/** Command lines in which `rm x` stands in many places: some where the shell runs it, some where it is mere text. */
export function shellLines(): fc.Arbitrary<string> {
  const { line } = fc.letrec<Record<"line" | "command" | "word" | "bare" | "inner" | "run", string>>(
    (tie) => ({
      // Where the shell looks for something to run.
      run: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        fc.constantFrom(
          "rm x",
          "rm x",
          "'rm' x",
          "r\\m x",
          "\\rm x",
          "command rm x",
          "env rm x",
          "A=1 rm x",
          "true; rm x",
          "r\\\nm x",
        ),
        fc.constantFrom("echo rm x", "true", "echo 'rm x'", "cat f", "ls"),
        tie("command"),
      ),
      // A text in which something may be run.
      inner: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom("a", "b c", "$x", "rm x", "$?", "#", "~", "*", "{a,b}", "\\\\", "$HOME"),
        tie("run").map((it) => `$(${it})`),
        tie("run").map((it) => `\`${it}\``),
        tie("run").map((it) => `\${x:-$(${it})}`),
        tie("run").map((it) => `\${x:-\`${it}\`}`),
        tie("run").map((it) => `\${b%$(${it})}`),
        tie("run").map((it) => `$(( $(${it}) ))`),
        tie("run").map((it) => `$[ $(${it}) ]`),
        tie("run").map((it) => `<(${it})`),
        tie("run").map((it) => `\${a[$(${it})]}`),
      ),
      bare: fc.constantFrom(
        "a",
        "-n",
        "x.txt",
        "a\\ b",
        "1",
        "{}",
        "a=b",
        "--",
        "-e",
        "f",
        ".",
        "\\;",
        "#x",
        "%s",
        "!",
        "=",
        "]",
      ),
      word: fc.oneof(
        { depthSize: "small" },
        tie("bare"),
        tie("inner"),
        tie("inner").map((it) => `"${it}"`),
        tie("inner").map((it) => `'${it}'`),
        tie("inner").map((it) => `$'${it}'`),
        tie("inner").map((it) => `"\\${it}"`),
        fc.tuple(tie("bare"), tie("inner")).map(([a, b]) => `${a}"${b}"`),
        fc.tuple(tie("inner"), tie("bare")).map(([a, b]) => `'${a}'${b}`),
      ),
      command: fc.oneof(
        { depthSize: "small" },
        fc
          .tuple(
            fc.constantFrom(
              "echo",
              "printf",
              "true",
              "cat",
              ":",
              "ls",
              "test",
              "[",
              "find .",
              "sort",
              "grep x",
            ),
            tie("word"),
          )
          .map((it) => it.join(" ")),
        fc
          .tuple(fc.constantFrom("echo", "true", "printf %s"), tie("word"), tie("word"))
          .map((it) => it.join(" ")),
        fc
          .tuple(
            fc.constantFrom(
              "env",
              "timeout 2",
              "nice",
              "command",
              "xargs",
              "eval",
              "exec",
              "time",
              "nohup",
              "!",
              "builtin",
              "coproc",
              "A=1",
              "stdbuf -oL",
            ),
            tie("run"),
          )
          .map((it) => it.join(" ")),
        fc
          .tuple(
            fc.constantFrom("bash -c", "sh -c", "bash -lc", "eval", "trap", "echo |"),
            fc.constantFrom("'", '"'),
            tie("run"),
          )
          .map(([a, quote, b]) => `${a} ${quote}${b}${quote}`),
        fc
          .tuple(
            tie("run"),
            fc.constantFrom(
              ">o",
              ">>o",
              "2>&1",
              ">&2",
              "<f",
              "<<<rm",
              ">&o",
              "2>/dev/null",
              "3>&1",
              "{fd}>o",
              "<>o",
              "&>o",
              ">|o",
              "<&-",
            ),
            tie("word"),
          )
          .map((it) => it.join(" ")),
        fc
          .tuple(fc.constantFrom("E", "'E'", '"E"', "\\E"), tie("inner"))
          .map(([end, it]) => `cat <<${end}\n${it}\nE`),
        tie("run").map((it) => `echo rm x | ${it}`),
        tie("run").map((it) => `(${it})`),
        tie("run").map((it) => `{ ${it}; }`),
        tie("run").map((it) => `if ${it}; then true; fi`),
        tie("run").map((it) => `if true; then ${it}; else ls; fi`),
        tie("run").map((it) => `for i in rm b; do ${it}; done`),
        fc.constantFrom(
          "for i in rm; do $i x; done",
          'for i in "rm x"; do $i; done',
          "for i in a b; do echo $i; done",
        ),
        tie("run").map((it) => `while ${it}; do break; done`),
        tie("run").map((it) => `f() { ${it}; }; f`),
        tie("run").map((it) => `case a in a) ${it};; esac`),
        tie("run").map((it) => `[[ -n $(${it}) ]]`),
        tie("run").map((it) => `find . -exec ${it} \\;`),
        tie("run").map((it) => `alias ls='${it}'; ls`),
        tie("run").map((it) => `x=(${it})`),
        tie("word").map((it) => `x=${it} true`),
        tie("word").map((it) => `A=${it}; $A x`),
      ),
      line: fc.oneof(
        tie("command"),
        fc
          .tuple(
            tie("command"),
            fc.constantFrom(";", "&&", "||", "|", "\n", "&", " # ", "|&", "; ;", ";;"),
            tie("run"),
          )
          .map((it) => it.join(" ")),
        fc
          .tuple(tie("command"), fc.constantFrom(";", "&&", "||", "|", "\n"), tie("command"))
          .map((it) => it.join("")),
      ),
    }),
  );
  return line;
}
