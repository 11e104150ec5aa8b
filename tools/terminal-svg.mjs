/**
 * A recorded terminal as a picture: runs a command in colour and writes what it printed as SVG.
 * `node tools/terminal-svg.mjs docs/demo.svg demo -q`.
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const [file = "", ...args] = process.argv.slice(2);
const { stdout } = spawnSync(process.execPath, ["bin/stalemap.js", ...args], {
  encoding: "utf8",
  env: { ...process.env, FORCE_COLOR: "1", NO_COLOR: "" },
});

const PAINT = { 1: "font-weight:700", 2: "opacity:.65" };
const COLOUR = { 31: "#ff7b72", 32: "#7ee787", 33: "#f2cc60", 36: "#79c0ff" };
const [WIDTH, HEIGHT] = [8.4, 18];
const escaped = (text) => text.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c]);

/** A line as spans: each escape sequence changes how the next piece looks. */
function spans(line) {
  let style = {};
  return line.split(/\x1b\[([\d;]*)m/).map((piece, i) => {
    if (i % 2 === 0) {
      const css = Object.values(style).join(";");
      return piece === "" ? "" : `<tspan style="${css}">${escaped(piece)}</tspan>`;
    }
    for (const code of piece.split(";").map(Number)) {
      if (code === 0) style = {};
      else if (code === 22) style = { colour: style.colour };
      else if (code === 39) style.colour = undefined;
      else if (COLOUR[code]) style.colour = `fill:${COLOUR[code]}`;
      else if (PAINT[code]) style[code] = PAINT[code];
    }
    return "";
  });
}

const lines = [`$ stalemap ${args.filter((arg) => arg !== "-q").join(" ")}`, ...stdout.trimEnd().split("\n")];
const text = lines.map((line, i) => `<text x="16" y="${26 + i * HEIGHT}">${spans(line).join("")}</text>`);
const [w, h] = [Math.ceil(80 * WIDTH + 32), lines.length * HEIGHT + 28];
writeFileSync(
  file,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img">
<title>What stalemap ${args[0]} prints in a terminal</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace,Menlo,Consolas,monospace" font-size="14" fill="#e6edf3" xml:space="preserve">
${text.join("\n")}
</g>
</svg>
`,
);
