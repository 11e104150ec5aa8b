#!/usr/bin/env node
"use strict";
// Says what is missing before anything else is loaded. Node of any age must be able to read this file: it keeps to
// the JavaScript of 2015, and what needs more stands in start.cjs.
// biome-ignore lint/style/useNodejsImportProtocol: old versions of Node do not know it
const fs = require("fs");
// biome-ignore lint/style/useNodejsImportProtocol: old versions of Node do not know it
const path = require("path");

const root = path.join(__dirname, "..");
const version = (text) => /(\d+)\.(\d+)/.exec(text).slice(1).map(Number);
const needed = version(require("../package.json").engines.node);
const running = version(process.versions.node);

/** Nothing was judged, and no other file would be: `git bisect run` stops at 128. */
function refuse(what) {
  try {
    fs.writeSync(2, `error: ${what}\n`);
  } catch (_) {
    // Nobody is there to read it.
  }
  process.exitCode = 128;
}

if (running[0] < needed[0] || (running[0] === needed[0] && running[1] < needed[1])) {
  refuse(`stalemap needs Node ${needed.join(".")} or newer, this is ${process.versions.node}`);
} else if (!fs.existsSync(path.join(root, "dist", "cli", "main.js"))) {
  refuse("stalemap is not built: run npm ci, or npm run build");
} else {
  require("./start.cjs");
}
