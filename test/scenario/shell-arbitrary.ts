/** Random shell scripts that call xfs_io and come to an end, for bash and for the reader of scripts. */
import { type Arbitrary, array, constantFrom, integer, letrec, oneof, record, tuple } from "fast-check";

const name = constantFrom("a", "b", "c", "d");
const number = integer({ min: 1, max: 40 }).map(String);
let loops = 0;

const sum = oneof(
  tuple(name, constantFrom("+", "*", "-", "%", "/", "<", "==", "&", "|"), number).map((all) => all.join(" ")),
  tuple(name, name).map(([x, y]) => `${x} > ${y} ? ${x} : ${y}`),
  tuple(name, number).map(([x, n]) => `${x} += ${n}`),
  name.map((x) => `${x}++`),
  name.map((x) => `--${x}`),
  tuple(name, name).map(([x, y]) => `${x} * $${y}`),
  tuple(name, number, name).map(([x, n, y]) => `${x} = ${n}, ${x} + ${y}`),
  tuple(name, name).map(([x, y]) => `${x} && ${y}--`),
);

const value = oneof(
  number,
  name.map((x) => `$${x}`),
  name.map((x) => `"\${${x}}"`),
  sum.map((one) => `$((${one}))`),
  tuple(name, number).map(([x, n]) => `\${${x}:-${n}}`),
  tuple(name, number).map(([x, n]) => `\${${x}:+${n}}`),
  tuple(name, number).map(([x, n]) => `\${${x}:=${n}}`),
  name.map((x) => `\${${x}%?}`),
  name.map((x) => `\${${x}#1}`),
  name.map((x) => `\${#${x}}`),
  constantFrom("${l[1]}", "${#l[@]}", "$#", "$1", "${2:-7}", "$?", "${l[a]}"),
  tuple(number, name).map(([n, x]) => `$(echo ${n}$${x})`),
  tuple(name, name).map(([x, y]) => `$${x}$${y}`),
);

const size = oneof(
  number,
  name.map((x) => `$${x}`),
  name.map((x) => `\${${x}}`),
  sum.map((one) => `$((${one}))`),
  constantFrom("$1", "$#", "$i", "${l[1]}", "${2:-9}", "$?"),
);

const call = oneof(
  size.map((n) => `xfs_io -c "truncate ${n}" f`),
  size.map((n) => `xfs_io -f -c "truncate ${n}" f > out 2>&1`),
  number.map((n) => `xfs_io -c 'truncate ${n}' \\\n  f`),
  number.map((n) => `"xfs_io" -c truncate\\ ${n} f # xfs_io -c "truncate 99" f`),
  tuple(size, size).map(([n, m]) => `xfs_io -c "truncate ${n}" -c "truncate ${m}" f | cat`),
  size.map((n) => `xfs_io f <<E\ntruncate ${n}\nE`),
  number.map((n) => `xfs_io f <<'E' >> out\ntruncate ${n}\nE`),
  size.map((n) => `x=$(xfs_io -c "truncate ${n}" f)`),
  size.map((n) => `xfs_io -c "truncate ${n}" f & wait`),
  size.map((n) => `cmd="truncate ${n}"; xfs_io -c "$cmd" f`),
  size.map((n) => `run="xfs_io -f"; $run -c "truncate ${n}" f`),
  size.map((n) => `opts=(-f -c "truncate ${n}"); xfs_io "\${opts[@]}" f`),
);

const assign = oneof(
  tuple(name, value).map(([x, v]) => `${x}=${v}`),
  tuple(name, number).map(([x, n]) => `${x}+=${n}`),
  sum.map((one) => `: $((${one}))`),
  sum.map((one) => `((${one}))`),
  tuple(name, number).map(([x, n]) => `let "${x} += ${n}"`),
  tuple(value, value, value).map((all) => `l=(${all.join(" ")})`),
  tuple(constantFrom("0", "1", "2"), value).map(([n, v]) => `l[${n}]=${v}`),
  tuple(value, value).map((all) => `set -- ${all.join(" ")}`),
  name.map((x) => `unset ${x}; ${x}=3`),
  tuple(name, value).map(([x, v]) => `export ${x}=${v}`),
  tuple(name, name).map(([x, y]) => `read ${x} ${y} <<< "4 5 6"`),
);

const test = oneof(
  tuple(value, constantFrom("-lt", "-gt", "-eq", "-ne", "-le", "-ge", "=", "!="), value).map(
    ([x, by, y]) => `[ "${x.replaceAll('"', "")}" ${by} "${y.replaceAll('"', "")}" ]`,
  ),
  tuple(name, constantFrom("-lt", "-ge", "=="), number).map(([x, by, n]) => `[[ $${x} ${by} ${n} ]]`),
  tuple(name, constantFrom("1*", "?", "*[3", '"1"*')).map(([x, p]) => `[[ $${x} == ${p.replace("[", "")} ]]`),
  sum.map((one) => `((${one}))`),
  tuple(constantFrom("-n", "-z"), name).map(([by, x]) => `test ${by} "$${x}"`),
  constantFrom("true", "false", ":", "! true", "! false", "[ 1 -lt 2 -a 3 -gt 4 ]", "[ ! 1 -lt 2 ]"),
  constantFrom("grep -q x y", "true && false", "false || true", "{ false; true; }"),
);

