import type { Program } from "../program.ts";

/** Programs that show the content of files, or what they are given. */
export const fileReaders: readonly Program[] = [
  {
    names: ["cat"],
    flags:
      "-A -b -e -E -n -s -t -T -u -v --show-all --number-nonblank --show-ends --number --squeeze-blank --show-tabs --show-nonprinting --help --version",
    operands: "read*",
  },
  { names: ["tac"], flags: "-b -r -s= --before --regex --separator= --help --version", operands: "read*" },
  { names: ["rev"], flags: "-h -V --help --version", operands: "read*" },
  {
    names: ["head", "tail"],
    flags:
      "-NUM -n= -c= -q -v -z --lines= --bytes= --quiet --silent --verbose --zero-terminated --help --version",
    operands: "read*",
  },
  {
    names: ["wc"],
    flags: "-c -m -l -L -w --bytes --chars --lines --max-line-length --words --total= --help --version",
    operands: "read*",
  },
  {
    names: ["nl"],
    flags:
      "-b= -d= -f= -h= -i= -l= -n= -p -s= -v= -w= --body-numbering= --number-format= --number-width= --help --version",
    operands: "read*",
  },
  {
    names: ["sort"],
    flags:
      "-b -d -f -g -i -M -h -n -R -r -V -c -C -k= -m -s -t= -u -z --ignore-leading-blanks --dictionary-order --ignore-case --general-numeric-sort --month-sort --human-numeric-sort --numeric-sort --random-sort --reverse --version-sort --check[=] --key= --merge --stable --field-separator= --unique --zero-terminated --parallel= --help --version",
    operands: "read*",
  },
  // A second operand is where uniq writes.
  {
    names: ["uniq"],
    flags:
      "-c -d -D -f= -i -s= -u -w= -z --count --repeated --all-repeated[=] --group[=] --skip-fields= --ignore-case --skip-chars= --unique --check-chars= --zero-terminated --help --version",
    operands: "read",
    veto: ({ operands }) =>
      operands.some((it) => it.kind !== "literal") ? "a second file would be written" : undefined,
  },
  {
    names: ["cut"],
    flags:
      "-b= -c= -d= -f= -n -s -z --bytes= --characters= --delimiter= --fields= --complement --only-delimited --output-delimiter= --zero-terminated --help --version",
    operands: "read*",
  },
  {
    names: ["tr"],
    flags: "-c -C -d -s -t --complement --delete --squeeze-repeats --truncate-set1 --help --version",
    operands: "text text",
  },
  { names: ["paste"], flags: "-d= -s -z --delimiters= --serial --zero-terminated", operands: "read*" },
  { names: ["fold", "fmt"], flags: "-b -s -w= -c -u -NUM --width= --spaces --bytes", operands: "read*" },
  { names: ["expand", "unexpand"], flags: "-i -a -t= --tabs= --initial --all", operands: "read*" },
  { names: ["column"], flags: "-t -s= -o= -c= -n= -x -J --table --separator=", operands: "read*" },
  {
    names: ["comm"],
    flags: "-1 -2 -3 -z --check-order --nocheck-order --output-delimiter= --total --zero-terminated",
    operands: "read read",
  },
  {
    names: ["join"],
    flags: "-a= -e= -i -j= -o= -t= -v= -1= -2= --header --check-order --nocheck-order",
    operands: "read read",
  },
  {
    names: ["diff"],
    flags:
      "-NUM -a -b -B -c -C= -d -e -E -i -I= -n -N -p -q -r -s -t -T -u -U= -w -W= -x= -y -Z --normal --brief --report-identical-files --context[=] --unified[=] --ed --rcs --side-by-side --width= --left-column --suppress-common-lines --show-c-function --initial-tab --recursive --no-dereference --new-file --ignore-case --ignore-tab-expansion --ignore-trailing-space --ignore-space-change --ignore-all-space --ignore-blank-lines --ignore-matching-lines= --text --strip-trailing-cr --minimal --color[=] --exclude= --label= --help --version",
    operands: "tree tree",
  },
  {
    names: ["cmp"],
    flags: "-b -i= -l -n= -s --print-bytes --ignore-initial= --verbose --bytes= --quiet --silent",
    operands: "read read text text",
  },
  {
    names: ["md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "b2sum", "cksum"],
    flags: "-a= -b -t -z --binary --text --tag --zero --algorithm=",
    operands: "read*",
  },
  {
    names: ["base64", "base32"],
    flags: "-d -D -i -w= --decode --ignore-garbage --wrap= --help --version",
    operands: "read",
  },
  { names: ["strings"], flags: "-a -f -n= -o -t= -NUM --all --bytes= --radix=", operands: "read*" },
  { names: ["hexdump", "hd"], flags: "-b -c -C -d -n= -o -s= -v -x", operands: "read*" },
  {
    names: ["od"],
    flags:
      "-a -A= -b -c -d -f -i -j= -l -N= -o -s -t= -v -w -x --address-radix= --skip-bytes= --read-bytes= --format=",
    operands: "read*",
  },
  { names: ["seq"], flags: "-f= -s= -w --format= --separator= --equal-width", operands: "text text text" },
];