const idle = oneof(
  call.map((one) => `echo ${one.replace(/[\n&|>#][\s\S]*$/, "").replace(/;.*$/, "")}`),
  call.map((one) => `: ${one.replace(/[\n&|>#;][\s\S]*$/, "")}`),
  number.map((n) => `# xfs_io -c "truncate ${n}" f`),
  number.map((n) => `cat > out <<'E'\nxfs_io -c "truncate ${n}" f\nE`),
  constantFrom("true", "false", "mkdir -p x", 'printf "%s\\n" xfs_io'),
);

const leave = constantFrom(
  "break",
  "continue",
  "break 2",
  "continue 2",
  "return",
  "return 1",
  "exit",
  "exit 3",
  "shift",
);

const { list } = letrec<{ one: string; list: string; body: string }>((tie) => ({
  one: oneof(
    { maxDepth: 2, depthIdentifier: "one" },
    call,
    call,
    assign,
    assign,
    idle,
    tuple(test, oneof(leave, call)).map(([t, x]) => `${t} && ${oneLine(x)}`),
    tuple(test, oneof(leave, call, assign)).map(([t, x]) => `${t} || ${oneLine(x)}`),
    tuple(test, tie("list"), test, tie("list"), tie("list")).map(
      ([t, x, u, y, z]) => `if ${t}; then\n${x}\nelif ${u}\nthen\n${y}\nelse\n${z}\nfi`,
    ),
    tuple(test, tie("list")).map(([t, x]) => `if ! { ${t}; }; then ${x}\nfi`),
    tuple(array(value, { maxLength: 3 }), tie("body")).map(
      ([all, x]) => `for i in ${all.join(" ")}; do\n${x}\ndone`,
    ),
    tuple(constantFrom("{1..3}", "$(seq 1 2 5)", '"$@"', "x{1,2}", "${l[@]}", "$*"), tie("body")).map(
      ([all, x]) => `for i in ${all}\ndo ${x.replaceAll("$i", "$i")}\ndone > out`,
    ),
    tuple(tie("body"), constantFrom("do\n|done", "{\n|}")).map(([x, pair]) => {
      const [opens, closes] = pair.split("|");
      const n = `n${loops++}`;
      return `for ((${n} = 0; ${n} < 3; ${n}++)) ${opens}${x}\n${closes}`;
    }),
    tuple(tie("body"), constantFrom("while [ $N -lt 3 ]", "until ((N >= 3))", "while ((N < 2))")).map(
      ([x, head]) => {
        const n = `n${loops++}`;
        return `${n}=0\n${head.replace("N", n)}; do ${n}=$((${n} + 1))\n${x}\ndone`;
      },
    ),
    tuple(tie("body")).map(([x]) => {
      const n = `n${loops++}`;
      return `${n}=0\nwhile true; do ${n}=$((${n} + 1)); [ $${n} -gt 3 ] && break\n${x}\ndone`;
    }),
    tie("list").map((x) => `(\n${x}\n)`),
    tie("list").map((x) => `{\n${x}\n} 2>/dev/null`),
    tie("list").map((x) => `(\n${x}\n) & wait $!`),
    tie("list").map((x) => `{\n${x}\n} | cat`),
    tuple(value, tie("list"), tie("list"), constantFrom(";;", ";&", ";;&")).map(
      ([v, x, y, ends]) =>
        `case ${v} in\n1|2*)\n${x}\n${ends}\n"3")\n:\n;;\n[!z]) xfs_io -c "truncate 77" f ;;\n*) ${y}\nesac`,
    ),
    tuple(value, tie("list")).map(([v, x]) => `case ${v} in 1* | ?) ${x}\n;; *) :;; esac`),
    tuple(constantFrom("f0", "f1", "f2"), tie("body"), array(value, { maxLength: 2 }), name, value).map(
      ([f, x, args, local, v]) =>
        `${f}() {\nlocal ${local}=${v}\n${x.replace(/\bf[0-2]\b(?! *\()/g, ":")}\n}\n${f} ${args.join(" ")}\n${f} 8`,
    ),
    tuple(constantFrom("f0", "f1", "f2"), value).map(([f, v]) => `${f} ${v}`),
    tuple(tie("body")).map(
      ([x]) => `while read o p; do xfs_io -c "truncate $o" f\n${x}\ndone <<E\n11 2\n13 $a\nE`,
    ),
  ),
  list: array(tie("one"), { minLength: 1, maxLength: 3 }).map((all) => all.join("\n")),
  body: tuple(tie("list"), test, leave, tie("list")).map(([x, t, l, y]) => `${x}\n${t} && ${l}\n${y}`),
}));

const oneLine = (text: string): string =>
  text.includes("\n") || text.includes("&") ? `{\n${text}\n}` : text;

export const shellScript: Arbitrary<string> = record({
  lists: array(list, { minLength: 1, maxLength: 2 }),
}).map(({ lists }) => `#!/bin/bash\na=1 b=2 c=3 d=14 i=5\nl=(7 8 9)\nset -- 6 7\n${lists.join("\n")}\n`);
