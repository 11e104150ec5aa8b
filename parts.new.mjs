import { createRequire } from "node:module"; const require = createRequire(import.meta.url);
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __require = /* @__PURE__ */ ((x) => typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(x, {
  get: (a, b) => (typeof require !== "undefined" ? require : a)[b]
}) : x)(function(x) {
  if (typeof require !== "undefined") return require.apply(this, arguments);
  throw Error('Dynamic require of "' + x + '" is not supported');
});
var __commonJS = (cb, mod) => function __require2() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// ../../../work/main/node_modules/seedrandom/lib/alea.js
var require_alea = __commonJS({
  "../../../work/main/node_modules/seedrandom/lib/alea.js"(exports, module) {
    (function(global, module2, define2) {
      function Alea(seed) {
        var me = this, mash = Mash();
        me.next = function() {
          var t2 = 2091639 * me.s0 + me.c * 23283064365386963e-26;
          me.s0 = me.s1;
          me.s1 = me.s2;
          return me.s2 = t2 - (me.c = t2 | 0);
        };
        me.c = 1;
        me.s0 = mash(" ");
        me.s1 = mash(" ");
        me.s2 = mash(" ");
        me.s0 -= mash(seed);
        if (me.s0 < 0) {
          me.s0 += 1;
        }
        me.s1 -= mash(seed);
        if (me.s1 < 0) {
          me.s1 += 1;
        }
        me.s2 -= mash(seed);
        if (me.s2 < 0) {
          me.s2 += 1;
        }
        mash = null;
      }
      function copy(f, t2) {
        t2.c = f.c;
        t2.s0 = f.s0;
        t2.s1 = f.s1;
        t2.s2 = f.s2;
        return t2;
      }
      function impl(seed, opts) {
        var xg = new Alea(seed), state2 = opts && opts.state, prng = xg.next;
        prng.int32 = function() {
          return xg.next() * 4294967296 | 0;
        };
        prng.double = function() {
          return prng() + (prng() * 2097152 | 0) * 11102230246251565e-32;
        };
        prng.quick = prng;
        if (state2) {
          if (typeof state2 == "object") copy(state2, xg);
          prng.state = function() {
            return copy(xg, {});
          };
        }
        return prng;
      }
      function Mash() {
        var n = 4022871197;
        var mash = function(data) {
          data = String(data);
          for (var i = 0; i < data.length; i++) {
            n += data.charCodeAt(i);
            var h = 0.02519603282416938 * n;
            n = h >>> 0;
            h -= n;
            h *= n;
            n = h >>> 0;
            h -= n;
            n += h * 4294967296;
          }
          return (n >>> 0) * 23283064365386963e-26;
        };
        return mash;
      }
      if (module2 && module2.exports) {
        module2.exports = impl;
      } else if (define2 && define2.amd) {
        define2(function() {
          return impl;
        });
      } else {
        this.alea = impl;
      }
    })(
      exports,
      typeof module == "object" && module,
      // present in node.js
      typeof define == "function" && define
      // present with an AMD loader
    );
  }
});

// ../../../work/main/node_modules/yaml/dist/nodes/identity.js
var require_identity = __commonJS({
  "../../../work/main/node_modules/yaml/dist/nodes/identity.js"(exports) {
    "use strict";
    var ALIAS = /* @__PURE__ */ Symbol.for("yaml.alias");
    var DOC = /* @__PURE__ */ Symbol.for("yaml.document");
    var MAP = /* @__PURE__ */ Symbol.for("yaml.map");
    var PAIR = /* @__PURE__ */ Symbol.for("yaml.pair");
    var SCALAR = /* @__PURE__ */ Symbol.for("yaml.scalar");
    var SEQ = /* @__PURE__ */ Symbol.for("yaml.seq");
    var NODE_TYPE = /* @__PURE__ */ Symbol.for("yaml.node.type");
    var isAlias2 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === ALIAS;
    var isDocument = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === DOC;
    var isMap8 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === MAP;
    var isPair = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === PAIR;
    var isScalar4 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SCALAR;
    var isSeq4 = (node) => !!node && typeof node === "object" && node[NODE_TYPE] === SEQ;
    function isCollection(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case MAP:
          case SEQ:
            return true;
        }
      return false;
    }
    function isNode(node) {
      if (node && typeof node === "object")
        switch (node[NODE_TYPE]) {
          case ALIAS:
          case MAP:
          case SCALAR:
          case SEQ:
            return true;
        }
      return false;
    }
    var hasAnchor = (node) => (isScalar4(node) || isCollection(node)) && !!node.anchor;
    exports.ALIAS = ALIAS;
    exports.DOC = DOC;
    exports.MAP = MAP;
    exports.NODE_TYPE = NODE_TYPE;
    exports.PAIR = PAIR;
    exports.SCALAR = SCALAR;
    exports.SEQ = SEQ;
    exports.hasAnchor = hasAnchor;
    exports.isAlias = isAlias2;
    exports.isCollection = isCollection;
    exports.isDocument = isDocument;
    exports.isMap = isMap8;
    exports.isNode = isNode;
    exports.isPair = isPair;
    exports.isScalar = isScalar4;
    exports.isSeq = isSeq4;
  }
});

// ../../../work/main/node_modules/yaml/dist/visit.js
var require_visit = __commonJS({
  "../../../work/main/node_modules/yaml/dist/visit.js"(exports) {
    "use strict";
    var identity = require_identity();
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove node");
    function visit(node, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity.isDocument(node)) {
        const cd = visit_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
          node.contents = null;
      } else
        visit_(null, node, visitor_, Object.freeze([]));
    }
    visit.BREAK = BREAK;
    visit.SKIP = SKIP;
    visit.REMOVE = REMOVE;
    function visit_(key, node, visitor, path) {
      const ctrl = callVisitor(key, node, visitor, path);
      if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visit_(key, ctrl, visitor, path);
      }
      if (typeof ctrl !== "symbol") {
        if (identity.isCollection(node)) {
          path = Object.freeze(path.concat(node));
          for (let i = 0; i < node.items.length; ++i) {
            const ci = visit_(i, node.items[i], visitor, path);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity.isPair(node)) {
          path = Object.freeze(path.concat(node));
          const ck = visit_("key", node.key, visitor, path);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node.key = null;
          const cv = visit_("value", node.value, visitor, path);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node.value = null;
        }
      }
      return ctrl;
    }
    async function visitAsync(node, visitor) {
      const visitor_ = initVisitor(visitor);
      if (identity.isDocument(node)) {
        const cd = await visitAsync_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
          node.contents = null;
      } else
        await visitAsync_(null, node, visitor_, Object.freeze([]));
    }
    visitAsync.BREAK = BREAK;
    visitAsync.SKIP = SKIP;
    visitAsync.REMOVE = REMOVE;
    async function visitAsync_(key, node, visitor, path) {
      const ctrl = await callVisitor(key, node, visitor, path);
      if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visitAsync_(key, ctrl, visitor, path);
      }
      if (typeof ctrl !== "symbol") {
        if (identity.isCollection(node)) {
          path = Object.freeze(path.concat(node));
          for (let i = 0; i < node.items.length; ++i) {
            const ci = await visitAsync_(i, node.items[i], visitor, path);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              node.items.splice(i, 1);
              i -= 1;
            }
          }
        } else if (identity.isPair(node)) {
          path = Object.freeze(path.concat(node));
          const ck = await visitAsync_("key", node.key, visitor, path);
          if (ck === BREAK)
            return BREAK;
          else if (ck === REMOVE)
            node.key = null;
          const cv = await visitAsync_("value", node.value, visitor, path);
          if (cv === BREAK)
            return BREAK;
          else if (cv === REMOVE)
            node.value = null;
        }
      }
      return ctrl;
    }
    function initVisitor(visitor) {
      if (typeof visitor === "object" && (visitor.Collection || visitor.Node || visitor.Value)) {
        return Object.assign({
          Alias: visitor.Node,
          Map: visitor.Node,
          Scalar: visitor.Node,
          Seq: visitor.Node
        }, visitor.Value && {
          Map: visitor.Value,
          Scalar: visitor.Value,
          Seq: visitor.Value
        }, visitor.Collection && {
          Map: visitor.Collection,
          Seq: visitor.Collection
        }, visitor);
      }
      return visitor;
    }
    function callVisitor(key, node, visitor, path) {
      if (typeof visitor === "function")
        return visitor(key, node, path);
      if (identity.isMap(node))
        return visitor.Map?.(key, node, path);
      if (identity.isSeq(node))
        return visitor.Seq?.(key, node, path);
      if (identity.isPair(node))
        return visitor.Pair?.(key, node, path);
      if (identity.isScalar(node))
        return visitor.Scalar?.(key, node, path);
      if (identity.isAlias(node))
        return visitor.Alias?.(key, node, path);
      return void 0;
    }
    function replaceNode(key, path, node) {
      const parent = path[path.length - 1];
      if (identity.isCollection(parent)) {
        parent.items[key] = node;
      } else if (identity.isPair(parent)) {
        if (key === "key")
          parent.key = node;
        else
          parent.value = node;
      } else if (identity.isDocument(parent)) {
        parent.contents = node;
      } else {
        const pt = identity.isAlias(parent) ? "alias" : "scalar";
        throw new Error(`Cannot replace node with ${pt} parent`);
      }
    }
    exports.visit = visit;
    exports.visitAsync = visitAsync;
  }
});

// ../../../work/main/node_modules/yaml/dist/doc/directives.js
var require_directives = __commonJS({
  "../../../work/main/node_modules/yaml/dist/doc/directives.js"(exports) {
    "use strict";
    var identity = require_identity();
    var visit = require_visit();
    var escapeChars = {
      "!": "%21",
      ",": "%2C",
      "[": "%5B",
      "]": "%5D",
      "{": "%7B",
      "}": "%7D"
    };
    var escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, (ch) => escapeChars[ch]);
    var Directives = class _Directives {
      constructor(yaml, tags) {
        this.docStart = null;
        this.docEnd = false;
        this.yaml = Object.assign({}, _Directives.defaultYaml, yaml);
        this.tags = Object.assign({}, _Directives.defaultTags, tags);
      }
      clone() {
        const copy = new _Directives(this.yaml, this.tags);
        copy.docStart = this.docStart;
        return copy;
      }
      /**
       * During parsing, get a Directives instance for the current document and
       * update the stream state according to the current version's spec.
       */
      atDocument() {
        const res = new _Directives(this.yaml, this.tags);
        switch (this.yaml.version) {
          case "1.1":
            this.atNextDocument = true;
            break;
          case "1.2":
            this.atNextDocument = false;
            this.yaml = {
              explicit: _Directives.defaultYaml.explicit,
              version: "1.2"
            };
            this.tags = Object.assign({}, _Directives.defaultTags);
            break;
        }
        return res;
      }
      /**
       * @param onError - May be called even if the action was successful
       * @returns `true` on success
       */
      add(line, onError) {
        if (this.atNextDocument) {
          this.yaml = { explicit: _Directives.defaultYaml.explicit, version: "1.1" };
          this.tags = Object.assign({}, _Directives.defaultTags);
          this.atNextDocument = false;
        }
        const parts = line.trim().split(/[ \t]+/);
        const name = parts.shift();
        switch (name) {
          case "%TAG": {
            if (parts.length !== 2) {
              onError(0, "%TAG directive should contain exactly two parts");
              if (parts.length < 2)
                return false;
            }
            const [handle, prefix] = parts;
            this.tags[handle] = prefix;
            return true;
          }
          case "%YAML": {
            this.yaml.explicit = true;
            if (parts.length !== 1) {
              onError(0, "%YAML directive should contain exactly one part");
              return false;
            }
            const [version] = parts;
            if (version === "1.1" || version === "1.2") {
              this.yaml.version = version;
              return true;
            } else {
              const isValid = /^\d+\.\d+$/.test(version);
              onError(6, `Unsupported YAML version ${version}`, isValid);
              return false;
            }
          }
          default:
            onError(0, `Unknown directive ${name}`, true);
            return false;
        }
      }
      /**
       * Resolves a tag, matching handles to those defined in %TAG directives.
       *
       * @returns Resolved tag, which may also be the non-specific tag `'!'` or a
       *   `'!local'` tag, or `null` if unresolvable.
       */
      tagName(source, onError) {
        if (source === "!")
          return "!";
        if (source[0] !== "!") {
          onError(`Not a valid tag: ${source}`);
          return null;
        }
        if (source[1] === "<") {
          const verbatim = source.slice(2, -1);
          if (verbatim === "!" || verbatim === "!!") {
            onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
            return null;
          }
          if (source[source.length - 1] !== ">")
            onError("Verbatim tags must end with a >");
          return verbatim;
        }
        const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
        if (!suffix)
          onError(`The ${source} tag has no suffix`);
        const prefix = this.tags[handle];
        if (prefix) {
          try {
            return prefix + decodeURIComponent(suffix);
          } catch (error) {
            onError(String(error));
            return null;
          }
        }
        if (handle === "!")
          return source;
        onError(`Could not resolve tag: ${source}`);
        return null;
      }
      /**
       * Given a fully resolved tag, returns its printable string form,
       * taking into account current tag prefixes and defaults.
       */
      tagString(tag) {
        for (const [handle, prefix] of Object.entries(this.tags)) {
          if (tag.startsWith(prefix))
            return handle + escapeTagName(tag.substring(prefix.length));
        }
        return tag[0] === "!" ? tag : `!<${tag}>`;
      }
      toString(doc) {
        const lines2 = this.yaml.explicit ? [`%YAML ${this.yaml.version || "1.2"}`] : [];
        const tagEntries = Object.entries(this.tags);
        let tagNames;
        if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
          const tags = {};
          visit.visit(doc.contents, (_key, node) => {
            if (identity.isNode(node) && node.tag)
              tags[node.tag] = true;
          });
          tagNames = Object.keys(tags);
        } else
          tagNames = [];
        for (const [handle, prefix] of tagEntries) {
          if (handle === "!!" && prefix === "tag:yaml.org,2002:")
            continue;
          if (!doc || tagNames.some((tn) => tn.startsWith(prefix)))
            lines2.push(`%TAG ${handle} ${prefix}`);
        }
        return lines2.join("\n");
      }
    };
    Directives.defaultYaml = { explicit: false, version: "1.2" };
    Directives.defaultTags = { "!!": "tag:yaml.org,2002:" };
    exports.Directives = Directives;
  }
});

// ../../../work/main/node_modules/yaml/dist/doc/anchors.js
var require_anchors = __commonJS({
  "../../../work/main/node_modules/yaml/dist/doc/anchors.js"(exports) {
    "use strict";
    var identity = require_identity();
    var visit = require_visit();
    function anchorIsValid(anchor) {
      if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
        const sa = JSON.stringify(anchor);
        const msg = `Anchor must not contain whitespace or control characters: ${sa}`;
        throw new Error(msg);
      }
      return true;
    }
    function anchorNames(root) {
      const anchors = /* @__PURE__ */ new Set();
      visit.visit(root, {
        Value(_key, node) {
          if (node.anchor)
            anchors.add(node.anchor);
        }
      });
      return anchors;
    }
    function findNewAnchor(prefix, exclude) {
      for (let i = 1; true; ++i) {
        const name = `${prefix}${i}`;
        if (!exclude.has(name))
          return name;
      }
    }
    function createNodeAnchors(doc, prefix) {
      const aliasObjects = [];
      const sourceObjects = /* @__PURE__ */ new Map();
      let prevAnchors = null;
      return {
        onAnchor: (source) => {
          aliasObjects.push(source);
          prevAnchors ?? (prevAnchors = anchorNames(doc));
          const anchor = findNewAnchor(prefix, prevAnchors);
          prevAnchors.add(anchor);
          return anchor;
        },
        /**
         * With circular references, the source node is only resolved after all
         * of its child nodes are. This is why anchors are set only after all of
         * the nodes have been created.
         */
        setAnchors: () => {
          for (const source of aliasObjects) {
            const ref = sourceObjects.get(source);
            if (typeof ref === "object" && ref.anchor && (identity.isScalar(ref.node) || identity.isCollection(ref.node))) {
              ref.node.anchor = ref.anchor;
            } else {
              const error = new Error("Failed to resolve repeated object (this should not happen)");
              error.source = source;
              throw error;
            }
          }
        },
        sourceObjects
      };
    }
    exports.anchorIsValid = anchorIsValid;
    exports.anchorNames = anchorNames;
    exports.createNodeAnchors = createNodeAnchors;
    exports.findNewAnchor = findNewAnchor;
  }
});

// ../../../work/main/node_modules/yaml/dist/doc/applyReviver.js
var require_applyReviver = __commonJS({
  "../../../work/main/node_modules/yaml/dist/doc/applyReviver.js"(exports) {
    "use strict";
    function applyReviver(reviver, obj, key, val) {
      if (val && typeof val === "object") {
        if (Array.isArray(val)) {
          for (let i = 0, len = val.length; i < len; ++i) {
            const v0 = val[i];
            const v1 = applyReviver(reviver, val, String(i), v0);
            if (v1 === void 0)
              delete val[i];
            else if (v1 !== v0)
              val[i] = v1;
          }
        } else if (val instanceof Map) {
          for (const k2 of Array.from(val.keys())) {
            const v0 = val.get(k2);
            const v1 = applyReviver(reviver, val, k2, v0);
            if (v1 === void 0)
              val.delete(k2);
            else if (v1 !== v0)
              val.set(k2, v1);
          }
        } else if (val instanceof Set) {
          for (const v0 of Array.from(val)) {
            const v1 = applyReviver(reviver, val, v0, v0);
            if (v1 === void 0)
              val.delete(v0);
            else if (v1 !== v0) {
              val.delete(v0);
              val.add(v1);
            }
          }
        } else {
          for (const [k2, v0] of Object.entries(val)) {
            const v1 = applyReviver(reviver, val, k2, v0);
            if (v1 === void 0)
              delete val[k2];
            else if (v1 !== v0)
              val[k2] = v1;
          }
        }
      }
      return reviver.call(obj, key, val);
    }
    exports.applyReviver = applyReviver;
  }
});

// ../../../work/main/node_modules/yaml/dist/nodes/toJS.js
var require_toJS = __commonJS({
  "../../../work/main/node_modules/yaml/dist/nodes/toJS.js"(exports) {
    "use strict";
    var identity = require_identity();
    function toJS(value, arg, ctx) {
      if (Array.isArray(value))
        return value.map((v, i) => toJS(v, String(i), ctx));
      if (value && typeof value.toJSON === "function") {
        if (!ctx || !identity.hasAnchor(value))
          return value.toJSON(arg, ctx);
        const data = { aliasCount: 0, count: 1, res: void 0 };
        ctx.anchors.set(value, data);
        ctx.onCreate = (res2) => {
          data.res = res2;
          delete ctx.onCreate;
        };
        const res = value.toJSON(arg, ctx);
        if (ctx.onCreate)
          ctx.onCreate(res);
        return res;
      }
      if (typeof value === "bigint" && !ctx?.keep)
        return Number(value);
      return value;
    }
    exports.toJS = toJS;
  }
});

// ../../../work/main/node_modules/yaml/dist/nodes/Node.js
var require_Node = __commonJS({
  "../../../work/main/node_modules/yaml/dist/nodes/Node.js"(exports) {
    "use strict";
    var applyReviver = require_applyReviver();
    var identity = require_identity();
    var toJS = require_toJS();
    var NodeBase = class {
      constructor(type) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: type });
      }
      /** Create a copy of this node.  */
      clone() {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** A plain JavaScript representation of this node. */
      toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        if (!identity.isDocument(doc))
          throw new TypeError("A document argument is required");
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc,
          keep: true,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this, "", ctx);
        if (typeof onAnchor === "function")
          for (const { count: count2, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count2);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
    };
    exports.NodeBase = NodeBase;
  }
});

// ../../../work/main/node_modules/yaml/dist/nodes/Alias.js
var require_Alias = __commonJS({
  "../../../work/main/node_modules/yaml/dist/nodes/Alias.js"(exports) {
    "use strict";
    var anchors = require_anchors();
    var visit = require_visit();
    var identity = require_identity();
    var Node = require_Node();
    var toJS = require_toJS();
    var Alias = class extends Node.NodeBase {
      constructor(source) {
        super(identity.ALIAS);
        this.source = source;
        Object.defineProperty(this, "tag", {
          set() {
            throw new Error("Alias nodes cannot have tags");
          }
        });
      }
      /**
       * Resolve the value of this alias within `doc`, finding the last
       * instance of the `source` anchor before this node.
       */
      resolve(doc, ctx) {
        if (ctx?.maxAliasCount === 0)
          throw new ReferenceError("Alias resolution is disabled");
        let nodes;
        if (ctx?.aliasResolveCache) {
          nodes = ctx.aliasResolveCache;
        } else {
          nodes = [];
          visit.visit(doc, {
            Node: (_key, node) => {
              if (identity.isAlias(node) || identity.hasAnchor(node))
                nodes.push(node);
            }
          });
          if (ctx)
            ctx.aliasResolveCache = nodes;
        }
        let found = void 0;
        for (const node of nodes) {
          if (node === this)
            break;
          if (node.anchor === this.source)
            found = node;
        }
        if (found && ctx) {
          const { anchors: anchors2, doc: doc2, maxAliasCount } = ctx;
          let data = anchors2.get(found);
          if (!data) {
            toJS.toJS(found, null, ctx);
            data = anchors2.get(found);
          }
          if (data?.res === void 0) {
            const msg = "This should not happen: Alias anchor was not resolved?";
            throw new ReferenceError(msg);
          }
          if (maxAliasCount >= 0) {
            data.count += 1;
            if (data.aliasCount === 0)
              data.aliasCount = getAliasCount(doc2, found, anchors2);
            if (data.count * data.aliasCount > maxAliasCount) {
              const msg = "Excessive alias count indicates a resource exhaustion attack";
              throw new ReferenceError(msg);
            }
          }
        }
        return found;
      }
      toJSON(_arg, ctx) {
        if (!ctx)
          return { source: this.source };
        const source = this.resolve(ctx.doc, ctx);
        if (!source) {
          const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
          throw new ReferenceError(msg);
        }
        return ctx.anchors.get(source).res;
      }
      toString(ctx, _onComment, _onChompKeep) {
        const src = `*${this.source}`;
        if (ctx) {
          anchors.anchorIsValid(this.source);
          if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
            const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
            throw new Error(msg);
          }
          if (ctx.implicitKey)
            return `${src} `;
        }
        return src;
      }
    };
    function getAliasCount(doc, node, anchors2) {
      if (identity.isAlias(node)) {
        const source = node.resolve(doc);
        const anchor = anchors2 && source && anchors2.get(source);
        return anchor ? anchor.count * anchor.aliasCount : 0;
      } else if (identity.isCollection(node)) {
        let count2 = 0;
        for (const item of node.items) {
          const c2 = getAliasCount(doc, item, anchors2);
          if (c2 > count2)
            count2 = c2;
        }
        return count2;
      } else if (identity.isPair(node)) {
        const kc = getAliasCount(doc, node.key, anchors2);
        const vc = getAliasCount(doc, node.value, anchors2);
        return Math.max(kc, vc);
      }
      return 1;
    }
    exports.Alias = Alias;
  }
});

// ../../../work/main/node_modules/yaml/dist/nodes/Scalar.js
var require_Scalar = __commonJS({
  "../../../work/main/node_modules/yaml/dist/nodes/Scalar.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Node = require_Node();
    var toJS = require_toJS();
    var isScalarValue = (value) => !value || typeof value !== "function" && typeof value !== "object";
    var Scalar = class extends Node.NodeBase {
      constructor(value) {
        super(identity.SCALAR);
        this.value = value;
      }
      toJSON(arg, ctx) {
        return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
      }
      toString() {
        return String(this.value);
      }
    };
    Scalar.BLOCK_FOLDED = "BLOCK_FOLDED";
    Scalar.BLOCK_LITERAL = "BLOCK_LITERAL";
    Scalar.PLAIN = "PLAIN";
    Scalar.QUOTE_DOUBLE = "QUOTE_DOUBLE";
    Scalar.QUOTE_SINGLE = "QUOTE_SINGLE";
    exports.Scalar = Scalar;
    exports.isScalarValue = isScalarValue;
  }
});

// ../../../work/main/node_modules/yaml/dist/doc/createNode.js
var require_createNode = __commonJS({
  "../../../work/main/node_modules/yaml/dist/doc/createNode.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var identity = require_identity();
    var Scalar = require_Scalar();
    var defaultTagPrefix = "tag:yaml.org,2002:";
    function findTagObject(value, tagName, tags) {
      if (tagName) {
        const match = tags.filter((t2) => t2.tag === tagName);
        const tagObj = match.find((t2) => !t2.format) ?? match[0];
        if (!tagObj)
          throw new Error(`Tag ${tagName} not found`);
        return tagObj;
      }
      return tags.find((t2) => t2.identify?.(value) && !t2.format);
    }
    function createNode(value, tagName, ctx) {
      if (identity.isDocument(value))
        value = value.contents;
      if (identity.isNode(value))
        return value;
      if (identity.isPair(value)) {
        const map = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
        map.items.push(value);
        return map;
      }
      if (value instanceof String || value instanceof Number || value instanceof Boolean || typeof BigInt !== "undefined" && value instanceof BigInt) {
        value = value.valueOf();
      }
      const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
      let ref = void 0;
      if (aliasDuplicateObjects && value && typeof value === "object") {
        ref = sourceObjects.get(value);
        if (ref) {
          ref.anchor ?? (ref.anchor = onAnchor(value));
          return new Alias.Alias(ref.anchor);
        } else {
          ref = { anchor: null, node: null };
          sourceObjects.set(value, ref);
        }
      }
      if (tagName?.startsWith("!!"))
        tagName = defaultTagPrefix + tagName.slice(2);
      let tagObj = findTagObject(value, tagName, schema.tags);
      if (!tagObj) {
        if (value && typeof value.toJSON === "function") {
          value = value.toJSON();
        }
        if (!value || typeof value !== "object") {
          const node2 = new Scalar.Scalar(value);
          if (ref)
            ref.node = node2;
          return node2;
        }
        tagObj = value instanceof Map ? schema[identity.MAP] : Symbol.iterator in Object(value) ? schema[identity.SEQ] : schema[identity.MAP];
      }
      if (onTagObj) {
        onTagObj(tagObj);
        delete ctx.onTagObj;
      }
      const node = tagObj?.createNode ? tagObj.createNode(ctx.schema, value, ctx) : typeof tagObj?.nodeClass?.from === "function" ? tagObj.nodeClass.from(ctx.schema, value, ctx) : new Scalar.Scalar(value);
      if (tagName)
        node.tag = tagName;
      else if (!tagObj.default)
        node.tag = tagObj.tag;
      if (ref)
        ref.node = node;
      return node;
    }
    exports.createNode = createNode;
  }
});

// ../../../work/main/node_modules/yaml/dist/nodes/Collection.js
var require_Collection = __commonJS({
  "../../../work/main/node_modules/yaml/dist/nodes/Collection.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var identity = require_identity();
    var Node = require_Node();
    function collectionFromPath(schema, path, value) {
      let v = value;
      for (let i = path.length - 1; i >= 0; --i) {
        const k2 = path[i];
        if (typeof k2 === "number" && Number.isInteger(k2) && k2 >= 0) {
          const a = [];
          a[k2] = v;
          v = a;
        } else {
          v = /* @__PURE__ */ new Map([[k2, v]]);
        }
      }
      return createNode.createNode(v, void 0, {
        aliasDuplicateObjects: false,
        keepUndefined: false,
        onAnchor: () => {
          throw new Error("This should not happen, please report a bug.");
        },
        schema,
        sourceObjects: /* @__PURE__ */ new Map()
      });
    }
    var isEmptyPath = (path) => path == null || typeof path === "object" && !!path[Symbol.iterator]().next().done;
    var Collection = class extends Node.NodeBase {
      constructor(type, schema) {
        super(type);
        Object.defineProperty(this, "schema", {
          value: schema,
          configurable: true,
          enumerable: false,
          writable: true
        });
      }
      /**
       * Create a copy of this collection.
       *
       * @param schema - If defined, overwrites the original's schema
       */
      clone(schema) {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (schema)
          copy.schema = schema;
        copy.items = copy.items.map((it) => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /**
       * Adds a value to the collection. For `!!map` and `!!omap` the value must
       * be a Pair instance or a `{ key, value }` object, which may not have a key
       * that already exists in the map.
       */
      addIn(path, value) {
        if (isEmptyPath(path))
          this.add(value);
        else {
          const [key, ...rest] = path;
          const node = this.get(key, true);
          if (identity.isCollection(node))
            node.addIn(rest, value);
          else if (node === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
      /**
       * Removes a value from the collection.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
          return this.delete(key);
        const node = this.get(key, true);
        if (identity.isCollection(node))
          return node.deleteIn(rest);
        else
          throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path, keepScalar) {
        const [key, ...rest] = path;
        const node = this.get(key, true);
        if (rest.length === 0)
          return !keepScalar && identity.isScalar(node) ? node.value : node;
        else
          return identity.isCollection(node) ? node.getIn(rest, keepScalar) : void 0;
      }
      hasAllNullValues(allowScalar) {
        return this.items.every((node) => {
          if (!identity.isPair(node))
            return false;
          const n = node.value;
          return n == null || allowScalar && identity.isScalar(n) && n.value == null && !n.commentBefore && !n.comment && !n.tag;
        });
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       */
      hasIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
          return this.has(key);
        const node = this.get(key, true);
        return identity.isCollection(node) ? node.hasIn(rest) : false;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path, value) {
        const [key, ...rest] = path;
        if (rest.length === 0) {
          this.set(key, value);
        } else {
          const node = this.get(key, true);
          if (identity.isCollection(node))
            node.setIn(rest, value);
          else if (node === void 0 && this.schema)
            this.set(key, collectionFromPath(this.schema, rest, value));
          else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
      }
    };
    exports.Collection = Collection;
    exports.collectionFromPath = collectionFromPath;
    exports.isEmptyPath = isEmptyPath;
  }
});

// ../../../work/main/node_modules/yaml/dist/stringify/stringifyComment.js
var require_stringifyComment = __commonJS({
  "../../../work/main/node_modules/yaml/dist/stringify/stringifyComment.js"(exports) {
    "use strict";
    var stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, "#");
    function indentComment(comment, indent) {
      if (/^\n+$/.test(comment))
        return comment.substring(1);
      return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
    }
    var lineComment = (str, indent, comment) => str.endsWith("\n") ? indentComment(comment, indent) : comment.includes("\n") ? "\n" + indentComment(comment, indent) : (str.endsWith(" ") ? "" : " ") + comment;
    exports.indentComment = indentComment;
    exports.lineComment = lineComment;
    exports.stringifyComment = stringifyComment;
  }
});

// ../../../work/main/node_modules/yaml/dist/stringify/foldFlowLines.js
var require_foldFlowLines = __commonJS({
  "../../../work/main/node_modules/yaml/dist/stringify/foldFlowLines.js"(exports) {
    "use strict";
    var FOLD_FLOW = "flow";
    var FOLD_BLOCK = "block";
    var FOLD_QUOTED = "quoted";
    function foldFlowLines(text3, indent, mode = "flow", { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
      if (!lineWidth || lineWidth < 0)
        return text3;
      if (lineWidth < minContentWidth)
        minContentWidth = 0;
      const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
      if (text3.length <= endStep)
        return text3;
      const folds = [];
      const escapedFolds = {};
      let end = lineWidth - indent.length;
      if (typeof indentAtStart === "number") {
        if (indentAtStart > lineWidth - Math.max(2, minContentWidth))
          folds.push(0);
        else
          end = lineWidth - indentAtStart;
      }
      let split = void 0;
      let prev = void 0;
      let overflow = false;
      let i = -1;
      let escStart = -1;
      let escEnd = -1;
      if (mode === FOLD_BLOCK) {
        i = consumeMoreIndentedLines(text3, i, indent.length);
        if (i !== -1)
          end = i + endStep;
      }
      for (let ch; ch = text3[i += 1]; ) {
        if (mode === FOLD_QUOTED && ch === "\\") {
          escStart = i;
          switch (text3[i + 1]) {
            case "x":
              i += 3;
              break;
            case "u":
              i += 5;
              break;
            case "U":
              i += 9;
              break;
            default:
              i += 1;
          }
          escEnd = i;
        }
        if (ch === "\n") {
          if (mode === FOLD_BLOCK)
            i = consumeMoreIndentedLines(text3, i, indent.length);
          end = i + indent.length + endStep;
          split = void 0;
        } else {
          if (ch === " " && prev && prev !== " " && prev !== "\n" && prev !== "	") {
            const next = text3[i + 1];
            if (next && next !== " " && next !== "\n" && next !== "	")
              split = i;
          }
          if (i >= end) {
            if (split) {
              folds.push(split);
              end = split + endStep;
              split = void 0;
            } else if (mode === FOLD_QUOTED) {
              while (prev === " " || prev === "	") {
                prev = ch;
                ch = text3[i += 1];
                overflow = true;
              }
              const j = i > escEnd + 1 ? i - 2 : escStart - 1;
              if (escapedFolds[j])
                return text3;
              folds.push(j);
              escapedFolds[j] = true;
              end = j + endStep;
              split = void 0;
            } else {
              overflow = true;
            }
          }
        }
        prev = ch;
      }
      if (overflow && onOverflow)
        onOverflow();
      if (folds.length === 0)
        return text3;
      if (onFold)
        onFold();
      let res = text3.slice(0, folds[0]);
      for (let i2 = 0; i2 < folds.length; ++i2) {
        const fold = folds[i2];
        const end2 = folds[i2 + 1] || text3.length;
        if (fold === 0)
          res = `
${indent}${text3.slice(0, end2)}`;
        else {
          if (mode === FOLD_QUOTED && escapedFolds[fold])
            res += `${text3[fold]}\\`;
          res += `
${indent}${text3.slice(fold + 1, end2)}`;
        }
      }
      return res;
    }
    function consumeMoreIndentedLines(text3, i, indent) {
      let end = i;
      let start3 = i + 1;
      let ch = text3[start3];
      while (ch === " " || ch === "	") {
        if (i < start3 + indent) {
          ch = text3[++i];
        } else {
          do {
            ch = text3[++i];
          } while (ch && ch !== "\n");
          end = i;
          start3 = i + 1;
          ch = text3[start3];
        }
      }
      return end;
    }
    exports.FOLD_BLOCK = FOLD_BLOCK;
    exports.FOLD_FLOW = FOLD_FLOW;
    exports.FOLD_QUOTED = FOLD_QUOTED;
    exports.foldFlowLines = foldFlowLines;
  }
});

// ../../../work/main/node_modules/yaml/dist/stringify/stringifyString.js
var require_stringifyString = __commonJS({
  "../../../work/main/node_modules/yaml/dist/stringify/stringifyString.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var foldFlowLines = require_foldFlowLines();
    var getFoldOptions = (ctx, isBlock) => ({
      indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
      lineWidth: ctx.options.lineWidth,
      minContentWidth: ctx.options.minContentWidth
    });
    var containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
    function lineLengthOverLimit(str, lineWidth, indentLength) {
      if (!lineWidth || lineWidth < 0)
        return false;
      const limit2 = lineWidth - indentLength;
      const strLen = str.length;
      if (strLen <= limit2)
        return false;
      for (let i = 0, start3 = 0; i < strLen; ++i) {
        if (str[i] === "\n") {
          if (i - start3 > limit2)
            return true;
          start3 = i + 1;
          if (strLen - start3 <= limit2)
            return false;
        }
      }
      return true;
    }
    function doubleQuotedString(value, ctx) {
      const json = JSON.stringify(value);
      if (ctx.options.doubleQuotedAsJSON)
        return json;
      const { implicitKey } = ctx;
      const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      let str = "";
      let start3 = 0;
      for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
        if (ch === " " && json[i + 1] === "\\" && json[i + 2] === "n") {
          str += json.slice(start3, i) + "\\ ";
          i += 1;
          start3 = i;
          ch = "\\";
        }
        if (ch === "\\")
          switch (json[i + 1]) {
            case "u":
              {
                str += json.slice(start3, i);
                const code = json.substr(i + 2, 4);
                switch (code) {
                  case "0000":
                    str += "\\0";
                    break;
                  case "0007":
                    str += "\\a";
                    break;
                  case "000b":
                    str += "\\v";
                    break;
                  case "001b":
                    str += "\\e";
                    break;
                  case "0085":
                    str += "\\N";
                    break;
                  case "00a0":
                    str += "\\_";
                    break;
                  case "2028":
                    str += "\\L";
                    break;
                  case "2029":
                    str += "\\P";
                    break;
                  default:
                    if (code.substr(0, 2) === "00")
                      str += "\\x" + code.substr(2);
                    else
                      str += json.substr(i, 6);
                }
                i += 5;
                start3 = i + 1;
              }
              break;
            case "n":
              if (implicitKey || json[i + 2] === '"' || json.length < minMultiLineLength) {
                i += 1;
              } else {
                str += json.slice(start3, i) + "\n\n";
                while (json[i + 2] === "\\" && json[i + 3] === "n" && json[i + 4] !== '"') {
                  str += "\n";
                  i += 2;
                }
                str += indent;
                if (json[i + 2] === " ")
                  str += "\\";
                i += 1;
                start3 = i + 1;
              }
              break;
            default:
              i += 1;
          }
      }
      str = start3 ? str + json.slice(start3) : json;
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
    }
    function singleQuotedString(value, ctx) {
      if (ctx.options.singleQuote === false || ctx.implicitKey && value.includes("\n") || /[ \t]\n|\n[ \t]/.test(value))
        return doubleQuotedString(value, ctx);
      const indent = ctx.indent || (containsDocumentMarker(value) ? "  " : "");
      const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&
${indent}`) + "'";
      return ctx.implicitKey ? res : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function quotedString(value, ctx) {
      const { singleQuote } = ctx.options;
      let qs;
      if (singleQuote === false)
        qs = doubleQuotedString;
      else {
        const hasDouble = value.includes('"');
        const hasSingle = value.includes("'");
        if (hasDouble && !hasSingle)
          qs = singleQuotedString;
        else if (hasSingle && !hasDouble)
          qs = doubleQuotedString;
        else
          qs = singleQuote ? singleQuotedString : doubleQuotedString;
      }
      return qs(value, ctx);
    }
    var blockEndNewlines;
    try {
      blockEndNewlines = new RegExp("(^|(?<!\n))\n+(?!\n|$)", "g");
    } catch {
      blockEndNewlines = /\n+(?!\n|$)/g;
    }
    function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
      const { blockQuote, commentString, lineWidth } = ctx.options;
      if (!blockQuote || /\n[\t ]+$/.test(value)) {
        return quotedString(value, ctx);
      }
      const indent = ctx.indent || (ctx.forceBlockIndent || containsDocumentMarker(value) ? "  " : "");
      const literal = blockQuote === "literal" ? true : blockQuote === "folded" || type === Scalar.Scalar.BLOCK_FOLDED ? false : type === Scalar.Scalar.BLOCK_LITERAL ? true : !lineLengthOverLimit(value, lineWidth, indent.length);
      if (!value)
        return literal ? "|\n" : ">\n";
      let chomp;
      let endStart;
      for (endStart = value.length; endStart > 0; --endStart) {
        const ch = value[endStart - 1];
        if (ch !== "\n" && ch !== "	" && ch !== " ")
          break;
      }
      let end = value.substring(endStart);
      const endNlPos = end.indexOf("\n");
      if (endNlPos === -1) {
        chomp = "-";
      } else if (value === end || endNlPos !== end.length - 1) {
        chomp = "+";
        if (onChompKeep)
          onChompKeep();
      } else {
        chomp = "";
      }
      if (end) {
        value = value.slice(0, -end.length);
        if (end[end.length - 1] === "\n")
          end = end.slice(0, -1);
        end = end.replace(blockEndNewlines, `$&${indent}`);
      }
      let startWithSpace = false;
      let startEnd;
      let startNlPos = -1;
      for (startEnd = 0; startEnd < value.length; ++startEnd) {
        const ch = value[startEnd];
        if (ch === " ")
          startWithSpace = true;
        else if (ch === "\n")
          startNlPos = startEnd;
        else
          break;
      }
      let start3 = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
      if (start3) {
        value = value.substring(start3.length);
        start3 = start3.replace(/\n+/g, `$&${indent}`);
      }
      const indentSize = indent ? "2" : "1";
      let header = (startWithSpace ? indentSize : "") + chomp;
      if (comment) {
        header += " " + commentString(comment.replace(/ ?[\r\n]+/g, " "));
        if (onComment)
          onComment();
      }
      if (!literal) {
        const foldedValue = value.replace(/\n+/g, "\n$&").replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, "$1$2").replace(/\n+/g, `$&${indent}`);
        let literalFallback = false;
        const foldOptions = getFoldOptions(ctx, true);
        if (blockQuote !== "folded" && type !== Scalar.Scalar.BLOCK_FOLDED) {
          foldOptions.onOverflow = () => {
            literalFallback = true;
          };
        }
        const body = foldFlowLines.foldFlowLines(`${start3}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
        if (!literalFallback)
          return `>${header}
${indent}${body}`;
      }
      value = value.replace(/\n+/g, `$&${indent}`);
      return `|${header}
${indent}${start3}${value}${end}`;
    }
    function plainString(item, ctx, onComment, onChompKeep) {
      const { type, value } = item;
      const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
      if (implicitKey && value.includes("\n") || inFlow && /[[\]{},]/.test(value)) {
        return quotedString(value, ctx);
      }
      if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) {
        return implicitKey || inFlow || !value.includes("\n") ? quotedString(value, ctx) : blockString(item, ctx, onComment, onChompKeep);
      }
      if (!implicitKey && !inFlow && type !== Scalar.Scalar.PLAIN && value.includes("\n")) {
        return blockString(item, ctx, onComment, onChompKeep);
      }
      if (containsDocumentMarker(value)) {
        if (indent === "") {
          ctx.forceBlockIndent = true;
          return blockString(item, ctx, onComment, onChompKeep);
        } else if (implicitKey && indent === indentStep) {
          return quotedString(value, ctx);
        }
      }
      const str = value.replace(/\n+/g, `$&
${indent}`);
      if (actualString) {
        const test = (tag) => tag.default && tag.tag !== "tag:yaml.org,2002:str" && tag.test?.test(str);
        const { compat, tags } = ctx.doc.schema;
        if (tags.some(test) || compat?.some(test))
          return quotedString(value, ctx);
      }
      return implicitKey ? str : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
    }
    function stringifyString(item, ctx, onComment, onChompKeep) {
      const { implicitKey, inFlow } = ctx;
      const ss = typeof item.value === "string" ? item : Object.assign({}, item, { value: String(item.value) });
      let { type } = item;
      if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
        if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value))
          type = Scalar.Scalar.QUOTE_DOUBLE;
      }
      const _stringify = (_type) => {
        switch (_type) {
          case Scalar.Scalar.BLOCK_FOLDED:
          case Scalar.Scalar.BLOCK_LITERAL:
            return implicitKey || inFlow ? quotedString(ss.value, ctx) : blockString(ss, ctx, onComment, onChompKeep);
          case Scalar.Scalar.QUOTE_DOUBLE:
            return doubleQuotedString(ss.value, ctx);
          case Scalar.Scalar.QUOTE_SINGLE:
            return singleQuotedString(ss.value, ctx);
          case Scalar.Scalar.PLAIN:
            return plainString(ss, ctx, onComment, onChompKeep);
          default:
            return null;
        }
      };
      let res = _stringify(type);
      if (res === null) {
        const { defaultKeyType, defaultStringType } = ctx.options;
        const t2 = implicitKey && defaultKeyType || defaultStringType;
        res = _stringify(t2);
        if (res === null)
          throw new Error(`Unsupported default string type ${t2}`);
      }
      return res;
    }
    exports.stringifyString = stringifyString;
  }
});

// ../../../work/main/node_modules/yaml/dist/stringify/stringify.js
var require_stringify = __commonJS({
  "../../../work/main/node_modules/yaml/dist/stringify/stringify.js"(exports) {
    "use strict";
    var anchors = require_anchors();
    var identity = require_identity();
    var stringifyComment = require_stringifyComment();
    var stringifyString = require_stringifyString();
    function createStringifyContext(doc, options) {
      const opt = Object.assign({
        blockQuote: true,
        commentString: stringifyComment.stringifyComment,
        defaultKeyType: null,
        defaultStringType: "PLAIN",
        directives: null,
        doubleQuotedAsJSON: false,
        doubleQuotedMinMultiLineLength: 40,
        falseStr: "false",
        flowCollectionPadding: true,
        indentSeq: true,
        lineWidth: 80,
        minContentWidth: 20,
        nullStr: "null",
        simpleKeys: false,
        singleQuote: null,
        trailingComma: false,
        trueStr: "true",
        verifyAliasOrder: true
      }, doc.schema.toStringOptions, options);
      let inFlow;
      switch (opt.collectionStyle) {
        case "block":
          inFlow = false;
          break;
        case "flow":
          inFlow = true;
          break;
        default:
          inFlow = null;
      }
      return {
        anchors: /* @__PURE__ */ new Set(),
        doc,
        flowCollectionPadding: opt.flowCollectionPadding ? " " : "",
        indent: "",
        indentStep: typeof opt.indent === "number" ? " ".repeat(opt.indent) : "  ",
        inFlow,
        options: opt
      };
    }
    function getTagObject(tags, item) {
      if (item.tag) {
        const match = tags.filter((t2) => t2.tag === item.tag);
        if (match.length > 0)
          return match.find((t2) => t2.format === item.format) ?? match[0];
      }
      let tagObj = void 0;
      let obj;
      if (identity.isScalar(item)) {
        obj = item.value;
        let match = tags.filter((t2) => t2.identify?.(obj));
        if (match.length > 1) {
          const testMatch = match.filter((t2) => t2.test);
          if (testMatch.length > 0)
            match = testMatch;
        }
        tagObj = match.find((t2) => t2.format === item.format) ?? match.find((t2) => !t2.format);
      } else {
        obj = item;
        tagObj = tags.find((t2) => t2.nodeClass && obj instanceof t2.nodeClass);
      }
      if (!tagObj) {
        const name = obj?.constructor?.name ?? (obj === null ? "null" : typeof obj);
        throw new Error(`Tag not resolved for ${name} value`);
      }
      return tagObj;
    }
    function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
      if (!doc.directives)
        return "";
      const props = [];
      const anchor = (identity.isScalar(node) || identity.isCollection(node)) && node.anchor;
      if (anchor && anchors.anchorIsValid(anchor)) {
        anchors$1.add(anchor);
        props.push(`&${anchor}`);
      }
      const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
      if (tag)
        props.push(doc.directives.tagString(tag));
      return props.join(" ");
    }
    function stringify(item, ctx, onComment, onChompKeep) {
      if (identity.isPair(item))
        return item.toString(ctx, onComment, onChompKeep);
      if (identity.isAlias(item)) {
        if (ctx.doc.directives)
          return item.toString(ctx);
        if (ctx.resolvedAliases?.has(item)) {
          throw new TypeError(`Cannot stringify circular structure without alias nodes`);
        } else {
          if (ctx.resolvedAliases)
            ctx.resolvedAliases.add(item);
          else
            ctx.resolvedAliases = /* @__PURE__ */ new Set([item]);
          item = item.resolve(ctx.doc);
        }
      }
      let tagObj = void 0;
      const node = identity.isNode(item) ? item : ctx.doc.createNode(item, { onTagObj: (o) => tagObj = o });
      tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
      const props = stringifyProps(node, tagObj, ctx);
      if (props.length > 0)
        ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
      const str = typeof tagObj.stringify === "function" ? tagObj.stringify(node, ctx, onComment, onChompKeep) : identity.isScalar(node) ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep) : node.toString(ctx, onComment, onChompKeep);
      if (!props)
        return str;
      return identity.isScalar(node) || str[0] === "{" || str[0] === "[" ? `${props} ${str}` : `${props}
${ctx.indent}${str}`;
    }
    exports.createStringifyContext = createStringifyContext;
    exports.stringify = stringify;
  }
});

// ../../../work/main/node_modules/yaml/dist/stringify/stringifyPair.js
var require_stringifyPair = __commonJS({
  "../../../work/main/node_modules/yaml/dist/stringify/stringifyPair.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
      const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
      let keyComment = identity.isNode(key) && key.comment || null;
      if (simpleKeys) {
        if (keyComment) {
          throw new Error("With simple keys, key nodes cannot have comments");
        }
        if (identity.isCollection(key) || !identity.isNode(key) && typeof key === "object") {
          const msg = "With simple keys, collection cannot be used as a key value";
          throw new Error(msg);
        }
      }
      let explicitKey = !simpleKeys && (!key || keyComment && value == null && !ctx.inFlow || identity.isCollection(key) || (identity.isScalar(key) ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL : typeof key === "object"));
      ctx = Object.assign({}, ctx, {
        allNullValues: false,
        implicitKey: !explicitKey && (simpleKeys || !allNullValues),
        indent: indent + indentStep
      });
      let keyCommentDone = false;
      let chompKeep = false;
      let str = stringify.stringify(key, ctx, () => keyCommentDone = true, () => chompKeep = true);
      if (!explicitKey && !ctx.inFlow && str.length > 1024) {
        if (simpleKeys)
          throw new Error("With simple keys, single line scalar must not span more than 1024 characters");
        explicitKey = true;
      }
      if (ctx.inFlow) {
        if (allNullValues || value == null) {
          if (keyCommentDone && onComment)
            onComment();
          return str === "" ? "?" : explicitKey ? `? ${str}` : str;
        }
      } else if (allNullValues && !simpleKeys || value == null && explicitKey) {
        str = `? ${str}`;
        if (keyComment && !keyCommentDone) {
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        } else if (chompKeep && onChompKeep)
          onChompKeep();
        return str;
      }
      if (keyCommentDone)
        keyComment = null;
      if (explicitKey) {
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        str = `? ${str}
${indent}:`;
      } else {
        str = `${str}:`;
        if (keyComment)
          str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
      }
      let vsb, vcb, valueComment;
      if (identity.isNode(value)) {
        vsb = !!value.spaceBefore;
        vcb = value.commentBefore;
        valueComment = value.comment;
      } else {
        vsb = false;
        vcb = null;
        valueComment = null;
        if (value && typeof value === "object")
          value = doc.createNode(value);
      }
      ctx.implicitKey = false;
      if (!explicitKey && !keyComment && identity.isScalar(value))
        ctx.indentAtStart = str.length + 1;
      chompKeep = false;
      if (!indentSeq && indentStep.length >= 2 && !ctx.inFlow && !explicitKey && identity.isSeq(value) && !value.flow && !value.tag && !value.anchor) {
        ctx.indent = ctx.indent.substring(2);
      }
      let valueCommentDone = false;
      const valueStr = stringify.stringify(value, ctx, () => valueCommentDone = true, () => chompKeep = true);
      let ws = " ";
      if (keyComment || vsb || vcb) {
        ws = vsb ? "\n" : "";
        if (vcb) {
          const cs = commentString(vcb);
          ws += `
${stringifyComment.indentComment(cs, ctx.indent)}`;
        }
        if (valueStr === "" && !ctx.inFlow) {
          if (ws === "\n" && valueComment)
            ws = "\n\n";
        } else {
          ws += `
${ctx.indent}`;
        }
      } else if (!explicitKey && identity.isCollection(value)) {
        const vs0 = valueStr[0];
        const nl0 = valueStr.indexOf("\n");
        const hasNewline = nl0 !== -1;
        const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
        if (hasNewline || !flow) {
          let hasPropsLine = false;
          if (hasNewline && (vs0 === "&" || vs0 === "!")) {
            let sp0 = valueStr.indexOf(" ");
            if (vs0 === "&" && sp0 !== -1 && sp0 < nl0 && valueStr[sp0 + 1] === "!") {
              sp0 = valueStr.indexOf(" ", sp0 + 1);
            }
            if (sp0 === -1 || nl0 < sp0)
              hasPropsLine = true;
          }
          if (!hasPropsLine)
            ws = `
${ctx.indent}`;
        }
      } else if (valueStr === "" || valueStr[0] === "\n") {
        ws = "";
      }
      str += ws + valueStr;
      if (ctx.inFlow) {
        if (valueCommentDone && onComment)
          onComment();
      } else if (valueComment && !valueCommentDone) {
        str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
      } else if (chompKeep && onChompKeep) {
        onChompKeep();
      }
      return str;
    }
    exports.stringifyPair = stringifyPair;
  }
});

// ../../../work/main/node_modules/yaml/dist/log.js
var require_log = __commonJS({
  "../../../work/main/node_modules/yaml/dist/log.js"(exports) {
    "use strict";
    var node_process = __require("process");
    function debug(logLevel, ...messages) {
      if (logLevel === "debug")
        console.log(...messages);
    }
    function warn(logLevel, warning) {
      if (logLevel === "debug" || logLevel === "warn") {
        if (typeof node_process.emitWarning === "function")
          node_process.emitWarning(warning);
        else
          console.warn(warning);
      }
    }
    exports.debug = debug;
    exports.warn = warn;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/merge.js
var require_merge = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/merge.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var MERGE_KEY = "<<";
    var merge = {
      identify: (value) => value === MERGE_KEY || typeof value === "symbol" && value.description === MERGE_KEY,
      default: "key",
      tag: "tag:yaml.org,2002:merge",
      test: /^<<$/,
      resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), {
        addToJSMap: addMergeToJSMap
      }),
      stringify: () => MERGE_KEY
    };
    var isMergeKey = (ctx, key) => (merge.identify(key) || identity.isScalar(key) && (!key.type || key.type === Scalar.Scalar.PLAIN) && merge.identify(key.value)) && ctx?.doc.schema.tags.some((tag) => tag.tag === merge.tag && tag.default);
    function addMergeToJSMap(ctx, map, value) {
      const source = resolveAliasValue(ctx, value);
      if (identity.isSeq(source))
        for (const it of source.items)
          mergeValue(ctx, map, it);
      else if (Array.isArray(source))
        for (const it of source)
          mergeValue(ctx, map, it);
      else
        mergeValue(ctx, map, source);
    }
    function mergeValue(ctx, map, value) {
      const source = resolveAliasValue(ctx, value);
      if (!identity.isMap(source))
        throw new Error("Merge sources must be maps or map aliases");
      const srcMap = source.toJSON(null, ctx, Map);
      for (const [key, value2] of srcMap) {
        if (map instanceof Map) {
          if (!map.has(key))
            map.set(key, value2);
        } else if (map instanceof Set) {
          map.add(key);
        } else if (!Object.prototype.hasOwnProperty.call(map, key)) {
          Object.defineProperty(map, key, {
            value: value2,
            writable: true,
            enumerable: true,
            configurable: true
          });
        }
      }
      return map;
    }
    function resolveAliasValue(ctx, value) {
      return ctx && identity.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
    }
    exports.addMergeToJSMap = addMergeToJSMap;
    exports.isMergeKey = isMergeKey;
    exports.merge = merge;
  }
});

// ../../../work/main/node_modules/yaml/dist/nodes/addPairToJSMap.js
var require_addPairToJSMap = __commonJS({
  "../../../work/main/node_modules/yaml/dist/nodes/addPairToJSMap.js"(exports) {
    "use strict";
    var log = require_log();
    var merge = require_merge();
    var stringify = require_stringify();
    var identity = require_identity();
    var toJS = require_toJS();
    function addPairToJSMap(ctx, map, { key, value }) {
      if (identity.isNode(key) && key.addToJSMap)
        key.addToJSMap(ctx, map, value);
      else if (merge.isMergeKey(ctx, key))
        merge.addMergeToJSMap(ctx, map, value);
      else {
        const jsKey = toJS.toJS(key, "", ctx);
        if (map instanceof Map) {
          map.set(jsKey, toJS.toJS(value, jsKey, ctx));
        } else if (map instanceof Set) {
          map.add(jsKey);
        } else {
          const stringKey = stringifyKey(key, jsKey, ctx);
          const jsValue = toJS.toJS(value, stringKey, ctx);
          if (stringKey in map)
            Object.defineProperty(map, stringKey, {
              value: jsValue,
              writable: true,
              enumerable: true,
              configurable: true
            });
          else
            map[stringKey] = jsValue;
        }
      }
      return map;
    }
    function stringifyKey(key, jsKey, ctx) {
      if (jsKey === null)
        return "";
      if (typeof jsKey !== "object")
        return String(jsKey);
      if (identity.isNode(key) && ctx?.doc) {
        const strCtx = stringify.createStringifyContext(ctx.doc, {});
        strCtx.anchors = /* @__PURE__ */ new Set();
        for (const node of ctx.anchors.keys())
          strCtx.anchors.add(node.anchor);
        strCtx.inFlow = true;
        strCtx.inStringifyKey = true;
        const strKey = key.toString(strCtx);
        if (!ctx.mapKeyWarned) {
          let jsonStr = JSON.stringify(strKey);
          if (jsonStr.length > 40)
            jsonStr = jsonStr.substring(0, 36) + '..."';
          log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
          ctx.mapKeyWarned = true;
        }
        return strKey;
      }
      return JSON.stringify(jsKey);
    }
    exports.addPairToJSMap = addPairToJSMap;
  }
});

// ../../../work/main/node_modules/yaml/dist/nodes/Pair.js
var require_Pair = __commonJS({
  "../../../work/main/node_modules/yaml/dist/nodes/Pair.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var stringifyPair = require_stringifyPair();
    var addPairToJSMap = require_addPairToJSMap();
    var identity = require_identity();
    function createPair(key, value, ctx) {
      const k2 = createNode.createNode(key, void 0, ctx);
      const v = createNode.createNode(value, void 0, ctx);
      return new Pair(k2, v);
    }
    var Pair = class _Pair {
      constructor(key, value = null) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
        this.key = key;
        this.value = value;
      }
      clone(schema) {
        let { key, value } = this;
        if (identity.isNode(key))
          key = key.clone(schema);
        if (identity.isNode(value))
          value = value.clone(schema);
        return new _Pair(key, value);
      }
      toJSON(_, ctx) {
        const pair = ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        return addPairToJSMap.addPairToJSMap(ctx, pair, this);
      }
      toString(ctx, onComment, onChompKeep) {
        return ctx?.doc ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep) : JSON.stringify(this);
      }
    };
    exports.Pair = Pair;
    exports.createPair = createPair;
  }
});

// ../../../work/main/node_modules/yaml/dist/stringify/stringifyCollection.js
var require_stringifyCollection = __commonJS({
  "../../../work/main/node_modules/yaml/dist/stringify/stringifyCollection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyCollection(collection, ctx, options) {
      const flow = ctx.inFlow ?? collection.flow;
      const stringify2 = flow ? stringifyFlowCollection : stringifyBlockCollection;
      return stringify2(collection, ctx, options);
    }
    function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
      const { indent, options: { commentString } } = ctx;
      const itemCtx = Object.assign({}, ctx, { indent: itemIndent, type: null });
      let chompKeep = false;
      const lines2 = [];
      for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment2 = null;
        if (identity.isNode(item)) {
          if (!chompKeep && item.spaceBefore)
            lines2.push("");
          addCommentBefore(ctx, lines2, item.commentBefore, chompKeep);
          if (item.comment)
            comment2 = item.comment;
        } else if (identity.isPair(item)) {
          const ik = identity.isNode(item.key) ? item.key : null;
          if (ik) {
            if (!chompKeep && ik.spaceBefore)
              lines2.push("");
            addCommentBefore(ctx, lines2, ik.commentBefore, chompKeep);
          }
        }
        chompKeep = false;
        let str2 = stringify.stringify(item, itemCtx, () => comment2 = null, () => chompKeep = true);
        if (comment2)
          str2 += stringifyComment.lineComment(str2, itemIndent, commentString(comment2));
        if (chompKeep && comment2)
          chompKeep = false;
        lines2.push(blockItemPrefix + str2);
      }
      let str;
      if (lines2.length === 0) {
        str = flowChars.start + flowChars.end;
      } else {
        str = lines2[0];
        for (let i = 1; i < lines2.length; ++i) {
          const line = lines2[i];
          str += line ? `
${indent}${line}` : "\n";
        }
      }
      if (comment) {
        str += "\n" + stringifyComment.indentComment(commentString(comment), indent);
        if (onComment)
          onComment();
      } else if (chompKeep && onChompKeep)
        onChompKeep();
      return str;
    }
    function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
      const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
      itemIndent += indentStep;
      const itemCtx = Object.assign({}, ctx, {
        indent: itemIndent,
        inFlow: true,
        type: null
      });
      let reqNewline = false;
      let linesAtValue = 0;
      const lines2 = [];
      for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment = null;
        if (identity.isNode(item)) {
          if (item.spaceBefore)
            lines2.push("");
          addCommentBefore(ctx, lines2, item.commentBefore, false);
          if (item.comment)
            comment = item.comment;
        } else if (identity.isPair(item)) {
          const ik = identity.isNode(item.key) ? item.key : null;
          if (ik) {
            if (ik.spaceBefore)
              lines2.push("");
            addCommentBefore(ctx, lines2, ik.commentBefore, false);
            if (ik.comment)
              reqNewline = true;
          }
          const iv = identity.isNode(item.value) ? item.value : null;
          if (iv) {
            if (iv.comment)
              comment = iv.comment;
            if (iv.commentBefore)
              reqNewline = true;
          } else if (item.value == null && ik?.comment) {
            comment = ik.comment;
          }
        }
        if (comment)
          reqNewline = true;
        let str = stringify.stringify(item, itemCtx, () => comment = null);
        reqNewline || (reqNewline = lines2.length > linesAtValue || str.includes("\n"));
        if (i < items.length - 1) {
          str += ",";
        } else if (ctx.options.trailingComma) {
          if (ctx.options.lineWidth > 0) {
            reqNewline || (reqNewline = lines2.reduce((sum, line) => sum + line.length + 2, 2) + (str.length + 2) > ctx.options.lineWidth);
          }
          if (reqNewline) {
            str += ",";
          }
        }
        if (comment)
          str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        lines2.push(str);
        linesAtValue = lines2.length;
      }
      const { start: start3, end } = flowChars;
      if (lines2.length === 0) {
        return start3 + end;
      } else {
        if (!reqNewline) {
          const len = lines2.reduce((sum, line) => sum + line.length + 2, 2);
          reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
        }
        if (reqNewline) {
          let str = start3;
          for (const line of lines2)
            str += line ? `
${indentStep}${indent}${line}` : "\n";
          return `${str}
${indent}${end}`;
        } else {
          return `${start3}${fcPadding}${lines2.join(" ")}${fcPadding}${end}`;
        }
      }
    }
    function addCommentBefore({ indent, options: { commentString } }, lines2, comment, chompKeep) {
      if (comment && chompKeep)
        comment = comment.replace(/^\n+/, "");
      if (comment) {
        const ic = stringifyComment.indentComment(commentString(comment), indent);
        lines2.push(ic.trimStart());
      }
    }
    exports.stringifyCollection = stringifyCollection;
  }
});

// ../../../work/main/node_modules/yaml/dist/nodes/YAMLMap.js
var require_YAMLMap = __commonJS({
  "../../../work/main/node_modules/yaml/dist/nodes/YAMLMap.js"(exports) {
    "use strict";
    var stringifyCollection = require_stringifyCollection();
    var addPairToJSMap = require_addPairToJSMap();
    var Collection = require_Collection();
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    function findPair(items, key) {
      const k2 = identity.isScalar(key) ? key.value : key;
      for (const it of items) {
        if (identity.isPair(it)) {
          if (it.key === key || it.key === k2)
            return it;
          if (identity.isScalar(it.key) && it.key.value === k2)
            return it;
        }
      }
      return void 0;
    }
    var YAMLMap = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:map";
      }
      constructor(schema) {
        super(identity.MAP, schema);
        this.items = [];
      }
      /**
       * A generic collection parsing method that can be extended
       * to other node classes that inherit from YAMLMap
       */
      static from(schema, obj, ctx) {
        const { keepUndefined, replacer } = ctx;
        const map = new this(schema);
        const add = (key, value) => {
          if (typeof replacer === "function")
            value = replacer.call(obj, key, value);
          else if (Array.isArray(replacer) && !replacer.includes(key))
            return;
          if (value !== void 0 || keepUndefined)
            map.items.push(Pair.createPair(key, value, ctx));
        };
        if (obj instanceof Map) {
          for (const [key, value] of obj)
            add(key, value);
        } else if (obj && typeof obj === "object") {
          for (const key of Object.keys(obj))
            add(key, obj[key]);
        }
        if (typeof schema.sortMapEntries === "function") {
          map.items.sort(schema.sortMapEntries);
        }
        return map;
      }
      /**
       * Adds a value to the collection.
       *
       * @param overwrite - If not set `true`, using a key that is already in the
       *   collection will throw. Otherwise, overwrites the previous value.
       */
      add(pair, overwrite) {
        let _pair;
        if (identity.isPair(pair))
          _pair = pair;
        else if (!pair || typeof pair !== "object" || !("key" in pair)) {
          _pair = new Pair.Pair(pair, pair?.value);
        } else
          _pair = new Pair.Pair(pair.key, pair.value);
        const prev = findPair(this.items, _pair.key);
        const sortEntries = this.schema?.sortMapEntries;
        if (prev) {
          if (!overwrite)
            throw new Error(`Key ${_pair.key} already set`);
          if (identity.isScalar(prev.value) && Scalar.isScalarValue(_pair.value))
            prev.value.value = _pair.value;
          else
            prev.value = _pair.value;
        } else if (sortEntries) {
          const i = this.items.findIndex((item) => sortEntries(_pair, item) < 0);
          if (i === -1)
            this.items.push(_pair);
          else
            this.items.splice(i, 0, _pair);
        } else {
          this.items.push(_pair);
        }
      }
      delete(key) {
        const it = findPair(this.items, key);
        if (!it)
          return false;
        const del = this.items.splice(this.items.indexOf(it), 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const it = findPair(this.items, key);
        const node = it?.value;
        return (!keepScalar && identity.isScalar(node) ? node.value : node) ?? void 0;
      }
      has(key) {
        return !!findPair(this.items, key);
      }
      set(key, value) {
        this.add(new Pair.Pair(key, value), true);
      }
      /**
       * @param ctx - Conversion context, originally set in Document#toJS()
       * @param {Class} Type - If set, forces the returned collection type
       * @returns Instance of Type, Map, or Object
       */
      toJSON(_, ctx, Type) {
        const map = Type ? new Type() : ctx?.mapAsMap ? /* @__PURE__ */ new Map() : {};
        if (ctx?.onCreate)
          ctx.onCreate(map);
        for (const item of this.items)
          addPairToJSMap.addPairToJSMap(ctx, map, item);
        return map;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        for (const item of this.items) {
          if (!identity.isPair(item))
            throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
        }
        if (!ctx.allNullValues && this.hasAllNullValues(false))
          ctx = Object.assign({}, ctx, { allNullValues: true });
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "",
          flowChars: { start: "{", end: "}" },
          itemIndent: ctx.indent || "",
          onChompKeep,
          onComment
        });
      }
    };
    exports.YAMLMap = YAMLMap;
    exports.findPair = findPair;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/common/map.js
var require_map = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/common/map.js"(exports) {
    "use strict";
    var identity = require_identity();
    var YAMLMap = require_YAMLMap();
    var map = {
      collection: "map",
      default: true,
      nodeClass: YAMLMap.YAMLMap,
      tag: "tag:yaml.org,2002:map",
      resolve(map2, onError) {
        if (!identity.isMap(map2))
          onError("Expected a mapping for this tag");
        return map2;
      },
      createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
    };
    exports.map = map;
  }
});

// ../../../work/main/node_modules/yaml/dist/nodes/YAMLSeq.js
var require_YAMLSeq = __commonJS({
  "../../../work/main/node_modules/yaml/dist/nodes/YAMLSeq.js"(exports) {
    "use strict";
    var createNode = require_createNode();
    var stringifyCollection = require_stringifyCollection();
    var Collection = require_Collection();
    var identity = require_identity();
    var Scalar = require_Scalar();
    var toJS = require_toJS();
    var YAMLSeq = class extends Collection.Collection {
      static get tagName() {
        return "tag:yaml.org,2002:seq";
      }
      constructor(schema) {
        super(identity.SEQ, schema);
        this.items = [];
      }
      add(value) {
        this.items.push(value);
      }
      /**
       * Removes a value from the collection.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       *
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return false;
        const del = this.items.splice(idx, 1);
        return del.length > 0;
      }
      get(key, keepScalar) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          return void 0;
        const it = this.items[idx];
        return !keepScalar && identity.isScalar(it) ? it.value : it;
      }
      /**
       * Checks if the collection includes a value with the key `key`.
       *
       * `key` must contain a representation of an integer for this to succeed.
       * It may be wrapped in a `Scalar`.
       */
      has(key) {
        const idx = asItemIndex(key);
        return typeof idx === "number" && idx < this.items.length;
      }
      /**
       * Sets a value in this collection. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       *
       * If `key` does not contain a representation of an integer, this will throw.
       * It may be wrapped in a `Scalar`.
       */
      set(key, value) {
        const idx = asItemIndex(key);
        if (typeof idx !== "number")
          throw new Error(`Expected a valid index, not ${key}.`);
        const prev = this.items[idx];
        if (identity.isScalar(prev) && Scalar.isScalarValue(value))
          prev.value = value;
        else
          this.items[idx] = value;
      }
      toJSON(_, ctx) {
        const seq = [];
        if (ctx?.onCreate)
          ctx.onCreate(seq);
        let i = 0;
        for (const item of this.items)
          seq.push(toJS.toJS(item, String(i++), ctx));
        return seq;
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        return stringifyCollection.stringifyCollection(this, ctx, {
          blockItemPrefix: "- ",
          flowChars: { start: "[", end: "]" },
          itemIndent: (ctx.indent || "") + "  ",
          onChompKeep,
          onComment
        });
      }
      static from(schema, obj, ctx) {
        const { replacer } = ctx;
        const seq = new this(schema);
        if (obj && Symbol.iterator in Object(obj)) {
          let i = 0;
          for (let it of obj) {
            if (typeof replacer === "function") {
              const key = obj instanceof Set ? it : String(i++);
              it = replacer.call(obj, key, it);
            }
            seq.items.push(createNode.createNode(it, void 0, ctx));
          }
        }
        return seq;
      }
    };
    function asItemIndex(key) {
      let idx = identity.isScalar(key) ? key.value : key;
      if (idx && typeof idx === "string")
        idx = Number(idx);
      return typeof idx === "number" && Number.isInteger(idx) && idx >= 0 ? idx : null;
    }
    exports.YAMLSeq = YAMLSeq;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/common/seq.js
var require_seq = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/common/seq.js"(exports) {
    "use strict";
    var identity = require_identity();
    var YAMLSeq = require_YAMLSeq();
    var seq = {
      collection: "seq",
      default: true,
      nodeClass: YAMLSeq.YAMLSeq,
      tag: "tag:yaml.org,2002:seq",
      resolve(seq2, onError) {
        if (!identity.isSeq(seq2))
          onError("Expected a sequence for this tag");
        return seq2;
      },
      createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
    };
    exports.seq = seq;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/common/string.js
var require_string = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/common/string.js"(exports) {
    "use strict";
    var stringifyString = require_stringifyString();
    var string = {
      identify: (value) => typeof value === "string",
      default: true,
      tag: "tag:yaml.org,2002:str",
      resolve: (str) => str,
      stringify(item, ctx, onComment, onChompKeep) {
        ctx = Object.assign({ actualString: true }, ctx);
        return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
      }
    };
    exports.string = string;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/common/null.js
var require_null = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/common/null.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var nullTag = {
      identify: (value) => value == null,
      createNode: () => new Scalar.Scalar(null),
      default: true,
      tag: "tag:yaml.org,2002:null",
      test: /^(?:~|[Nn]ull|NULL)?$/,
      resolve: () => new Scalar.Scalar(null),
      stringify: ({ source }, ctx) => typeof source === "string" && nullTag.test.test(source) ? source : ctx.options.nullStr
    };
    exports.nullTag = nullTag;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/core/bool.js
var require_bool = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/core/bool.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var boolTag = {
      identify: (value) => typeof value === "boolean",
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
      resolve: (str) => new Scalar.Scalar(str[0] === "t" || str[0] === "T"),
      stringify({ source, value }, ctx) {
        if (source && boolTag.test.test(source)) {
          const sv = source[0] === "t" || source[0] === "T";
          if (value === sv)
            return source;
        }
        return value ? ctx.options.trueStr : ctx.options.falseStr;
      }
    };
    exports.boolTag = boolTag;
  }
});

// ../../../work/main/node_modules/yaml/dist/stringify/stringifyNumber.js
var require_stringifyNumber = __commonJS({
  "../../../work/main/node_modules/yaml/dist/stringify/stringifyNumber.js"(exports) {
    "use strict";
    function stringifyNumber({ format, minFractionDigits, tag, value }) {
      if (typeof value === "bigint")
        return String(value);
      const num = typeof value === "number" ? value : Number(value);
      if (!isFinite(num))
        return isNaN(num) ? ".nan" : num < 0 ? "-.inf" : ".inf";
      let n = Object.is(value, -0) ? "-0" : JSON.stringify(value);
      if (!format && minFractionDigits && (!tag || tag === "tag:yaml.org,2002:float") && /^-?\d/.test(n) && !n.includes("e")) {
        let i = n.indexOf(".");
        if (i < 0) {
          i = n.length;
          n += ".";
        }
        let d = minFractionDigits - (n.length - i - 1);
        while (d-- > 0)
          n += "0";
      }
      return n;
    }
    exports.stringifyNumber = stringifyNumber;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/core/float.js
var require_float = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/core/float.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str),
      stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
      }
    };
    var float = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
      resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str));
        const dot = str.indexOf(".");
        if (dot !== -1 && str[str.length - 1] === "0")
          node.minFractionDigits = str.length - dot - 1;
        return node;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports.float = float;
    exports.floatExp = floatExp;
    exports.floatNaN = floatNaN;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/core/int.js
var require_int = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/core/int.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
    var intResolve = (str, offset, radix, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix);
    function intStringify(node, radix, prefix) {
      const { value } = node;
      if (intIdentify(value) && value >= 0)
        return prefix + value.toString(radix);
      return stringifyNumber.stringifyNumber(node);
    }
    var intOct = {
      identify: (value) => intIdentify(value) && value >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^0o[0-7]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
      stringify: (node) => intStringify(node, 8, "0o")
    };
    var int = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: (value) => intIdentify(value) && value >= 0,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^0x[0-9a-fA-F]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node) => intStringify(node, 16, "0x")
    };
    exports.int = int;
    exports.intHex = intHex;
    exports.intOct = intOct;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/core/schema.js
var require_schema = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/core/schema.js"(exports) {
    "use strict";
    var map = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var bool = require_bool();
    var float = require_float();
    var int = require_int();
    var schema = [
      map.map,
      seq.seq,
      string.string,
      _null.nullTag,
      bool.boolTag,
      int.intOct,
      int.int,
      int.intHex,
      float.floatNaN,
      float.floatExp,
      float.float
    ];
    exports.schema = schema;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/json/schema.js
var require_schema2 = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/json/schema.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var map = require_map();
    var seq = require_seq();
    function intIdentify(value) {
      return typeof value === "bigint" || Number.isInteger(value);
    }
    var stringifyJSON = ({ value }) => JSON.stringify(value);
    var jsonScalars = [
      {
        identify: (value) => typeof value === "string",
        default: true,
        tag: "tag:yaml.org,2002:str",
        resolve: (str) => str,
        stringify: stringifyJSON
      },
      {
        identify: (value) => value == null,
        createNode: () => new Scalar.Scalar(null),
        default: true,
        tag: "tag:yaml.org,2002:null",
        test: /^null$/,
        resolve: () => null,
        stringify: stringifyJSON
      },
      {
        identify: (value) => typeof value === "boolean",
        default: true,
        tag: "tag:yaml.org,2002:bool",
        test: /^true$|^false$/,
        resolve: (str) => str === "true",
        stringify: stringifyJSON
      },
      {
        identify: intIdentify,
        default: true,
        tag: "tag:yaml.org,2002:int",
        test: /^-?(?:0|[1-9][0-9]*)$/,
        resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
        stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
      },
      {
        identify: (value) => typeof value === "number",
        default: true,
        tag: "tag:yaml.org,2002:float",
        test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
        resolve: (str) => parseFloat(str),
        stringify: stringifyJSON
      }
    ];
    var jsonError = {
      default: true,
      tag: "",
      test: /^/,
      resolve(str, onError) {
        onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
        return str;
      }
    };
    var schema = [map.map, seq.seq].concat(jsonScalars, jsonError);
    exports.schema = schema;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/binary.js
var require_binary = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/binary.js"(exports) {
    "use strict";
    var node_buffer = __require("buffer");
    var Scalar = require_Scalar();
    var stringifyString = require_stringifyString();
    var binary = {
      identify: (value) => value instanceof Uint8Array,
      // Buffer inherits from Uint8Array
      default: false,
      tag: "tag:yaml.org,2002:binary",
      /**
       * Returns a Buffer in node and an Uint8Array in browsers
       *
       * To use the resulting buffer as an image, you'll want to do something like:
       *
       *   const blob = new Blob([buffer], { type: 'image/jpeg' })
       *   document.querySelector('#photo').src = URL.createObjectURL(blob)
       */
      resolve(src, onError) {
        if (typeof node_buffer.Buffer === "function") {
          return node_buffer.Buffer.from(src, "base64");
        } else if (typeof atob === "function") {
          const str = atob(src.replace(/[\n\r]/g, ""));
          const buffer = new Uint8Array(str.length);
          for (let i = 0; i < str.length; ++i)
            buffer[i] = str.charCodeAt(i);
          return buffer;
        } else {
          onError("This environment does not support reading binary tags; either Buffer or atob is required");
          return src;
        }
      },
      stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
        if (!value)
          return "";
        const buf = value;
        let str;
        if (typeof node_buffer.Buffer === "function") {
          str = buf instanceof node_buffer.Buffer ? buf.toString("base64") : node_buffer.Buffer.from(buf.buffer).toString("base64");
        } else if (typeof btoa === "function") {
          let s = "";
          for (let i = 0; i < buf.length; ++i)
            s += String.fromCharCode(buf[i]);
          str = btoa(s);
        } else {
          throw new Error("This environment does not support writing binary tags; either Buffer or btoa is required");
        }
        type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
        if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
          const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
          const n = Math.ceil(str.length / lineWidth);
          const lines2 = new Array(n);
          for (let i = 0, o = 0; i < n; ++i, o += lineWidth) {
            lines2[i] = str.substr(o, lineWidth);
          }
          str = lines2.join(type === Scalar.Scalar.BLOCK_LITERAL ? "\n" : " ");
        }
        return stringifyString.stringifyString({ comment, type, value: str }, ctx, onComment, onChompKeep);
      }
    };
    exports.binary = binary;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/pairs.js
var require_pairs = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/pairs.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    var YAMLSeq = require_YAMLSeq();
    function resolvePairs(seq, onError) {
      if (identity.isSeq(seq)) {
        for (let i = 0; i < seq.items.length; ++i) {
          let item = seq.items[i];
          if (identity.isPair(item))
            continue;
          else if (identity.isMap(item)) {
            if (item.items.length > 1)
              onError("Each pair must have its own sequence indicator");
            const pair = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
            if (item.commentBefore)
              pair.key.commentBefore = pair.key.commentBefore ? `${item.commentBefore}
${pair.key.commentBefore}` : item.commentBefore;
            if (item.comment) {
              const cn = pair.value ?? pair.key;
              cn.comment = cn.comment ? `${item.comment}
${cn.comment}` : item.comment;
            }
            item = pair;
          }
          seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
        }
      } else
        onError("Expected a sequence for this tag");
      return seq;
    }
    function createPairs(schema, iterable, ctx) {
      const { replacer } = ctx;
      const pairs2 = new YAMLSeq.YAMLSeq(schema);
      pairs2.tag = "tag:yaml.org,2002:pairs";
      let i = 0;
      if (iterable && Symbol.iterator in Object(iterable))
        for (let it of iterable) {
          if (typeof replacer === "function")
            it = replacer.call(iterable, String(i++), it);
          let key, value;
          if (Array.isArray(it)) {
            if (it.length === 2) {
              key = it[0];
              value = it[1];
            } else
              throw new TypeError(`Expected [key, value] tuple: ${it}`);
          } else if (it && it instanceof Object) {
            const keys = Object.keys(it);
            if (keys.length === 1) {
              key = keys[0];
              value = it[key];
            } else {
              throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
            }
          } else {
            key = it;
          }
          pairs2.items.push(Pair.createPair(key, value, ctx));
        }
      return pairs2;
    }
    var pairs = {
      collection: "seq",
      default: false,
      tag: "tag:yaml.org,2002:pairs",
      resolve: resolvePairs,
      createNode: createPairs
    };
    exports.createPairs = createPairs;
    exports.pairs = pairs;
    exports.resolvePairs = resolvePairs;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/omap.js
var require_omap = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/omap.js"(exports) {
    "use strict";
    var identity = require_identity();
    var toJS = require_toJS();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var pairs = require_pairs();
    var YAMLOMap = class _YAMLOMap extends YAMLSeq.YAMLSeq {
      constructor() {
        super();
        this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
        this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
        this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
        this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
        this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
        this.tag = _YAMLOMap.tag;
      }
      /**
       * If `ctx` is given, the return type is actually `Map<unknown, unknown>`,
       * but TypeScript won't allow widening the signature of a child method.
       */
      toJSON(_, ctx) {
        if (!ctx)
          return super.toJSON(_);
        const map = /* @__PURE__ */ new Map();
        if (ctx?.onCreate)
          ctx.onCreate(map);
        for (const pair of this.items) {
          let key, value;
          if (identity.isPair(pair)) {
            key = toJS.toJS(pair.key, "", ctx);
            value = toJS.toJS(pair.value, key, ctx);
          } else {
            key = toJS.toJS(pair, "", ctx);
          }
          if (map.has(key))
            throw new Error("Ordered maps must not include duplicate keys");
          map.set(key, value);
        }
        return map;
      }
      static from(schema, iterable, ctx) {
        const pairs$1 = pairs.createPairs(schema, iterable, ctx);
        const omap2 = new this();
        omap2.items = pairs$1.items;
        return omap2;
      }
    };
    YAMLOMap.tag = "tag:yaml.org,2002:omap";
    var omap = {
      collection: "seq",
      identify: (value) => value instanceof Map,
      nodeClass: YAMLOMap,
      default: false,
      tag: "tag:yaml.org,2002:omap",
      resolve(seq, onError) {
        const pairs$1 = pairs.resolvePairs(seq, onError);
        const seenKeys = [];
        for (const { key } of pairs$1.items) {
          if (identity.isScalar(key)) {
            if (seenKeys.includes(key.value)) {
              onError(`Ordered maps must not include duplicate keys: ${key.value}`);
            } else {
              seenKeys.push(key.value);
            }
          }
        }
        return Object.assign(new YAMLOMap(), pairs$1);
      },
      createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
    };
    exports.YAMLOMap = YAMLOMap;
    exports.omap = omap;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/bool.js
var require_bool2 = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/bool.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    function boolStringify({ value, source }, ctx) {
      const boolObj = value ? trueTag : falseTag;
      if (source && boolObj.test.test(source))
        return source;
      return value ? ctx.options.trueStr : ctx.options.falseStr;
    }
    var trueTag = {
      identify: (value) => value === true,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
      resolve: () => new Scalar.Scalar(true),
      stringify: boolStringify
    };
    var falseTag = {
      identify: (value) => value === false,
      default: true,
      tag: "tag:yaml.org,2002:bool",
      test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
      resolve: () => new Scalar.Scalar(false),
      stringify: boolStringify
    };
    exports.falseTag = falseTag;
    exports.trueTag = trueTag;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/float.js
var require_float2 = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/float.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var stringifyNumber = require_stringifyNumber();
    var floatNaN = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
      resolve: (str) => str.slice(-3).toLowerCase() === "nan" ? NaN : str[0] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
      stringify: stringifyNumber.stringifyNumber
    };
    var floatExp = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "EXP",
      test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
      resolve: (str) => parseFloat(str.replace(/_/g, "")),
      stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
      }
    };
    var float = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
      resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str.replace(/_/g, "")));
        const dot = str.indexOf(".");
        if (dot !== -1) {
          const f = str.substring(dot + 1).replace(/_/g, "");
          if (f[f.length - 1] === "0")
            node.minFractionDigits = f.length;
        }
        return node;
      },
      stringify: stringifyNumber.stringifyNumber
    };
    exports.float = float;
    exports.floatExp = floatExp;
    exports.floatNaN = floatNaN;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/int.js
var require_int2 = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/int.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    var intIdentify = (value) => typeof value === "bigint" || Number.isInteger(value);
    function intResolve(str, offset, radix, { intAsBigInt }) {
      const sign = str[0];
      if (sign === "-" || sign === "+")
        offset += 1;
      str = str.substring(offset).replace(/_/g, "");
      if (intAsBigInt) {
        switch (radix) {
          case 2:
            str = `0b${str}`;
            break;
          case 8:
            str = `0o${str}`;
            break;
          case 16:
            str = `0x${str}`;
            break;
        }
        const n2 = BigInt(str);
        return sign === "-" ? BigInt(-1) * n2 : n2;
      }
      const n = parseInt(str, radix);
      return sign === "-" ? -1 * n : n;
    }
    function intStringify(node, radix, prefix) {
      const { value } = node;
      if (intIdentify(value)) {
        const str = value.toString(radix);
        return value < 0 ? "-" + prefix + str.substr(1) : prefix + str;
      }
      return stringifyNumber.stringifyNumber(node);
    }
    var intBin = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "BIN",
      test: /^[-+]?0b[0-1_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
      stringify: (node) => intStringify(node, 2, "0b")
    };
    var intOct = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "OCT",
      test: /^[-+]?0[0-7_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
      stringify: (node) => intStringify(node, 8, "0")
    };
    var int = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      test: /^[-+]?[0-9][0-9_]*$/,
      resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
      stringify: stringifyNumber.stringifyNumber
    };
    var intHex = {
      identify: intIdentify,
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "HEX",
      test: /^[-+]?0x[0-9a-fA-F_]+$/,
      resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
      stringify: (node) => intStringify(node, 16, "0x")
    };
    exports.int = int;
    exports.intBin = intBin;
    exports.intHex = intHex;
    exports.intOct = intOct;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/set.js
var require_set = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/set.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSet = class _YAMLSet extends YAMLMap.YAMLMap {
      constructor(schema) {
        super(schema);
        this.tag = _YAMLSet.tag;
      }
      add(key) {
        let pair;
        if (identity.isPair(key))
          pair = key;
        else if (key && typeof key === "object" && "key" in key && "value" in key && key.value === null)
          pair = new Pair.Pair(key.key, null);
        else
          pair = new Pair.Pair(key, null);
        const prev = YAMLMap.findPair(this.items, pair.key);
        if (!prev)
          this.items.push(pair);
      }
      /**
       * If `keepPair` is `true`, returns the Pair matching `key`.
       * Otherwise, returns the value of that Pair's key.
       */
      get(key, keepPair) {
        const pair = YAMLMap.findPair(this.items, key);
        return !keepPair && identity.isPair(pair) ? identity.isScalar(pair.key) ? pair.key.value : pair.key : pair;
      }
      set(key, value) {
        if (typeof value !== "boolean")
          throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
        const prev = YAMLMap.findPair(this.items, key);
        if (prev && !value) {
          this.items.splice(this.items.indexOf(prev), 1);
        } else if (!prev && value) {
          this.items.push(new Pair.Pair(key));
        }
      }
      toJSON(_, ctx) {
        return super.toJSON(_, ctx, Set);
      }
      toString(ctx, onComment, onChompKeep) {
        if (!ctx)
          return JSON.stringify(this);
        if (this.hasAllNullValues(true))
          return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
        else
          throw new Error("Set items must all have null values");
      }
      static from(schema, iterable, ctx) {
        const { replacer } = ctx;
        const set2 = new this(schema);
        if (iterable && Symbol.iterator in Object(iterable))
          for (let value of iterable) {
            if (typeof replacer === "function")
              value = replacer.call(iterable, value, value);
            set2.items.push(Pair.createPair(value, null, ctx));
          }
        return set2;
      }
    };
    YAMLSet.tag = "tag:yaml.org,2002:set";
    var set = {
      collection: "map",
      identify: (value) => value instanceof Set,
      nodeClass: YAMLSet,
      default: false,
      tag: "tag:yaml.org,2002:set",
      createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
      resolve(map, onError) {
        if (identity.isMap(map)) {
          if (map.hasAllNullValues(true))
            return Object.assign(new YAMLSet(), map);
          else
            onError("Set items must all have null values");
        } else
          onError("Expected a mapping for this tag");
        return map;
      }
    };
    exports.YAMLSet = YAMLSet;
    exports.set = set;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/timestamp.js
var require_timestamp = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/timestamp.js"(exports) {
    "use strict";
    var stringifyNumber = require_stringifyNumber();
    function parseSexagesimal(str, asBigInt) {
      const sign = str[0];
      const parts = sign === "-" || sign === "+" ? str.substring(1) : str;
      const num = (n) => asBigInt ? BigInt(n) : Number(n);
      const res = parts.replace(/_/g, "").split(":").reduce((res2, p) => res2 * num(60) + num(p), num(0));
      return sign === "-" ? num(-1) * res : res;
    }
    function stringifySexagesimal(node) {
      let { value } = node;
      let num = (n) => n;
      if (typeof value === "bigint")
        num = (n) => BigInt(n);
      else if (isNaN(value) || !isFinite(value))
        return stringifyNumber.stringifyNumber(node);
      let sign = "";
      if (value < 0) {
        sign = "-";
        value *= num(-1);
      }
      const _60 = num(60);
      const parts = [value % _60];
      if (value < 60) {
        parts.unshift(0);
      } else {
        value = (value - parts[0]) / _60;
        parts.unshift(value % _60);
        if (value >= 60) {
          value = (value - parts[0]) / _60;
          parts.unshift(value);
        }
      }
      return sign + parts.map((n) => String(n).padStart(2, "0")).join(":").replace(/000000\d*$/, "");
    }
    var intTime = {
      identify: (value) => typeof value === "bigint" || Number.isInteger(value),
      default: true,
      tag: "tag:yaml.org,2002:int",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
      resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
      stringify: stringifySexagesimal
    };
    var floatTime = {
      identify: (value) => typeof value === "number",
      default: true,
      tag: "tag:yaml.org,2002:float",
      format: "TIME",
      test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
      resolve: (str) => parseSexagesimal(str, false),
      stringify: stringifySexagesimal
    };
    var timestamp = {
      identify: (value) => value instanceof Date,
      default: true,
      tag: "tag:yaml.org,2002:timestamp",
      // If the time zone is omitted, the timestamp is assumed to be specified in UTC. The time part
      // may be omitted altogether, resulting in a date format. In such a case, the time part is
      // assumed to be 00:00:00Z (start of day, UTC).
      test: RegExp("^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:t|T|[ \\t]+)([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?)?$"),
      resolve(str) {
        const match = str.match(timestamp.test);
        if (!match)
          throw new Error("!!timestamp expects a date, starting with yyyy-mm-dd");
        const [, year, month, day, hour, minute, second] = match.map(Number);
        const millisec = match[7] ? Number((match[7] + "00").substr(1, 3)) : 0;
        let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
        const tz = match[8];
        if (tz && tz !== "Z") {
          let d = parseSexagesimal(tz, false);
          if (Math.abs(d) < 30)
            d *= 60;
          date -= 6e4 * d;
        }
        return new Date(date);
      },
      stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, "") ?? ""
    };
    exports.floatTime = floatTime;
    exports.intTime = intTime;
    exports.timestamp = timestamp;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/schema.js
var require_schema3 = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/yaml-1.1/schema.js"(exports) {
    "use strict";
    var map = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var binary = require_binary();
    var bool = require_bool2();
    var float = require_float2();
    var int = require_int2();
    var merge = require_merge();
    var omap = require_omap();
    var pairs = require_pairs();
    var set = require_set();
    var timestamp = require_timestamp();
    var schema = [
      map.map,
      seq.seq,
      string.string,
      _null.nullTag,
      bool.trueTag,
      bool.falseTag,
      int.intBin,
      int.intOct,
      int.int,
      int.intHex,
      float.floatNaN,
      float.floatExp,
      float.float,
      binary.binary,
      merge.merge,
      omap.omap,
      pairs.pairs,
      set.set,
      timestamp.intTime,
      timestamp.floatTime,
      timestamp.timestamp
    ];
    exports.schema = schema;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/tags.js
var require_tags = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/tags.js"(exports) {
    "use strict";
    var map = require_map();
    var _null = require_null();
    var seq = require_seq();
    var string = require_string();
    var bool = require_bool();
    var float = require_float();
    var int = require_int();
    var schema = require_schema();
    var schema$1 = require_schema2();
    var binary = require_binary();
    var merge = require_merge();
    var omap = require_omap();
    var pairs = require_pairs();
    var schema$2 = require_schema3();
    var set = require_set();
    var timestamp = require_timestamp();
    var schemas = /* @__PURE__ */ new Map([
      ["core", schema.schema],
      ["failsafe", [map.map, seq.seq, string.string]],
      ["json", schema$1.schema],
      ["yaml11", schema$2.schema],
      ["yaml-1.1", schema$2.schema]
    ]);
    var tagsByName = {
      binary: binary.binary,
      bool: bool.boolTag,
      float: float.float,
      floatExp: float.floatExp,
      floatNaN: float.floatNaN,
      floatTime: timestamp.floatTime,
      int: int.int,
      intHex: int.intHex,
      intOct: int.intOct,
      intTime: timestamp.intTime,
      map: map.map,
      merge: merge.merge,
      null: _null.nullTag,
      omap: omap.omap,
      pairs: pairs.pairs,
      seq: seq.seq,
      set: set.set,
      timestamp: timestamp.timestamp
    };
    var coreKnownTags = {
      "tag:yaml.org,2002:binary": binary.binary,
      "tag:yaml.org,2002:merge": merge.merge,
      "tag:yaml.org,2002:omap": omap.omap,
      "tag:yaml.org,2002:pairs": pairs.pairs,
      "tag:yaml.org,2002:set": set.set,
      "tag:yaml.org,2002:timestamp": timestamp.timestamp
    };
    function getTags(customTags, schemaName, addMergeTag) {
      const schemaTags = schemas.get(schemaName);
      if (schemaTags && !customTags) {
        return addMergeTag && !schemaTags.includes(merge.merge) ? schemaTags.concat(merge.merge) : schemaTags.slice();
      }
      let tags = schemaTags;
      if (!tags) {
        if (Array.isArray(customTags))
          tags = [];
        else {
          const keys = Array.from(schemas.keys()).filter((key) => key !== "yaml11").map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
        }
      }
      if (Array.isArray(customTags)) {
        for (const tag of customTags)
          tags = tags.concat(tag);
      } else if (typeof customTags === "function") {
        tags = customTags(tags.slice());
      }
      if (addMergeTag)
        tags = tags.concat(merge.merge);
      return tags.reduce((tags2, tag) => {
        const tagObj = typeof tag === "string" ? tagsByName[tag] : tag;
        if (!tagObj) {
          const tagName = JSON.stringify(tag);
          const keys = Object.keys(tagsByName).map((key) => JSON.stringify(key)).join(", ");
          throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
        }
        if (!tags2.includes(tagObj))
          tags2.push(tagObj);
        return tags2;
      }, []);
    }
    exports.coreKnownTags = coreKnownTags;
    exports.getTags = getTags;
  }
});

// ../../../work/main/node_modules/yaml/dist/schema/Schema.js
var require_Schema = __commonJS({
  "../../../work/main/node_modules/yaml/dist/schema/Schema.js"(exports) {
    "use strict";
    var identity = require_identity();
    var map = require_map();
    var seq = require_seq();
    var string = require_string();
    var tags = require_tags();
    var sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
    var Schema = class _Schema {
      constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
        this.compat = Array.isArray(compat) ? tags.getTags(compat, "compat") : compat ? tags.getTags(null, compat) : null;
        this.name = typeof schema === "string" && schema || "core";
        this.knownTags = resolveKnownTags ? tags.coreKnownTags : {};
        this.tags = tags.getTags(customTags, this.name, merge);
        this.toStringOptions = toStringDefaults ?? null;
        Object.defineProperty(this, identity.MAP, { value: map.map });
        Object.defineProperty(this, identity.SCALAR, { value: string.string });
        Object.defineProperty(this, identity.SEQ, { value: seq.seq });
        this.sortMapEntries = typeof sortMapEntries === "function" ? sortMapEntries : sortMapEntries === true ? sortMapEntriesByKey : null;
      }
      clone() {
        const copy = Object.create(_Schema.prototype, Object.getOwnPropertyDescriptors(this));
        copy.tags = this.tags.slice();
        return copy;
      }
    };
    exports.Schema = Schema;
  }
});

// ../../../work/main/node_modules/yaml/dist/stringify/stringifyDocument.js
var require_stringifyDocument = __commonJS({
  "../../../work/main/node_modules/yaml/dist/stringify/stringifyDocument.js"(exports) {
    "use strict";
    var identity = require_identity();
    var stringify = require_stringify();
    var stringifyComment = require_stringifyComment();
    function stringifyDocument(doc, options) {
      const lines2 = [];
      let hasDirectives = options.directives === true;
      if (options.directives !== false && doc.directives) {
        const dir = doc.directives.toString(doc);
        if (dir) {
          lines2.push(dir);
          hasDirectives = true;
        } else if (doc.directives.docStart)
          hasDirectives = true;
      }
      if (hasDirectives)
        lines2.push("---");
      const ctx = stringify.createStringifyContext(doc, options);
      const { commentString } = ctx.options;
      if (doc.commentBefore) {
        if (lines2.length !== 1)
          lines2.unshift("");
        const cs = commentString(doc.commentBefore);
        lines2.unshift(stringifyComment.indentComment(cs, ""));
      }
      let chompKeep = false;
      let contentComment = null;
      if (doc.contents) {
        if (identity.isNode(doc.contents)) {
          if (doc.contents.spaceBefore && hasDirectives)
            lines2.push("");
          if (doc.contents.commentBefore) {
            const cs = commentString(doc.contents.commentBefore);
            lines2.push(stringifyComment.indentComment(cs, ""));
          }
          ctx.forceBlockIndent = !!doc.comment;
          contentComment = doc.contents.comment;
        }
        const onChompKeep = contentComment ? void 0 : () => chompKeep = true;
        let body = stringify.stringify(doc.contents, ctx, () => contentComment = null, onChompKeep);
        if (contentComment)
          body += stringifyComment.lineComment(body, "", commentString(contentComment));
        if ((body[0] === "|" || body[0] === ">") && lines2[lines2.length - 1] === "---") {
          lines2[lines2.length - 1] = `--- ${body}`;
        } else
          lines2.push(body);
      } else {
        lines2.push(stringify.stringify(doc.contents, ctx));
      }
      if (doc.directives?.docEnd) {
        if (doc.comment) {
          const cs = commentString(doc.comment);
          if (cs.includes("\n")) {
            lines2.push("...");
            lines2.push(stringifyComment.indentComment(cs, ""));
          } else {
            lines2.push(`... ${cs}`);
          }
        } else {
          lines2.push("...");
        }
      } else {
        let dc = doc.comment;
        if (dc && chompKeep)
          dc = dc.replace(/^\n+/, "");
        if (dc) {
          if ((!chompKeep || contentComment) && lines2[lines2.length - 1] !== "")
            lines2.push("");
          lines2.push(stringifyComment.indentComment(commentString(dc), ""));
        }
      }
      return lines2.join("\n") + "\n";
    }
    exports.stringifyDocument = stringifyDocument;
  }
});

// ../../../work/main/node_modules/yaml/dist/doc/Document.js
var require_Document = __commonJS({
  "../../../work/main/node_modules/yaml/dist/doc/Document.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var Collection = require_Collection();
    var identity = require_identity();
    var Pair = require_Pair();
    var toJS = require_toJS();
    var Schema = require_Schema();
    var stringifyDocument = require_stringifyDocument();
    var anchors = require_anchors();
    var applyReviver = require_applyReviver();
    var createNode = require_createNode();
    var directives = require_directives();
    var Document = class _Document {
      constructor(value, replacer, options) {
        this.commentBefore = null;
        this.comment = null;
        this.errors = [];
        this.warnings = [];
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
        let _replacer = null;
        if (typeof replacer === "function" || Array.isArray(replacer)) {
          _replacer = replacer;
        } else if (options === void 0 && replacer) {
          options = replacer;
          replacer = void 0;
        }
        const opt = Object.assign({
          intAsBigInt: false,
          keepSourceTokens: false,
          logLevel: "warn",
          prettyErrors: true,
          strict: true,
          stringKeys: false,
          uniqueKeys: true,
          version: "1.2"
        }, options);
        this.options = opt;
        let { version } = opt;
        if (options?._directives) {
          this.directives = options._directives.atDocument();
          if (this.directives.yaml.explicit)
            version = this.directives.yaml.version;
        } else
          this.directives = new directives.Directives({ version });
        this.setSchema(version, options);
        this.contents = value === void 0 ? null : this.createNode(value, _replacer, options);
      }
      /**
       * Create a deep copy of this Document and its contents.
       *
       * Custom Node values that inherit from `Object` still refer to their original instances.
       */
      clone() {
        const copy = Object.create(_Document.prototype, {
          [identity.NODE_TYPE]: { value: identity.DOC }
        });
        copy.commentBefore = this.commentBefore;
        copy.comment = this.comment;
        copy.errors = this.errors.slice();
        copy.warnings = this.warnings.slice();
        copy.options = Object.assign({}, this.options);
        if (this.directives)
          copy.directives = this.directives.clone();
        copy.schema = this.schema.clone();
        copy.contents = identity.isNode(this.contents) ? this.contents.clone(copy.schema) : this.contents;
        if (this.range)
          copy.range = this.range.slice();
        return copy;
      }
      /** Adds a value to the document. */
      add(value) {
        if (assertCollection(this.contents))
          this.contents.add(value);
      }
      /** Adds a value to the document. */
      addIn(path, value) {
        if (assertCollection(this.contents))
          this.contents.addIn(path, value);
      }
      /**
       * Create a new `Alias` node, ensuring that the target `node` has the required anchor.
       *
       * If `node` already has an anchor, `name` is ignored.
       * Otherwise, the `node.anchor` value will be set to `name`,
       * or if an anchor with that name is already present in the document,
       * `name` will be used as a prefix for a new unique anchor.
       * If `name` is undefined, the generated anchor will use 'a' as a prefix.
       */
      createAlias(node, name) {
        if (!node.anchor) {
          const prev = anchors.anchorNames(this);
          node.anchor = // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          !name || prev.has(name) ? anchors.findNewAnchor(name || "a", prev) : name;
        }
        return new Alias.Alias(node.anchor);
      }
      createNode(value, replacer, options) {
        let _replacer = void 0;
        if (typeof replacer === "function") {
          value = replacer.call({ "": value }, "", value);
          _replacer = replacer;
        } else if (Array.isArray(replacer)) {
          const keyToStr = (v) => typeof v === "number" || v instanceof String || v instanceof Number;
          const asStr = replacer.filter(keyToStr).map(String);
          if (asStr.length > 0)
            replacer = replacer.concat(asStr);
          _replacer = replacer;
        } else if (options === void 0 && replacer) {
          options = replacer;
          replacer = void 0;
        }
        const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
        const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(
          this,
          // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
          anchorPrefix || "a"
        );
        const ctx = {
          aliasDuplicateObjects: aliasDuplicateObjects ?? true,
          keepUndefined: keepUndefined ?? false,
          onAnchor,
          onTagObj,
          replacer: _replacer,
          schema: this.schema,
          sourceObjects
        };
        const node = createNode.createNode(value, tag, ctx);
        if (flow && identity.isCollection(node))
          node.flow = true;
        setAnchors();
        return node;
      }
      /**
       * Convert a key and a value into a `Pair` using the current schema,
       * recursively wrapping all values as `Scalar` or `Collection` nodes.
       */
      createPair(key, value, options = {}) {
        const k2 = this.createNode(key, null, options);
        const v = this.createNode(value, null, options);
        return new Pair.Pair(k2, v);
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      delete(key) {
        return assertCollection(this.contents) ? this.contents.delete(key) : false;
      }
      /**
       * Removes a value from the document.
       * @returns `true` if the item was found and removed.
       */
      deleteIn(path) {
        if (Collection.isEmptyPath(path)) {
          if (this.contents == null)
            return false;
          this.contents = null;
          return true;
        }
        return assertCollection(this.contents) ? this.contents.deleteIn(path) : false;
      }
      /**
       * Returns item at `key`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      get(key, keepScalar) {
        return identity.isCollection(this.contents) ? this.contents.get(key, keepScalar) : void 0;
      }
      /**
       * Returns item at `path`, or `undefined` if not found. By default unwraps
       * scalar values from their surrounding node; to disable set `keepScalar` to
       * `true` (collections are always returned intact).
       */
      getIn(path, keepScalar) {
        if (Collection.isEmptyPath(path))
          return !keepScalar && identity.isScalar(this.contents) ? this.contents.value : this.contents;
        return identity.isCollection(this.contents) ? this.contents.getIn(path, keepScalar) : void 0;
      }
      /**
       * Checks if the document includes a value with the key `key`.
       */
      has(key) {
        return identity.isCollection(this.contents) ? this.contents.has(key) : false;
      }
      /**
       * Checks if the document includes a value at `path`.
       */
      hasIn(path) {
        if (Collection.isEmptyPath(path))
          return this.contents !== void 0;
        return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      set(key, value) {
        if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, [key], value);
        } else if (assertCollection(this.contents)) {
          this.contents.set(key, value);
        }
      }
      /**
       * Sets a value in this document. For `!!set`, `value` needs to be a
       * boolean to add/remove the item from the set.
       */
      setIn(path, value) {
        if (Collection.isEmptyPath(path)) {
          this.contents = value;
        } else if (this.contents == null) {
          this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value);
        } else if (assertCollection(this.contents)) {
          this.contents.setIn(path, value);
        }
      }
      /**
       * Change the YAML version and schema used by the document.
       * A `null` version disables support for directives, explicit tags, anchors, and aliases.
       * It also requires the `schema` option to be given as a `Schema` instance value.
       *
       * Overrides all previously set schema options.
       */
      setSchema(version, options = {}) {
        if (typeof version === "number")
          version = String(version);
        let opt;
        switch (version) {
          case "1.1":
            if (this.directives)
              this.directives.yaml.version = "1.1";
            else
              this.directives = new directives.Directives({ version: "1.1" });
            opt = { resolveKnownTags: false, schema: "yaml-1.1" };
            break;
          case "1.2":
          case "next":
            if (this.directives)
              this.directives.yaml.version = version;
            else
              this.directives = new directives.Directives({ version });
            opt = { resolveKnownTags: true, schema: "core" };
            break;
          case null:
            if (this.directives)
              delete this.directives;
            opt = null;
            break;
          default: {
            const sv = JSON.stringify(version);
            throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
          }
        }
        if (options.schema instanceof Object)
          this.schema = options.schema;
        else if (opt)
          this.schema = new Schema.Schema(Object.assign(opt, options));
        else
          throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
      }
      // json & jsonArg are only used from toJSON()
      toJS({ json, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        const ctx = {
          anchors: /* @__PURE__ */ new Map(),
          doc: this,
          keep: !json,
          mapAsMap: mapAsMap === true,
          mapKeyWarned: false,
          maxAliasCount: typeof maxAliasCount === "number" ? maxAliasCount : 100
        };
        const res = toJS.toJS(this.contents, jsonArg ?? "", ctx);
        if (typeof onAnchor === "function")
          for (const { count: count2, res: res2 } of ctx.anchors.values())
            onAnchor(res2, count2);
        return typeof reviver === "function" ? applyReviver.applyReviver(reviver, { "": res }, "", res) : res;
      }
      /**
       * A JSON representation of the document `contents`.
       *
       * @param jsonArg Used by `JSON.stringify` to indicate the array index or
       *   property name.
       */
      toJSON(jsonArg, onAnchor) {
        return this.toJS({ json: true, jsonArg, mapAsMap: false, onAnchor });
      }
      /** A YAML representation of the document. */
      toString(options = {}) {
        if (this.errors.length > 0)
          throw new Error("Document with errors cannot be stringified");
        if ("indent" in options && (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
          const s = JSON.stringify(options.indent);
          throw new Error(`"indent" option must be a positive integer, not ${s}`);
        }
        return stringifyDocument.stringifyDocument(this, options);
      }
    };
    function assertCollection(contents) {
      if (identity.isCollection(contents))
        return true;
      throw new Error("Expected a YAML collection as document contents");
    }
    exports.Document = Document;
  }
});

// ../../../work/main/node_modules/yaml/dist/errors.js
var require_errors = __commonJS({
  "../../../work/main/node_modules/yaml/dist/errors.js"(exports) {
    "use strict";
    var YAMLError = class extends Error {
      constructor(name, pos, code, message) {
        super();
        this.name = name;
        this.code = code;
        this.message = message;
        this.pos = pos;
      }
    };
    var YAMLParseError = class extends YAMLError {
      constructor(pos, code, message) {
        super("YAMLParseError", pos, code, message);
      }
    };
    var YAMLWarning = class extends YAMLError {
      constructor(pos, code, message) {
        super("YAMLWarning", pos, code, message);
      }
    };
    var prettifyError = (src, lc) => (error) => {
      if (error.pos[0] === -1)
        return;
      error.linePos = error.pos.map((pos) => lc.linePos(pos));
      const { line, col } = error.linePos[0];
      error.message += ` at line ${line}, column ${col}`;
      let ci = col - 1;
      let lineStr = src.substring(lc.lineStarts[line - 1], lc.lineStarts[line]).replace(/[\n\r]+$/, "");
      if (ci >= 60 && lineStr.length > 80) {
        const trimStart = Math.min(ci - 39, lineStr.length - 79);
        lineStr = "\u2026" + lineStr.substring(trimStart);
        ci -= trimStart - 1;
      }
      if (lineStr.length > 80)
        lineStr = lineStr.substring(0, 79) + "\u2026";
      if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
        let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
        if (prev.length > 80)
          prev = prev.substring(0, 79) + "\u2026\n";
        lineStr = prev + lineStr;
      }
      if (/[^ ]/.test(lineStr)) {
        let count2 = 1;
        const end = error.linePos[1];
        if (end?.line === line && end.col > col) {
          count2 = Math.max(1, Math.min(end.col - col, 80 - ci));
        }
        const pointer = " ".repeat(ci) + "^".repeat(count2);
        error.message += `:

${lineStr}
${pointer}
`;
      }
    };
    exports.YAMLError = YAMLError;
    exports.YAMLParseError = YAMLParseError;
    exports.YAMLWarning = YAMLWarning;
    exports.prettifyError = prettifyError;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/resolve-props.js
var require_resolve_props = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/resolve-props.js"(exports) {
    "use strict";
    function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
      let spaceBefore = false;
      let atNewline = startOnNewline;
      let hasSpace = startOnNewline;
      let comment = "";
      let commentSep = "";
      let hasNewline = false;
      let reqSpace = false;
      let tab = null;
      let anchor = null;
      let tag = null;
      let newlineAfterProp = null;
      let comma = null;
      let found = null;
      let start3 = null;
      for (const token of tokens) {
        if (reqSpace) {
          if (token.type !== "space" && token.type !== "newline" && token.type !== "comma")
            onError(token.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
          reqSpace = false;
        }
        if (tab) {
          if (atNewline && token.type !== "comment" && token.type !== "newline") {
            onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
          }
          tab = null;
        }
        switch (token.type) {
          case "space":
            if (!flow && (indicator !== "doc-start" || next?.type !== "flow-collection") && token.source.includes("	")) {
              tab = token;
            }
            hasSpace = true;
            break;
          case "comment": {
            if (!hasSpace)
              onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
            const cb = token.source.substring(1) || " ";
            if (!comment)
              comment = cb;
            else
              comment += commentSep + cb;
            commentSep = "";
            atNewline = false;
            break;
          }
          case "newline":
            if (atNewline) {
              if (comment)
                comment += token.source;
              else if (!found || indicator !== "seq-item-ind")
                spaceBefore = true;
            } else
              commentSep += token.source;
            atNewline = true;
            hasNewline = true;
            if (anchor || tag)
              newlineAfterProp = token;
            hasSpace = true;
            break;
          case "anchor":
            if (anchor)
              onError(token, "MULTIPLE_ANCHORS", "A node can have at most one anchor");
            if (token.source.endsWith(":"))
              onError(token.offset + token.source.length - 1, "BAD_ALIAS", "Anchor ending in : is ambiguous", true);
            anchor = token;
            start3 ?? (start3 = token.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          case "tag": {
            if (tag)
              onError(token, "MULTIPLE_TAGS", "A node can have at most one tag");
            tag = token;
            start3 ?? (start3 = token.offset);
            atNewline = false;
            hasSpace = false;
            reqSpace = true;
            break;
          }
          case indicator:
            if (anchor || tag)
              onError(token, "BAD_PROP_ORDER", `Anchors and tags must be after the ${token.source} indicator`);
            if (found)
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.source} in ${flow ?? "collection"}`);
            found = token;
            atNewline = indicator === "seq-item-ind" || indicator === "explicit-key-ind";
            hasSpace = false;
            break;
          case "comma":
            if (flow) {
              if (comma)
                onError(token, "UNEXPECTED_TOKEN", `Unexpected , in ${flow}`);
              comma = token;
              atNewline = false;
              hasSpace = false;
              break;
            }
          // else fallthrough
          default:
            onError(token, "UNEXPECTED_TOKEN", `Unexpected ${token.type} token`);
            atNewline = false;
            hasSpace = false;
        }
      }
      const last = tokens[tokens.length - 1];
      const end = last ? last.offset + last.source.length : offset;
      if (reqSpace && next && next.type !== "space" && next.type !== "newline" && next.type !== "comma" && (next.type !== "scalar" || next.source !== "")) {
        onError(next.offset, "MISSING_CHAR", "Tags and anchors must be separated from the next token by white space");
      }
      if (tab && (atNewline && tab.indent <= parentIndent || next?.type === "block-map" || next?.type === "block-seq"))
        onError(tab, "TAB_AS_INDENT", "Tabs are not allowed as indentation");
      return {
        comma,
        found,
        spaceBefore,
        comment,
        hasNewline,
        anchor,
        tag,
        newlineAfterProp,
        end,
        start: start3 ?? end
      };
    }
    exports.resolveProps = resolveProps;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/util-contains-newline.js
var require_util_contains_newline = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/util-contains-newline.js"(exports) {
    "use strict";
    function containsNewline(key) {
      if (!key)
        return null;
      switch (key.type) {
        case "alias":
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          if (key.source.includes("\n"))
            return true;
          if (key.end) {
            for (const st of key.end)
              if (st.type === "newline")
                return true;
          }
          return false;
        case "flow-collection":
          for (const it of key.items) {
            for (const st of it.start)
              if (st.type === "newline")
                return true;
            if (it.sep) {
              for (const st of it.sep)
                if (st.type === "newline")
                  return true;
            }
            if (containsNewline(it.key) || containsNewline(it.value))
              return true;
          }
          return false;
        default:
          return true;
      }
    }
    exports.containsNewline = containsNewline;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/util-flow-indent-check.js
var require_util_flow_indent_check = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/util-flow-indent-check.js"(exports) {
    "use strict";
    var utilContainsNewline = require_util_contains_newline();
    function flowIndentCheck(indent, fc, onError) {
      if (fc?.type === "flow-collection") {
        const end = fc.end[0];
        if (end.indent === indent && (end.source === "]" || end.source === "}") && utilContainsNewline.containsNewline(fc)) {
          const msg = "Flow end indicator should be more indented than parent";
          onError(end, "BAD_INDENT", msg, true);
        }
      }
    }
    exports.flowIndentCheck = flowIndentCheck;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/util-map-includes.js
var require_util_map_includes = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/util-map-includes.js"(exports) {
    "use strict";
    var identity = require_identity();
    function mapIncludes(ctx, items, search) {
      const { uniqueKeys } = ctx.options;
      if (uniqueKeys === false)
        return false;
      const isEqual = typeof uniqueKeys === "function" ? uniqueKeys : (a, b) => a === b || identity.isScalar(a) && identity.isScalar(b) && a.value === b.value;
      return items.some((pair) => isEqual(pair.key, search));
    }
    exports.mapIncludes = mapIncludes;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/resolve-block-map.js
var require_resolve_block_map = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/resolve-block-map.js"(exports) {
    "use strict";
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    var utilMapIncludes = require_util_map_includes();
    var startColMsg = "All mapping items must start at the same column";
    function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
      const NodeClass = tag?.nodeClass ?? YAMLMap.YAMLMap;
      const map = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      let offset = bm.offset;
      let commentEnd = null;
      for (const collItem of bm.items) {
        const { start: start3, key, sep, value } = collItem;
        const keyProps = resolveProps.resolveProps(start3, {
          indicator: "explicit-key-ind",
          next: key ?? sep?.[0],
          offset,
          onError,
          parentIndent: bm.indent,
          startOnNewline: true
        });
        const implicitKey = !keyProps.found;
        if (implicitKey) {
          if (key) {
            if (key.type === "block-seq")
              onError(offset, "BLOCK_AS_IMPLICIT_KEY", "A block sequence may not be used as an implicit map key");
            else if ("indent" in key && key.indent !== bm.indent)
              onError(offset, "BAD_INDENT", startColMsg);
          }
          if (!keyProps.anchor && !keyProps.tag && !sep) {
            commentEnd = keyProps.end;
            if (keyProps.comment) {
              if (map.comment)
                map.comment += "\n" + keyProps.comment;
              else
                map.comment = keyProps.comment;
            }
            continue;
          }
          if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) {
            onError(key ?? start3[start3.length - 1], "MULTILINE_IMPLICIT_KEY", "Implicit keys need to be on a single line");
          }
        } else if (keyProps.found?.indent !== bm.indent) {
          onError(offset, "BAD_INDENT", startColMsg);
        }
        ctx.atKey = true;
        const keyStart = keyProps.end;
        const keyNode = key ? composeNode(ctx, key, keyProps, onError) : composeEmptyNode(ctx, keyStart, start3, null, keyProps, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
        ctx.atKey = false;
        if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
          onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
        const valueProps = resolveProps.resolveProps(sep ?? [], {
          indicator: "map-value-ind",
          next: value,
          offset: keyNode.range[2],
          onError,
          parentIndent: bm.indent,
          startOnNewline: !key || key.type === "block-scalar"
        });
        offset = valueProps.end;
        if (valueProps.found) {
          if (implicitKey) {
            if (value?.type === "block-map" && !valueProps.hasNewline)
              onError(offset, "BLOCK_AS_IMPLICIT_KEY", "Nested mappings are not allowed in compact mappings");
            if (ctx.options.strict && keyProps.start < valueProps.found.offset - 1024)
              onError(keyNode.range, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit block mapping key");
          }
          const valueNode = value ? composeNode(ctx, value, valueProps, onError) : composeEmptyNode(ctx, offset, sep, null, valueProps, onError);
          if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
          offset = valueNode.range[2];
          const pair = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          map.items.push(pair);
        } else {
          if (implicitKey)
            onError(keyNode.range, "MISSING_CHAR", "Implicit map keys need to be followed by map values");
          if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair = new Pair.Pair(keyNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          map.items.push(pair);
        }
      }
      if (commentEnd && commentEnd < offset)
        onError(commentEnd, "IMPOSSIBLE", "Map comment with trailing content");
      map.range = [bm.offset, offset, commentEnd ?? offset];
      return map;
    }
    exports.resolveBlockMap = resolveBlockMap;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/resolve-block-seq.js
var require_resolve_block_seq = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/resolve-block-seq.js"(exports) {
    "use strict";
    var YAMLSeq = require_YAMLSeq();
    var resolveProps = require_resolve_props();
    var utilFlowIndentCheck = require_util_flow_indent_check();
    function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
      const NodeClass = tag?.nodeClass ?? YAMLSeq.YAMLSeq;
      const seq = new NodeClass(ctx.schema);
      if (ctx.atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset = bs.offset;
      let commentEnd = null;
      for (const { start: start3, value } of bs.items) {
        const props = resolveProps.resolveProps(start3, {
          indicator: "seq-item-ind",
          next: value,
          offset,
          onError,
          parentIndent: bs.indent,
          startOnNewline: true
        });
        if (!props.found) {
          if (props.anchor || props.tag || value) {
            if (value?.type === "block-seq")
              onError(props.end, "BAD_INDENT", "All sequence items must start at the same column");
            else
              onError(offset, "MISSING_CHAR", "Sequence item without - indicator");
          } else {
            commentEnd = props.end;
            if (props.comment)
              seq.comment = props.comment;
            continue;
          }
        }
        const node = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, start3, null, props, onError);
        if (ctx.schema.compat)
          utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
        offset = node.range[2];
        seq.items.push(node);
      }
      seq.range = [bs.offset, offset, commentEnd ?? offset];
      return seq;
    }
    exports.resolveBlockSeq = resolveBlockSeq;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/resolve-end.js
var require_resolve_end = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/resolve-end.js"(exports) {
    "use strict";
    function resolveEnd(end, offset, reqSpace, onError) {
      let comment = "";
      if (end) {
        let hasSpace = false;
        let sep = "";
        for (const token of end) {
          const { source, type } = token;
          switch (type) {
            case "space":
              hasSpace = true;
              break;
            case "comment": {
              if (reqSpace && !hasSpace)
                onError(token, "MISSING_CHAR", "Comments must be separated from other tokens by white space characters");
              const cb = source.substring(1) || " ";
              if (!comment)
                comment = cb;
              else
                comment += sep + cb;
              sep = "";
              break;
            }
            case "newline":
              if (comment)
                sep += source;
              hasSpace = true;
              break;
            default:
              onError(token, "UNEXPECTED_TOKEN", `Unexpected ${type} at node end`);
          }
          offset += source.length;
        }
      }
      return { comment, offset };
    }
    exports.resolveEnd = resolveEnd;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/resolve-flow-collection.js
var require_resolve_flow_collection = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/resolve-flow-collection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Pair = require_Pair();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    var utilContainsNewline = require_util_contains_newline();
    var utilMapIncludes = require_util_map_includes();
    var blockMsg = "Block collections are not allowed within flow collections";
    var isBlock = (token) => token && (token.type === "block-map" || token.type === "block-seq");
    function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
      const isMap8 = fc.start.source === "{";
      const fcName = isMap8 ? "flow map" : "flow sequence";
      const NodeClass = tag?.nodeClass ?? (isMap8 ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq);
      const coll = new NodeClass(ctx.schema);
      coll.flow = true;
      const atRoot = ctx.atRoot;
      if (atRoot)
        ctx.atRoot = false;
      if (ctx.atKey)
        ctx.atKey = false;
      let offset = fc.offset + fc.start.source.length;
      for (let i = 0; i < fc.items.length; ++i) {
        const collItem = fc.items[i];
        const { start: start3, key, sep, value } = collItem;
        const props = resolveProps.resolveProps(start3, {
          flow: fcName,
          indicator: "explicit-key-ind",
          next: key ?? sep?.[0],
          offset,
          onError,
          parentIndent: fc.indent,
          startOnNewline: false
        });
        if (!props.found) {
          if (!props.anchor && !props.tag && !sep && !value) {
            if (i === 0 && props.comma)
              onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
            else if (i < fc.items.length - 1)
              onError(props.start, "UNEXPECTED_TOKEN", `Unexpected empty item in ${fcName}`);
            if (props.comment) {
              if (coll.comment)
                coll.comment += "\n" + props.comment;
              else
                coll.comment = props.comment;
            }
            offset = props.end;
            continue;
          }
          if (!isMap8 && ctx.options.strict && utilContainsNewline.containsNewline(key))
            onError(
              key,
              // checked by containsNewline()
              "MULTILINE_IMPLICIT_KEY",
              "Implicit keys of flow sequence pairs need to be on a single line"
            );
        }
        if (i === 0) {
          if (props.comma)
            onError(props.comma, "UNEXPECTED_TOKEN", `Unexpected , in ${fcName}`);
        } else {
          if (!props.comma)
            onError(props.start, "MISSING_CHAR", `Missing , between ${fcName} items`);
          if (props.comment) {
            let prevItemComment = "";
            loop: for (const st of start3) {
              switch (st.type) {
                case "comma":
                case "space":
                  break;
                case "comment":
                  prevItemComment = st.source.substring(1);
                  break loop;
                default:
                  break loop;
              }
            }
            if (prevItemComment) {
              let prev = coll.items[coll.items.length - 1];
              if (identity.isPair(prev))
                prev = prev.value ?? prev.key;
              if (prev.comment)
                prev.comment += "\n" + prevItemComment;
              else
                prev.comment = prevItemComment;
              props.comment = props.comment.substring(prevItemComment.length + 1);
            }
          }
        }
        if (!isMap8 && !sep && !props.found) {
          const valueNode = value ? composeNode(ctx, value, props, onError) : composeEmptyNode(ctx, props.end, sep, null, props, onError);
          coll.items.push(valueNode);
          offset = valueNode.range[2];
          if (isBlock(value))
            onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
        } else {
          ctx.atKey = true;
          const keyStart = props.end;
          const keyNode = key ? composeNode(ctx, key, props, onError) : composeEmptyNode(ctx, keyStart, start3, null, props, onError);
          if (isBlock(key))
            onError(keyNode.range, "BLOCK_IN_FLOW", blockMsg);
          ctx.atKey = false;
          const valueProps = resolveProps.resolveProps(sep ?? [], {
            flow: fcName,
            indicator: "map-value-ind",
            next: value,
            offset: keyNode.range[2],
            onError,
            parentIndent: fc.indent,
            startOnNewline: false
          });
          if (valueProps.found) {
            if (!isMap8 && !props.found && ctx.options.strict) {
              if (sep)
                for (const st of sep) {
                  if (st === valueProps.found)
                    break;
                  if (st.type === "newline") {
                    onError(st, "MULTILINE_IMPLICIT_KEY", "Implicit keys of flow sequence pairs need to be on a single line");
                    break;
                  }
                }
              if (props.start < valueProps.found.offset - 1024)
                onError(valueProps.found, "KEY_OVER_1024_CHARS", "The : indicator must be at most 1024 chars after the start of an implicit flow sequence key");
            }
          } else if (value) {
            if ("source" in value && value.source?.[0] === ":")
              onError(value, "MISSING_CHAR", `Missing space after : in ${fcName}`);
            else
              onError(valueProps.start, "MISSING_CHAR", `Missing , or : between ${fcName} items`);
          }
          const valueNode = value ? composeNode(ctx, value, valueProps, onError) : valueProps.found ? composeEmptyNode(ctx, valueProps.end, sep, null, valueProps, onError) : null;
          if (valueNode) {
            if (isBlock(value))
              onError(valueNode.range, "BLOCK_IN_FLOW", blockMsg);
          } else if (valueProps.comment) {
            if (keyNode.comment)
              keyNode.comment += "\n" + valueProps.comment;
            else
              keyNode.comment = valueProps.comment;
          }
          const pair = new Pair.Pair(keyNode, valueNode);
          if (ctx.options.keepSourceTokens)
            pair.srcToken = collItem;
          if (isMap8) {
            const map = coll;
            if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
              onError(keyStart, "DUPLICATE_KEY", "Map keys must be unique");
            map.items.push(pair);
          } else {
            const map = new YAMLMap.YAMLMap(ctx.schema);
            map.flow = true;
            map.items.push(pair);
            const endRange = (valueNode ?? keyNode).range;
            map.range = [keyNode.range[0], endRange[1], endRange[2]];
            coll.items.push(map);
          }
          offset = valueNode ? valueNode.range[2] : valueProps.end;
        }
      }
      const expectedEnd = isMap8 ? "}" : "]";
      const [ce, ...ee] = fc.end;
      let cePos = offset;
      if (ce?.source === expectedEnd)
        cePos = ce.offset + ce.source.length;
      else {
        const name = fcName[0].toUpperCase() + fcName.substring(1);
        const msg = atRoot ? `${name} must end with a ${expectedEnd}` : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
        onError(offset, atRoot ? "MISSING_CHAR" : "BAD_INDENT", msg);
        if (ce && ce.source.length !== 1)
          ee.unshift(ce);
      }
      if (ee.length > 0) {
        const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
        if (end.comment) {
          if (coll.comment)
            coll.comment += "\n" + end.comment;
          else
            coll.comment = end.comment;
        }
        coll.range = [fc.offset, cePos, end.offset];
      } else {
        coll.range = [fc.offset, cePos, cePos];
      }
      return coll;
    }
    exports.resolveFlowCollection = resolveFlowCollection;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/compose-collection.js
var require_compose_collection = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/compose-collection.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var resolveBlockMap = require_resolve_block_map();
    var resolveBlockSeq = require_resolve_block_seq();
    var resolveFlowCollection = require_resolve_flow_collection();
    function resolveCollection(CN, ctx, token, onError, tagName, tag) {
      const coll = token.type === "block-map" ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag) : token.type === "block-seq" ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag) : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag);
      const Coll = coll.constructor;
      if (tagName === "!" || tagName === Coll.tagName) {
        coll.tag = Coll.tagName;
        return coll;
      }
      if (tagName)
        coll.tag = tagName;
      return coll;
    }
    function composeCollection(CN, ctx, token, props, onError) {
      const tagToken = props.tag;
      const tagName = !tagToken ? null : ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg));
      if (token.type === "block-seq") {
        const { anchor, newlineAfterProp: nl } = props;
        const lastProp = anchor && tagToken ? anchor.offset > tagToken.offset ? anchor : tagToken : anchor ?? tagToken;
        if (lastProp && (!nl || nl.offset < lastProp.offset)) {
          const message = "Missing newline after block sequence props";
          onError(lastProp, "MISSING_CHAR", message);
        }
      }
      const expType = token.type === "block-map" ? "map" : token.type === "block-seq" ? "seq" : token.start.source === "{" ? "map" : "seq";
      if (!tagToken || !tagName || tagName === "!" || tagName === YAMLMap.YAMLMap.tagName && expType === "map" || tagName === YAMLSeq.YAMLSeq.tagName && expType === "seq") {
        return resolveCollection(CN, ctx, token, onError, tagName);
      }
      let tag = ctx.schema.tags.find((t2) => t2.tag === tagName && t2.collection === expType);
      if (!tag) {
        const kt = ctx.schema.knownTags[tagName];
        if (kt?.collection === expType) {
          ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
          tag = kt;
        } else {
          if (kt) {
            onError(tagToken, "BAD_COLLECTION_TYPE", `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? "scalar"}`, true);
          } else {
            onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, true);
          }
          return resolveCollection(CN, ctx, token, onError, tagName);
        }
      }
      const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
      const res = tag.resolve?.(coll, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg), ctx.options) ?? coll;
      const node = identity.isNode(res) ? res : new Scalar.Scalar(res);
      node.range = coll.range;
      node.tag = tagName;
      if (tag?.format)
        node.format = tag.format;
      return node;
    }
    exports.composeCollection = composeCollection;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/resolve-block-scalar.js
var require_resolve_block_scalar = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/resolve-block-scalar.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    function resolveBlockScalar(ctx, scalar, onError) {
      const start3 = scalar.offset;
      const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
      if (!header)
        return { value: "", type: null, comment: "", range: [start3, start3, start3] };
      const type = header.mode === ">" ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
      const lines2 = scalar.source ? splitLines(scalar.source) : [];
      let chompStart = lines2.length;
      for (let i = lines2.length - 1; i >= 0; --i) {
        const content = lines2[i][1];
        if (content === "" || content === "\r")
          chompStart = i;
        else
          break;
      }
      if (chompStart === 0) {
        const value2 = header.chomp === "+" && lines2.length > 0 ? "\n".repeat(Math.max(1, lines2.length - 1)) : "";
        let end2 = start3 + header.length;
        if (scalar.source)
          end2 += scalar.source.length;
        return { value: value2, type, comment: header.comment, range: [start3, end2, end2] };
      }
      let trimIndent = scalar.indent + header.indent;
      let offset = scalar.offset + header.length;
      let contentStart = 0;
      for (let i = 0; i < chompStart; ++i) {
        const [indent, content] = lines2[i];
        if (content === "" || content === "\r") {
          if (header.indent === 0 && indent.length > trimIndent)
            trimIndent = indent.length;
        } else {
          if (indent.length < trimIndent) {
            const message = "Block scalars with more-indented leading empty lines must use an explicit indentation indicator";
            onError(offset + indent.length, "MISSING_CHAR", message);
          }
          if (header.indent === 0)
            trimIndent = indent.length;
          contentStart = i;
          if (trimIndent === 0 && !ctx.atRoot) {
            const message = "Block scalar values in collections must be indented";
            onError(offset, "BAD_INDENT", message);
          }
          break;
        }
        offset += indent.length + content.length + 1;
      }
      for (let i = lines2.length - 1; i >= chompStart; --i) {
        if (lines2[i][0].length > trimIndent)
          chompStart = i + 1;
      }
      let value = "";
      let sep = "";
      let prevMoreIndented = false;
      for (let i = 0; i < contentStart; ++i)
        value += lines2[i][0].slice(trimIndent) + "\n";
      for (let i = contentStart; i < chompStart; ++i) {
        let [indent, content] = lines2[i];
        offset += indent.length + content.length + 1;
        const crlf = content[content.length - 1] === "\r";
        if (crlf)
          content = content.slice(0, -1);
        if (content && indent.length < trimIndent) {
          const src = header.indent ? "explicit indentation indicator" : "first line";
          const message = `Block scalar lines must not be less indented than their ${src}`;
          onError(offset - content.length - (crlf ? 2 : 1), "BAD_INDENT", message);
          indent = "";
        }
        if (type === Scalar.Scalar.BLOCK_LITERAL) {
          value += sep + indent.slice(trimIndent) + content;
          sep = "\n";
        } else if (indent.length > trimIndent || content[0] === "	") {
          if (sep === " ")
            sep = "\n";
          else if (!prevMoreIndented && sep === "\n")
            sep = "\n\n";
          value += sep + indent.slice(trimIndent) + content;
          sep = "\n";
          prevMoreIndented = true;
        } else if (content === "") {
          if (sep === "\n")
            value += "\n";
          else
            sep = "\n";
        } else {
          value += sep + content;
          sep = " ";
          prevMoreIndented = false;
        }
      }
      switch (header.chomp) {
        case "-":
          break;
        case "+":
          for (let i = chompStart; i < lines2.length; ++i)
            value += "\n" + lines2[i][0].slice(trimIndent);
          if (value[value.length - 1] !== "\n")
            value += "\n";
          break;
        default:
          value += "\n";
      }
      const end = start3 + header.length + scalar.source.length;
      return { value, type, comment: header.comment, range: [start3, end, end] };
    }
    function parseBlockScalarHeader({ offset, props }, strict, onError) {
      if (props[0].type !== "block-scalar-header") {
        onError(props[0], "IMPOSSIBLE", "Block scalar header not found");
        return null;
      }
      const { source } = props[0];
      const mode = source[0];
      let indent = 0;
      let chomp = "";
      let error = -1;
      for (let i = 1; i < source.length; ++i) {
        const ch = source[i];
        if (!chomp && (ch === "-" || ch === "+"))
          chomp = ch;
        else {
          const n = Number(ch);
          if (!indent && n)
            indent = n;
          else if (error === -1)
            error = offset + i;
        }
      }
      if (error !== -1)
        onError(error, "UNEXPECTED_TOKEN", `Block scalar header includes extra characters: ${source}`);
      let hasSpace = false;
      let comment = "";
      let length2 = source.length;
      for (let i = 1; i < props.length; ++i) {
        const token = props[i];
        switch (token.type) {
          case "space":
            hasSpace = true;
          // fallthrough
          case "newline":
            length2 += token.source.length;
            break;
          case "comment":
            if (strict && !hasSpace) {
              const message = "Comments must be separated from other tokens by white space characters";
              onError(token, "MISSING_CHAR", message);
            }
            length2 += token.source.length;
            comment = token.source.substring(1);
            break;
          case "error":
            onError(token, "UNEXPECTED_TOKEN", token.message);
            length2 += token.source.length;
            break;
          /* istanbul ignore next should not happen */
          default: {
            const message = `Unexpected token in block scalar header: ${token.type}`;
            onError(token, "UNEXPECTED_TOKEN", message);
            const ts = token.source;
            if (ts && typeof ts === "string")
              length2 += ts.length;
          }
        }
      }
      return { mode, indent, chomp, comment, length: length2 };
    }
    function splitLines(source) {
      const split = source.split(/\n( *)/);
      const first = split[0];
      const m = first.match(/^( *)/);
      const line0 = m?.[1] ? [m[1], first.slice(m[1].length)] : ["", first];
      const lines2 = [line0];
      for (let i = 1; i < split.length; i += 2)
        lines2.push([split[i], split[i + 1]]);
      return lines2;
    }
    exports.resolveBlockScalar = resolveBlockScalar;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/resolve-flow-scalar.js
var require_resolve_flow_scalar = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/resolve-flow-scalar.js"(exports) {
    "use strict";
    var Scalar = require_Scalar();
    var resolveEnd = require_resolve_end();
    function resolveFlowScalar(scalar, strict, onError) {
      const { offset, type, source, end } = scalar;
      let _type;
      let value;
      const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
      switch (type) {
        case "scalar":
          _type = Scalar.Scalar.PLAIN;
          value = plainValue(source, _onError);
          break;
        case "single-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_SINGLE;
          value = singleQuotedValue(source, _onError);
          break;
        case "double-quoted-scalar":
          _type = Scalar.Scalar.QUOTE_DOUBLE;
          value = doubleQuotedValue(source, _onError);
          break;
        /* istanbul ignore next should not happen */
        default:
          onError(scalar, "UNEXPECTED_TOKEN", `Expected a flow scalar value, but found: ${type}`);
          return {
            value: "",
            type: null,
            comment: "",
            range: [offset, offset + source.length, offset + source.length]
          };
      }
      const valueEnd = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
      return {
        value,
        type: _type,
        comment: re.comment,
        range: [offset, valueEnd, re.offset]
      };
    }
    function plainValue(source, onError) {
      let badChar = "";
      switch (source[0]) {
        /* istanbul ignore next should not happen */
        case "	":
          badChar = "a tab character";
          break;
        case ",":
          badChar = "flow indicator character ,";
          break;
        case "%":
          badChar = "directive indicator character %";
          break;
        case "|":
        case ">": {
          badChar = `block scalar indicator ${source[0]}`;
          break;
        }
        case "@":
        case "`": {
          badChar = `reserved character ${source[0]}`;
          break;
        }
      }
      if (badChar)
        onError(0, "BAD_SCALAR_START", `Plain value cannot start with ${badChar}`);
      return unfoldLines(source);
    }
    function singleQuotedValue(source, onError) {
      if (source[source.length - 1] !== "'" || source.length === 1)
        onError(source.length, "MISSING_CHAR", "Missing closing 'quote");
      return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
    }
    function unfoldLines(source) {
      const line = /(.*?)\r?\n/sy;
      let match = line.exec(source);
      if (!match)
        return source;
      let trimEnd, trimBoth;
      try {
        trimEnd = new RegExp("(?<![ 	])[ 	]+$");
        trimBoth = new RegExp("^[ 	]+|(?<![ 	])[ 	]+$", "g");
      } catch {
        trimEnd = /[ \t]+$/;
        trimBoth = /^[ \t]+|[ \t]+$/g;
      }
      let res = match[1].replace(trimEnd, "");
      let sep = " ";
      let pos = line.lastIndex;
      while (match = line.exec(source)) {
        const lm = match[1].replace(trimBoth, "");
        if (lm === "") {
          if (sep === "\n")
            res += sep;
          else
            sep = "\n";
        } else {
          res += sep + lm;
          sep = " ";
        }
        pos = line.lastIndex;
      }
      const last = /[ \t]*(.*)/sy;
      last.lastIndex = pos;
      match = last.exec(source);
      return res + sep + (match?.[1] ?? "");
    }
    function doubleQuotedValue(source, onError) {
      let res = "";
      for (let i = 1; i < source.length - 1; ++i) {
        const ch = source[i];
        if (ch === "\r" && source[i + 1] === "\n")
          continue;
        if (ch === "\n") {
          const { fold, offset } = foldNewline(source, i);
          res += fold;
          i = offset;
        } else if (ch === "\\") {
          let next = source[++i];
          const cc = escapeCodes[next];
          if (cc)
            res += cc;
          else if (next === "\n") {
            next = source[i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "\r" && source[i + 1] === "\n") {
            next = source[++i + 1];
            while (next === " " || next === "	")
              next = source[++i + 1];
          } else if (next === "x" || next === "u" || next === "U") {
            const length2 = next === "x" ? 2 : next === "u" ? 4 : 8;
            res += parseCharCode(source, i + 1, length2, onError);
            i += length2;
          } else {
            const raw = source.substr(i - 1, 2);
            onError(i - 1, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
            res += raw;
          }
        } else if (ch === " " || ch === "	") {
          const wsStart = i;
          let next = source[i + 1];
          while (next === " " || next === "	")
            next = source[++i + 1];
          if (next !== "\n" && !(next === "\r" && source[i + 2] === "\n"))
            res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
        } else {
          res += ch;
        }
      }
      if (source[source.length - 1] !== '"' || source.length === 1)
        onError(source.length, "MISSING_CHAR", 'Missing closing "quote');
      return res;
    }
    function foldNewline(source, offset) {
      let fold = "";
      let ch = source[offset + 1];
      while (ch === " " || ch === "	" || ch === "\n" || ch === "\r") {
        if (ch === "\r" && source[offset + 2] !== "\n")
          break;
        if (ch === "\n")
          fold += "\n";
        offset += 1;
        ch = source[offset + 1];
      }
      if (!fold)
        fold = " ";
      return { fold, offset };
    }
    var escapeCodes = {
      "0": "\0",
      // null character
      a: "\x07",
      // bell character
      b: "\b",
      // backspace
      e: "\x1B",
      // escape character
      f: "\f",
      // form feed
      n: "\n",
      // line feed
      r: "\r",
      // carriage return
      t: "	",
      // horizontal tab
      v: "\v",
      // vertical tab
      N: "\x85",
      // Unicode next line
      _: "\xA0",
      // Unicode non-breaking space
      L: "\u2028",
      // Unicode line separator
      P: "\u2029",
      // Unicode paragraph separator
      " ": " ",
      '"': '"',
      "/": "/",
      "\\": "\\",
      "	": "	"
    };
    function parseCharCode(source, offset, length2, onError) {
      const cc = source.substr(offset, length2);
      const ok = cc.length === length2 && /^[0-9a-fA-F]+$/.test(cc);
      const code = ok ? parseInt(cc, 16) : NaN;
      try {
        return String.fromCodePoint(code);
      } catch {
        const raw = source.substr(offset - 2, length2 + 2);
        onError(offset - 2, "BAD_DQ_ESCAPE", `Invalid escape sequence ${raw}`);
        return raw;
      }
    }
    exports.resolveFlowScalar = resolveFlowScalar;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/compose-scalar.js
var require_compose_scalar = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/compose-scalar.js"(exports) {
    "use strict";
    var identity = require_identity();
    var Scalar = require_Scalar();
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    function composeScalar(ctx, token, tagToken, onError) {
      const { value, type, comment, range: range2 } = token.type === "block-scalar" ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError) : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
      const tagName = tagToken ? ctx.directives.tagName(tagToken.source, (msg) => onError(tagToken, "TAG_RESOLVE_FAILED", msg)) : null;
      let tag;
      if (ctx.options.stringKeys && ctx.atKey) {
        tag = ctx.schema[identity.SCALAR];
      } else if (tagName)
        tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
      else if (token.type === "scalar")
        tag = findScalarTagByTest(ctx, value, token, onError);
      else
        tag = ctx.schema[identity.SCALAR];
      let scalar;
      try {
        const res = tag.resolve(value, (msg) => onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg), ctx.options);
        scalar = identity.isScalar(res) ? res : new Scalar.Scalar(res);
      } catch (error) {
        const msg = error instanceof Error ? error.message : String(error);
        onError(tagToken ?? token, "TAG_RESOLVE_FAILED", msg);
        scalar = new Scalar.Scalar(value);
      }
      scalar.range = range2;
      scalar.source = value;
      if (type)
        scalar.type = type;
      if (tagName)
        scalar.tag = tagName;
      if (tag.format)
        scalar.format = tag.format;
      if (comment)
        scalar.comment = comment;
      return scalar;
    }
    function findScalarTagByName(schema, value, tagName, tagToken, onError) {
      if (tagName === "!")
        return schema[identity.SCALAR];
      const matchWithTest = [];
      for (const tag of schema.tags) {
        if (!tag.collection && tag.tag === tagName) {
          if (tag.default && tag.test)
            matchWithTest.push(tag);
          else
            return tag;
        }
      }
      for (const tag of matchWithTest)
        if (tag.test?.test(value))
          return tag;
      const kt = schema.knownTags[tagName];
      if (kt && !kt.collection) {
        schema.tags.push(Object.assign({}, kt, { default: false, test: void 0 }));
        return kt;
      }
      onError(tagToken, "TAG_RESOLVE_FAILED", `Unresolved tag: ${tagName}`, tagName !== "tag:yaml.org,2002:str");
      return schema[identity.SCALAR];
    }
    function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
      const tag = schema.tags.find((tag2) => (tag2.default === true || atKey && tag2.default === "key") && tag2.test?.test(value)) || schema[identity.SCALAR];
      if (schema.compat) {
        const compat = schema.compat.find((tag2) => tag2.default && tag2.test?.test(value)) ?? schema[identity.SCALAR];
        if (tag.tag !== compat.tag) {
          const ts = directives.tagString(tag.tag);
          const cs = directives.tagString(compat.tag);
          const msg = `Value may be parsed as either ${ts} or ${cs}`;
          onError(token, "TAG_RESOLVE_FAILED", msg, true);
        }
      }
      return tag;
    }
    exports.composeScalar = composeScalar;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/util-empty-scalar-position.js
var require_util_empty_scalar_position = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/util-empty-scalar-position.js"(exports) {
    "use strict";
    function emptyScalarPosition(offset, before, pos) {
      if (before) {
        pos ?? (pos = before.length);
        for (let i = pos - 1; i >= 0; --i) {
          let st = before[i];
          switch (st.type) {
            case "space":
            case "comment":
            case "newline":
              offset -= st.source.length;
              continue;
          }
          st = before[++i];
          while (st?.type === "space") {
            offset += st.source.length;
            st = before[++i];
          }
          break;
        }
      }
      return offset;
    }
    exports.emptyScalarPosition = emptyScalarPosition;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/compose-node.js
var require_compose_node = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/compose-node.js"(exports) {
    "use strict";
    var Alias = require_Alias();
    var identity = require_identity();
    var composeCollection = require_compose_collection();
    var composeScalar = require_compose_scalar();
    var resolveEnd = require_resolve_end();
    var utilEmptyScalarPosition = require_util_empty_scalar_position();
    var CN = { composeNode, composeEmptyNode };
    function composeNode(ctx, token, props, onError) {
      const atKey = ctx.atKey;
      const { spaceBefore, comment, anchor, tag } = props;
      let node;
      let isSrcToken = true;
      switch (token.type) {
        case "alias":
          node = composeAlias(ctx, token, onError);
          if (anchor || tag)
            onError(token, "ALIAS_PROPS", "An alias node must not specify any properties");
          break;
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "block-scalar":
          node = composeScalar.composeScalar(ctx, token, tag, onError);
          if (anchor)
            node.anchor = anchor.source.substring(1);
          break;
        case "block-map":
        case "block-seq":
        case "flow-collection":
          try {
            node = composeCollection.composeCollection(CN, ctx, token, props, onError);
            if (anchor)
              node.anchor = anchor.source.substring(1);
          } catch (error) {
            const message = error instanceof Error ? error.message : String(error);
            onError(token, "RESOURCE_EXHAUSTION", message);
          }
          break;
        default: {
          const message = token.type === "error" ? token.message : `Unsupported token (type: ${token.type})`;
          onError(token, "UNEXPECTED_TOKEN", message);
          isSrcToken = false;
        }
      }
      node ?? (node = composeEmptyNode(ctx, token.offset, void 0, null, props, onError));
      if (anchor && node.anchor === "")
        onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
      if (atKey && ctx.options.stringKeys && (!identity.isScalar(node) || typeof node.value !== "string" || node.tag && node.tag !== "tag:yaml.org,2002:str")) {
        const msg = "With stringKeys, all keys must be strings";
        onError(tag ?? token, "NON_STRING_KEY", msg);
      }
      if (spaceBefore)
        node.spaceBefore = true;
      if (comment) {
        if (token.type === "scalar" && token.source === "")
          node.comment = comment;
        else
          node.commentBefore = comment;
      }
      if (ctx.options.keepSourceTokens && isSrcToken)
        node.srcToken = token;
      return node;
    }
    function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
      const token = {
        type: "scalar",
        offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
        indent: -1,
        source: ""
      };
      const node = composeScalar.composeScalar(ctx, token, tag, onError);
      if (anchor) {
        node.anchor = anchor.source.substring(1);
        if (node.anchor === "")
          onError(anchor, "BAD_ALIAS", "Anchor cannot be an empty string");
      }
      if (spaceBefore)
        node.spaceBefore = true;
      if (comment) {
        node.comment = comment;
        node.range[2] = end;
      }
      return node;
    }
    function composeAlias({ options }, { offset, source, end }, onError) {
      const alias = new Alias.Alias(source.substring(1));
      if (alias.source === "")
        onError(offset, "BAD_ALIAS", "Alias cannot be an empty string");
      if (alias.source.endsWith(":"))
        onError(offset + source.length - 1, "BAD_ALIAS", "Alias ending in : is ambiguous", true);
      const valueEnd = offset + source.length;
      const re = resolveEnd.resolveEnd(end, valueEnd, options.strict, onError);
      alias.range = [offset, valueEnd, re.offset];
      if (re.comment)
        alias.comment = re.comment;
      return alias;
    }
    exports.composeEmptyNode = composeEmptyNode;
    exports.composeNode = composeNode;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/compose-doc.js
var require_compose_doc = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/compose-doc.js"(exports) {
    "use strict";
    var Document = require_Document();
    var composeNode = require_compose_node();
    var resolveEnd = require_resolve_end();
    var resolveProps = require_resolve_props();
    function composeDoc(options, directives, { offset, start: start3, value, end }, onError) {
      const opts = Object.assign({ _directives: directives }, options);
      const doc = new Document.Document(void 0, opts);
      const ctx = {
        atKey: false,
        atRoot: true,
        directives: doc.directives,
        options: doc.options,
        schema: doc.schema
      };
      const props = resolveProps.resolveProps(start3, {
        indicator: "doc-start",
        next: value ?? end?.[0],
        offset,
        onError,
        parentIndent: 0,
        startOnNewline: true
      });
      if (props.found) {
        doc.directives.docStart = true;
        if (value && (value.type === "block-map" || value.type === "block-seq") && !props.hasNewline)
          onError(props.end, "MISSING_CHAR", "Block collection cannot start on same line with directives-end marker");
      }
      doc.contents = value ? composeNode.composeNode(ctx, value, props, onError) : composeNode.composeEmptyNode(ctx, props.end, start3, null, props, onError);
      const contentEnd = doc.contents.range[2];
      const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
      if (re.comment)
        doc.comment = re.comment;
      doc.range = [offset, contentEnd, re.offset];
      return doc;
    }
    exports.composeDoc = composeDoc;
  }
});

// ../../../work/main/node_modules/yaml/dist/compose/composer.js
var require_composer = __commonJS({
  "../../../work/main/node_modules/yaml/dist/compose/composer.js"(exports) {
    "use strict";
    var node_process = __require("process");
    var directives = require_directives();
    var Document = require_Document();
    var errors = require_errors();
    var identity = require_identity();
    var composeDoc = require_compose_doc();
    var resolveEnd = require_resolve_end();
    function getErrorPos(src) {
      if (typeof src === "number")
        return [src, src + 1];
      if (Array.isArray(src))
        return src.length === 2 ? src : [src[0], src[1]];
      const { offset, source } = src;
      return [offset, offset + (typeof source === "string" ? source.length : 1)];
    }
    function parsePrelude(prelude) {
      let comment = "";
      let atComment = false;
      let afterEmptyLine = false;
      for (let i = 0; i < prelude.length; ++i) {
        const source = prelude[i];
        switch (source[0]) {
          case "#":
            comment += (comment === "" ? "" : afterEmptyLine ? "\n\n" : "\n") + (source.substring(1) || " ");
            atComment = true;
            afterEmptyLine = false;
            break;
          case "%":
            if (prelude[i + 1]?.[0] !== "#")
              i += 1;
            atComment = false;
            break;
          default:
            if (!atComment)
              afterEmptyLine = true;
            atComment = false;
        }
      }
      return { comment, afterEmptyLine };
    }
    var Composer = class {
      constructor(options = {}) {
        this.doc = null;
        this.atDirectives = false;
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
        this.onError = (source, code, message, warning) => {
          const pos = getErrorPos(source);
          if (warning)
            this.warnings.push(new errors.YAMLWarning(pos, code, message));
          else
            this.errors.push(new errors.YAMLParseError(pos, code, message));
        };
        this.directives = new directives.Directives({ version: options.version || "1.2" });
        this.options = options;
      }
      decorate(doc, afterDoc) {
        const { comment, afterEmptyLine } = parsePrelude(this.prelude);
        if (comment) {
          const dc = doc.contents;
          if (afterDoc) {
            doc.comment = doc.comment ? `${doc.comment}
${comment}` : comment;
          } else if (afterEmptyLine || doc.directives.docStart || !dc) {
            doc.commentBefore = comment;
          } else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
            let it = dc.items[0];
            if (identity.isPair(it))
              it = it.key;
            const cb = it.commentBefore;
            it.commentBefore = cb ? `${comment}
${cb}` : comment;
          } else {
            const cb = dc.commentBefore;
            dc.commentBefore = cb ? `${comment}
${cb}` : comment;
          }
        }
        if (afterDoc) {
          for (let i = 0; i < this.errors.length; ++i)
            doc.errors.push(this.errors[i]);
          for (let i = 0; i < this.warnings.length; ++i)
            doc.warnings.push(this.warnings[i]);
        } else {
          doc.errors = this.errors;
          doc.warnings = this.warnings;
        }
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
      }
      /**
       * Current stream status information.
       *
       * Mostly useful at the end of input for an empty stream.
       */
      streamInfo() {
        return {
          comment: parsePrelude(this.prelude).comment,
          directives: this.directives,
          errors: this.errors,
          warnings: this.warnings
        };
      }
      /**
       * Compose tokens into documents.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *compose(tokens, forceDoc = false, endOffset = -1) {
        for (const token of tokens)
          yield* this.next(token);
        yield* this.end(forceDoc, endOffset);
      }
      /** Advance the composer by one CST token. */
      *next(token) {
        if (node_process.env.LOG_STREAM)
          console.dir(token, { depth: null });
        switch (token.type) {
          case "directive":
            this.directives.add(token.source, (offset, message, warning) => {
              const pos = getErrorPos(token);
              pos[0] += offset;
              this.onError(pos, "BAD_DIRECTIVE", message, warning);
            });
            this.prelude.push(token.source);
            this.atDirectives = true;
            break;
          case "document": {
            const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
            if (this.atDirectives && !doc.directives.docStart)
              this.onError(token, "MISSING_CHAR", "Missing directives-end/doc-start indicator line");
            this.decorate(doc, false);
            if (this.doc)
              yield this.doc;
            this.doc = doc;
            this.atDirectives = false;
            break;
          }
          case "byte-order-mark":
          case "space":
            break;
          case "comment":
          case "newline":
            this.prelude.push(token.source);
            break;
          case "error": {
            const msg = token.source ? `${token.message}: ${JSON.stringify(token.source)}` : token.message;
            const error = new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg);
            if (this.atDirectives || !this.doc)
              this.errors.push(error);
            else
              this.doc.errors.push(error);
            break;
          }
          case "doc-end": {
            if (!this.doc) {
              const msg = "Unexpected doc-end without preceding document";
              this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", msg));
              break;
            }
            this.doc.directives.docEnd = true;
            const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
            this.decorate(this.doc, true);
            if (end.comment) {
              const dc = this.doc.comment;
              this.doc.comment = dc ? `${dc}
${end.comment}` : end.comment;
            }
            this.doc.range[2] = end.offset;
            break;
          }
          default:
            this.errors.push(new errors.YAMLParseError(getErrorPos(token), "UNEXPECTED_TOKEN", `Unsupported token ${token.type}`));
        }
      }
      /**
       * Call at end of input to yield any remaining document.
       *
       * @param forceDoc - If the stream contains no document, still emit a final document including any comments and directives that would be applied to a subsequent document.
       * @param endOffset - Should be set if `forceDoc` is also set, to set the document range end and to indicate errors correctly.
       */
      *end(forceDoc = false, endOffset = -1) {
        if (this.doc) {
          this.decorate(this.doc, true);
          yield this.doc;
          this.doc = null;
        } else if (forceDoc) {
          const opts = Object.assign({ _directives: this.directives }, this.options);
          const doc = new Document.Document(void 0, opts);
          if (this.atDirectives)
            this.onError(endOffset, "MISSING_CHAR", "Missing directives-end indicator line");
          doc.range = [0, endOffset, endOffset];
          this.decorate(doc, false);
          yield doc;
        }
      }
    };
    exports.Composer = Composer;
  }
});

// ../../../work/main/node_modules/yaml/dist/parse/cst-scalar.js
var require_cst_scalar = __commonJS({
  "../../../work/main/node_modules/yaml/dist/parse/cst-scalar.js"(exports) {
    "use strict";
    var resolveBlockScalar = require_resolve_block_scalar();
    var resolveFlowScalar = require_resolve_flow_scalar();
    var errors = require_errors();
    var stringifyString = require_stringifyString();
    function resolveAsScalar(token, strict = true, onError) {
      if (token) {
        const _onError = (pos, code, message) => {
          const offset = typeof pos === "number" ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
          if (onError)
            onError(offset, code, message);
          else
            throw new errors.YAMLParseError([offset, offset + 1], code, message);
        };
        switch (token.type) {
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
          case "block-scalar":
            return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
        }
      }
      return null;
    }
    function createScalarToken(value, context) {
      const { implicitKey = false, indent, inFlow = false, offset = -1, type = "PLAIN" } = context;
      const source = stringifyString.stringifyString({ type, value }, {
        implicitKey,
        indent: indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      const end = context.end ?? [
        { type: "newline", offset: -1, indent, source: "\n" }
      ];
      switch (source[0]) {
        case "|":
        case ">": {
          const he = source.indexOf("\n");
          const head = source.substring(0, he);
          const body = source.substring(he + 1) + "\n";
          const props = [
            { type: "block-scalar-header", offset, indent, source: head }
          ];
          if (!addEndtoBlockProps(props, end))
            props.push({ type: "newline", offset: -1, indent, source: "\n" });
          return { type: "block-scalar", offset, indent, props, source: body };
        }
        case '"':
          return { type: "double-quoted-scalar", offset, indent, source, end };
        case "'":
          return { type: "single-quoted-scalar", offset, indent, source, end };
        default:
          return { type: "scalar", offset, indent, source, end };
      }
    }
    function setScalarValue(token, value, context = {}) {
      let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
      let indent = "indent" in token ? token.indent : null;
      if (afterKey && typeof indent === "number")
        indent += 2;
      if (!type)
        switch (token.type) {
          case "single-quoted-scalar":
            type = "QUOTE_SINGLE";
            break;
          case "double-quoted-scalar":
            type = "QUOTE_DOUBLE";
            break;
          case "block-scalar": {
            const header = token.props[0];
            if (header.type !== "block-scalar-header")
              throw new Error("Invalid block scalar header");
            type = header.source[0] === ">" ? "BLOCK_FOLDED" : "BLOCK_LITERAL";
            break;
          }
          default:
            type = "PLAIN";
        }
      const source = stringifyString.stringifyString({ type, value }, {
        implicitKey: implicitKey || indent === null,
        indent: indent !== null && indent > 0 ? " ".repeat(indent) : "",
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
      });
      switch (source[0]) {
        case "|":
        case ">":
          setBlockScalarValue(token, source);
          break;
        case '"':
          setFlowScalarValue(token, source, "double-quoted-scalar");
          break;
        case "'":
          setFlowScalarValue(token, source, "single-quoted-scalar");
          break;
        default:
          setFlowScalarValue(token, source, "scalar");
      }
    }
    function setBlockScalarValue(token, source) {
      const he = source.indexOf("\n");
      const head = source.substring(0, he);
      const body = source.substring(he + 1) + "\n";
      if (token.type === "block-scalar") {
        const header = token.props[0];
        if (header.type !== "block-scalar-header")
          throw new Error("Invalid block scalar header");
        header.source = head;
        token.source = body;
      } else {
        const { offset } = token;
        const indent = "indent" in token ? token.indent : -1;
        const props = [
          { type: "block-scalar-header", offset, indent, source: head }
        ];
        if (!addEndtoBlockProps(props, "end" in token ? token.end : void 0))
          props.push({ type: "newline", offset: -1, indent, source: "\n" });
        for (const key of Object.keys(token))
          if (key !== "type" && key !== "offset")
            delete token[key];
        Object.assign(token, { type: "block-scalar", indent, props, source: body });
      }
    }
    function addEndtoBlockProps(props, end) {
      if (end)
        for (const st of end)
          switch (st.type) {
            case "space":
            case "comment":
              props.push(st);
              break;
            case "newline":
              props.push(st);
              return true;
          }
      return false;
    }
    function setFlowScalarValue(token, source, type) {
      switch (token.type) {
        case "scalar":
        case "double-quoted-scalar":
        case "single-quoted-scalar":
          token.type = type;
          token.source = source;
          break;
        case "block-scalar": {
          const end = token.props.slice(1);
          let oa = source.length;
          if (token.props[0].type === "block-scalar-header")
            oa -= token.props[0].source.length;
          for (const tok of end)
            tok.offset += oa;
          delete token.props;
          Object.assign(token, { type, source, end });
          break;
        }
        case "block-map":
        case "block-seq": {
          const offset = token.offset + source.length;
          const nl = { type: "newline", offset, indent: token.indent, source: "\n" };
          delete token.items;
          Object.assign(token, { type, source, end: [nl] });
          break;
        }
        default: {
          const indent = "indent" in token ? token.indent : -1;
          const end = "end" in token && Array.isArray(token.end) ? token.end.filter((st) => st.type === "space" || st.type === "comment" || st.type === "newline") : [];
          for (const key of Object.keys(token))
            if (key !== "type" && key !== "offset")
              delete token[key];
          Object.assign(token, { type, indent, source, end });
        }
      }
    }
    exports.createScalarToken = createScalarToken;
    exports.resolveAsScalar = resolveAsScalar;
    exports.setScalarValue = setScalarValue;
  }
});

// ../../../work/main/node_modules/yaml/dist/parse/cst-stringify.js
var require_cst_stringify = __commonJS({
  "../../../work/main/node_modules/yaml/dist/parse/cst-stringify.js"(exports) {
    "use strict";
    var stringify = (cst) => "type" in cst ? stringifyToken(cst) : stringifyItem(cst);
    function stringifyToken(token) {
      switch (token.type) {
        case "block-scalar": {
          let res = "";
          for (const tok of token.props)
            res += stringifyToken(tok);
          return res + token.source;
        }
        case "block-map":
        case "block-seq": {
          let res = "";
          for (const item of token.items)
            res += stringifyItem(item);
          return res;
        }
        case "flow-collection": {
          let res = token.start.source;
          for (const item of token.items)
            res += stringifyItem(item);
          for (const st of token.end)
            res += st.source;
          return res;
        }
        case "document": {
          let res = stringifyItem(token);
          if (token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
        default: {
          let res = token.source;
          if ("end" in token && token.end)
            for (const st of token.end)
              res += st.source;
          return res;
        }
      }
    }
    function stringifyItem({ start: start3, key, sep, value }) {
      let res = "";
      for (const st of start3)
        res += st.source;
      if (key)
        res += stringifyToken(key);
      if (sep)
        for (const st of sep)
          res += st.source;
      if (value)
        res += stringifyToken(value);
      return res;
    }
    exports.stringify = stringify;
  }
});

// ../../../work/main/node_modules/yaml/dist/parse/cst-visit.js
var require_cst_visit = __commonJS({
  "../../../work/main/node_modules/yaml/dist/parse/cst-visit.js"(exports) {
    "use strict";
    var BREAK = /* @__PURE__ */ Symbol("break visit");
    var SKIP = /* @__PURE__ */ Symbol("skip children");
    var REMOVE = /* @__PURE__ */ Symbol("remove item");
    function visit(cst, visitor) {
      if ("type" in cst && cst.type === "document")
        cst = { start: cst.start, value: cst.value };
      _visit(Object.freeze([]), cst, visitor);
    }
    visit.BREAK = BREAK;
    visit.SKIP = SKIP;
    visit.REMOVE = REMOVE;
    visit.itemAtPath = (cst, path) => {
      let item = cst;
      for (const [field, index] of path) {
        const tok = item?.[field];
        if (tok && "items" in tok) {
          item = tok.items[index];
        } else
          return void 0;
      }
      return item;
    };
    visit.parentCollection = (cst, path) => {
      const parent = visit.itemAtPath(cst, path.slice(0, -1));
      const field = path[path.length - 1][0];
      const coll = parent?.[field];
      if (coll && "items" in coll)
        return coll;
      throw new Error("Parent collection not found");
    };
    function _visit(path, item, visitor) {
      let ctrl = visitor(item, path);
      if (typeof ctrl === "symbol")
        return ctrl;
      for (const field of ["key", "value"]) {
        const token = item[field];
        if (token && "items" in token) {
          for (let i = 0; i < token.items.length; ++i) {
            const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
            if (typeof ci === "number")
              i = ci - 1;
            else if (ci === BREAK)
              return BREAK;
            else if (ci === REMOVE) {
              token.items.splice(i, 1);
              i -= 1;
            }
          }
          if (typeof ctrl === "function" && field === "key")
            ctrl = ctrl(item, path);
        }
      }
      return typeof ctrl === "function" ? ctrl(item, path) : ctrl;
    }
    exports.visit = visit;
  }
});

// ../../../work/main/node_modules/yaml/dist/parse/cst.js
var require_cst = __commonJS({
  "../../../work/main/node_modules/yaml/dist/parse/cst.js"(exports) {
    "use strict";
    var cstScalar = require_cst_scalar();
    var cstStringify = require_cst_stringify();
    var cstVisit = require_cst_visit();
    var BOM = "\uFEFF";
    var DOCUMENT = "";
    var FLOW_END = "";
    var SCALAR = "";
    var isCollection = (token) => !!token && "items" in token;
    var isScalar4 = (token) => !!token && (token.type === "scalar" || token.type === "single-quoted-scalar" || token.type === "double-quoted-scalar" || token.type === "block-scalar");
    function prettyToken(token) {
      switch (token) {
        case BOM:
          return "<BOM>";
        case DOCUMENT:
          return "<DOC>";
        case FLOW_END:
          return "<FLOW_END>";
        case SCALAR:
          return "<SCALAR>";
        default:
          return JSON.stringify(token);
      }
    }
    function tokenType(source) {
      switch (source) {
        case BOM:
          return "byte-order-mark";
        case DOCUMENT:
          return "doc-mode";
        case FLOW_END:
          return "flow-error-end";
        case SCALAR:
          return "scalar";
        case "---":
          return "doc-start";
        case "...":
          return "doc-end";
        case "":
        case "\n":
        case "\r\n":
          return "newline";
        case "-":
          return "seq-item-ind";
        case "?":
          return "explicit-key-ind";
        case ":":
          return "map-value-ind";
        case "{":
          return "flow-map-start";
        case "}":
          return "flow-map-end";
        case "[":
          return "flow-seq-start";
        case "]":
          return "flow-seq-end";
        case ",":
          return "comma";
      }
      switch (source[0]) {
        case " ":
        case "	":
          return "space";
        case "#":
          return "comment";
        case "%":
          return "directive-line";
        case "*":
          return "alias";
        case "&":
          return "anchor";
        case "!":
          return "tag";
        case "'":
          return "single-quoted-scalar";
        case '"':
          return "double-quoted-scalar";
        case "|":
        case ">":
          return "block-scalar-header";
      }
      return null;
    }
    exports.createScalarToken = cstScalar.createScalarToken;
    exports.resolveAsScalar = cstScalar.resolveAsScalar;
    exports.setScalarValue = cstScalar.setScalarValue;
    exports.stringify = cstStringify.stringify;
    exports.visit = cstVisit.visit;
    exports.BOM = BOM;
    exports.DOCUMENT = DOCUMENT;
    exports.FLOW_END = FLOW_END;
    exports.SCALAR = SCALAR;
    exports.isCollection = isCollection;
    exports.isScalar = isScalar4;
    exports.prettyToken = prettyToken;
    exports.tokenType = tokenType;
  }
});

// ../../../work/main/node_modules/yaml/dist/parse/lexer.js
var require_lexer = __commonJS({
  "../../../work/main/node_modules/yaml/dist/parse/lexer.js"(exports) {
    "use strict";
    var cst = require_cst();
    function isEmpty(ch) {
      switch (ch) {
        case void 0:
        case " ":
        case "\n":
        case "\r":
        case "	":
          return true;
        default:
          return false;
      }
    }
    var hexDigits = new Set("0123456789ABCDEFabcdef");
    var tagChars = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
    var flowIndicatorChars = new Set(",[]{}");
    var invalidAnchorChars = new Set(" ,[]{}\n\r	");
    var isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
    var Lexer = class {
      constructor() {
        this.atEnd = false;
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        this.buffer = "";
        this.flowKey = false;
        this.flowLevel = 0;
        this.indentNext = 0;
        this.indentValue = 0;
        this.lineEndPos = null;
        this.next = null;
        this.pos = 0;
      }
      /**
       * Generate YAML tokens from the `source` string. If `incomplete`,
       * a part of the last line may be left as a buffer for the next call.
       *
       * @returns A generator of lexical tokens
       */
      *lex(source, incomplete = false) {
        if (source) {
          if (typeof source !== "string")
            throw TypeError("source is not a string");
          this.buffer = this.buffer ? this.buffer + source : source;
          this.lineEndPos = null;
        }
        this.atEnd = !incomplete;
        let next = this.next ?? "stream";
        while (next && (incomplete || this.hasChars(1)))
          next = yield* this.parseNext(next);
      }
      atLineEnd() {
        let i = this.pos;
        let ch = this.buffer[i];
        while (ch === " " || ch === "	")
          ch = this.buffer[++i];
        if (!ch || ch === "#" || ch === "\n")
          return true;
        if (ch === "\r")
          return this.buffer[i + 1] === "\n";
        return false;
      }
      charAt(n) {
        return this.buffer[this.pos + n];
      }
      continueScalar(offset) {
        let ch = this.buffer[offset];
        if (this.indentNext > 0) {
          let indent = 0;
          while (ch === " ")
            ch = this.buffer[++indent + offset];
          if (ch === "\r") {
            const next = this.buffer[indent + offset + 1];
            if (next === "\n" || !next && !this.atEnd)
              return offset + indent + 1;
          }
          return ch === "\n" || indent >= this.indentNext || !ch && !this.atEnd ? offset + indent : -1;
        }
        if (ch === "-" || ch === ".") {
          const dt = this.buffer.substr(offset, 3);
          if ((dt === "---" || dt === "...") && isEmpty(this.buffer[offset + 3]))
            return -1;
        }
        return offset;
      }
      getLine() {
        let end = this.lineEndPos;
        if (typeof end !== "number" || end !== -1 && end < this.pos) {
          end = this.buffer.indexOf("\n", this.pos);
          this.lineEndPos = end;
        }
        if (end === -1)
          return this.atEnd ? this.buffer.substring(this.pos) : null;
        if (this.buffer[end - 1] === "\r")
          end -= 1;
        return this.buffer.substring(this.pos, end);
      }
      hasChars(n) {
        return this.pos + n <= this.buffer.length;
      }
      setNext(state2) {
        this.buffer = this.buffer.substring(this.pos);
        this.pos = 0;
        this.lineEndPos = null;
        this.next = state2;
        return null;
      }
      peek(n) {
        return this.buffer.substr(this.pos, n);
      }
      *parseNext(next) {
        switch (next) {
          case "stream":
            return yield* this.parseStream();
          case "line-start":
            return yield* this.parseLineStart();
          case "block-start":
            return yield* this.parseBlockStart();
          case "doc":
            return yield* this.parseDocument();
          case "flow":
            return yield* this.parseFlowCollection();
          case "quoted-scalar":
            return yield* this.parseQuotedScalar();
          case "block-scalar":
            return yield* this.parseBlockScalar();
          case "plain-scalar":
            return yield* this.parsePlainScalar();
        }
      }
      *parseStream() {
        let line = this.getLine();
        if (line === null)
          return this.setNext("stream");
        if (line[0] === cst.BOM) {
          yield* this.pushCount(1);
          line = line.substring(1);
        }
        if (line[0] === "%") {
          let dirEnd = line.length;
          let cs = line.indexOf("#");
          while (cs !== -1) {
            const ch = line[cs - 1];
            if (ch === " " || ch === "	") {
              dirEnd = cs - 1;
              break;
            } else {
              cs = line.indexOf("#", cs + 1);
            }
          }
          while (true) {
            const ch = line[dirEnd - 1];
            if (ch === " " || ch === "	")
              dirEnd -= 1;
            else
              break;
          }
          const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
          yield* this.pushCount(line.length - n);
          this.pushNewline();
          return "stream";
        }
        if (this.atLineEnd()) {
          const sp = yield* this.pushSpaces(true);
          yield* this.pushCount(line.length - sp);
          yield* this.pushNewline();
          return "stream";
        }
        yield cst.DOCUMENT;
        return yield* this.parseLineStart();
      }
      *parseLineStart() {
        const ch = this.charAt(0);
        if (!ch && !this.atEnd)
          return this.setNext("line-start");
        if (ch === "-" || ch === ".") {
          if (!this.atEnd && !this.hasChars(4))
            return this.setNext("line-start");
          const s = this.peek(3);
          if ((s === "---" || s === "...") && isEmpty(this.charAt(3))) {
            yield* this.pushCount(3);
            this.indentValue = 0;
            this.indentNext = 0;
            return s === "---" ? "doc" : "stream";
          }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1)))
          this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
      }
      *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
          return this.setNext("block-start");
        if ((ch0 === "-" || ch0 === "?" || ch0 === ":") && isEmpty(ch1)) {
          const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
          this.indentNext = this.indentValue + 1;
          this.indentValue += n;
          return "block-start";
        }
        return "doc";
      }
      *parseDocument() {
        yield* this.pushSpaces(true);
        const line = this.getLine();
        if (line === null)
          return this.setNext("doc");
        let n = yield* this.pushIndicators();
        switch (line[n]) {
          case "#":
            yield* this.pushCount(line.length - n);
          // fallthrough
          case void 0:
            yield* this.pushNewline();
            return yield* this.parseLineStart();
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel = 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            return "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "doc";
          case '"':
          case "'":
            return yield* this.parseQuotedScalar();
          case "|":
          case ">":
            n += yield* this.parseBlockScalarHeader();
            n += yield* this.pushSpaces(true);
            yield* this.pushCount(line.length - n);
            yield* this.pushNewline();
            return yield* this.parseBlockScalar();
          default:
            return yield* this.parsePlainScalar();
        }
      }
      *parseFlowCollection() {
        let nl, sp;
        let indent = -1;
        do {
          nl = yield* this.pushNewline();
          if (nl > 0) {
            sp = yield* this.pushSpaces(false);
            this.indentValue = indent = sp;
          } else {
            sp = 0;
          }
          sp += yield* this.pushSpaces(true);
        } while (nl + sp > 0);
        const line = this.getLine();
        if (line === null)
          return this.setNext("flow");
        if (indent !== -1 && indent < this.indentNext && line[0] !== "#" || indent === 0 && (line.startsWith("---") || line.startsWith("...")) && isEmpty(line[3])) {
          const atFlowEndMarker = indent === this.indentNext - 1 && this.flowLevel === 1 && (line[0] === "]" || line[0] === "}");
          if (!atFlowEndMarker) {
            this.flowLevel = 0;
            yield cst.FLOW_END;
            return yield* this.parseLineStart();
          }
        }
        let n = 0;
        while (line[n] === ",") {
          n += yield* this.pushCount(1);
          n += yield* this.pushSpaces(true);
          this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line[n]) {
          case void 0:
            return "flow";
          case "#":
            yield* this.pushCount(line.length - n);
            return "flow";
          case "{":
          case "[":
            yield* this.pushCount(1);
            this.flowKey = false;
            this.flowLevel += 1;
            return "flow";
          case "}":
          case "]":
            yield* this.pushCount(1);
            this.flowKey = true;
            this.flowLevel -= 1;
            return this.flowLevel ? "flow" : "doc";
          case "*":
            yield* this.pushUntil(isNotAnchorChar);
            return "flow";
          case '"':
          case "'":
            this.flowKey = true;
            return yield* this.parseQuotedScalar();
          case ":": {
            const next = this.charAt(1);
            if (this.flowKey || isEmpty(next) || next === ",") {
              this.flowKey = false;
              yield* this.pushCount(1);
              yield* this.pushSpaces(true);
              return "flow";
            }
          }
          // fallthrough
          default:
            this.flowKey = false;
            return yield* this.parsePlainScalar();
        }
      }
      *parseQuotedScalar() {
        const quote = this.charAt(0);
        let end = this.buffer.indexOf(quote, this.pos + 1);
        if (quote === "'") {
          while (end !== -1 && this.buffer[end + 1] === "'")
            end = this.buffer.indexOf("'", end + 2);
        } else {
          while (end !== -1) {
            let n = 0;
            while (this.buffer[end - 1 - n] === "\\")
              n += 1;
            if (n % 2 === 0)
              break;
            end = this.buffer.indexOf('"', end + 1);
          }
        }
        const qb = this.buffer.substring(0, end);
        let nl = qb.indexOf("\n", this.pos);
        if (nl !== -1) {
          while (nl !== -1) {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = qb.indexOf("\n", cs);
          }
          if (nl !== -1) {
            end = nl - (qb[nl - 1] === "\r" ? 2 : 1);
          }
        }
        if (end === -1) {
          if (!this.atEnd)
            return this.setNext("quoted-scalar");
          end = this.buffer.length;
        }
        yield* this.pushToIndex(end + 1, false);
        return this.flowLevel ? "flow" : "doc";
      }
      *parseBlockScalarHeader() {
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        let i = this.pos;
        while (true) {
          const ch = this.buffer[++i];
          if (ch === "+")
            this.blockScalarKeep = true;
          else if (ch > "0" && ch <= "9")
            this.blockScalarIndent = Number(ch) - 1;
          else if (ch !== "-")
            break;
        }
        return yield* this.pushUntil((ch) => isEmpty(ch) || ch === "#");
      }
      *parseBlockScalar() {
        let nl = this.pos - 1;
        let indent = 0;
        let ch;
        loop: for (let i2 = this.pos; ch = this.buffer[i2]; ++i2) {
          switch (ch) {
            case " ":
              indent += 1;
              break;
            case "\n":
              nl = i2;
              indent = 0;
              break;
            case "\r": {
              const next = this.buffer[i2 + 1];
              if (!next && !this.atEnd)
                return this.setNext("block-scalar");
              if (next === "\n")
                break;
            }
            // fallthrough
            default:
              break loop;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("block-scalar");
        if (indent >= this.indentNext) {
          if (this.blockScalarIndent === -1)
            this.indentNext = indent;
          else {
            this.indentNext = this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
          }
          do {
            const cs = this.continueScalar(nl + 1);
            if (cs === -1)
              break;
            nl = this.buffer.indexOf("\n", cs);
          } while (nl !== -1);
          if (nl === -1) {
            if (!this.atEnd)
              return this.setNext("block-scalar");
            nl = this.buffer.length;
          }
        }
        let i = nl + 1;
        ch = this.buffer[i];
        while (ch === " ")
          ch = this.buffer[++i];
        if (ch === "	") {
          while (ch === "	" || ch === " " || ch === "\r" || ch === "\n")
            ch = this.buffer[++i];
          nl = i - 1;
        } else if (!this.blockScalarKeep) {
          do {
            let i2 = nl - 1;
            let ch2 = this.buffer[i2];
            if (ch2 === "\r")
              ch2 = this.buffer[--i2];
            const lastChar = i2;
            while (ch2 === " ")
              ch2 = this.buffer[--i2];
            if (ch2 === "\n" && i2 >= this.pos && i2 + 1 + indent > lastChar)
              nl = i2;
            else
              break;
          } while (true);
        }
        yield cst.SCALAR;
        yield* this.pushToIndex(nl + 1, true);
        return yield* this.parseLineStart();
      }
      *parsePlainScalar() {
        const inFlow = this.flowLevel > 0;
        let end = this.pos - 1;
        let i = this.pos - 1;
        let ch;
        while (ch = this.buffer[++i]) {
          if (ch === ":") {
            const next = this.buffer[i + 1];
            if (isEmpty(next) || inFlow && flowIndicatorChars.has(next))
              break;
            end = i;
          } else if (isEmpty(ch)) {
            let next = this.buffer[i + 1];
            if (ch === "\r") {
              if (next === "\n") {
                i += 1;
                ch = "\n";
                next = this.buffer[i + 1];
              } else
                end = i;
            }
            if (next === "#" || inFlow && flowIndicatorChars.has(next))
              break;
            if (ch === "\n") {
              const cs = this.continueScalar(i + 1);
              if (cs === -1)
                break;
              i = Math.max(i, cs - 2);
            }
          } else {
            if (inFlow && flowIndicatorChars.has(ch))
              break;
            end = i;
          }
        }
        if (!ch && !this.atEnd)
          return this.setNext("plain-scalar");
        yield cst.SCALAR;
        yield* this.pushToIndex(end + 1, true);
        return inFlow ? "flow" : "doc";
      }
      *pushCount(n) {
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos += n;
          return n;
        }
        return 0;
      }
      *pushToIndex(i, allowEmpty) {
        const s = this.buffer.slice(this.pos, i);
        if (s) {
          yield s;
          this.pos += s.length;
          return s.length;
        } else if (allowEmpty)
          yield "";
        return 0;
      }
      *pushIndicators() {
        let n = 0;
        loop: while (true) {
          switch (this.charAt(0)) {
            case "!":
              n += yield* this.pushTag();
              n += yield* this.pushSpaces(true);
              continue loop;
            case "&":
              n += yield* this.pushUntil(isNotAnchorChar);
              n += yield* this.pushSpaces(true);
              continue loop;
            case "-":
            // this is an error
            case "?":
            // this is an error outside flow collections
            case ":": {
              const inFlow = this.flowLevel > 0;
              const ch1 = this.charAt(1);
              if (isEmpty(ch1) || inFlow && flowIndicatorChars.has(ch1)) {
                if (!inFlow)
                  this.indentNext = this.indentValue + 1;
                else if (this.flowKey)
                  this.flowKey = false;
                n += yield* this.pushCount(1);
                n += yield* this.pushSpaces(true);
                continue loop;
              }
            }
          }
          break loop;
        }
        return n;
      }
      *pushTag() {
        if (this.charAt(1) === "<") {
          let i = this.pos + 2;
          let ch = this.buffer[i];
          while (!isEmpty(ch) && ch !== ">")
            ch = this.buffer[++i];
          return yield* this.pushToIndex(ch === ">" ? i + 1 : i, false);
        } else {
          let i = this.pos + 1;
          let ch = this.buffer[i];
          while (ch) {
            if (tagChars.has(ch))
              ch = this.buffer[++i];
            else if (ch === "%" && hexDigits.has(this.buffer[i + 1]) && hexDigits.has(this.buffer[i + 2])) {
              ch = this.buffer[i += 3];
            } else
              break;
          }
          return yield* this.pushToIndex(i, false);
        }
      }
      *pushNewline() {
        const ch = this.buffer[this.pos];
        if (ch === "\n")
          return yield* this.pushCount(1);
        else if (ch === "\r" && this.charAt(1) === "\n")
          return yield* this.pushCount(2);
        else
          return 0;
      }
      *pushSpaces(allowTabs) {
        let i = this.pos - 1;
        let ch;
        do {
          ch = this.buffer[++i];
        } while (ch === " " || allowTabs && ch === "	");
        const n = i - this.pos;
        if (n > 0) {
          yield this.buffer.substr(this.pos, n);
          this.pos = i;
        }
        return n;
      }
      *pushUntil(test) {
        let i = this.pos;
        let ch = this.buffer[i];
        while (!test(ch))
          ch = this.buffer[++i];
        return yield* this.pushToIndex(i, false);
      }
    };
    exports.Lexer = Lexer;
  }
});

// ../../../work/main/node_modules/yaml/dist/parse/line-counter.js
var require_line_counter = __commonJS({
  "../../../work/main/node_modules/yaml/dist/parse/line-counter.js"(exports) {
    "use strict";
    var LineCounter = class {
      constructor() {
        this.lineStarts = [];
        this.addNewLine = (offset) => this.lineStarts.push(offset);
        this.linePos = (offset) => {
          let low = 0;
          let high = this.lineStarts.length;
          while (low < high) {
            const mid = low + high >> 1;
            if (this.lineStarts[mid] < offset)
              low = mid + 1;
            else
              high = mid;
          }
          if (this.lineStarts[low] === offset)
            return { line: low + 1, col: 1 };
          if (low === 0)
            return { line: 0, col: offset };
          const start3 = this.lineStarts[low - 1];
          return { line: low, col: offset - start3 + 1 };
        };
      }
    };
    exports.LineCounter = LineCounter;
  }
});

// ../../../work/main/node_modules/yaml/dist/parse/parser.js
var require_parser = __commonJS({
  "../../../work/main/node_modules/yaml/dist/parse/parser.js"(exports) {
    "use strict";
    var node_process = __require("process");
    var cst = require_cst();
    var lexer = require_lexer();
    function includesToken(list3, type) {
      for (let i = 0; i < list3.length; ++i)
        if (list3[i].type === type)
          return true;
      return false;
    }
    function findNonEmptyIndex(list3) {
      for (let i = 0; i < list3.length; ++i) {
        switch (list3[i].type) {
          case "space":
          case "comment":
          case "newline":
            break;
          default:
            return i;
        }
      }
      return -1;
    }
    function isFlowToken(token) {
      switch (token?.type) {
        case "alias":
        case "scalar":
        case "single-quoted-scalar":
        case "double-quoted-scalar":
        case "flow-collection":
          return true;
        default:
          return false;
      }
    }
    function getPrevProps(parent) {
      switch (parent.type) {
        case "document":
          return parent.start;
        case "block-map": {
          const it = parent.items[parent.items.length - 1];
          return it.sep ?? it.start;
        }
        case "block-seq":
          return parent.items[parent.items.length - 1].start;
        /* istanbul ignore next should not happen */
        default:
          return [];
      }
    }
    function getFirstKeyStartProps(prev) {
      if (prev.length === 0)
        return [];
      let i = prev.length;
      loop: while (--i >= 0) {
        switch (prev[i].type) {
          case "doc-start":
          case "explicit-key-ind":
          case "map-value-ind":
          case "seq-item-ind":
          case "newline":
            break loop;
        }
      }
      while (prev[++i]?.type === "space") {
      }
      return prev.splice(i, prev.length);
    }
    function arrayPushArray(target, source) {
      if (source.length < 1e5)
        Array.prototype.push.apply(target, source);
      else
        for (let i = 0; i < source.length; ++i)
          target.push(source[i]);
    }
    function fixFlowSeqItems(fc) {
      if (fc.start.type === "flow-seq-start") {
        for (const it of fc.items) {
          if (it.sep && !it.value && !includesToken(it.start, "explicit-key-ind") && !includesToken(it.sep, "map-value-ind")) {
            if (it.key)
              it.value = it.key;
            delete it.key;
            if (isFlowToken(it.value)) {
              if (it.value.end)
                arrayPushArray(it.value.end, it.sep);
              else
                it.value.end = it.sep;
            } else
              arrayPushArray(it.start, it.sep);
            delete it.sep;
          }
        }
      }
    }
    var Parser = class {
      /**
       * @param onNewLine - If defined, called separately with the start position of
       *   each new line (in `parse()`, including the start of input).
       */
      constructor(onNewLine) {
        this.atNewLine = true;
        this.atScalar = false;
        this.indent = 0;
        this.offset = 0;
        this.onKeyLine = false;
        this.stack = [];
        this.source = "";
        this.type = "";
        this.lexer = new lexer.Lexer();
        this.onNewLine = onNewLine;
      }
      /**
       * Parse `source` as a YAML stream.
       * If `incomplete`, a part of the last line may be left as a buffer for the next call.
       *
       * Errors are not thrown, but yielded as `{ type: 'error', message }` tokens.
       *
       * @returns A generator of tokens representing each directive, document, and other structure.
       */
      *parse(source, incomplete = false) {
        if (this.onNewLine && this.offset === 0)
          this.onNewLine(0);
        for (const lexeme of this.lexer.lex(source, incomplete))
          yield* this.next(lexeme);
        if (!incomplete)
          yield* this.end();
      }
      /**
       * Advance the parser by the `source` of one lexical token.
       */
      *next(source) {
        this.source = source;
        if (node_process.env.LOG_TOKENS)
          console.log("|", cst.prettyToken(source));
        if (this.atScalar) {
          this.atScalar = false;
          yield* this.step();
          this.offset += source.length;
          return;
        }
        const type = cst.tokenType(source);
        if (!type) {
          const message = `Not a YAML token: ${source}`;
          yield* this.pop({ type: "error", offset: this.offset, message, source });
          this.offset += source.length;
        } else if (type === "scalar") {
          this.atNewLine = false;
          this.atScalar = true;
          this.type = "scalar";
        } else {
          this.type = type;
          yield* this.step();
          switch (type) {
            case "newline":
              this.atNewLine = true;
              this.indent = 0;
              if (this.onNewLine)
                this.onNewLine(this.offset + source.length);
              break;
            case "space":
              if (this.atNewLine && source[0] === " ")
                this.indent += source.length;
              break;
            case "explicit-key-ind":
            case "map-value-ind":
            case "seq-item-ind":
              if (this.atNewLine)
                this.indent += source.length;
              break;
            case "doc-mode":
            case "flow-error-end":
              return;
            default:
              this.atNewLine = false;
          }
          this.offset += source.length;
        }
      }
      /** Call at end of input to push out any remaining constructions */
      *end() {
        while (this.stack.length > 0)
          yield* this.pop();
      }
      get sourceToken() {
        const st = {
          type: this.type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
        return st;
      }
      *step() {
        const top = this.peek(1);
        if (this.type === "doc-end" && top?.type !== "doc-end") {
          while (this.stack.length > 0)
            yield* this.pop();
          this.stack.push({
            type: "doc-end",
            offset: this.offset,
            source: this.source
          });
          return;
        }
        if (!top)
          return yield* this.stream();
        switch (top.type) {
          case "document":
            return yield* this.document(top);
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return yield* this.scalar(top);
          case "block-scalar":
            return yield* this.blockScalar(top);
          case "block-map":
            return yield* this.blockMap(top);
          case "block-seq":
            return yield* this.blockSequence(top);
          case "flow-collection":
            return yield* this.flowCollection(top);
          case "doc-end":
            return yield* this.documentEnd(top);
        }
        yield* this.pop();
      }
      peek(n) {
        return this.stack[this.stack.length - n];
      }
      *pop(error) {
        const token = error ?? this.stack.pop();
        if (!token) {
          const message = "Tried to pop an empty stack";
          yield { type: "error", offset: this.offset, source: "", message };
        } else if (this.stack.length === 0) {
          yield token;
        } else {
          const top = this.peek(1);
          if (token.type === "block-scalar") {
            token.indent = "indent" in top ? top.indent : 0;
          } else if (token.type === "flow-collection" && top.type === "document") {
            token.indent = 0;
          }
          if (token.type === "flow-collection")
            fixFlowSeqItems(token);
          switch (top.type) {
            case "document":
              top.value = token;
              break;
            case "block-scalar":
              top.props.push(token);
              break;
            case "block-map": {
              const it = top.items[top.items.length - 1];
              if (it.value) {
                top.items.push({ start: [], key: token, sep: [] });
                this.onKeyLine = true;
                return;
              } else if (it.sep) {
                it.value = token;
              } else {
                Object.assign(it, { key: token, sep: [] });
                this.onKeyLine = !it.explicitKey;
                return;
              }
              break;
            }
            case "block-seq": {
              const it = top.items[top.items.length - 1];
              if (it.value)
                top.items.push({ start: [], value: token });
              else
                it.value = token;
              break;
            }
            case "flow-collection": {
              const it = top.items[top.items.length - 1];
              if (!it || it.value)
                top.items.push({ start: [], key: token, sep: [] });
              else if (it.sep)
                it.value = token;
              else
                Object.assign(it, { key: token, sep: [] });
              return;
            }
            /* istanbul ignore next should not happen */
            default:
              yield* this.pop();
              yield* this.pop(token);
          }
          if ((top.type === "document" || top.type === "block-map" || top.type === "block-seq") && (token.type === "block-map" || token.type === "block-seq")) {
            const last = token.items[token.items.length - 1];
            if (last && !last.sep && !last.value && last.start.length > 0 && findNonEmptyIndex(last.start) === -1 && (token.indent === 0 || last.start.every((st) => st.type !== "comment" || st.indent < token.indent))) {
              if (top.type === "document")
                top.end = last.start;
              else
                top.items.push({ start: last.start });
              token.items.splice(-1, 1);
            }
          }
        }
      }
      *stream() {
        switch (this.type) {
          case "directive-line":
            yield { type: "directive", offset: this.offset, source: this.source };
            return;
          case "byte-order-mark":
          case "space":
          case "comment":
          case "newline":
            yield this.sourceToken;
            return;
          case "doc-mode":
          case "doc-start": {
            const doc = {
              type: "document",
              offset: this.offset,
              start: []
            };
            if (this.type === "doc-start")
              doc.start.push(this.sourceToken);
            this.stack.push(doc);
            return;
          }
        }
        yield {
          type: "error",
          offset: this.offset,
          message: `Unexpected ${this.type} token in YAML stream`,
          source: this.source
        };
      }
      *document(doc) {
        if (doc.value)
          return yield* this.lineEnd(doc);
        switch (this.type) {
          case "doc-start": {
            if (findNonEmptyIndex(doc.start) !== -1) {
              yield* this.pop();
              yield* this.step();
            } else
              doc.start.push(this.sourceToken);
            return;
          }
          case "anchor":
          case "tag":
          case "space":
          case "comment":
          case "newline":
            doc.start.push(this.sourceToken);
            return;
        }
        const bv = this.startBlockValue(doc);
        if (bv)
          this.stack.push(bv);
        else {
          yield {
            type: "error",
            offset: this.offset,
            message: `Unexpected ${this.type} token in YAML document`,
            source: this.source
          };
        }
      }
      *scalar(scalar) {
        if (this.type === "map-value-ind") {
          const prev = getPrevProps(this.peek(2));
          const start3 = getFirstKeyStartProps(prev);
          let sep;
          if (scalar.end) {
            sep = scalar.end;
            sep.push(this.sourceToken);
            delete scalar.end;
          } else
            sep = [this.sourceToken];
          const map = {
            type: "block-map",
            offset: scalar.offset,
            indent: scalar.indent,
            items: [{ start: start3, key: scalar, sep }]
          };
          this.onKeyLine = true;
          this.stack[this.stack.length - 1] = map;
        } else
          yield* this.lineEnd(scalar);
      }
      *blockScalar(scalar) {
        switch (this.type) {
          case "space":
          case "comment":
          case "newline":
            scalar.props.push(this.sourceToken);
            return;
          case "scalar":
            scalar.source = this.source;
            this.atNewLine = true;
            this.indent = 0;
            if (this.onNewLine) {
              let nl = this.source.indexOf("\n") + 1;
              while (nl !== 0) {
                this.onNewLine(this.offset + nl);
                nl = this.source.indexOf("\n", nl) + 1;
              }
            }
            yield* this.pop();
            break;
          /* istanbul ignore next should not happen */
          default:
            yield* this.pop();
            yield* this.step();
        }
      }
      *blockMap(map) {
        const it = map.items[map.items.length - 1];
        switch (this.type) {
          case "newline":
            this.onKeyLine = false;
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last?.type === "comment")
                end?.push(this.sourceToken);
              else
                map.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              it.start.push(this.sourceToken);
            }
            return;
          case "space":
          case "comment":
            if (it.value) {
              map.items.push({ start: [this.sourceToken] });
            } else if (it.sep) {
              it.sep.push(this.sourceToken);
            } else {
              if (this.atIndentedComment(it.start, map.indent)) {
                const prev = map.items[map.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  map.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
        }
        if (this.indent >= map.indent) {
          const atMapIndent = !this.onKeyLine && this.indent === map.indent;
          const atNextItem = atMapIndent && (it.sep || it.explicitKey) && this.type !== "seq-item-ind";
          let start3 = [];
          if (atNextItem && it.sep && !it.value) {
            const nl = [];
            for (let i = 0; i < it.sep.length; ++i) {
              const st = it.sep[i];
              switch (st.type) {
                case "newline":
                  nl.push(i);
                  break;
                case "space":
                  break;
                case "comment":
                  if (st.indent > map.indent)
                    nl.length = 0;
                  break;
                default:
                  nl.length = 0;
              }
            }
            if (nl.length >= 2)
              start3 = it.sep.splice(nl[1]);
          }
          switch (this.type) {
            case "anchor":
            case "tag":
              if (atNextItem || it.value) {
                start3.push(this.sourceToken);
                map.items.push({ start: start3 });
                this.onKeyLine = true;
              } else if (it.sep) {
                it.sep.push(this.sourceToken);
              } else {
                it.start.push(this.sourceToken);
              }
              return;
            case "explicit-key-ind":
              if (!it.sep && !it.explicitKey) {
                it.start.push(this.sourceToken);
                it.explicitKey = true;
              } else if (atNextItem || it.value) {
                start3.push(this.sourceToken);
                map.items.push({ start: start3, explicitKey: true });
              } else {
                this.stack.push({
                  type: "block-map",
                  offset: this.offset,
                  indent: this.indent,
                  items: [{ start: [this.sourceToken], explicitKey: true }]
                });
              }
              this.onKeyLine = true;
              return;
            case "map-value-ind":
              if (it.explicitKey) {
                if (!it.sep) {
                  if (includesToken(it.start, "newline")) {
                    Object.assign(it, { key: null, sep: [this.sourceToken] });
                  } else {
                    const start4 = getFirstKeyStartProps(it.start);
                    this.stack.push({
                      type: "block-map",
                      offset: this.offset,
                      indent: this.indent,
                      items: [{ start: start4, key: null, sep: [this.sourceToken] }]
                    });
                  }
                } else if (it.value) {
                  map.items.push({ start: [], key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: start3, key: null, sep: [this.sourceToken] }]
                  });
                } else if (isFlowToken(it.key) && !includesToken(it.sep, "newline")) {
                  const start4 = getFirstKeyStartProps(it.start);
                  const key = it.key;
                  const sep = it.sep;
                  sep.push(this.sourceToken);
                  delete it.key;
                  delete it.sep;
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: start4, key, sep }]
                  });
                } else if (start3.length > 0) {
                  it.sep = it.sep.concat(start3, this.sourceToken);
                } else {
                  it.sep.push(this.sourceToken);
                }
              } else {
                if (!it.sep) {
                  Object.assign(it, { key: null, sep: [this.sourceToken] });
                } else if (it.value || atNextItem) {
                  map.items.push({ start: start3, key: null, sep: [this.sourceToken] });
                } else if (includesToken(it.sep, "map-value-ind")) {
                  this.stack.push({
                    type: "block-map",
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: [], key: null, sep: [this.sourceToken] }]
                  });
                } else {
                  it.sep.push(this.sourceToken);
                }
              }
              this.onKeyLine = true;
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs = this.flowScalar(this.type);
              if (atNextItem || it.value) {
                map.items.push({ start: start3, key: fs, sep: [] });
                this.onKeyLine = true;
              } else if (it.sep) {
                this.stack.push(fs);
              } else {
                Object.assign(it, { key: fs, sep: [] });
                this.onKeyLine = true;
              }
              return;
            }
            default: {
              const bv = this.startBlockValue(map);
              if (bv) {
                if (bv.type === "block-seq") {
                  if (!it.explicitKey && it.sep && !includesToken(it.sep, "newline")) {
                    yield* this.pop({
                      type: "error",
                      offset: this.offset,
                      message: "Unexpected block-seq-ind on same line with key",
                      source: this.source
                    });
                    return;
                  }
                } else if (atMapIndent) {
                  map.items.push({ start: start3 });
                }
                this.stack.push(bv);
                return;
              }
            }
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *blockSequence(seq) {
        const it = seq.items[seq.items.length - 1];
        switch (this.type) {
          case "newline":
            if (it.value) {
              const end = "end" in it.value ? it.value.end : void 0;
              const last = Array.isArray(end) ? end[end.length - 1] : void 0;
              if (last?.type === "comment")
                end?.push(this.sourceToken);
              else
                seq.items.push({ start: [this.sourceToken] });
            } else
              it.start.push(this.sourceToken);
            return;
          case "space":
          case "comment":
            if (it.value)
              seq.items.push({ start: [this.sourceToken] });
            else {
              if (this.atIndentedComment(it.start, seq.indent)) {
                const prev = seq.items[seq.items.length - 2];
                const end = prev?.value?.end;
                if (Array.isArray(end)) {
                  arrayPushArray(end, it.start);
                  end.push(this.sourceToken);
                  seq.items.pop();
                  return;
                }
              }
              it.start.push(this.sourceToken);
            }
            return;
          case "anchor":
          case "tag":
            if (it.value || this.indent <= seq.indent)
              break;
            it.start.push(this.sourceToken);
            return;
          case "seq-item-ind":
            if (this.indent !== seq.indent)
              break;
            if (it.value || includesToken(it.start, "seq-item-ind"))
              seq.items.push({ start: [this.sourceToken] });
            else
              it.start.push(this.sourceToken);
            return;
        }
        if (this.indent > seq.indent) {
          const bv = this.startBlockValue(seq);
          if (bv) {
            this.stack.push(bv);
            return;
          }
        }
        yield* this.pop();
        yield* this.step();
      }
      *flowCollection(fc) {
        const it = fc.items[fc.items.length - 1];
        if (this.type === "flow-error-end") {
          let top;
          do {
            yield* this.pop();
            top = this.peek(1);
          } while (top?.type === "flow-collection");
        } else if (fc.end.length === 0) {
          switch (this.type) {
            case "comma":
            case "explicit-key-ind":
              if (!it || it.sep)
                fc.items.push({ start: [this.sourceToken] });
              else
                it.start.push(this.sourceToken);
              return;
            case "map-value-ind":
              if (!it || it.value)
                fc.items.push({ start: [], key: null, sep: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                Object.assign(it, { key: null, sep: [this.sourceToken] });
              return;
            case "space":
            case "comment":
            case "newline":
            case "anchor":
            case "tag":
              if (!it || it.value)
                fc.items.push({ start: [this.sourceToken] });
              else if (it.sep)
                it.sep.push(this.sourceToken);
              else
                it.start.push(this.sourceToken);
              return;
            case "alias":
            case "scalar":
            case "single-quoted-scalar":
            case "double-quoted-scalar": {
              const fs = this.flowScalar(this.type);
              if (!it || it.value)
                fc.items.push({ start: [], key: fs, sep: [] });
              else if (it.sep)
                this.stack.push(fs);
              else
                Object.assign(it, { key: fs, sep: [] });
              return;
            }
            case "flow-map-end":
            case "flow-seq-end":
              fc.end.push(this.sourceToken);
              return;
          }
          const bv = this.startBlockValue(fc);
          if (bv)
            this.stack.push(bv);
          else {
            yield* this.pop();
            yield* this.step();
          }
        } else {
          const parent = this.peek(2);
          if (parent.type === "block-map" && (this.type === "map-value-ind" && parent.indent === fc.indent || this.type === "newline" && !parent.items[parent.items.length - 1].sep)) {
            yield* this.pop();
            yield* this.step();
          } else if (this.type === "map-value-ind" && parent.type !== "flow-collection") {
            const prev = getPrevProps(parent);
            const start3 = getFirstKeyStartProps(prev);
            fixFlowSeqItems(fc);
            const sep = fc.end.splice(1, fc.end.length);
            sep.push(this.sourceToken);
            const map = {
              type: "block-map",
              offset: fc.offset,
              indent: fc.indent,
              items: [{ start: start3, key: fc, sep }]
            };
            this.onKeyLine = true;
            this.stack[this.stack.length - 1] = map;
          } else {
            yield* this.lineEnd(fc);
          }
        }
      }
      flowScalar(type) {
        if (this.onNewLine) {
          let nl = this.source.indexOf("\n") + 1;
          while (nl !== 0) {
            this.onNewLine(this.offset + nl);
            nl = this.source.indexOf("\n", nl) + 1;
          }
        }
        return {
          type,
          offset: this.offset,
          indent: this.indent,
          source: this.source
        };
      }
      startBlockValue(parent) {
        switch (this.type) {
          case "alias":
          case "scalar":
          case "single-quoted-scalar":
          case "double-quoted-scalar":
            return this.flowScalar(this.type);
          case "block-scalar-header":
            return {
              type: "block-scalar",
              offset: this.offset,
              indent: this.indent,
              props: [this.sourceToken],
              source: ""
            };
          case "flow-map-start":
          case "flow-seq-start":
            return {
              type: "flow-collection",
              offset: this.offset,
              indent: this.indent,
              start: this.sourceToken,
              items: [],
              end: []
            };
          case "seq-item-ind":
            return {
              type: "block-seq",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: [this.sourceToken] }]
            };
          case "explicit-key-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent);
            const start3 = getFirstKeyStartProps(prev);
            start3.push(this.sourceToken);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: start3, explicitKey: true }]
            };
          }
          case "map-value-ind": {
            this.onKeyLine = true;
            const prev = getPrevProps(parent);
            const start3 = getFirstKeyStartProps(prev);
            return {
              type: "block-map",
              offset: this.offset,
              indent: this.indent,
              items: [{ start: start3, key: null, sep: [this.sourceToken] }]
            };
          }
        }
        return null;
      }
      atIndentedComment(start3, indent) {
        if (this.type !== "comment")
          return false;
        if (this.indent <= indent)
          return false;
        return start3.every((st) => st.type === "newline" || st.type === "space");
      }
      *documentEnd(docEnd) {
        if (this.type !== "doc-mode") {
          if (docEnd.end)
            docEnd.end.push(this.sourceToken);
          else
            docEnd.end = [this.sourceToken];
          if (this.type === "newline")
            yield* this.pop();
        }
      }
      *lineEnd(token) {
        switch (this.type) {
          case "comma":
          case "doc-start":
          case "doc-end":
          case "flow-seq-end":
          case "flow-map-end":
          case "map-value-ind":
            yield* this.pop();
            yield* this.step();
            break;
          case "newline":
            this.onKeyLine = false;
          // fallthrough
          case "space":
          case "comment":
          default:
            if (token.end)
              token.end.push(this.sourceToken);
            else
              token.end = [this.sourceToken];
            if (this.type === "newline")
              yield* this.pop();
        }
      }
    };
    exports.Parser = Parser;
  }
});

// ../../../work/main/node_modules/yaml/dist/public-api.js
var require_public_api = __commonJS({
  "../../../work/main/node_modules/yaml/dist/public-api.js"(exports) {
    "use strict";
    var composer = require_composer();
    var Document = require_Document();
    var errors = require_errors();
    var log = require_log();
    var identity = require_identity();
    var lineCounter = require_line_counter();
    var parser = require_parser();
    function parseOptions(options) {
      const prettyErrors = options.prettyErrors !== false;
      const lineCounter$1 = options.lineCounter || prettyErrors && new lineCounter.LineCounter() || null;
      return { lineCounter: lineCounter$1, prettyErrors };
    }
    function parseAllDocuments(source, options = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options);
      const parser$1 = new parser.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options);
      const docs = Array.from(composer$1.compose(parser$1.parse(source)));
      if (prettyErrors && lineCounter2)
        for (const doc of docs) {
          doc.errors.forEach(errors.prettifyError(source, lineCounter2));
          doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
        }
      if (docs.length > 0)
        return docs;
      return Object.assign([], { empty: true }, composer$1.streamInfo());
    }
    function parseDocument2(source, options = {}) {
      const { lineCounter: lineCounter2, prettyErrors } = parseOptions(options);
      const parser$1 = new parser.Parser(lineCounter2?.addNewLine);
      const composer$1 = new composer.Composer(options);
      let doc = null;
      for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) {
        if (!doc)
          doc = _doc;
        else if (doc.options.logLevel !== "silent") {
          doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), "MULTIPLE_DOCS", "Source contains multiple documents; please use YAML.parseAllDocuments()"));
          break;
        }
      }
      if (prettyErrors && lineCounter2) {
        doc.errors.forEach(errors.prettifyError(source, lineCounter2));
        doc.warnings.forEach(errors.prettifyError(source, lineCounter2));
      }
      return doc;
    }
    function parse(src, reviver, options) {
      let _reviver = void 0;
      if (typeof reviver === "function") {
        _reviver = reviver;
      } else if (options === void 0 && reviver && typeof reviver === "object") {
        options = reviver;
      }
      const doc = parseDocument2(src, options);
      if (!doc)
        return null;
      doc.warnings.forEach((warning) => log.warn(doc.options.logLevel, warning));
      if (doc.errors.length > 0) {
        if (doc.options.logLevel !== "silent")
          throw doc.errors[0];
        else
          doc.errors = [];
      }
      return doc.toJS(Object.assign({ reviver: _reviver }, options));
    }
    function stringify(value, replacer, options) {
      let _replacer = null;
      if (typeof replacer === "function" || Array.isArray(replacer)) {
        _replacer = replacer;
      } else if (options === void 0 && replacer) {
        options = replacer;
      }
      if (typeof options === "string")
        options = options.length;
      if (typeof options === "number") {
        const indent = Math.round(options);
        options = indent < 1 ? void 0 : indent > 8 ? { indent: 8 } : { indent };
      }
      if (value === void 0) {
        const { keepUndefined } = options ?? replacer ?? {};
        if (!keepUndefined)
          return void 0;
      }
      if (identity.isDocument(value) && !_replacer)
        return value.toString(options);
      return new Document.Document(value, _replacer, options).toString(options);
    }
    exports.parse = parse;
    exports.parseAllDocuments = parseAllDocuments;
    exports.parseDocument = parseDocument2;
    exports.stringify = stringify;
  }
});

// ../../../work/main/node_modules/yaml/dist/index.js
var require_dist = __commonJS({
  "../../../work/main/node_modules/yaml/dist/index.js"(exports) {
    "use strict";
    var composer = require_composer();
    var Document = require_Document();
    var Schema = require_Schema();
    var errors = require_errors();
    var Alias = require_Alias();
    var identity = require_identity();
    var Pair = require_Pair();
    var Scalar = require_Scalar();
    var YAMLMap = require_YAMLMap();
    var YAMLSeq = require_YAMLSeq();
    var cst = require_cst();
    var lexer = require_lexer();
    var lineCounter = require_line_counter();
    var parser = require_parser();
    var publicApi = require_public_api();
    var visit = require_visit();
    exports.Composer = composer.Composer;
    exports.Document = Document.Document;
    exports.Schema = Schema.Schema;
    exports.YAMLError = errors.YAMLError;
    exports.YAMLParseError = errors.YAMLParseError;
    exports.YAMLWarning = errors.YAMLWarning;
    exports.Alias = Alias.Alias;
    exports.isAlias = identity.isAlias;
    exports.isCollection = identity.isCollection;
    exports.isDocument = identity.isDocument;
    exports.isMap = identity.isMap;
    exports.isNode = identity.isNode;
    exports.isPair = identity.isPair;
    exports.isScalar = identity.isScalar;
    exports.isSeq = identity.isSeq;
    exports.Pair = Pair.Pair;
    exports.Scalar = Scalar.Scalar;
    exports.YAMLMap = YAMLMap.YAMLMap;
    exports.YAMLSeq = YAMLSeq.YAMLSeq;
    exports.CST = cst;
    exports.Lexer = lexer.Lexer;
    exports.LineCounter = lineCounter.LineCounter;
    exports.Parser = parser.Parser;
    exports.parse = publicApi.parse;
    exports.parseAllDocuments = publicApi.parseAllDocuments;
    exports.parseDocument = publicApi.parseDocument;
    exports.stringify = publicApi.stringify;
    exports.visit = visit.visit;
    exports.visitAsync = visit.visitAsync;
  }
});

// src/dev/bench/sampling.ts
import { readFileSync } from "node:fs";

// src/kernel/machine/checks.ts
function checkRange(what, from, to, limit2) {
  if (!(from >= 0 && to <= limit2)) broken(`${what} ${from}..${to} of ${limit2}`);
}
function checkIndex(what, index, limit2) {
  checkRange(what, index, index + 1, limit2);
}
function broken(what) {
  throw new Error(`the model is broken: ${what}`);
}

// src/kernel/ops.ts
var RESIZE = ["call", "zero", "trunc", "wb"];
var ENTRIES = {
  write: {
    code: 0,
    about: "buffered write()",
    modifiers: ["faultAt", "shortCopy", "dontcache"],
    entry: 1 /* W_IOLOCK */,
    // Zeroing, truncation and writeback too where it can get there: machine/layout.ts.
    registers: ["call"],
    covers: "range",
    grows: true,
    data: "copied",
    takesIolock: true,
    role: "writer",
    fsx: "write"
  },
  store: {
    code: 1,
    about: "store through a shared mapping",
    entry: 38 /* S_FAULT */,
    registers: ["call"],
    covers: "range",
    grows: true,
    data: "stored",
    role: "mapper",
    fsx: "mapwrite",
    trace: "mstore"
  },
  load: {
    code: 2,
    about: "load through a shared mapping",
    entry: 46 /* L_FAULT */,
    registers: ["call"],
    covers: "range",
    role: "mapper",
    fsx: "mapread"
  },
  read: {
    code: 3,
    about: "buffered read()",
    modifiers: ["dontcache"],
    entry: 50 /* R_IOLOCK */,
    registers: ["call"],
    covers: "range",
    takesIolock: true,
    role: "reader",
    rank: 1,
    simpler: "load",
    fsx: "read",
    trace: "pread"
  },
  writeback: {
    code: 4,
    about: "one WB_SYNC_NONE pass over the range, not waiting",
    entry: 56 /* B_START */,
    registers: ["wb"],
    role: "flusher"
  },
  fsync: {
    code: 5,
    about: "WB_SYNC_ALL, waits",
    takes: "range or whole",
    entry: 97 /* FS_START */,
    registers: ["wb"],
    durable: true,
    role: "syncer",
    rank: 2,
    simpler: "writeback",
    fsx: "fsync",
    trace: "fsync"
  },
  evict: {
    code: 6,
    about: "drop each clean page of the range once if it can be",
    entry: 75 /* E_PAGE */,
    registers: [],
    drops: true,
    role: "evicter"
  },
  truncate: {
    code: 7,
    about: "ftruncate() to this size",
    takes: "size",
    entry: 76 /* TR_LOCK */,
    registers: RESIZE,
    covers: "ends",
    grows: true,
    shrinks: true,
    takesIolock: true,
    role: "truncater",
    fsx: "truncate",
    trace: "trunc"
  },
  fallocate: {
    code: 8,
    about: "preallocate",
    modifiers: ["keepSize"],
    entry: 86 /* FA_LOCK */,
    registers: RESIZE,
    covers: "range",
    grows: true,
    takesIolock: true,
    role: "allocator",
    fsx: "fallocate",
    trace: "falloc"
  },
  punch: {
    code: 9,
    about: "FALLOC_FL_PUNCH_HOLE (keeps the size)",
    entry: 86 /* FA_LOCK */,
    registers: RESIZE,
    covers: "ends",
    takesIolock: true,
    role: "allocator",
    rank: 2,
    fsx: "punch_hole",
    trace: "punch"
  },
  zero: {
    code: 10,
    about: "FALLOC_FL_ZERO_RANGE",
    modifiers: ["keepSize"],
    entry: 86 /* FA_LOCK */,
    registers: RESIZE,
    covers: "range",
    grows: true,
    takesIolock: true,
    role: "allocator",
    rank: 2,
    simpler: "fallocate",
    fsx: "zero_range",
    trace: "zero"
  },
  sync_file_range: {
    code: 11,
    about: "sync_file_range(), writing and waiting",
    entry: 99 /* SF_START */,
    registers: ["wb"],
    durable: true,
    role: "syncer",
    rank: 1,
    simpler: "writeback",
    trace: "sfr"
  },
  fadvise: {
    code: 12,
    about: "posix_fadvise(POSIX_FADV_DONTNEED): writes back, not waiting, and drops",
    entry: 74 /* E_FADVISE */,
    registers: ["wb"],
    drops: true,
    role: "evicter",
    rank: 1,
    simpler: "evict"
  },
  collapse: {
    code: 13,
    about: "FALLOC_FL_COLLAPSE_RANGE, of whole blocks before EOF",
    entry: 86 /* FA_LOCK */,
    registers: RESIZE,
    covers: "range",
    moves: "down",
    freesEofblocks: true,
    shrinks: true,
    takesIolock: true,
    role: "allocator",
    rank: 3,
    simpler: "punch",
    fsx: "collapse_range",
    trace: "collapse"
  },
  insert: {
    code: 14,
    about: "FALLOC_FL_INSERT_RANGE, of whole blocks before EOF",
    entry: 86 /* FA_LOCK */,
    registers: RESIZE,
    covers: "range",
    moves: "up",
    freesEofblocks: true,
    grows: true,
    takesIolock: true,
    role: "allocator",
    rank: 3,
    simpler: "punch",
    fsx: "insert_range",
    trace: "insert"
  },
  append: {
    code: 15,
    about: "buffered write() of so many bytes, O_APPEND",
    takes: "length",
    entry: 1 /* W_IOLOCK */,
    registers: ["call"],
    grows: true,
    data: "copied",
    takesIolock: true,
    role: "writer",
    rank: 1,
    trace: "append"
  },
  msync: {
    code: 16,
    about: "msync(MS_SYNC): fsync of the pages of the range, by the description that mapped them",
    entry: 97 /* FS_START */,
    registers: ["wb"],
    durable: true,
    role: "syncer",
    rank: 3,
    simpler: "fsync",
    trace: "msync"
  },
  madvise: {
    code: 17,
    about: "madvise(MADV_DONTNEED): the mapping forgets its pages, the page cache keeps them",
    entry: 102 /* MA_ZAP */,
    registers: [],
    role: "mapper",
    rank: 1,
    trace: "madvise"
  },
  unshare: {
    code: 18,
    about: "FALLOC_FL_UNSHARE_RANGE: preallocates, as nothing is shared",
    modifiers: ["keepSize"],
    entry: 86 /* FA_LOCK */,
    registers: RESIZE,
    covers: "range",
    grows: true,
    takesIolock: true,
    role: "allocator",
    rank: 1,
    simpler: "fallocate",
    trace: "unshare"
  },
  close: {
    code: 19,
    about: "close() of the thread's description, opened again; one of its own where it shares the setup's",
    takes: "nothing",
    entry: 103 /* CL_RELEASE */,
    registers: ["wb"],
    freesEofblocks: true,
    role: "closer",
    trace: "close"
  },
  copy_range: {
    code: 20,
    about: "copy_file_range() within the file, through the page cache, as nothing can be shared",
    modifiers: ["target"],
    copies: true,
    entry: 106 /* CO_START */,
    registers: ["call", "copy"],
    covers: "range",
    grows: true,
    takesIolock: true,
    role: "writer",
    rank: 2,
    fsx: "copy_range",
    trace: "copy_range"
  },
  write_zeroes: {
    code: 21,
    about: "FALLOC_FL_WRITE_ZEROES: as zero, with blocks that are written",
    entry: 86 /* FA_LOCK */,
    registers: RESIZE,
    covers: "range",
    grows: true,
    takesIolock: true,
    role: "allocator",
    rank: 3,
    simpler: "zero",
    fsx: "write_zeroes",
    trace: "write_zeroes"
  }
};
function filled(entries2) {
  const complete = (name, entry) => ({
    name,
    takes: "range",
    modifiers: [],
    copies: false,
    covers: "nothing",
    moves: void 0,
    freesEofblocks: false,
    grows: false,
    shrinks: false,
    data: "none",
    durable: false,
    drops: false,
    takesIolock: false,
    rank: 0,
    simpler: void 0,
    fsx: void 0,
    trace: void 0,
    ...entry
  });
  const all2 = Object.entries(entries2);
  return Object.fromEntries(all2.map(([name, entry]) => [name, complete(name, entry)]));
}
var OPS = filled(ENTRIES);
var OP_NAMES = Object.keys(OPS);

// src/kernel/camel-case.ts
function camelCase(name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

// src/kernel/machine/choices.ts
function fault(choice2, name, about, word2 = name) {
  return { choice: choice2, name, key: camelCase(name), about, word: word2 };
}
var FAULTS = [
  fault(1 /* SHORT_ALLOCATION */, "short-allocation", "how many allocations may return less than was asked"),
  fault(2 /* ALLOCATION_FAILURE */, "allocation-failure", "how many allocations may fail"),
  fault(
    3 /* RESERVATION_FAILURE */,
    "reservation-failure",
    "how many delalloc reservations may fail with ENOSPC"
  ),
  fault(4 /* DEVICE_ERROR */, "device-error", "how many device writes may fail"),
  fault(5 /* SHORT_COPY */, "short-copy", "how many atomic copies may stop early"),
  fault(6 /* FATAL_SIGNAL */, "fatal-signal", "how many writes a fatal signal may end between folios"),
  fault(7 /* EVICT */, "evictions", "how many clean pages ambient reclaim may drop", "evict")
];
var CHOICE_NAMES = ["thread", ...FAULTS.map((f) => f.word)];
var CHOICES = CHOICE_NAMES.length;
var DEFAULT_CHOOSER = { choose: () => 0 };

// src/kernel/machine/layout.ts
var GLOBALS = 10 /* BUDGET */ + CHOICES;
var LOCKED_EXCLUSIVE = 255;
var SHORT_REGISTERS = 6;
var BASE_REGISTERS = 8;
var ALL_REGISTERS = 41;
var BATCH_PAGES = 16;
var IDLE = { groups: [], short: true, pipeCells: 0 };
var BYTE_LIMIT = 250;
function makeLayout(program2, fixes2) {
  const { pages, blocks, cells: cells2 } = program2.geometry;
  let next = GLOBALS;
  const take = (n) => {
    const at = next;
    next += n;
    return at;
  };
  const align = () => {
    next = next + 3 & ~3;
  };
  const descriptionCount = 1 + Math.max(0, ...program2.descriptions ?? []);
  const descriptions = take(descriptionCount);
  const owed = take(descriptionCount);
  const hasInodeFlags = [...program2.setup, ...program2.threads.flat()].some(({ does }) => does.freesEofblocks);
  const inodeFlags = take(hasInodeFlags ? 1 : 0);
  const folioFlags = take(pages);
  const folioLock = take(pages);
  const blockFlags = take(blocks);
  const extents = take(blocks);
  align();
  const cache = take(cells2);
  const disk = take(cells2);
  const ghost = take(cells2);
  const also = take(cells2);
  const phys = take(program2.disk === void 0 ? 0 : blocks);
  const diskUse = take(program2.disk?.blocks ?? 0);
  align();
  const floor = sizeFloor(program2);
  const placed = program2.threads.map((ops2) => {
    const parts = { groups: groupsOf(ops2, floor, program2, fixes2), pipeCells: longestCopy(ops2) };
    const at = take(registersIn(parts));
    align();
    return { at, short: false, ...parts };
  });
  const reclaimAt = take(SHORT_REGISTERS);
  align();
  const kworkers = blocks;
  for (let i = 0; i < kworkers; i++) placed.push({ at: take(SHORT_REGISTERS), ...IDLE });
  const reclaim = placed.push({ at: reclaimAt, ...IDLE }) - 1;
  align();
  const compared = next;
  const all2 = { groups: GROUP_NAMES, short: false, pipeCells: longestCopy(program2.setup) };
  const harness = placed.push({ at: take(ALL_REGISTERS + all2.pipeCells), ...all2 }) - 1;
  const spare = take(ALL_REGISTERS);
  align();
  const threads2 = placed.map((p) => place(p, spare));
  return {
    folioFlags,
    folioLock,
    blockFlags,
    extents,
    cache,
    disk,
    ghost,
    also,
    descriptions,
    owed,
    descriptionCount,
    inodeFlags,
    hasInodeFlags,
    phys,
    diskUse,
    threads: threads2,
    spare,
    programThreads: program2.threads.length,
    kworkers,
    reclaim,
    harness,
    compared,
    size: next,
    wide: largestNumber(program2, threads2.length) > BYTE_LIMIT
  };
}
function largestNumber(program2, threads2) {
  const { geometry, values, disk, budget: budget2 } = program2;
  const copies = [program2.setup, ...program2.threads].some((ops2) => longestCopy(ops2) > 0);
  const inPipe = copies ? 2 * values : 0;
  const counts = [geometry.cells, geometry.blocks, threads2, values + 3, inPipe, (disk?.blocks ?? 0) - 1];
  return Math.max(128, ...counts.map((n) => n + 2), ...budget2);
}
function makeState(layout) {
  return layout.wide ? new Uint16Array(layout.size) : new Uint8Array(layout.size);
}
var GROUPS = {
  call: [8 /* ITER */, 17 /* ZERO_POS */],
  zero: [17 /* ZERO_POS */, 20 /* TRUNC_FROM */],
  trunc: [20 /* TRUNC_FROM */, 24 /* WB_FIRST */],
  wb: [24 /* WB_FIRST */, 35 /* WB_TYPE */],
  wbMap: [35 /* WB_TYPE */, 39 /* COPY_FROM */],
  copy: [39 /* COPY_FROM */, ALL_REGISTERS]
};
var GROUP_NAMES = Object.keys(GROUPS);
function place({ at, short, groups, pipeCells }, spare) {
  const views = { call: spare, zero: spare, trunc: spare, wb: spare, wbMap: spare, copy: spare };
  let next = at + (short ? SHORT_REGISTERS : BASE_REGISTERS);
  for (const name of groups) {
    const [first, end] = GROUPS[name];
    views[name] = next - first;
    next += end - first;
  }
  return { base: at, length: next - at + pipeCells, ...views, pipe: next, pipeCells };
}
function registersIn({ groups, pipeCells }) {
  return groups.reduce((n, name) => n + GROUPS[name][1] - GROUPS[name][0], BASE_REGISTERS + pipeCells);
}
function longestCopy(ops2) {
  return ops2.reduce((most, op2) => op2.does.copies ? Math.max(most, op2.to - op2.from) : most, 0);
}
function keepsWritebackMap(fixes2) {
  return !fixes2.seqBumpOnConvert || !fixes2.wbValidatesSeq;
}
function sizeFloor(program2) {
  const ops2 = [...program2.setup, ...program2.threads.flat()];
  return ops2.some((op2) => OPS[op2.kind].shrinks) ? 0 : program2.initialSize;
}
function groupsOf(ops2, floor, program2, fixes2) {
  const needs = new Set(ops2.flatMap((op2) => OPS[op2.kind].registers));
  const writes = ops2.filter(({ does }) => does.data === "copied" || does.copies);
  const start3 = (op2) => op2.does.copies ? op2.target : op2.from;
  if (writes.some((op2) => start3(op2) > floor)) needs.add("zero");
  if (writes.some((op2) => start3(op2) + op2.to - op2.from > floor || !fixes2.punchSkipsDirty)) needs.add("trunc");
  if (writes.some(({ dontcache }) => dontcache)) needs.add("wb");
  const makesRoom = writes.length > 0 && program2.budget[3 /* RESERVATION_FAILURE */] > 0;
  if (makesRoom || fixes2.zeroingFlushesDirty && needs.has("zero")) needs.add("wb");
  if (needs.has("wb") && keepsWritebackMap(fixes2)) needs.add("wbMap");
  return GROUP_NAMES.filter((name) => needs.has(name));
}

// src/kernel/objects/locks.ts
var HELD_IOLOCK_EXCL = 1;
var HELD_IOLOCK_SHARED = 2;
var HELD_INVALIDATE_EXCL = 4;
var HELD_INVALIDATE_SHARED = 8;
var HELD_FOLIO = 16;
var HELD_ILOCK_EXCL = 32;
var HELD_ILOCK_SHARED = 64;
var LOCK_MODES = 7;
var SharedLock = class {
  #s;
  #at;
  #exclBit;
  #sharedBit;
  #order;
  constructor(s, at, exclBit, sharedBit, order) {
    this.#s = s;
    this.#at = at;
    this.#exclBit = exclBit;
    this.#sharedBit = sharedBit;
    this.#order = order;
  }
  isFree() {
    return this.#s[this.#at] === 0;
  }
  isFreeShared() {
    return this.#s[this.#at] !== LOCKED_EXCLUSIVE;
  }
  acquire(t2) {
    if (0 /* ON */ && !this.isFree()) broken(`thread ${t2.index} takes a lock that is held`);
    this.#order.record(t2.held, this.#exclBit);
    this.#s[this.#at] = LOCKED_EXCLUSIVE;
    t2.held |= this.#exclBit;
  }
  acquireShared(t2) {
    if (0 /* ON */ && !this.isFreeShared()) broken(`thread ${t2.index} shares a lock that is held`);
    this.#order.record(t2.held, this.#sharedBit);
    this.#s[this.#at]++;
    t2.held |= this.#sharedBit;
  }
  release(t2) {
    this.#s[this.#at] = 0;
    t2.held &= ~this.#exclBit;
  }
  releaseShared(t2) {
    this.#s[this.#at]--;
    t2.held &= ~this.#sharedBit;
  }
};
var LockOrder = class {
  edges = new Uint8Array(128);
  record(held, bit) {
    this.edges[bit] |= held;
  }
  reset() {
    const { edges } = this;
    for (let mode = 0; mode < LOCK_MODES; mode++) edges[1 << mode] = 0;
  }
};
function makeLocks(s) {
  const order = new LockOrder();
  return {
    order,
    iolock: new SharedLock(s, 3 /* IOLOCK */, HELD_IOLOCK_EXCL, HELD_IOLOCK_SHARED, order),
    invalidate: new SharedLock(s, 4 /* INVALIDATE */, HELD_INVALIDATE_EXCL, HELD_INVALIDATE_SHARED, order),
    ilock: new SharedLock(s, 5 /* ILOCK */, HELD_ILOCK_EXCL, HELD_ILOCK_SHARED, order)
  };
}

// src/kernel/oracle-table.ts
function oracle(name, about, declined) {
  return { name, about, declined };
}
var ORACLES = [
  oracle("content", "cache and disk hold what was written last"),
  oracle(
    "exposure",
    "nobody reads what a block or a page held before",
    "it shows memory or disk blocks that nobody has initialised, and a ready-made program that reads other people's data is not exported"
  ),
  oracle("backing", "writeback finds an extent under every dirty block below EOF"),
  oracle(
    "results",
    "calls return what was asked unless a fault explains less; fsync is durable",
    "it is about what a call returned, and the program compares bytes"
  ),
  oracle(
    "accounting",
    "reservations equal delalloc blocks; none is left behind",
    "it is about reservations, which user space cannot see"
  ),
  oracle(
    "progress",
    "no deadlock, no livelock, one lock order",
    "it is about a hang, and the program compares bytes"
  ),
  oracle(
    "warning",
    "the kernel warns of nothing that it takes for impossible",
    "it is about a line in the kernel's log, and the program compares bytes"
  )
];
var ORACLE_NAMES = ORACLES.map((o) => o.name);

// src/check/violations.ts
var DEADLOCK = 1;
var LIVELOCK = 2;
var LOCK_ORDER = 3;
var SHORT_WRITE = 4;
var WRONG_ERROR = 5;
var NOT_DURABLE = 6;
var WRONG_SIZE = 7;
var OTHER_RESULT = 8;
var Verdict = class {
  /** Bit per violated oracle. */
  found = 0;
  /** Per oracle, of its first violation: cells `[from, to)`, expected and actual value, thread index or -1. */
  from = new Int32Array(ORACLE_NAMES.length);
  to = new Int32Array(ORACLE_NAMES.length);
  expected = new Int32Array(ORACLE_NAMES.length);
  actual = new Int32Array(ORACLE_NAMES.length);
  thread = new Int32Array(ORACLE_NAMES.length);
  kind = new Int32Array(ORACLE_NAMES.length);
  /** Is told each violation as it is recorded. */
  watcher = null;
  copyFrom(other) {
    this.found = other.found;
    if (other.found === 0) return;
    this.from.set(other.from);
    this.to.set(other.to);
    this.expected.set(other.expected);
    this.actual.set(other.actual);
    this.thread.set(other.thread);
    this.kind.set(other.kind);
  }
  has(oracle2) {
    return (this.found & 1 << oracle2) !== 0;
  }
  /** Records a violation; one that touches the first of its oracle with the same values widens it. */
  record(oracle2, from, to, expected2, actual, thread2, kind = 0) {
    this.watcher?.(oracle2, from, to, expected2, actual, thread2, kind);
    if (this.has(oracle2)) {
      const same = this.expected[oracle2] === expected2 && this.actual[oracle2] === actual;
      if (same && from === this.to[oracle2]) this.to[oracle2] = to;
      return;
    }
    this.found |= 1 << oracle2;
    this.from[oracle2] = from;
    this.to[oracle2] = to;
    this.expected[oracle2] = expected2;
    this.actual[oracle2] = actual;
    this.thread[oracle2] = thread2;
    this.kind[oracle2] = kind;
  }
};

// src/check/progress.ts
function judgeLivelock(verdict, cell, thread2) {
  verdict.record(5 /* PROGRESS */, cell, cell, 0, 0, thread2, LIVELOCK);
}
function judgeDeadlock(verdict, thread2) {
  verdict.record(5 /* PROGRESS */, 0, 0, 0, 0, thread2, DEADLOCK);
}
var LOCK_OF_MODE = [0, 0, 1, 1, 2, 3, 3];
var SHARED_MODES = [false, true, false, true, false, false, true];
function judgeLockOrder(k2, verdict) {
  const { edges } = k2.lockOrder;
  if (followsNesting(edges)) return;
  for (let b = 0; b < LOCK_MODES; b++) {
    const heldForB = edges[1 << b] ?? 0;
    if (heldForB === 0) continue;
    for (let a = 0; a < LOCK_MODES; a++) {
      if ((heldForB & 1 << a) === 0) continue;
      if (LOCK_OF_MODE[a] === LOCK_OF_MODE[b] || reaches(edges, b, a)) {
        verdict.record(5 /* PROGRESS */, 0, 0, a, b, -1, LOCK_ORDER);
        return;
      }
    }
  }
}
function followsNesting(edges) {
  return NOT_BEFORE.every((modes, b) => ((edges[1 << b] ?? 0) & modes) === 0);
}
var NOT_BEFORE = LOCK_OF_MODE.map(
  (lock) => LOCK_OF_MODE.reduce((m, l, i) => l >= lock ? m | 1 << i : m, 0)
);
function reaches(edges, from, to) {
  let frontier = conflicting(from);
  let seen2 = frontier;
  while (frontier !== 0) {
    let next = 0;
    for (let b = 0; b < LOCK_MODES; b++) {
      if (((edges[1 << b] ?? 0) & frontier) === 0) continue;
      if ((conflicting(to) & 1 << b) !== 0) return true;
      next |= conflicting(b);
    }
    frontier = next & ~seen2;
    seen2 |= next;
  }
  return false;
}
function conflicting(mode) {
  let mask = 0;
  for (let m = 0; m < LOCK_MODES; m++) {
    if (LOCK_OF_MODE[m] === LOCK_OF_MODE[mode] && !(SHARED_MODES[m] && SHARED_MODES[mode])) mask |= 1 << m;
  }
  return mask;
}

// src/explore/strategies/strategy.ts
var MOST_IN_MASK = 31;
var ASK = -1;

// src/explore/run/growing-arrays.ts
function grown(array, least) {
  if (array.length >= least) return array;
  const longer = new array.constructor(Math.max(least, 2 * array.length));
  longer.set(array);
  return longer;
}

// src/explore/run/packed-locks.ts
var MODES_PER_WORD = 4;
function packedLocks(edges, word2) {
  let packed = 0;
  for (let i = 0, m = word2 * MODES_PER_WORD; i < MODES_PER_WORD && m < LOCK_MODES; i++, m++)
    packed |= edges[1 << m] << i * LOCK_MODES;
  return packed;
}
var AGAINST = (() => {
  const edges = new Uint8Array(1 << LOCK_MODES);
  for (const [mode, modes] of NOT_BEFORE.entries()) edges[1 << mode] = modes;
  return Int32Array.of(packedLocks(edges, 0), packedLocks(edges, 1));
})();

// src/explore/run/transition-table.ts
var MOST_BYTES = 64 * 2 ** 20;

// src/kernel/versions/toggles.ts
var TABLE = {
  "1 fix validate": "A write compares its map's cookie with if_seq at each folio and remaps when the extents have changed.",
  "2 fix validate-after-lock": "The comparison is made with the folio locked and before its blocks are initialised, not before the lock.",
  "3 fix cookie-under-ilock": "The cookie is sampled before ->iomap_begin drops ILOCK, so that map and cookie belong together.",
  "4 fix remap-on-zero-progress": "A map found stale before any byte was written is remapped instead of ending the write.",
  "5 fix punch-skips-dirty": "A failed write punches its delalloc around dirty folios and leaves the page cache alone.",
  "6 fix punch-under-invalidate-lock": "The cleanup of a failed write holds invalidate_lock exclusive, so that no fault can slip in.",
  "7 fix punch-on-stale": "The unused part of a stale new delalloc map is punched before the remap reserves again.",
  "9 defect propagate-new": "The remap of a stale new map is called new whatever it found, so written blocks are zeroed. Harmful.",
  "10 fix scan-limit-eof": "The scan for dirty folios stops at i_size, so that reservations past EOF are always punched.",
  "11 invariant complete-before-end-writeback": "Unwritten extents are converted before the folio's writeback bit is cleared.",
  "12 invariant seq-bump-on-convert": "Converting an unwritten extent bumps if_seq.",
  "13 fix discard-end": "A folio whose blocks cannot be mapped loses exactly its own delalloc, from the failing block to its end.",
  "14 cure eof-punch-cure": "The punch after a failed write starts past the block that holds EOF when that block is dirty.",
  "15 cure short-copy-cure": "write_begin marks nothing uptodate; write_end accepts whole copied blocks and bytes in uptodate ones.",
  "16 fix zeroing-flushes-dirty": "Zeroing a range flushes dirty folios over holes and unwritten extents before it skips them.",
  "17 behaviour fault-in-partial": "A write gives up with EFAULT only when the next byte of its source is unreadable, not when any of the chunk is.",
  "18 behaviour dirty-per-block": "Writeback writes only the dirty blocks of a folio, and a failed write punches the clean ones of dirty folios.",
  "19 behaviour write-large-folios": "A write creates folios of several pages, as long as what it copies at once.",
  "20 fix zeroing-keeps-isize": "Zeroing leaves i_size alone, so that a write past EOF that fails does not grow the file.",
  "21 fix zero-convert-post-eof": "Zeroing converts delalloc past the block that holds EOF to unwritten and drops its page cache.",
  "22 behaviour zero-eof-in-memory": "Zeroing from inside a block zeroes that block in the page cache, whatever the map says, when it is dirty.",
  "23 fix truncdown-flush-eof": "Truncating down brings the block of the new EOF to disk before its tail is zeroed; off, zeroing trusts the map.",
  "24 behaviour truncdown-zero-flushes": "Truncating down flushes the block of the new EOF only when zeroing finds it dirty over a hole or unwritten.",
  "25 fix truncate-sets-size-first": "Truncating sets i_size and drops the page cache before it writes back; truncdown-flush-eof needs it.",
  "26 fix isize-extend-write-protects": "Raising i_size write-protects the page of the old EOF, so that stores into its new blocks fault.",
  "27 behaviour bmapi-write-trims-delalloc": "fallocate over delalloc allocates what it was asked for and not the whole record.",
  "28 behaviour flush-empty-range-noop": "Flushing a range that ends before it starts does nothing, where it flushed the page that holds both.",
  "29 fix isize-extend-zeroes": "Raising i_size zeroes what it exposes of a dirty page of the old EOF.",
  "30 behaviour split-nonuniform": "Truncation splits a large folio around the cut only, not into single pages.",
  "31 behaviour stale-no-write-failed": "A map found stale does not truncate the page cache past EOF.",
  "32 fix eof-zero-takes-invalidate-lock": "A write past EOF holds invalidate_lock exclusive while it zeroes from EOF to its start.",
  "33 fix wb-past-eof-skip": "Writeback leaves a folio that lies past EOF clean; it was marked dirty again for ever.",
  "34 behaviour wb-submits-at-once": "A folio goes into writeback before its blocks are mapped; an ioend that cannot grow is sent with the folio locked.",
  "35 behaviour wb-maps-ranges": "Writeback adds all dirty blocks in a row that one map covers before it looks at the extents again.",
  "36 behaviour write-large-chunks": "A write faults in and copies up to the end of its map, not page by page.",
  "37 behaviour short-copy-no-write-failed": "A short copy that is accepted does not truncate the page cache past EOF; one that is rejected does.",
  "38 fix error-per-description": "Each open file description is told of a writeback error once; off, only the first fsync of the file is.",
  "39 fix zeroing-flushes-eof-page": "Punching or zeroing up to EOF flushes the page of EOF and all behind it.",
  "40 cure zero-convert-looks-again": "Zeroing that finds its delalloc past EOF gone when it comes to convert it looks again; it fails with EAGAIN.",
  "41 defect zero-hole-no-flush": "Zeroing skips a hole whatever the page cache holds over it. Harmful when a mapping has stored past EOF.",
  "42 behaviour zero-folio-batch": "Zeroing over unwritten extents below EOF zeroes the dirty folios in memory, without a flush.",
  "43 fix invalidate-clears-dirty": "Truncating part of a folio cleans the blocks that go; off, writeback brings zeroes of them to disk.",
  "44 fix zeroed-uptodate-at-end": "A block that write_begin zeroes in part is uptodate only when write_end has accepted the bytes.",
  "45 behaviour write-error-ends-iteration": "A write that fails after some bytes of a map ends at once; off, it maps once more and fails there.",
  "46 fix delalloc-to-unwritten": "Delalloc is allocated as unwritten; off, as written, the whole record, before anything of it is on disk.",
  "47 fix falloc-rounds-tail": "fallocate rounds the end of its range up; off, its length, so that an unaligned range can lack its last block.",
  "48 fix punch-flush-eof-page": "Punching or zeroing up to EOF flushes from the page of EOF on; off, from the start of the file.",
  "49 fix wb-validates-seq": "Writeback compares its cached map with if_seq; off, it only cuts the map at EOF.",
  "50 fix mkwrite-length-to-eof": "A write fault reserves blocks up to EOF; off, in a file of less than a page, the whole page.",
  "51 fix discard-on-partial-error": "A folio of which some blocks could be mapped loses the delalloc of the others; off, it stays behind.",
  "52 fix wb-error-keeps-folio": "A folio none of whose blocks could be mapped stays cached; off, it is read from disk again.",
  "53 fix fill-takes-invalidate-lock": "A read that fills a folio holds invalidate_lock shared, a fault only when it fills; off, no read, but every fault.",
  "54 behaviour wb-type-from-buffers": "Writeback goes by what each buffer head says of its block: holes are skipped, a map is of one type of block.",
  "55 fix falloc-allocates-on": "fallocate that gets blocks before its range only, of delalloc that starts there, asks for more; it fails with ENOSPC.",
  "56 fix release-rescans": "The scan of a failed write looks again when the data that it found is gone; the kernel warns.",
  "57 invariant append-under-iolock": "An append takes its position from i_size when it holds IOLOCK, not before.",
  "58 invariant shift-flushes-cache": "Collapse and insert bring to disk and drop from the page cache what they are about to move.",
  "59 fix eofblocks-keeps-prealloc": "Freeing what lies past EOF of a preallocated file takes its delalloc only; off, its preallocation, too.",
  "60 invariant release-under-iolock": "A close frees what lies past EOF only when it gets IOLOCK, so that no write is about to move EOF.",
  "61 behaviour release-trims-once": "Closes free what lies past EOF once, until a truncate; off, until one has left delalloc below EOF behind.",
  "62 behaviour rwf-dontcache": "What a read or write with RWF_DONTCACHE brings into the page cache goes when it is clean; off, EOPNOTSUPP.",
  "63 behaviour dontcache-kicks-flusher": "A write with RWF_DONTCACHE leaves its writeback to the flusher; off, it starts that of its range itself.",
  "65 behaviour falloc-write-zeroes": "fallocate has FALLOC_FL_WRITE_ZEROES, which leaves written blocks of zeroes; off, EOPNOTSUPP.",
  "66 behaviour falloc-flushes-first": "A collapse flushes and drops its range before it finds that it has to fail; off, it fails at once.",
  "67 behaviour shift-flushes-from-before": "Collapse and insert flush from the block before their range on; off, from the range on.",
  "68 behaviour insert-flushes-eof": "Insert brings the page of EOF to disk before it makes the file longer."
};
var TOGGLES = Object.entries(TABLE).map(([key, about]) => {
  const [id, kind, name] = key.split(" ");
  return { id: Number(id), name, kind, about };
});

// src/kernel/versions/patches.ts
var BEFORE = [
  "discard-end",
  "punch-on-stale",
  // Buffer heads keep a dirty bit each.
  "dirty-per-block",
  "mkwrite-length-to-eof"
];
var TABLE2 = [
  patch(
    "always:complete-before-end-writeback",
    "2.6",
    "I/O completion converts extents before it ends writeback",
    {
      on: ["complete-before-end-writeback"]
    }
  ),
  patch("always:append-under-iolock", "2.6", "An append looks at i_size with i_mutex held", {
    on: ["append-under-iolock"]
  }),
  patch("always:wb-type-from-buffers", "2.6", "The page cache of XFS is one of buffer heads", {
    on: ["wb-type-from-buffers"]
  }),
  patch("always:release-under-iolock", "2.6", "A close that does not get the lock frees nothing", {
    on: ["release-under-iolock"]
  }),
  patch("always:shift-flushes-cache", "3.15", "xfs: collapse range flushes and drops what it moves", {
    on: ["shift-flushes-cache"]
  }),
  patch("90a8020278c1", "3.18", "vfs: fix data corruption when blocksize < pagesize for mmaped data", {
    on: ["isize-extend-write-protects"]
  }),
  patch("5660e13d2fd6", "4.13", "fs: new infrastructure for writeback error handling and reporting", {
    on: ["error-per-description"]
  }),
  patch("350976ae2187", "4.15", "xfs: truncate pagecache before writeback in xfs_setattr_size()", {
    on: ["truncate-sets-size-first"]
  }),
  patch("e53c4b598372", "4.18", "xfs: ensure post-EOF zeroing happens after zeroing part of a file", {
    on: ["zeroing-flushes-eof-page"]
  }),
  patch("745b3f76d1c8", "4.19", "xfs: maintain a sequence count for inode fork manipulations", {
    on: ["seq-bump-on-convert"]
  }),
  patch("e2f6ad4624df", "4.19", "xfs: make xfs_writepage_map extent map centric", {
    off: ["wb-type-from-buffers"]
  }),
  patch("c03cea42147b", "4.19", "iomap: add initial support for writes without buffer heads", {
    off: ["dirty-per-block"]
  }),
  patch("a579121f94ab", "4.20", "xfs: fix PAGE_MASK usage in xfs_free_file_space", {
    on: ["punch-flush-eof-page"]
  }),
  patch("d9252d526ba6", "5.1", "xfs: validate writeback mapping using data fork seq counter", {
    on: ["wb-validates-seq"]
  }),
  patch("e093c4be760e", "5.4", "xfs: Fix tail rounding in xfs_alloc_file_space()", {
    on: ["falloc-rounds-tail"]
  }),
  patch("249bd9087a52", "5.5", "xfs: properly serialise fallocate against AIO+DIO", {
    on: ["falloc-flushes-first"]
  }),
  patch("d0c2204135a0", "5.5", "xfs: stabilize insert range start boundary to avoid COW writeback race", {
    on: ["shift-flushes-from-before"]
  }),
  patch("add66fcbd3fb", "5.5", "iomap: Fix overflow in iomap_page_mkwrite", {
    off: ["mkwrite-length-to-eof"]
  }),
  patch("243145bc4336", "5.6", "fs: Fix page_mkwrite off-by-one errors", { on: ["mkwrite-length-to-eof"] }),
  patch("a5949d3faedf", "5.8", "xfs: force writes to delalloc regions to unwritten", {
    on: ["delalloc-to-unwritten"]
  }),
  patch("763e4cdc0f6d", "5.10", "iomap: support partial page discard on writeback block mapping failure", {
    on: ["discard-on-partial-error"]
  }),
  patch("869ae85dae64", "5.10", "xfs: flush new eof page on truncate to avoid post-eof corruption", {
    on: ["truncdown-flush-eof"]
  }),
  patch("730633f0b7f9", "5.15", "mm: Protect operations adding pages to page cache with invalidate_lock", {
    on: ["fill-takes-invalidate-lock"]
  }),
  patch("631f871f0717", "5.18", "fs/iomap: Fix buffered write page prefaulting", {
    on: ["fault-in-partial"]
  }),
  patch("e9c3a8e820ed", "5.19", "iomap: don't invalidate folios after writeback errors", {
    on: ["wb-error-keeps-folio"]
  }),
  patch("d58562ca6c99", "6.0", "iomap: skip pages past eof in iomap_do_writepage()", {
    on: ["wb-past-eof-skip"]
  }),
  patch("rfc-v1:propagate-new", "rfc-v1", "RFC v1: carry IOMAP_F_NEW of a stale map over to its remap", {
    on: ["propagate-new"]
  }),
  patch("198dd8aedee6", "6.2", "xfs: punching delalloc extents on write failure is racy", {
    on: ["punch-under-invalidate-lock"]
  }),
  patch("f43dc4dc3eff", "6.2", "iomap: buffered write failure should not truncate the page cache", {
    on: ["punch-skips-dirty", "scan-limit-eof"]
  }),
  patch("7348b322332d", "6.2", "xfs: xfs_bmap_punch_delalloc_range() should take a byte range", {
    off: ["discard-end"]
  }),
  patch("d7b64041164c", "6.2", "iomap: write iomap validity checks", {
    on: ["validate-after-lock", "remap-on-zero-progress", "punch-on-stale"],
    off: ["propagate-new"]
  }),
  patch("304a68b9c63b", "6.2", "xfs: use iomap_valid method to detect stale cached iomaps", {
    on: ["validate", "cookie-under-ilock"]
  }),
  patch("feeb9b269523", "6.2", "filemap: skip write and wait if end offset precedes start", {
    on: ["flush-empty-range-noop"]
  }),
  patch("8ac5b996bf51", "6.3", "xfs: fix off-by-one-block in xfs_discard_folio()", { on: ["discard-end"] }),
  patch("d6bb59a9444d", "6.6", "iomap: Create large folios in the buffered write path", {
    on: ["write-large-folios"]
  }),
  patch("5d8edfb900d5", "6.6", "iomap: Copy larger chunks from userspace", { on: ["write-large-chunks"] }),
  patch("4ce02c679722", "6.6", "iomap: Add per-block dirty state tracking to improve performance", {
    on: ["dirty-per-block"],
    also: ["a01b8f225248"]
  }),
  patch("73e96b2f42ad", "6.9", "iomap: submit ioends immediately", { on: ["wb-submits-at-once"] }),
  patch("fd07e0aa23c4", "6.9", "iomap: map multiple blocks at a time", { on: ["wb-maps-ranges"] }),
  patch("6773da870ab8", "6.10", "xfs: fix error returns from xfs_bmapi_write", {
    on: ["falloc-allocates-on"]
  }),
  patch("610b29161b0a", "6.10", "xfs: fix freeing speculative preallocations for preallocated files", {
    on: ["eofblocks-keeps-prealloc"]
  }),
  patch("21255afdd729", "6.10", "xfs: do not allocate the entire delalloc extent in xfs_bmapi_write", {
    on: ["bmapi-write-trims-delalloc"]
  }),
  patch("5ce5674187c3", "6.10", "xfs: convert delayed extents to unwritten when zeroing post eof blocks", {
    on: ["zero-convert-post-eof"]
  }),
  patch("89c6c1d91ab2", "6.10", "iomap: drop the write failure handles when unsharing and zeroing", {
    on: ["stale-no-write-failed"]
  }),
  patch("943bc0882ceb", "6.10", "iomap: don't increase i_size if it's not a write operation", {
    on: ["zeroing-keeps-isize"]
  }),
  patch("e1f453d4336d", "6.10", "iomap: do some small logical cleanup in buffered write", {
    on: ["short-copy-no-write-failed"]
  }),
  patch("c5c810b94cfd", "6.12", "iomap: fix handling of dirty folios over unwritten extents", {
    on: ["zeroing-flushes-dirty", "truncdown-zero-flushes"],
    also: ["7d9b474ee4cc"]
  }),
  patch(
    "7a9d43eace88",
    "6.12",
    "iomap: handle a post-direct I/O invalidate race in iomap_write_delalloc_release",
    {
      on: ["release-rescans"]
    }
  ),
  patch("2764727be269", "6.12", "xfs: call xfs_flush_unmap_range from xfs_free_file_space", {
    off: ["falloc-flushes-first"]
  }),
  patch("98e44e2bc0ab", "6.12", "xfs: only free posteof blocks on first close", {
    on: ["release-trims-once"]
  }),
  patch("acfbac776496", "6.12", "xfs: take XFS_MMAPLOCK_EXCL xfs_file_write_zero_eof", {
    on: ["eof-zero-takes-invalidate-lock"]
  }),
  patch("fde4c4c3ec1c", "6.13", "iomap: elide flush from partial eof zero range", {
    on: ["zero-eof-in-memory"],
    also: ["889ac75787cb"]
  }),
  patch("52aecaee1c26", "6.13", "mm: zero range of eof folio exposed by inode size extension", {
    on: ["isize-extend-zeroes"]
  }),
  patch("7460b470a131", "6.15", "mm/truncate: use folio_split() in truncate operation", {
    on: ["split-nonuniform"]
  }),
  // In 6.15 it was switched off again.
  patch("974c5e6139db", "6.16", "xfs: flag as supporting FOP_DONTCACHE", {
    on: ["rwf-dontcache"],
    also: ["8026e49bff9b", "b2cd5ae693a3"]
  }),
  patch("395ed1ef0012", "6.19", "iomap: zero range folio batch support", {
    on: ["zero-folio-batch"],
    off: ["zero-eof-in-memory"],
    also: ["5c13dde963df", "77c475692c5e", "39be21386d14"]
  }),
  patch("c770f997a422", "7.1", "xfs: only flush when COW fork blocks overlap data fork holes", {
    on: ["zero-hole-no-flush"],
    also: ["a35bb0dec955"]
  }),
  patch("562d192c4345", "7.2", "iomap: support invalidating partial folios", {
    on: ["invalidate-clears-dirty"],
    also: ["88c265151331"]
  }),
  patch(
    "7.2:dontcache-kicks-flusher",
    "7.2",
    "mm: a write that is not to be cached wakes the flusher, and does not write itself",
    { on: ["dontcache-kicks-flusher"] }
  ),
  patch("7.2:insert-flushes-eof", "7.2", "xfs: insert range flushes EOF before it raises i_size", {
    on: ["insert-flushes-eof"]
  }),
  patch("7.3:falloc-write-zeroes", "7.3", "xfs: support FALLOC_FL_WRITE_ZEROES", {
    on: ["falloc-write-zeroes"]
  }),
  patch("7.3:zeroed-uptodate-at-end", "7.3", "iomap: don't mark unwritten parts of a folio uptodate", {
    on: ["zeroed-uptodate-at-end"]
  }),
  patch(
    "7.3:write-error-ends-iteration",
    "7.3",
    "iomap: a write's error is not hidden by what it wrote before",
    {
      on: ["write-error-ends-iteration"]
    }
  ),
  patch("proposed:eof-punch-cure", "proposed", "iomap: round the end of the delalloc scan up to a block", {
    on: ["eof-punch-cure"]
  }),
  patch(
    "proposed:short-copy-cure",
    "proposed",
    "iomap: mark blocks uptodate at write_end only, accept short copies by block",
    { on: ["short-copy-cure"] }
  ),
  patch(
    "proposed:truncdown-flushes-again",
    "proposed",
    "xfs: a truncation down writes the block of the new EOF before zeroing it, whatever zeroing would flush",
    { off: ["truncdown-zero-flushes"] }
  )
];
function withProposals(table2, toggles) {
  const known = new Set(table2.flatMap((p) => p.on));
  const proposals = toggles.filter(({ name }) => !known.has(name));
  return [
    ...table2,
    ...proposals.map(({ name, about }) => patch(`proposed:${name}`, "proposed", about, { on: [name] }))
  ];
}
var PATCHES = withProposals(TABLE2, TOGGLES);
function patch(commit, release3, title, { on = [], off = [], also = [] }) {
  return { commit, release: release3, title, on, off, also };
}
function commitsOf({ commit, also }) {
  return [commit, ...also].filter((name) => !name.includes(":"));
}

// src/kernel/versions/fixes.ts
var FIXES = TOGGLES.map((toggle) => {
  const patch2 = PATCHES.find((p) => p.on.includes(toggle.name));
  return { ...toggle, title: patch2.title, release: patch2.release, commits: commitsOf(patch2) };
});
var FIX_NAMES = FIXES.map((f) => f.name);
function makeFixes(on, linux) {
  const key = `${linux} ${FIX_NAMES.map((name) => on.has(name) ? "1" : "0").join("")}`;
  let fixes2 = made.get(key);
  if (fixes2 === void 0) {
    const toggles = Object.fromEntries(FIX_NAMES.map((name) => [camelCase(name), on.has(name)]));
    fixes2 = Object.freeze({ ...toggles, linux });
    made.set(key, fixes2);
  }
  return fixes2;
}
var made = /* @__PURE__ */ new Map();
function isFixName(name) {
  return FIX_NAMES.includes(name);
}

// src/kernel/versions/releases.ts
var [FREE_FILE_SPACE, TRUNCATE_DOWN, ALLOC_FILE_SPACE] = ["a579121f94ab", "869ae85dae64", "e093c4be760e"];
var SERIES_6_2 = ["198dd8aedee6", "f43dc4dc3eff", "7348b322332d", "d7b64041164c", "304a68b9c63b"];
var RELEASES = [
  release("4.18", "4.18.20: page cache through buffer heads, delalloc allocated as written"),
  release("4.19", "4.19.222: page cache of iomap's own, one dirty bit per page", {
    backports: [FREE_FILE_SPACE, TRUNCATE_DOWN],
    standsFor: { series: "4.19", from: 157 }
  }),
  release("5.0", "Ubuntu's 5.0: 4.19 with fallocate that rounds, truncation that does not flush", {
    backports: [ALLOC_FILE_SPACE]
  }),
  release("5.4", "5.4.117 to 5.4.301: writeback's map is validated, delalloc still allocated as written", {
    backports: ["249bd9087a52", "d0c2204135a0", "add66fcbd3fb", TRUNCATE_DOWN],
    standsFor: { series: "5.4", from: 77 }
  }),
  release("5.10", "5.10.218 and 5.10.262: none of the series, source fault-in all or nothing"),
  release("openeuler-22.03", "openEuler 22.03 LTS: 5.10 with the series, backported in 2023", {
    mainline: "5.10",
    backports: [...SERIES_6_2, "8ac5b996bf51", "7a9d43eace88"],
    standsFor: { series: "5.10", from: 0, tag: "oe2203" }
  }),
  release("5.15", "5.15.0 to 5.15.224: as 5.10, with invalidate_lock of the mapping"),
  release("6.0", "the state the RFC was written against"),
  release("rfc-v1", "the RFC of 2022-09-21: validity checks, NEW carried over, no punch of stale maps", {
    mainline: "6.0",
    on: ["validate", "validate-after-lock", "remap-on-zero-progress", "propagate-new"],
    off: ["punch-on-stale"],
    standsFor: void 0
  }),
  release("6.1.0", "6.1 before 6.1.92: none of the series", {
    mainline: "6.1",
    standsFor: { series: "6.1", from: 0, to: 92 }
  }),
  release("6.1.192", "Debian's 6.1.192: the series and its later fixes, backported", {
    mainline: "6.1",
    backports: [
      ...SERIES_6_2,
      "8ac5b996bf51",
      "6773da870ab8",
      "610b29161b0a",
      "5ce5674187c3",
      "7a9d43eace88"
    ],
    standsFor: { series: "6.1", from: 92 }
  }),
  release("6.2", "the merged series of nine patches"),
  release("6.5", "6.5.13: the series and the fix of its punch after a failed mapping"),
  release("rhel-9", "CentOS Stream 9, 5.14 by name: fs/iomap as of 6.3 to 6.5, and fs/xfs taken to be so", {
    mainline: "6.4",
    standsFor: void 0
  }),
  release("6.6", "6.6.58 to 6.6.150: large folios, dirty bits per block, zeroing that trusts the map", {
    backports: ["6773da870ab8", "610b29161b0a", "5ce5674187c3", "7a9d43eace88"]
  }),
  release("6.8", "Ubuntu's 6.8: as 6.6", { backports: ["6773da870ab8", "5ce5674187c3", "7a9d43eace88"] }),
  release("6.12", "6.12.117: per-block dirty tracking, large folios, zeroing that looks at the cache"),
  release("6.18", "6.18.44: zeroing at EOF in memory, folios split around the cut"),
  release(
    "7.2",
    "7.2.12: zeroing skips holes unflushed and takes dirty folios over unwritten extents in batches"
  ),
  release("7.3", "7.3.4: blocks zeroed by write_begin become uptodate in write_end"),
  release("cured", "6.2 with every later fix and proposed cure that the model knows", {
    mainline: "6.2",
    on: [
      ...FIXES.filter((f) => f.kind !== "defect" && f.kind !== "behaviour").map((f) => f.name),
      // Calls that are newer.
      "rwf-dontcache",
      "falloc-write-zeroes"
    ],
    standsFor: void 0
  })
];
function release(name, about, differences2 = {}) {
  const { mainline = name, backports = [], on = [], off = [] } = differences2;
  const fixes2 = new Set(BEFORE);
  for (const patch2 of PATCHES) {
    if (!isIn(patch2, mainline) && !backports.includes(patch2.commit)) continue;
    for (const toggle of patch2.off) fixes2.delete(toggle);
    for (const toggle of patch2.on) fixes2.add(toggle);
  }
  for (const toggle of off) fixes2.delete(toggle);
  for (const toggle of on) fixes2.add(toggle);
  return {
    name,
    about,
    fixes: fixes2,
    linux: mainline,
    cachestat: isAtLeast(mainline, "6.5"),
    // A new inode has its attribute fork from the start since 5.13, where a security module keeps something with each
    // super block (xfs_create_need_xattr(), fs/xfs/xfs_iops.c; xfs_default_attroffset(), fs/xfs/libxfs/xfs_attr_leaf.c):
    // 192 of the 336 bytes for forks are left for records of 16.
    inodeRecords: isAtLeast(mainline, "5.13") ? 12 : 21,
    leafAtInode: isAtLeast(mainline, "6.3"),
    standsFor: "standsFor" in differences2 ? differences2.standsFor : { series: name, from: 0 }
  };
}
function isIn({ release: release3 }, linux) {
  return /^\d/.test(release3) && isAtLeast(linux, release3);
}
function isAtLeast(version, other) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number);
  return major === otherMajor ? minor >= otherMinor : major > otherMajor;
}
function findRelease(name) {
  return RELEASES.find((r) => r.name === name);
}

// src/kernel/versions/variant.ts
function fixesOf(variant2) {
  const on = new Set(baseOf(variant2).fixes);
  for (const name of variant2.with) on.add(checked(name));
  for (const name of variant2.without) on.delete(checked(name));
  return on;
}
function kernelOf(variant2) {
  let fixes2 = kernels.get(variant2);
  if (fixes2 === void 0) {
    fixes2 = makeFixes(fixesOf(variant2), baseOf(variant2).linux);
    kernels.set(variant2, fixes2);
  }
  return fixes2;
}
var kernels = /* @__PURE__ */ new WeakMap();
function baseOf({ base }) {
  const release3 = findRelease(base);
  if (release3 !== void 0) return release3;
  throw new RangeError(`no kernel ${base}; there are ${RELEASES.map((r) => r.name).join(", ")}`);
}
function checked(name) {
  if (!isFixName(name)) throw new RangeError(`no fix ${name}; there are ${FIX_NAMES.join(", ")}`);
  return name;
}
function variantName(v) {
  if (v.isTree === true)
    return `tree:${v.base}${[...v.with.map((name) => `+${name}`), ...v.without.map((name) => `-${name}`)].join("")}`;
  const parts = [v.base];
  if (v.with.length > 0) parts.push(`with ${v.with.join(", ")}`);
  if (v.without.length > 0) parts.push(`without ${v.without.join(", ")}`);
  return parts.join(" ");
}

// src/kernel/machine/errors.ts
var ERROR_NAMES = [
  "ok",
  "EFAULT",
  "ENOSPC",
  "EINTR",
  "EIO",
  "SIGBUS",
  "EAGAIN",
  "EFBIG",
  "EINVAL",
  "EOPNOTSUPP"
];

// src/kernel/machine/geometry.ts
function makeGeometry(pageSize, blockSize, touched, boundaries) {
  const pageSet = /* @__PURE__ */ new Set([0]);
  for (const b of touched) pageSet.add(Math.floor(b / pageSize));
  const pageNumbers = [...pageSet].sort((a, b) => a - b);
  const inner = /* @__PURE__ */ new Map();
  for (const b of new Set(boundaries)) {
    if (b % blockSize === 0) continue;
    const page2 = Math.floor(b / pageSize);
    const list3 = inner.get(page2);
    if (list3) list3.push(b);
    else inner.set(page2, [b]);
  }
  const blocksPerPage = pageSize / blockSize;
  const starts = [];
  const ends = [];
  const blockCell = [];
  const pageCell = [];
  const cellBlock = [];
  const cellPage = [];
  const gapBefore = new Uint8Array(pageNumbers.length * blocksPerPage);
  pageNumbers.forEach((number, p) => {
    pageCell.push(starts.length);
    if (p === 0 || pageNumbers[p - 1] !== number - 1) gapBefore[p * blocksPerPage] = 1;
    const cuts = (inner.get(number) ?? []).sort((a, b) => a - b);
    let next = 0;
    for (let i = 0; i < blocksPerPage; i++) {
      const block = p * blocksPerPage + i;
      const from = number * pageSize + i * blockSize;
      const to = from + blockSize;
      blockCell.push(starts.length);
      let at = from;
      while (next < cuts.length && cuts[next] < to) {
        push(at, cuts[next], block, p);
        at = cuts[next];
        next++;
      }
      push(at, to, block, p);
    }
  });
  function push(from, to, block, page2) {
    starts.push(from);
    ends.push(to);
    cellBlock.push(block);
    cellPage.push(page2);
  }
  const cells2 = starts.length;
  const blocks = blockCell.length;
  pageCell.push(cells2);
  blockCell.push(cells2);
  return {
    pageSize,
    blockSize,
    pages: pageNumbers.length,
    blocks,
    cells: cells2,
    blocksPerPage,
    cellStart: new Float64Array(starts),
    cellEnd: new Float64Array(ends),
    pageCell: new Int32Array(pageCell),
    blockCell: new Int32Array(blockCell),
    cellBlock: new Int32Array(cellBlock),
    cellPage: new Int32Array(cellPage),
    gapBefore
  };
}
function cellAtOrAfter(g, byte) {
  let low = 0;
  let high = g.cells;
  while (low < high) {
    const mid = low + high >> 1;
    if (g.cellStart[mid] < byte) low = mid + 1;
    else high = mid;
  }
  return low;
}
function cellOfBlock(g, block) {
  return g.blockCell[block];
}
function boundaryByte(g, cell) {
  return cell === 0 ? 0 : g.cellEnd[cell - 1];
}

// src/kernel/machine/program.ts
function kernelOp(kind, from, to, more = {}) {
  const { faultAt = to, shortCopy = -1, keepSize = false, dontcache = false, target = -1 } = more;
  const { length: length2 = 0, value = 0, returns: returns3 } = more;
  const does = OPS[kind];
  const modifiers = { faultAt, shortCopy, keepSize, dontcache, target };
  return { kind: does.name, does, from, to, ...modifiers, length: length2, value, returns: returns3 };
}
function resultOf({ kind, does, from }, done, status) {
  const isCounted = kind === "read" || does.copies || does.data === "copied" && kind !== "append";
  if (isCounted && done > from) return done;
  return status !== 0 ? -status : isCounted ? from : 0;
}

// src/kernel/op-info.ts
var MODIFIERS = {
  /** Source bytes from here on cannot be read (EFAULT). */
  faultAt: { word: "fault-at", takes: "offset", inside: "start included", isFault: true, isNeeded: false },
  /** The first atomic copy that reaches this stops there, and is retried. */
  shortCopy: { word: "short-copy", takes: "offset", inside: "strictly", isFault: true, isNeeded: false },
  /** FALLOC_FL_KEEP_SIZE. */
  keepSize: { word: "keep-size", takes: "flag", inside: "anywhere", isFault: false, isNeeded: false },
  /** RWF_DONTCACHE. */
  dontcache: { word: "dontcache", takes: "flag", inside: "anywhere", isFault: false, isNeeded: false },
  /** Where the bytes of the range go; it must be there. */
  target: { word: "to", takes: "offset", inside: "apart", isFault: false, isNeeded: true }
};

// src/scenario/types.ts
var WHOLE = { from: 0, to: Number.POSITIVE_INFINITY };
var NOTHING_STATED = {
  expect: [],
  variants: [],
  reached: []
};

// src/scenario/op-bytes.ts
function allOps(scenario2) {
  return [...scenario2.setup, ...scenario2.threads.flatMap((thread2) => thread2.ops)];
}
function callNames(threads2) {
  return threads2.flatMap(({ name, ops: ops2 }) => ops2.map((_, i) => `${name}.${i + 1}`));
}
function opNamed({ setup, threads: threads2 }, name) {
  const [owner, number] = name.split(".");
  const ops2 = owner === "setup" ? setup : threads2.find((thread2) => thread2.name === owner)?.ops;
  return ops2?.[Number(number) - 1];
}
function isWhole(op2) {
  return op2.to === WHOLE.to;
}
function bytesOf(op2) {
  if (isWhole(op2)) return void 0;
  return op2.from < op2.to ? op2 : { from: Math.max(0, op2.to - 1), to: op2.to };
}
function targetOf({ from, to, target }) {
  return target === void 0 ? void 0 : { from: target, to: target + to - from };
}
function rangesOf(op2) {
  return [bytesOf(op2) ?? [], targetOf(op2) ?? []].flat();
}
function endOfFloating(ops2, size) {
  if (!ops2.some(isFloating)) return void 0;
  let end = size;
  let more = 0;
  for (const op2 of ops2) {
    const { takes, moves, covers, grows } = OPS[op2.kind];
    if (moves === "up" || takes === "length") more += op2.to - op2.from;
    if (takes !== "length" && (covers !== "nothing" || grows) && !isWhole(op2))
      end = Math.max(end, op2.to, targetOf(op2)?.to ?? 0);
  }
  return end + more;
}
function isFloating({ kind }) {
  return OPS[kind].moves !== void 0 || OPS[kind].takes === "length";
}
function floatingCells({
  setup,
  threads: threads2,
  file: file2
}) {
  const ops2 = allOps({ setup, threads: threads2 });
  const end = endOfFloating(ops2, file2.size);
  const cuts = [file2.size, ...ops2.flatMap(offsetsOf)];
  if (end === void 0) return copiedCuts(ops2, cuts, file2.block).size;
  return Math.ceil(end / file2.block) * offsetsInBlock(ops2, cuts, file2.block).size;
}
function offsetsInBlock(ops2, cuts, block) {
  const found = /* @__PURE__ */ new Set([0]);
  for (const at of cuts) found.add(at % block);
  const lengths = ops2.filter(({ kind }) => OPS[kind].takes === "length").map(({ to }) => to);
  const copies = ops2.flatMap(({ from, target }) => target === void 0 ? [] : [(target - from) % block]);
  const moves = [...lengths, ...copies, ...copies.map((by) => -by)];
  for (const at of found) for (const by of moves) found.add((at + by + block) % block);
  return found;
}
var MANY = 6e4;
function copiedCuts(ops2, cuts, block) {
  const copies = ops2.flatMap((op2) => {
    const target = targetOf(op2);
    return target === void 0 ? [] : [[op2, target], [target, op2]];
  });
  if (copies.length === 0) return /* @__PURE__ */ new Set();
  const found = new Set(cuts);
  for (const [{ from, to }] of copies)
    for (let at = Math.ceil(from / block) * block; at < to && found.size < MANY; at += block) found.add(at);
  for (const at of found)
    for (const [{ from, to }, other] of copies)
      if (at > from && at < to && found.size < MANY) found.add(at - from + other.from);
  return found;
}
function modifiersOf(op2) {
  return OPS[op2.kind].modifiers.flatMap((name) => {
    const value = op2[name];
    return value === void 0 ? [] : [[name, value]];
  });
}
function offsetsOf(op2) {
  const { takes, modifiers } = OPS[op2.kind];
  const offsets = isWhole(op2) || takes === "length" ? [] : op2.from < op2.to ? [op2.from, op2.to] : [op2.to];
  for (const name of modifiers) {
    const value = op2[name];
    if (typeof value === "number") offsets.push(value);
  }
  if (op2.target !== void 0) offsets.push(op2.target + op2.to - op2.from);
  return offsets;
}
function isInside(name, at, { from, to }) {
  const { inside } = MODIFIERS[name];
  if (inside === "apart") return at >= to || at + to - from <= from;
  return inside === "anywhere" || (inside === "strictly" ? at > from : at >= from) && at < to;
}

// src/scenario/compile.ts
var ALLOCSIZE = 65536;
function compile(scenario2) {
  const { size, block, page: page2 } = scenario2.file;
  const ops2 = allOps(scenario2);
  const touched = /* @__PURE__ */ new Set();
  const cuts = /* @__PURE__ */ new Set([size]);
  const touch = (from, to) => {
    for (let p = Math.floor(from / page2); p * page2 < to; p++) touched.add(p * page2);
  };
  const touchEnd = (byte) => {
    if (byte > 0) touched.add(byte - 1);
    if (byte % page2 !== 0) touched.add(byte);
  };
  touchEnd(size);
  for (const [op2, { values }] of statedOf(scenario2))
    for (const one of values) if (typeof one === "number") cuts.add(op2.from + one);
  let largest = size;
  for (const op2 of ops2) {
    const { covers, grows } = OPS[op2.kind];
    if (covers === "nothing") continue;
    if (covers === "range") touch(op2.from, op2.to);
    else {
      if (op2.from < op2.to) touched.add(op2.from);
      touchEnd(op2.to);
    }
    const target = targetOf(op2);
    if (target !== void 0) touch(target.from, target.to);
    for (const at of offsetsOf(op2)) cuts.add(at);
    if (grows) largest = Math.max(largest, target?.to ?? op2.to);
  }
  const end = endOfFloating(ops2, size);
  if (end !== void 0) {
    largest = end;
    touch(0, end);
    const inBlock = offsetsInBlock(ops2, cuts, block);
    for (let at = 0; at < end; at += block) for (const within of inBlock) cuts.add(at + within);
  }
  for (const at of copiedCuts(ops2, cuts, block)) cuts.add(at);
  if (largest >= ALLOCSIZE) touch(largest, largest + 2 * ALLOCSIZE);
  const geometry = makeGeometry(page2, block, touched, cuts);
  let value = 3 /* FIRST_DATA */;
  const names = [];
  const compileOps = (list3, owner) => list3.map((op2, i) => {
    const name = `${owner}.${i + 1}`;
    names.push(name);
    const compiled = compileOp(geometry, op2, value++);
    const stated = scenario2.returns?.find(({ call }) => call === name);
    if (stated === void 0) return compiled;
    return { ...compiled, returns: stated.values.map((one) => resultStated(geometry, op2, compiled, one)) };
  });
  const setup = compileOps(scenario2.setup, "setup");
  const threads2 = scenario2.threads.map((t2) => compileOps(t2.ops, t2.name));
  return {
    program: {
      geometry,
      initialSize: cellAtOrAfter(geometry, size),
      setup,
      threads: threads2,
      descriptions: descriptionsOf(scenario2.threads),
      repeats: scenario2.threads.some(({ repeats }) => repeats) ? scenario2.threads.map(({ repeats, ops: ops3 }) => repeats === true && ops3.length > 0) : void 0,
      budget: budgetCounters(scenario2.budget),
      values: value,
      faultCap: scenario2.budget.faults,
      apart: scenario2.observed?.apart.flatMap(
        (byte) => geometry.cellBlock[cellAtOrAfter(geometry, byte)] ?? []
      )
    },
    dataNames: names
  };
}
function compileOp(g, op2, value) {
  if (OPS[op2.kind].takes === "length") return kernelOp(op2.kind, 0, g.cells, { length: op2.to, value });
  const to = cellAtOrAfter(g, op2.to);
  const from = OPS[op2.kind].takes === "size" ? to : cellAtOrAfter(g, op2.from);
  const more = { value };
  for (const [name, v] of modifiersOf(op2)) more[name] = v === true ? v : cellAtOrAfter(g, v);
  return kernelOp(op2.kind, from, Math.max(from, to), more);
}
function statedOf(scenario2) {
  return (scenario2.returns ?? []).flatMap((stated) => {
    const op2 = opNamed(scenario2, stated.call);
    return op2 === void 0 ? [] : [[op2, stated]];
  });
}
function resultStated(g, op2, compiled, value) {
  if (typeof value === "number") return resultOf(compiled, cellAtOrAfter(g, op2.from + value), 0);
  return value === "ok" ? resultOf(compiled, compiled.to, 0) : -ERROR_NAMES.indexOf(value);
}
function descriptionsOf(threads2) {
  let own = 0;
  const numbers = threads2.map(({ ownFd }) => ownFd === true ? ++own : 0);
  return own === 0 ? void 0 : numbers;
}
function budgetCounters(budget2) {
  const counters = new Array(CHOICES).fill(0);
  for (const { choice: choice2, key } of FAULTS) counters[choice2] = budget2[key];
  counters[7 /* EVICT */] = Math.min(budget2.evictions, BYTE_LIMIT);
  return counters;
}

// src/kernel/objects/extent-types.ts
var EXTENT_NAMES = ["HOLE", "DELALLOC", "UNWRITTEN", "WRITTEN"];

// src/kernel/objects/folios.ts
var Folios = class {
  constructor(s, g, layout, order) {
    this.s = s;
    this.g = g;
    this.flagsAt = layout.folioFlags;
    this.lockAt = layout.folioLock;
    this.blockAt = layout.blockFlags;
    this.cacheAt = layout.cache;
    this.#order = order;
  }
  s;
  g;
  flagsAt;
  lockAt;
  blockAt;
  cacheAt;
  #order;
  /** First page of the folio that holds `page`. */
  head(page2) {
    return page2;
  }
  /** Page past the folio that holds `page`. */
  end(page2) {
    return page2 + 1;
  }
  /** First cell of the folio that holds `page`. */
  firstCell(page2) {
    return this.g.pageCell[page2];
  }
  /** Cell past the folio that holds `page`. */
  endCell(page2) {
    return this.g.pageCell[page2 + 1];
  }
  /** First block of the folio that holds `page`. */
  firstBlock(page2) {
    return page2 * this.g.blocksPerPage;
  }
  /** Block past the folio that holds `page`. */
  endBlock(page2) {
    return (page2 + 1) * this.g.blocksPerPage;
  }
  /** The page that holds a block. */
  pageOf(block) {
    return block / this.g.blocksPerPage | 0;
  }
  /** FolioFlag bits of a page. */
  flags(page2) {
    return this.s[this.flagsAt + page2];
  }
  /** Whether all these FolioFlag bits are set. */
  has(page2, bits) {
    return (this.s[this.flagsAt + page2] & bits) === bits;
  }
  /** Sets flags of the folio that holds `page`. */
  set(page2, bits) {
    this.s[this.flagsAt + page2] |= bits;
  }
  clear(page2, bits) {
    this.s[this.flagsAt + page2] &= ~bits;
  }
  /** Sets PTE bits of the page alone. */
  map(page2, bits) {
    this.s[this.flagsAt + page2] |= bits;
  }
  /** unmap_mapping_range() over one page. */
  unmap(page2) {
    this.s[this.flagsAt + page2] &= ~(32 /* PTE_WRITABLE */ | 16 /* PTE_PRESENT */);
  }
  /** folio_mkclean(): the mapping's PTEs become read-only. */
  writeProtect(page2) {
    this.clear(page2, 32 /* PTE_WRITABLE */);
  }
  isLocked(page2) {
    return this.s[this.lockAt + page2] !== 0;
  }
  /** Takes the lock, which is free, of the folio that holds `page`. */
  lock(page2, t2) {
    if (0 /* ON */ && this.isLocked(page2)) broken(`folio ${page2} is locked`);
    this.#order.record(t2.held, HELD_FOLIO);
    this.s[this.lockAt + page2] = 1;
    t2.held |= HELD_FOLIO;
  }
  unlock(page2, t2) {
    this.s[this.lockAt + page2] = 0;
    t2.held &= ~HELD_FOLIO;
  }
  /** Whether a BlockFlag is set. */
  blockHas(block, bit) {
    return (this.s[this.blockAt + block] & bit) !== 0;
  }
  setBlock(block, bit) {
    if (0 /* ON */) checkIndex("block", block, this.g.blocks);
    this.s[this.blockAt + block] |= bit;
  }
  clearBlock(block, bit) {
    if (0 /* ON */) checkIndex("block", block, this.g.blocks);
    this.s[this.blockAt + block] &= ~bit;
  }
  /** The Value that the page cache holds for a cell; ZERO where there is no folio. */
  cell(cell) {
    return this.s[this.cacheAt + cell];
  }
  /** Puts a Value into cells `[from, to)` of the page cache. */
  fill(from, to, value) {
    if (0 /* ON */ && from < to) checkRange("cells", from, to, this.g.cells);
    for (let c2 = from; c2 < to; c2++) this.s[this.cacheAt + c2] = value;
  }
  /** filemap_add_folio(): a fresh folio of so many pages, whose memory nobody filled. */
  insert(page2, _pages = 1) {
    if (0 /* ON */) checkIndex("page", page2, this.g.pages);
    this.s[this.flagsAt + page2] = 1 /* PRESENT */;
    this.fill(this.g.pageCell[page2], this.g.pageCell[page2 + 1], 1 /* UNINITIALISED */);
  }
  /** __filemap_remove_folio(): content, uptodate and dirty bits go, whatever they were. */
  remove(page2) {
    this.s[this.flagsAt + page2] = 0;
    for (let b = this.firstBlock(page2); b < this.endBlock(page2); b++) this.s[this.blockAt + b] = 0;
    this.fill(this.g.pageCell[page2], this.g.pageCell[page2 + 1], 0);
  }
  /** iomap_set_range_uptodate(): blocks `[from, to)` of one folio; the folio is uptodate when all its blocks are. */
  setBlocksUptodate(page2, from, to) {
    for (let b = from; b < to; b++) this.setBlock(b, 1 /* UPTODATE */);
    const end = this.endBlock(page2);
    for (let b = this.firstBlock(page2); b < end; b++) {
      if (!this.blockHas(b, 1 /* UPTODATE */)) return;
    }
    this.set(page2, 2 /* UPTODATE */);
  }
  /**
   * Marks blocks `[from, to)` of a folio dirtied and the folio dirty (iomap_set_range_dirty(), filemap_dirty_folio());
   * `backed` is false for zeroes over a hole, which nobody misses.
   */
  dirty(page2, from, to, backed = true) {
    if (backed) for (let b = from; b < to; b++) this.setBlock(b, 2 /* DIRTIED */);
    this.set(page2, 4 /* DIRTY */);
  }
  /** iomap_finish_folio_write(): the folio leaves writeback once no block of it is, and no pass adds any. */
  endWriteback(page2) {
    if (this.has(page2, 64 /* IN_PASS */)) return;
    for (let b = this.firstBlock(page2), end = this.endBlock(page2); b < end; b++)
      if (this.blockHas(b, 4 /* WRITEBACK */)) return;
    this.clear(page2, 8 /* WRITEBACK */);
  }
  /** ifs_alloc(): attaches per-block state to a folio of several blocks. */
  attachState(_page) {
  }
  hasState(_page) {
    return false;
  }
  /** page_mkwrite: every per-block dirty bit of the folio, also past EOF. */
  dirtyAllBits(_page) {
  }
  clearDirtyBits(_page) {
  }
  /** iomap_clear_range_dirty(): blocks `[from, to)` of a folio have nothing to write any more. */
  cleanBlocks(_page, _from, _to) {
  }
  /** Whether writeback of a dirty folio takes this block. */
  needsWriteback(_page, block) {
    return this.g.blocksPerPage === 1 || this.blockHas(block, 1 /* UPTODATE */);
  }
  /** Splits a large folio into pieces that start at `starts`; false when that is impossible. */
  split(_page, _starts) {
    return false;
  }
  /**
   * What shrink_folio_list() and invalidate_mapping_pages() can drop, by first page: unlocked, clean, no writeback, in
   * nobody's hands.
   */
  isEvictable(page2) {
    return (this.s[this.flagsAt + page2] & (1 /* PRESENT */ | 4 /* DIRTY */ | 8 /* WRITEBACK */ | 128 /* TAIL */)) === 1 /* PRESENT */ && this.s[this.lockAt + page2] === 0 && !this.blockHas(this.firstBlock(page2), 32 /* IN_BATCH */);
  }
};

// src/check/accounting.ts
function isLeakedBlock(k2, block) {
  if (k2.extents.type(block) !== 1 /* DELALLOC */) return false;
  return cellOfBlock(k2.g, block) < k2.isize || !k2.extents.isPrealloc(block);
}
function judgeReservations(k2, verdict) {
  let delalloc = 0;
  for (let b = 0; b < k2.g.blocks; b++) {
    if (k2.extents.type(b) !== 1 /* DELALLOC */) continue;
    delalloc++;
    if (!isLeakedBlock(k2, b)) continue;
    const from = cellOfBlock(k2.g, b);
    verdict.record(4 /* ACCOUNTING */, from, cellOfBlock(k2.g, b + 1), 0, 1 /* DELALLOC */, -1);
  }
  const reserved = k2.s[2 /* RESERVED */] ?? 0;
  if (reserved !== delalloc) verdict.record(4 /* ACCOUNTING */, 0, 0, delalloc, reserved, -1);
}

// src/check/ghost.ts
function expected(k2, cell) {
  return k2.s[k2.layout.ghost + cell] ?? 0 /* ZERO */;
}
function alsoOf(k2, cell) {
  return k2.s[k2.layout.also + cell] ?? 0 /* NOTHING */;
}
function expectsExactly(k2, cell, value) {
  return k2.s[k2.layout.ghost + cell] === value && k2.s[k2.layout.also + cell] === 0 /* NOTHING */;
}
function isLeak(value) {
  return value === 2 /* GARBAGE */ || value === 1 /* UNINITIALISED */;
}
function allows(k2, cell, value) {
  if (k2.s[k2.layout.ghost + cell] === value) return true;
  const also = alsoOf(k2, cell);
  if (also === 0 /* NOTHING */) return false;
  if (also < 4 /* VALUE */) return !isLeak(value);
  return value === also - 4 /* VALUE */;
}
function isExcused(k2, cell) {
  return k2.s[k2.layout.also + cell] === 2 /* LOST */;
}
function isUndefined(k2, cell) {
  return cell >= undefinedFrom(k2) && cell < undefinedTo(k2);
}
function undefinedFrom(k2) {
  return k2.s[7 /* UNDEFINED_FROM */] ?? 0;
}
function undefinedTo(k2) {
  return k2.s[8 /* UNDEFINED_TO */] ?? 0;
}
function expectOnly(k2, cell, value) {
  k2.s[k2.layout.ghost + cell] = value;
  k2.s[k2.layout.also + cell] = 0 /* NOTHING */;
}
function allowAlso(k2, cell, value) {
  const at = k2.layout.also + cell;
  if (k2.s[k2.layout.ghost + cell] === value || k2.s[at] === 2 /* LOST */ || k2.s[at] === 3 /* STALE */) return;
  if (k2.s[at] === 0 /* NOTHING */) k2.s[at] = 4 /* VALUE */ + value;
  else if (k2.s[at] !== 4 /* VALUE */ + value) k2.s[at] = 1 /* ANY */;
}
function allowAnything(k2, cell) {
  if (k2.s[k2.layout.also + cell] !== 2 /* LOST */) k2.s[k2.layout.also + cell] = 1 /* ANY */;
}
function excuse(k2, cell) {
  const isPastEof2 = cell >= k2.isize && !isUndefined(k2, cell);
  k2.s[k2.layout.also + cell] = isPastEof2 ? 3 /* STALE */ : 2 /* LOST */;
}
function leaveStale(k2, cell) {
  k2.s[k2.layout.also + cell] = 3 /* STALE */;
}
function owe(k2) {
  const { owed, descriptionCount } = k2.layout;
  k2.s.fill(1, owed, owed + descriptionCount);
}
function isOwed(k2, t2) {
  return k2.s[k2.layout.owed + k2.descriptionOf(t2)] !== 0;
}
function paid(k2, t2) {
  k2.s[k2.layout.owed + k2.descriptionOf(t2)] = 0;
}
function settle(k2, cell, value) {
  if (alsoOf(k2, cell) >= 4 /* VALUE */) expectOnly(k2, cell, value);
}

// src/check/content.ts
function judgeCell(k2, verdict, cell, value, thread2) {
  if (expectsExactly(k2, cell, value)) return;
  if (isLeak(value)) verdict.record(1 /* EXPOSURE */, cell, cell + 1, expected(k2, cell), value, thread2);
  else if (isUndefined(k2, cell)) return;
  else if (!allows(k2, cell, value))
    verdict.record(0 /* CONTENT */, cell, cell + 1, expected(k2, cell), value, thread2);
  else settle(k2, cell, value);
}
function judgePastEof(k2, verdict, cell, value, thread2) {
  if (isUndefined(k2, cell) || allows(k2, cell, value)) return;
  const oracle2 = isLeak(value) ? 1 /* EXPOSURE */ : 0 /* CONTENT */;
  verdict.record(oracle2, cell, cell + 1, expected(k2, cell), value, thread2);
}
function judgeCache(k2, verdict) {
  for (let c2 = 0; c2 < k2.isize; c2++) {
    if (k2.folios.blockHas(k2.blockOfCell(c2), 1 /* UPTODATE */))
      judgeCell(k2, verdict, c2, k2.folios.cell(c2), -1);
  }
}
function judgeDisk(k2, verdict) {
  for (let c2 = 0; c2 < k2.isize; c2++) {
    const value = k2.throughExtents(c2);
    if (expectsExactly(k2, c2, value)) continue;
    if (!isExcused(k2, c2) || isLeak(value)) judgeCell(k2, verdict, c2, value, -1);
  }
  if (k2.isize === 0) return;
  const blockEnd = cellOfBlock(k2.g, k2.blockRoundUp(k2.isize));
  for (let c2 = k2.isize; c2 < blockEnd; c2++) judgePastEof(k2, verdict, c2, k2.throughExtents(c2), -1);
}

// src/check/backing.ts
function judgeHole(k2, verdict, block, thread2) {
  const from = cellOfBlock(k2.g, block);
  if (from >= k2.isize) return;
  const to = Math.min(cellOfBlock(k2.g, block + 1), k2.isize);
  verdict.record(2 /* BACKING */, from, to, expected(k2, from), 0, thread2);
}

// src/kernel/machine/pipe.ts
var inCache = (k2) => k2.program.values;
function copyOf(k2, t2) {
  if (t2.pipeCells === 0 || t2.pc === 0 /* DONE */ || t2.pc === 109 /* LAP */) return void 0;
  const op2 = k2.opOf(t2);
  return op2.does.copies ? op2 : void 0;
}
function toPipe(k2, t2, from, to) {
  const at = t2.pipe - k2.opOf(t2).from;
  k2.s.fill(inCache(k2), at + from, at + to);
}
function fromPipe(k2, t2, cell) {
  const { from, target } = k2.opOf(t2);
  const at = t2.pipe + cell - target;
  return k2.s[at] === inCache(k2) ? k2.folios.cell(cell - target + from) : valueIn(k2, at);
}
function copied(k2, t2, cell) {
  const at = t2.pipe + cell - k2.opOf(t2).target;
  if (k2.s[at] === inCache(k2)) k2.s[at] = inCache(k2) + 1 + fromPipe(k2, t2, cell);
}
var valueIn = (k2, at) => {
  const value = k2.s[at];
  return value > inCache(k2) ? value - inCache(k2) - 1 : value;
};
function emptyPipe(k2, t2, to) {
  k2.s.fill(0, t2.pipe, t2.pipe + to - k2.opOf(t2).from);
}
var startOf = (k2, { from }, page2) => Math.max(from, k2.g.pageCell[page2]);
var endOf = (k2, { to }, end) => Math.min(to, k2.g.pageCell[end]);
function isInPipe(k2, t2, page2, end) {
  const op2 = copyOf(k2, t2);
  if (op2 === void 0) return false;
  const to = endOf(k2, op2, end);
  for (let c2 = startOf(k2, op2, page2); c2 < to; c2++) if (k2.s[t2.pipe + c2 - op2.from] >= inCache(k2)) return true;
  return false;
}
function keepInPipe(k2, t2, page2, end) {
  const op2 = copyOf(k2, t2);
  if (op2 === void 0) return;
  const to = endOf(k2, op2, end);
  for (let c2 = startOf(k2, op2, page2); c2 < to; c2++) {
    const at = t2.pipe + c2 - op2.from;
    k2.s[at] = k2.s[at] === inCache(k2) ? k2.folios.cell(c2) : valueIn(k2, at);
  }
}

// src/kernel/machine/step.ts
function step(at, fn, doing) {
  return { at, fn, ...doing };
}
function stepsAt(where, steps) {
  return steps.map((each) => ({ where, ...each }));
}
function firstAndNext(first, next, fn, doing) {
  return [step(first, fn, doing), step(next, fn, { ...doing, boundary: true })];
}

// src/kernel/machine/thread.ts
var NO_PAGE = -1;
var REGISTERS = {
  base: {
    /** Program counter: a label of labels.ts; DONE when finished. */
    pc: 0 /* PC */,
    /** Locks held, HELD_* bits of locks.ts; kworkers hold none between steps. */
    held: 5 /* HELD */,
    /** CallFlag bits; of a kworker IoendFlag bits. */
    flags: 3 /* FLAGS */,
    /** ExtentType of the cached map, or of a kworker's ioend. */
    mapType: 4 /* MAP_TYPE */,
    /** The call: cell that it has got to. */
    pos: 1 /* POS */,
    /** The call: cell where its range ends; of a truncate the new size. */
    end: 2 /* END */,
    /** Index of the operation in the thread's program. */
    op: 6 /* OP */,
    /** Errno that the call will return; 0 so far. */
    status: 7 /* STATUS */,
    /** The ioend of a kworker: blocks `[ioStart, ioEnd)`. */
    ioStart: 1 /* POS */,
    ioEnd: 2 /* END */,
    /** Index + 1 of the thread that still builds it; 0 when it is submitted. */
    owner: 5 /* HELD */
  },
  call: {
    /** The cached map: blocks `[mapStart, mapEnd)`; both 0 when there is none. */
    mapStart: 11 /* MAP_START */,
    mapEnd: 12 /* MAP_END */,
    /** IomapFlag bits. */
    mapFlags: 13 /* MAP_FLAGS */,
    /** Cookie of the cached map. */
    cookie: 14 /* COOKIE */,
    /** Write: cell that it had got to when the map was looked up (iter.pos). */
    iterPos: 8 /* ITER */,
    /** Truncate: i_size before it, a cell boundary. */
    oldSize: 8 /* ITER */,
    /** Write and zero range: cell where the bytes end that this pass puts into the folio. */
    chunkEnd: 9 /* CHUNK */,
    /** Cleanup's scan: cell that it has got to. */
    scanPos: 9 /* CHUNK */,
    /** Write: cell where the atomic copy stopped. */
    copyEnd: 15 /* MARK */,
    /** Write: cell where the pass after a rejected copy ends; valid with CallFlag.CHUNK_LIMITED. */
    retryEnd: 15 /* MARK */,
    /** Cleanup: blocks `[punchFrom, punchEnd)` lose their delalloc; the scan has `keptEnd` in place of the first. */
    punchFrom: 15 /* MARK */,
    punchEnd: 16 /* PUNCH_END */,
    /** Cleanup's scan: cell up to which all was punched or kept because it is dirty. */
    keptEnd: 15 /* MARK */,
    /** page_mkwrite: next block to map. */
    mkwriteBlock: 15 /* MARK */
  },
  zero: {
    /** Zero range: cells `[zeroPos, zeroEnd)` are left to zero; both 0 outside of it. */
    zeroPos: 17 /* ZERO_POS */,
    zeroEnd: 18 /* ZERO_END */,
    /** Label to go on at afterwards. */
    zeroRet: 19 /* ZERO_RET */
  },
  trunc: {
    /** Page cache truncation: cells `[truncFrom, truncTo)`; both 0 outside of it. */
    truncFrom: 20 /* TRUNC_FROM */,
    truncTo: 21 /* TRUNC_TO */,
    /** Page that it has got to. */
    truncPage: 22 /* TRUNC_PAGE */,
    /** Label to go on at afterwards. */
    truncRet: 23 /* TRUNC_RET */
  },
  wb: {
    /** Writeback: pages `[wbFirst, wbLast)` of the pass. */
    wbFirst: 24 /* WB_FIRST */,
    wbLast: 25 /* WB_LAST */,
    /** Page that it has got to: of the folio that it holds locked, else where it looks on, at the end the one it waits for. */
    wbPage: 26 /* WB_PAGE */,
    /** Of the locked folio: next block, block past the last below EOF, block past the last in an ioend (0: none). */
    wbBlock: 27 /* WB_BLOCK */,
    wbStop: 32 /* WB_STOP */,
    wbDone: 31 /* WB_DONE */,
    /** WbFlag bits. */
    wbFlags: 28 /* WB_FLAGS */,
    /** First Errno of the pass; stays until the next. */
    wbError: 29 /* WB_ERROR */,
    /** Label to go on at afterwards. */
    wbRet: 30 /* WB_RET */,
    /** Bits of the first 8 pages that it has looked up, and of 8 more. */
    wbBatch: 33 /* WB_BATCH */,
    wbBatchHigh: 34 /* WB_BATCH_HIGH */
  },
  wbMap: {
    /** Its cached map (wpc->iomap, data_seq): ExtentType, blocks `[wbStart, wbEnd)`, Cookie; wbEnd is 0 when there is none. */
    wbType: 35 /* WB_TYPE */,
    wbStart: 36 /* WB_START */,
    wbEnd: 37 /* WB_END */,
    wbCookie: 38 /* WB_COOKIE */
  },
  copy: {
    /** A copy: cell of the source that the read, and then the write at hand starts with; the one at which the copy ends. */
    copyFrom: 39 /* COPY_FROM */,
    copyTo: 40 /* COPY_TO */
  }
};
var WithRegisters = class {
};
var Thread = class extends WithRegisters {
  s;
  /** Position in thread order: program threads, kworkers, reclaim, harness. */
  index;
  /** Where the state holds the register 0 of each group, and how many registers the thread has in all. */
  base;
  call;
  zero;
  trunc;
  wb;
  wbMap;
  copy;
  pipe;
  pipeCells;
  #length;
  constructor(s, registers, index) {
    super();
    this.s = s;
    this.index = index;
    this.base = registers.base;
    this.call = registers.call;
    this.zero = registers.zero;
    this.trunc = registers.trunc;
    this.wb = registers.wb;
    this.wbMap = registers.wbMap;
    this.copy = registers.copy;
    this.pipe = registers.pipe;
    this.pipeCells = registers.pipeCells;
    this.#length = registers.length;
  }
  /** Page of the folio that the call holds locked, or NO_PAGE. */
  get lockedPage() {
    return this.s[this.call + 10 /* LOCKED_PAGE */] - 1;
  }
  set lockedPage(page2) {
    this.s[this.call + 10 /* LOCKED_PAGE */] = page2 + 1;
  }
  hasFlag(bit) {
    return (this.s[this.base + 3 /* FLAGS */] & bit) !== 0;
  }
  setFlag(bit) {
    this.s[this.base + 3 /* FLAGS */] |= bit;
  }
  clearFlag(bit) {
    this.s[this.base + 3 /* FLAGS */] &= ~bit;
  }
  /** Whether writeback's cached map covers `block` and is valid (xfs_imap_valid()). */
  hasWritebackMap(block, validates) {
    const isCurrent = !validates || this.wbCookie === 1 /* CURRENT */;
    return block >= this.wbStart && block < this.wbEnd && isCurrent;
  }
  // The clearing methods write through one local: called per operation, a setter each would cost more than the work.
  clearWritebackMap() {
    const { s } = this;
    const at = this.wbMap;
    s[at + 35 /* WB_TYPE */] = 0;
    s[at + 36 /* WB_START */] = 0;
    s[at + 37 /* WB_END */] = 0;
    s[at + 38 /* WB_COOKIE */] = 0;
  }
  /** The pass is over: all but its error is forgotten. */
  clearWriteback() {
    const { s } = this;
    const at = this.wb;
    s[at + 24 /* WB_FIRST */] = 0;
    s[at + 25 /* WB_LAST */] = 0;
    s[at + 26 /* WB_PAGE */] = 0;
    s[at + 27 /* WB_BLOCK */] = 0;
    s[at + 28 /* WB_FLAGS */] = 0;
    s[at + 30 /* WB_RET */] = 0;
    this.clearBatch();
  }
  /** Whether the pass has looked the page up, and so holds a reference to its folio. */
  inBatch(page2) {
    return page2 < BATCH_PAGES && (this.s[this.wb + 33 /* WB_BATCH */ + (page2 >> 3)] >> (page2 & 7) & 1) !== 0;
  }
  addToBatch(page2) {
    if (page2 < BATCH_PAGES) this.s[this.wb + 33 /* WB_BATCH */ + (page2 >> 3)] |= 1 << (page2 & 7);
  }
  leaveBatch(page2) {
    if (page2 < BATCH_PAGES) this.s[this.wb + 33 /* WB_BATCH */ + (page2 >> 3)] &= ~(1 << (page2 & 7));
  }
  clearBatch() {
    this.s[this.wb + 33 /* WB_BATCH */] = 0;
    this.s[this.wb + 34 /* WB_BATCH_HIGH */] = 0;
  }
  /** Forgets the cached map (iomap_iter_advance() clears it). */
  clearMap() {
    const { s } = this;
    const at = this.call;
    s[this.base + 4 /* MAP_TYPE */] = 0;
    s[at + 11 /* MAP_START */] = 0;
    s[at + 12 /* MAP_END */] = 0;
    s[at + 13 /* MAP_FLAGS */] = 0;
    s[at + 14 /* COOKIE */] = 0;
  }
  /** Clears every register of the operation that ends; pc, op and held locks stay. */
  clearLocals() {
    const { s, base } = this;
    const end = base + this.#length;
    s[base + 1 /* POS */] = 0;
    s[base + 2 /* END */] = 0;
    s[base + 3 /* FLAGS */] = 0;
    s[base + 4 /* MAP_TYPE */] = 0;
    for (let i = base + 7 /* STATUS */; i < end; i++) s[i] = 0;
  }
};
for (const [group, registers] of Object.entries(REGISTERS))
  for (const [name, reg] of Object.entries(registers))
    Object.defineProperty(Thread.prototype, name, {
      get: new Function(`return this.s[this.${group} + ${reg}]`),
      set: makeSetter(`this.s[this.${group} + ${reg}]`, name)
    });
function makeSetter(element, name) {
  const check = `if (${element} !== v) broken("${name} of thread " + this.index + " cannot be " + v)`;
  const set = `return function (v) { ${element} = v; ${0 /* ON */ ? check : ""} }`;
  return new Function("broken", set)(broken);
}

// src/kernel/machine/windows.ts
var table = [];
function window(name, about) {
  return table.push([name, about]) - 1;
}
var MAP_STALE = window(
  "write-map-stale-at-folio",
  "a writer locks a folio while its cached map differs from the extent tree"
);
var DIRTY_IN_PUNCH = window(
  "dirty-folio-in-punch-range",
  "a failed or stale write cleans up a range that holds a dirty folio"
);
var INSERTED_DURING_PUNCH = window(
  "folio-inserted-during-punch",
  "a folio is inserted into a range between the two halves of its cleanup"
);
var CONVERTED_WHILE_MAPPED = window(
  "extent-converted-while-mapped",
  "I/O completion converts blocks that a writer's cached map covers"
);
var EVICTED_WHILE_MAPPED = window(
  "page-evicted-while-mapped",
  "reclaim takes a page that a writer's cached map covers"
);
var ALLOCATED_WHILE_MAPPED = window(
  "delalloc-allocated-while-mapped",
  "writeback allocates delalloc that a writer's cached map covers"
);
var STALE_BEFORE_PROGRESS = window(
  "stale-before-progress",
  "a map is found stale before any byte was written under it"
);
var ZERO_OVER_DIRTY = window(
  "zero-range-over-dirty-folio",
  "a range to be zeroed has a hole or unwritten block under a dirty folio"
);
var DISCARD = window(
  "discard-after-map-error",
  "writeback fails to map a block and discards the folio's delalloc"
);
var SHORT_COPY = window(
  "short-copy-rejected",
  "write_end accepts less than the atomic copy brought"
);
var WINDOWS = table;
var WINDOW_NAMES = WINDOWS.map(([name]) => name);

// src/kernel/paths/system-call.ts
var lapSteps = [
  step(109 /* LAP */, "repeat", {
    boundary: true,
    run: (k2, t2) => {
      t2.pc = entryOf(k2.fixes, k2.opOf(t2));
    }
  })
];
function enterOp(k2, t2) {
  const repeats = k2.repeats(t2);
  if (t2.op >= k2.opCount(t2)) {
    t2.op = 0;
    if (!repeats) {
      t2.pc = 0 /* DONE */;
      return;
    }
  }
  const op2 = k2.opOf(t2);
  t2.pc = repeats && t2.op === 0 ? 109 /* LAP */ : entryOf(k2.fixes, op2);
  t2.pos = op2.from;
  t2.end = op2.length === 0 ? op2.to : 0;
}
function entryOf({ rwfDontcache, fallocWriteZeroes }, { kind, does, dontcache }) {
  if (dontcache && !rwfDontcache) return 107 /* U_RW_FLAGS */;
  return kind === "write_zeroes" && !fallocWriteZeroes ? 108 /* U_FALLOCATE */ : does.entry;
}
function returnFromOp(k2, t2, done, status) {
  k2.judge.returned(k2, t2, done, status);
  t2.clearLocals();
  t2.op++;
  enterOp(k2, t2);
}

// src/kernel/paths/copy-range.ts
var PIPE_PAGES = 16;
var copyRangeSteps = [
  step(106 /* CO_START */, "vfs_copy_file_range", {
    boundary: true,
    run: (k2, t2) => {
      const { from, to } = k2.opOf(t2);
      t2.copyTo = Math.max(from, Math.min(to, k2.isize));
      if (t2.copyTo > from) startRead(k2, t2, from);
      else returnFromOp(k2, t2, from, 0);
    }
  })
];
function startRead(k2, t2, from) {
  const full = k2.g.pageCell[Math.min(k2.g.cellPage[from] + PIPE_PAGES, k2.g.pages)];
  t2.copyFrom = from;
  t2.pos = from;
  t2.end = Math.min(t2.copyTo, full);
  t2.pc = 50 /* R_IOLOCK */;
}
function copyStart(k2, t2) {
  return toTarget(k2, t2, t2.copyFrom);
}
var toTarget = (k2, t2, cell) => {
  const { from, target } = k2.opOf(t2);
  return cell - from + target;
};
function afterRead(k2, t2) {
  const got = t2.pos;
  if (got === t2.copyFrom) {
    returnFromOp(k2, t2, got, 0);
    return;
  }
  t2.pos = copyStart(k2, t2);
  t2.end = toTarget(k2, t2, got);
  t2.pc = 1 /* W_IOLOCK */;
}
function afterWrite(k2, t2) {
  const { from, target } = k2.opOf(t2);
  const done = t2.pos - target + from;
  const isStuck = t2.pos < t2.end && done === t2.copyFrom;
  emptyPipe(k2, t2, isStuck ? t2.end - target + from : done);
  if (isStuck) returnFromOp(k2, t2, done, t2.status);
  else if (t2.pos < t2.end) {
    t2.copyFrom = done;
    t2.status = 0;
    t2.clearFlag(2 /* CLEARED_SPACE */);
    t2.pc = 1 /* W_IOLOCK */;
  } else if (done < t2.copyTo) startRead(k2, t2, done);
  else returnFromOp(k2, t2, done, 0);
}

// src/kernel/paths/dropbehind.ts
function markDropbehind(k2, page2) {
  k2.folios.setBlock(k2.folios.firstBlock(page2), 64 /* DROPBEHIND */);
}
function isDropbehind(k2, page2) {
  return k2.folios.blockHas(k2.folios.firstBlock(page2), 64 /* DROPBEHIND */);
}
function keepFolio(k2, page2) {
  if (isDropbehind(k2, page2)) k2.folios.clearBlock(k2.folios.firstBlock(page2), 64 /* DROPBEHIND */);
}
function endDropbehind(k2, t2, page2) {
  const { folios } = k2;
  if (!isDropbehind(k2, page2) || !folios.isEvictable(folios.head(page2))) return;
  keepFolio(k2, page2);
  if (k2.coveredByWriteMap(folios.firstBlock(page2), folios.endBlock(page2)))
    k2.reach(EVICTED_WHILE_MAPPED);
  if (k2.tracer !== null) k2.note(t2, `drops page ${k2.g.cellStart[folios.firstCell(page2)]}`);
  k2.dropFolio(page2);
}

// src/kernel/paths/truncate-pagecache.ts
var atPage = (k2, t2) => k2.g.pageCell[t2.truncPage];
var truncatePagecacheSteps = stepsAt(atPage, [
  step(26 /* T_UNMAP */, "unmap_mapping_range", {
    run: (k2, t2) => {
      for (let p = k2.pageRoundUp(t2.truncFrom); p < k2.pageRoundUp(t2.truncTo); p++) {
        if (k2.g.pageCell[p] >= t2.truncFrom && k2.g.pageCell[p + 1] <= t2.truncTo) k2.folios.unmap(p);
      }
      t2.pc = 27 /* T_FOLIO */;
    }
  }),
  ...firstAndNext(27 /* T_FOLIO */, 28 /* T_FOLIO_NEXT */, "truncate_inode_pages_range", {
    when: nextUnlocked,
    run: lockNext
  }),
  step(29 /* T_WAIT */, ["truncate_inode_page", ["5.17", "truncate_inode_folio"]], {
    when: (k2, t2) => !k2.folios.has(t2.truncPage, 8 /* WRITEBACK */),
    run: (k2, t2) => {
      const page2 = t2.truncPage;
      const next = k2.folios.end(page2);
      t2.truncPage = next;
      if (isWhole2(k2, t2, page2)) {
        k2.folios.unlock(page2, t2);
        k2.dropFolio(page2);
        if (k2.tracer !== null) k2.note(t2, `drops page ${k2.g.cellStart[k2.g.pageCell[page2]]}`);
      } else {
        const from = Math.max(t2.truncFrom, k2.folios.firstCell(page2));
        const to = Math.min(t2.truncTo, k2.folios.endCell(page2));
        keepFolio(k2, page2);
        k2.folios.fill(from, to, 0 /* ZERO */);
        if (k2.fixes.invalidateClearsDirty)
          k2.folios.cleanBlocks(page2, k2.blockRoundUp(from), k2.blockOfCell(to));
        k2.folios.unlock(page2, t2);
        if (k2.tracer !== null) k2.note(t2, `zeroes ${k2.bytes(from, to)} in the page cache`);
        if (next - k2.folios.head(page2) > 1 && splitAtCut(k2, page2, from, to)) {
          leaveWholePages(k2, t2, from, next);
          if (t2.truncFrom < t2.truncTo) t2.pc = 28 /* T_FOLIO_NEXT */;
          else finish(t2);
          return;
        }
      }
      if (nextPage(k2, t2) < 0) finish(t2);
      else t2.pc = 28 /* T_FOLIO_NEXT */;
    }
  }),
  step(30 /* T_ISIZE_EXTENDED */, "pagecache_isize_extended", {
    boundary: true,
    when: (k2, t2) => !k2.folios.isLocked(t2.truncPage),
    run: (k2, t2) => {
      if (k2.folios.has(t2.truncPage, 1 /* PRESENT */)) extendFolio(k2, t2);
      finish(t2);
    }
  })
]);
function pagecacheIsizeExtended(k2, t2, from, to, ret) {
  const { g } = k2;
  const block = k2.blockRoundUp(from);
  t2.pc = ret;
  if (from >= to || g.blocksPerPage === 1 || block >= g.blocks) return;
  if (to <= g.blockCell[block] || block % g.blocksPerPage === 0) return;
  start(k2, t2, from, to, ret);
  t2.pc = 30 /* T_ISIZE_EXTENDED */;
}
function extendFolio(k2, t2) {
  const { folios } = k2;
  const page2 = t2.truncPage;
  folios.lock(page2, t2);
  keepFolio(k2, page2);
  if (k2.fixes.isizeExtendWriteProtects && folios.has(page2, 32 /* PTE_WRITABLE */)) {
    folios.writeProtect(page2);
    if (k2.tracer !== null) k2.note(t2, `page ${k2.g.cellStart[k2.g.pageCell[page2]]}: write-protected`);
  }
  if (k2.fixes.isizeExtendZeroes && folios.has(page2, 4 /* DIRTY */)) {
    const to = Math.min(t2.truncTo, folios.endCell(page2));
    folios.fill(t2.truncFrom, to, 0 /* ZERO */);
    if (k2.tracer !== null) k2.note(t2, `zeroes ${k2.bytes(t2.truncFrom, to)} in the page cache`);
  }
  folios.unlock(page2, t2);
}
function truncatePagecacheRange(k2, t2, from, to, ret) {
  t2.pc = ret;
  if (from >= to) return;
  start(k2, t2, from, to, ret);
  t2.pc = 26 /* T_UNMAP */;
}
function start(k2, t2, from, to, ret) {
  t2.truncFrom = from;
  t2.truncTo = to;
  t2.truncPage = k2.g.cellPage[from];
  t2.truncRet = ret;
}
function isWhole2(k2, t2, page2) {
  return k2.folios.firstCell(page2) >= t2.truncFrom && k2.folios.endCell(page2) <= t2.truncTo;
}
function splitAtCut(k2, page2, from, to) {
  const { folios, g } = k2;
  const head = folios.head(page2);
  const end = folios.end(page2);
  if (!k2.fixes.splitNonuniform) {
    const pages = Array.from({ length: end - head }, (_, i) => head + i);
    if (!folios.split(head, pages)) return false;
    dropPastEof(k2, head, end);
    return true;
  }
  if (!folios.split(head, halves(head, end, g.cellPage[from]))) return false;
  dropPastEof(k2, head, end);
  const cut = k2.pageOfCell(to);
  if (cut < end && folios.has(cut, 1 /* PRESENT */) && folios.end(cut) - folios.head(cut) > 1) {
    const [first, last] = [folios.head(cut), folios.end(cut)];
    folios.split(first, halves(first, last, cut));
    dropPastEof(k2, first, last);
  }
  return true;
}
function halves(head, end, page2) {
  const starts = [head];
  let first = head;
  for (let n = (end - head) / 2; n >= 1; n /= 2) {
    starts.push(first + n);
    if (page2 >= first + n) first += n;
  }
  return starts.sort((a, b) => a - b);
}
function dropPastEof(k2, head, end) {
  for (let p = k2.folios.end(head); p < end; ) {
    const next = k2.folios.end(p);
    if (p >= k2.pageRoundUp(k2.isize)) k2.dropFolio(p);
    p = next;
  }
}
function leaveWholePages(k2, t2, from, end) {
  t2.truncPage = k2.pageRoundUp(from);
  t2.truncFrom = k2.g.pageCell[t2.truncPage];
  if (t2.truncTo < k2.g.pageCell[end])
    t2.truncTo = Math.max(t2.truncFrom, k2.g.pageCell[k2.pageOfCell(t2.truncTo)]);
}
function nextPage(k2, t2) {
  for (let p = t2.truncPage; p < k2.pageRoundUp(t2.truncTo); p++)
    if (k2.folios.has(p, 1 /* PRESENT */)) return p;
  return -1;
}
function nextUnlocked(k2, t2) {
  const page2 = nextPage(k2, t2);
  return page2 < 0 || !k2.folios.isLocked(page2);
}
function lockNext(k2, t2) {
  const page2 = nextPage(k2, t2);
  if (page2 < 0) {
    finish(t2);
    return;
  }
  k2.folios.lock(page2, t2);
  t2.truncPage = page2;
  t2.pc = 29 /* T_WAIT */;
}
function finish(t2) {
  t2.pc = t2.truncRet;
  t2.truncFrom = 0;
  t2.truncTo = 0;
  t2.truncPage = 0;
  t2.truncRet = 0;
}

// src/kernel/paths/delalloc-punch.ts
var atPunch = (k2, t2) => k2.g.blockCell[t2.punchFrom];
var atScan = (_k, t2) => t2.scanPos;
var delallocPunchSteps = [
  ...firstAndNext(19 /* P_BEGIN */, 20 /* P_BEGIN_NEXT */, "xfs_buffered_write_iomap_end", {
    where: atPunch,
    when: lockFree,
    run: lockAndClean
  }),
  step(21 /* P_PUNCH */, "xfs_bmap_punch_delalloc_range", {
    boundary: true,
    where: atPunch,
    run: (k2, t2) => {
      punch(k2, t2, t2.punchFrom, t2.punchEnd);
      leave(k2, t2);
    }
  }),
  ...firstAndNext(22 /* P_SCAN */, 23 /* P_SCAN_NEXT */, "iomap_write_delalloc_scan", {
    where: atScan,
    when: nextFolioUnlocked,
    run: scan
  }),
  step(24 /* P_SEEK_HOLE */, "iomap_write_delalloc_scan", {
    // Reclaim can take a clean folio at any time; what it leaves is looked for again, or warned of.
    boundary: (f) => !f.releaseRescans || !f.punchUnderInvalidateLock,
    where: atScan,
    when: (k2, t2) => !k2.folios.isLocked(k2.g.cellPage[t2.scanPos]),
    run: scanFolio
  }),
  step(25 /* P_PUNCH_REST */, "xfs_bmap_punch_delalloc_range", {
    // invalidate_lock keeps faults from filling and dirtying what the scan did not find.
    boundary: (f) => !f.punchUnderInvalidateLock,
    where: (_k, t2) => t2.keptEnd,
    run: (k2, t2) => {
      const from = k2.fixes.eofPunchCure ? k2.blockRoundUp(t2.keptEnd) : k2.blockOfCell(t2.keptEnd);
      if (k2.tracer !== null && from < t2.punchEnd && k2.g.blockCell[from] < t2.keptEnd) {
        const asked = k2.bytes(t2.keptEnd, k2.g.blockCell[t2.punchEnd]);
        k2.note(t2, `is asked for ${asked}, takes whole blocks`);
      }
      punch(k2, t2, from, t2.punchEnd);
      leave(k2, t2);
    }
  })
];
function startPunch(k2, t2) {
  if (t2.mapType !== 1 /* DELALLOC */ || (t2.mapFlags & 1 /* NEW */) === 0) return false;
  const stale = (t2.mapFlags & 2 /* STALE */) !== 0;
  if (stale && !k2.fixes.punchOnStale) return false;
  const start3 = t2.pos > t2.iterPos ? k2.blockRoundUp(t2.pos) : k2.g.cellBlock[t2.pos];
  const end = Math.min(t2.mapEnd, k2.blockRoundUp(t2.end));
  if (start3 >= end) return false;
  t2.punchFrom = start3;
  t2.punchEnd = end;
  t2.pc = stale ? 20 /* P_BEGIN_NEXT */ : 19 /* P_BEGIN */;
  return true;
}
function lockFree(k2) {
  return !k2.fixes.punchUnderInvalidateLock || k2.invalidate.isFree();
}
function lockAndClean(k2, t2) {
  if (k2.fixes.punchUnderInvalidateLock) k2.invalidate.acquire(t2);
  const { g } = k2;
  const from = g.blockCell[t2.punchFrom];
  const to = g.blockCell[t2.punchEnd];
  for (let p = g.cellPage[from]; p <= g.cellPage[to - 1]; p++) {
    if (k2.folios.has(p, 1 /* PRESENT */ | 4 /* DIRTY */)) {
      k2.reach(DIRTY_IN_PUNCH);
      break;
    }
  }
  if (!k2.fixes.punchSkipsDirty) {
    truncatePagecacheRange(k2, t2, from, to, 21 /* P_PUNCH */);
    return;
  }
  t2.keptEnd = from;
  t2.scanPos = from;
  t2.pc = 22 /* P_SCAN */;
}
function scanEnd(k2, t2) {
  const end = k2.g.blockCell[t2.punchEnd];
  return k2.fixes.scanLimitEof ? Math.min(k2.isize, end) : end;
}
function seekData(k2, t2, cell) {
  const end = scanEnd(k2, t2);
  let c2 = cell;
  while (c2 < end) {
    const block = k2.g.cellBlock[c2];
    if (k2.folios.blockHas(block, 1 /* UPTODATE */)) return c2;
    c2 = k2.g.blockCell[block + 1];
  }
  return -1;
}
function nextFolioUnlocked(k2, t2) {
  const data = seekData(k2, t2, t2.scanPos);
  const end = scanEnd(k2, t2);
  if (t2.scanPos >= end) return true;
  const last = data < 0 ? k2.pageRoundUp(end) - 1 : k2.g.cellPage[data];
  for (let p = k2.pageOfCell(t2.scanPos); p <= last; p++)
    if (k2.folios.isLocked(p) && k2.folios.has(p, 1 /* PRESENT */)) return false;
  return true;
}
function scan(k2, t2) {
  const data = seekData(k2, t2, t2.scanPos);
  if (data >= 0) t2.scanPos = data;
  t2.pc = data < 0 ? 25 /* P_PUNCH_REST */ : 24 /* P_SEEK_HOLE */;
}
function scanFolio(k2, t2) {
  const { g, folios } = k2;
  const data = t2.scanPos;
  if (!folios.blockHas(g.cellBlock[data], 1 /* UPTODATE */)) {
    if (!k2.fixes.releaseRescans) k2.judge.warned(k2, t2, data);
    k2.note(t2, "the data that it found is gone");
    t2.pc = 23 /* P_SCAN_NEXT */;
    return;
  }
  const page2 = g.cellPage[data];
  const end = scanEnd(k2, t2);
  const folioEnd2 = folios.endCell(page2);
  let dataEnd = data;
  while (dataEnd < end && dataEnd < folioEnd2 && folios.blockHas(g.cellBlock[dataEnd], 1 /* UPTODATE */)) {
    dataEnd = g.blockCell[g.cellBlock[dataEnd] + 1];
  }
  dataEnd = Math.min(dataEnd, end);
  folios.lock(page2, t2);
  keepFolio(k2, page2);
  if (folios.has(page2, 4 /* DIRTY */)) {
    if (data > t2.keptEnd) punch(k2, t2, k2.blockOfCell(t2.keptEnd), k2.blockRoundUp(data));
    if (k2.fixes.dirtyPerBlock && folios.hasState(page2)) {
      for (let b = g.cellBlock[data]; b < k2.blockRoundUp(dataEnd); b++)
        if (!folios.blockHas(b, 8 /* DIRTY */)) punch(k2, t2, b, b + 1);
    }
    t2.keptEnd = dataEnd;
    if (k2.tracer !== null) k2.note(t2, `keeps dirty ${k2.bytes(data, dataEnd)}`);
  }
  folios.unlock(page2, t2);
  t2.scanPos = dataEnd;
  t2.pc = 23 /* P_SCAN_NEXT */;
}
function punch(k2, t2, from, to) {
  if (from >= to) return;
  k2.ilock.acquire(t2);
  const punched = k2.extents.punchDelalloc(from, to);
  k2.ilock.release(t2);
  if (k2.tracer !== null) {
    const range2 = k2.blockBytes(from, to);
    k2.note(
      t2,
      punched ? `punches delalloc ${range2}, seq ${k2.extents.sequence}` : `no delalloc left in ${range2}`
    );
  }
}
function leave(k2, t2) {
  if ((t2.held & HELD_INVALIDATE_EXCL) !== 0) k2.invalidate.release(t2);
  t2.punchFrom = 0;
  t2.punchEnd = 0;
  t2.pc = 15 /* W_ADVANCE */;
}

// src/kernel/paths/iomap-begin.ts
var ALLOCSIZE2 = 65536;
function loadRecord(k2, t2, block) {
  t2.mapType = k2.extents.type(block);
  t2.mapStart = k2.extents.recordStart(block);
  t2.mapEnd = k2.extents.recordEnd(block);
  t2.mapFlags = 0;
  if (k2.tracer !== null) noteMap(k2, t2);
}
function noteMap(k2, t2) {
  const blocks = k2.blockBytes(t2.mapStart, t2.mapEnd);
  const isNew = (t2.mapFlags & 1 /* NEW */) !== 0 ? " NEW" : "";
  k2.note(t2, `maps ${blocks} ${EXTENT_NAMES[t2.mapType]}${isNew}, seq ${k2.extents.sequence}`);
}
function bufferedWriteIomapBegin(k2, t2, block, end) {
  k2.ilock.acquire(t2);
  const inherited = (t2.mapFlags & 4 /* INHERITED_NEW */) !== 0;
  let ok = true;
  if (k2.extents.type(block) !== 0 /* HOLE */) {
    loadRecord(k2, t2, block);
    if (inherited) t2.mapFlags = 1 /* NEW */;
  } else if (k2.fault(3 /* RESERVATION_FAILURE */, 2) !== 0) {
    t2.clearMap();
    k2.note(t2, "reservation fails: ENOSPC");
    ok = false;
  } else {
    const holeEnd = k2.extents.recordEnd(block);
    const wanted = Math.min(k2.blockRoundUp(end), holeEnd);
    const reserved = Math.max(wanted, Math.min(preallocEnd(k2, block, end, holeEnd), holeEnd));
    k2.extents.reserve(block, reserved, wanted);
    t2.mapType = 1 /* DELALLOC */;
    t2.mapStart = block;
    t2.mapEnd = reserved;
    t2.mapFlags = 1 /* NEW */;
    if (k2.tracer !== null) noteMap(k2, t2);
  }
  if (ok && k2.fixes.validate && k2.fixes.cookieUnderIlock) t2.cookie = 1 /* CURRENT */;
  k2.ilock.release(t2);
  return ok;
}
function preallocEnd(k2, block, end, holeEnd) {
  const { g } = k2;
  if (end <= k2.isize || boundaryByte(g, k2.isize) < ALLOCSIZE2) return 0;
  for (let b2 = holeEnd; b2 < g.blocks; b2++) if (k2.extents.type(b2) !== 0 /* HOLE */) return 0;
  const minimum = ALLOCSIZE2 / g.blockSize;
  let blocks = minimum;
  if (block > 0 && g.gapBefore[block] === 0 && k2.extents.type(block - 1) !== 0 /* HOLE */) {
    let start3 = k2.extents.recordStart(block - 1);
    let length2 = block - start3;
    while (start3 > 0 && g.gapBefore[start3] === 0 && k2.extents.type(start3 - 1) > 1 /* DELALLOC */) {
      const before = k2.extents.recordStart(start3 - 1);
      length2 += start3 - before;
      start3 = before;
    }
    blocks = Math.max(minimum, 2 ** Math.floor(Math.log2(length2 * 2)));
  }
  const lastByte = boundaryByte(g, end) - 1;
  const alignedByte = lastByte - lastByte % ALLOCSIZE2;
  const endByte = alignedByte + blocks * g.blockSize;
  let b = block;
  while (b < g.blocks && g.cellStart[g.blockCell[b]] < endByte) b++;
  return b;
}

// src/kernel/paths/write-begin.ts
function getFolio(k2, from, to, dontcache = false) {
  const page2 = k2.g.cellPage[from];
  if (k2.folios.has(page2, 1 /* PRESENT */)) {
    if (!dontcache) keepFolio(k2, page2);
    return;
  }
  k2.folios.insert(page2, k2.fixes.writeLargeFolios ? 2 ** folioOrder(k2, page2, from, to) : 1);
  if (dontcache) markDropbehind(k2, page2);
}
function folioOrder(k2, page2, from, to) {
  const { g } = k2;
  const pages = (boundaryByte(g, to) - g.cellStart[from]) / g.pageSize;
  const index = g.cellStart[g.pageCell[page2]] / g.pageSize;
  let order = pages < 2 ? 0 : Math.floor(Math.log2(pages));
  while (order > 0 && (index % 2 ** order !== 0 || !isAbsent(k2, page2, page2 + 2 ** order))) order--;
  return order;
}
function isAbsent(k2, first, end) {
  for (let p = first; p < end; p++) {
    if (p >= k2.g.pages || k2.folios.has(p, 1 /* PRESENT */)) return false;
    if (p > first && k2.g.gapBefore[p * k2.g.blocksPerPage] === 1) return false;
  }
  return true;
}
function writeBegin(k2, t2, page2, from, to) {
  const { g, folios } = k2;
  if (k2.fixes.dirtyPerBlock && from <= folios.firstCell(page2) && to >= folios.endCell(page2)) return;
  folios.attachState(page2);
  if (folios.has(page2, 2 /* UPTODATE */)) return;
  const end = k2.blockRoundUp(to);
  const isize = k2.isize;
  const eofBlock = isize === 0 ? -1 : g.cellBlock[isize - 1];
  let b = g.cellBlock[from];
  while (b < end) {
    if (folios.blockHas(b, 1 /* UPTODATE */)) {
      b++;
      continue;
    }
    const runStart = b;
    b++;
    while (b < end && b - 1 !== eofBlock && !folios.blockHas(b, 1 /* UPTODATE */)) b++;
    const runFrom = g.blockCell[runStart];
    const runTo = g.blockCell[b];
    if ((from <= runFrom || from >= runTo) && (to <= runFrom || to >= runTo)) continue;
    const zero = t2.mapType !== 3 /* WRITTEN */ || (t2.mapFlags & 1 /* NEW */) !== 0 || runFrom >= isize;
    for (let c2 = runFrom; c2 < runTo; c2++) {
      if (!zero) folios.fill(c2, c2 + 1, k2.disk.cell(c2));
      else if (c2 < from || c2 >= to) folios.fill(c2, c2 + 1, 0 /* ZERO */);
    }
    if (!k2.fixes.shortCopyCure && !(zero && k2.fixes.zeroedUptodateAtEnd))
      folios.setBlocksUptodate(page2, runStart, b);
    if (k2.tracer !== null) noteInit(k2, t2, zero, runFrom, runTo, from, to);
  }
}
function noteInit(k2, t2, zero, runFrom, runTo, from, to) {
  const byte = (c2) => c2 === runTo ? k2.g.cellEnd[c2 - 1] : k2.g.cellStart[c2];
  const parts = [];
  if (zero) {
    if (from > runFrom) parts.push(`${byte(runFrom)}..${byte(from)}`);
    if (to < runTo) parts.push(`${byte(to)}..${byte(runTo)}`);
  } else parts.push(`${byte(runFrom)}..${byte(runTo)}`);
  const actual = k2.extents.type(k2.g.cellBlock[runFrom]);
  const stale = actual !== t2.mapType ? ` <- map says ${EXTENT_NAMES[t2.mapType]}, extent is ${EXTENT_NAMES[actual]}` : "";
  k2.note(t2, `${zero ? "zero" : "read"} ${parts.join(" and ")}${stale}`);
}
function watchStaleMap(k2, t2) {
  for (let b = t2.mapStart; b < t2.mapEnd; b++) {
    if (k2.extents.type(b) !== t2.mapType) {
      k2.reach(MAP_STALE);
      return;
    }
  }
}

// src/kernel/paths/write-end.ts
function writeEnd(k2, t2) {
  const { g, folios } = k2;
  const page2 = t2.lockedPage;
  const op2 = k2.opOf(t2);
  const copied2 = t2.copyEnd;
  const uptodate = folios.has(page2, 2 /* UPTODATE */);
  let accepted = copied2;
  if (copied2 < t2.chunkEnd && !uptodate)
    accepted = k2.fixes.shortCopyCure ? acceptedBlocks(k2, t2.pos, copied2) : t2.pos;
  if (accepted > t2.pos || uptodate) {
    const through = k2.fixes.shortCopyCure ? accepted : t2.chunkEnd;
    if (accepted > t2.pos && accepted < t2.chunkEnd) folios.attachState(page2);
    if (!uptodate) folios.setBlocksUptodate(page2, g.cellBlock[t2.pos], k2.blockRoundUp(through));
    if (accepted > t2.pos) folios.dirty(page2, g.cellBlock[t2.pos], k2.blockRoundUp(accepted));
    else if (!k2.fixes.shortCopyCure) folios.set(page2, 4 /* DIRTY */);
  }
  if (accepted < copied2) k2.reach(SHORT_COPY);
  if (op2.does.copies) for (let c2 = t2.pos; c2 < accepted; c2++) k2.judge.accepted(k2, c2, c2 + 1, fromPipe(k2, t2, c2));
  else k2.judge.accepted(k2, t2.pos, accepted, op2.value);
  const oldSize = k2.isize;
  if (accepted > oldSize && (accepted > t2.pos || !k2.fixes.shortCopyCure)) {
    k2.isize = accepted;
    k2.judge.grew(k2, oldSize);
  }
  folios.unlock(page2, t2);
  t2.lockedPage = NO_PAGE;
  t2.copyEnd = 0;
  const start3 = t2.pos;
  const rejected = k2.fixes.shortCopyNoWriteFailed ? accepted === start3 : accepted < t2.chunkEnd;
  const tail = rejected && t2.chunkEnd > Math.max(accepted, k2.isize);
  t2.pos = accepted;
  if (k2.tracer !== null && accepted < copied2)
    k2.note(t2, `accepts ${accepted === start3 ? "nothing" : k2.bytes(start3, accepted)}`);
  if (accepted === start3 && copied2 > start3) {
    t2.retryEnd = copied2;
    t2.setFlag(64 /* CHUNK_LIMITED */);
  }
  if (tail) t2.pc = 13 /* W_FAILED */;
  else if (accepted === start3 || t2.pos < t2.end && t2.pos < g.blockCell[t2.mapEnd]) t2.pc = 7 /* W_FAULT_IN */;
  else t2.pc = 14 /* W_ITER_END */;
  if (k2.isize > oldSize) pagecacheIsizeExtended(k2, t2, oldSize, start3, t2.pc);
}
function acceptedBlocks(k2, from, copied2) {
  if (copied2 === from) return from;
  const last = k2.g.cellBlock[copied2 - 1];
  if (k2.g.blockCell[last + 1] === copied2 || k2.folios.blockHas(last, 1 /* UPTODATE */)) return copied2;
  return Math.max(from, k2.g.blockCell[last]);
}

// src/kernel/paths/eofblocks.ts
function setInodeFlag(k2, flag2) {
  if (k2.layout.hasInodeFlags) k2.s[k2.layout.inodeFlags] |= flag2;
}
function clearInodeFlag(k2, flag2) {
  if (k2.layout.hasInodeFlags) k2.s[k2.layout.inodeFlags] &= ~flag2;
}
function hasInodeFlag(k2, flag2) {
  return k2.layout.hasInodeFlags && (k2.s[k2.layout.inodeFlags] & flag2) !== 0;
}
function freeEofblocks(k2, t2) {
  const from = k2.blockRoundUp(k2.isize);
  const { blocks } = k2.g;
  const isPreallocated = hasInodeFlag(k2, 1 /* PREALLOC */);
  k2.ilock.acquire(t2);
  if (!isPreallocated || !k2.fixes.eofblocksKeepsPrealloc && k2.s[2 /* RESERVED */] !== 0)
    k2.extents.unmap(from, blocks);
  else k2.extents.punchDelalloc(from, blocks);
  k2.ilock.release(t2);
}

// src/kernel/paths/ioend.ts
function freeIoend(k2) {
  const { kworkers } = k2;
  for (let i = 0; i < kworkers.length; i++) if (kworkers[i].pc === 0 /* DONE */) return kworkers[i];
  return void 0;
}
function hasFreeIoend(k2) {
  return freeIoend(k2) !== void 0;
}
function growing(k2, t2) {
  const { kworkers } = k2;
  for (let i = 0; i < kworkers.length; i++) {
    const w = kworkers[i];
    if (w.owner === t2.index + 1 && w.hasFlag(8 /* GROWING */)) return w;
  }
  return void 0;
}
function addToIoend(k2, t2, block, type) {
  k2.folios.setBlock(block, 4 /* WRITEBACK */);
  const drops = isDropbehind(k2, k2.folios.pageOf(block));
  const last = growing(k2, t2);
  if (last !== void 0) {
    const apart = k2.g.gapBefore[block] === 1 || (k2.s[k2.extents.at + block] & 4 /* BREAK */) !== 0;
    const isLike = last.mapType === type && last.hasFlag(16 /* DROPBEHIND */) === drops;
    if (last.ioEnd === block && isLike && !apart) {
      last.ioEnd = block + 1;
      return;
    }
    if (k2.fixes.wbSubmitsAtOnce) submit(k2, last, false);
    else last.clearFlag(8 /* GROWING */);
  }
  const fresh = freeIoend(k2) ?? broken("no room for an ioend");
  fresh.pc = 69 /* C_ENDIO */;
  fresh.ioStart = block;
  fresh.ioEnd = block + 1;
  fresh.mapType = type;
  fresh.flags = 4 /* QUEUED */ | 8 /* GROWING */ | (drops ? 16 /* DROPBEHIND */ : 0);
  fresh.owner = t2.index + 1;
}
function submitQueuedIoends(k2, t2, failed) {
  const { kworkers } = k2;
  for (let i = 0; i < kworkers.length; i++) {
    const w = kworkers[i];
    if (w.owner === t2.index + 1 && !w.hasFlag(8 /* GROWING */)) submit(k2, w, failed);
  }
}
function submitGrowingIoend(k2, t2, failed) {
  const last = growing(k2, t2);
  if (last !== void 0) submit(k2, last, failed);
}
function submit(k2, w, failed) {
  w.owner = 0;
  w.flags = failed ? 1 /* ERROR */ : 0;
  if (k2.g.blockCell[w.ioEnd] > k2.diskSize && k2.isize > k2.diskSize) w.setFlag(2 /* APPEND */);
}

// src/kernel/paths/map-blocks.ts
var atBlock = (k2, t2) => k2.g.blockCell[t2.wbBlock];
var mapBlocksSteps = stepsAt(atBlock, [
  ...firstAndNext(61 /* B_LOOKUP_FIRST */, 62 /* B_LOOKUP */, "xfs_map_blocks", { when: hasFreeIoend, run: lookup }),
  step(63 /* B_CONVERT */, "xfs_bmapi_convert_delalloc", { boundary: true, when: hasFreeIoend, run: convert }),
  step(64 /* B_DISCARD */, ["xfs_discard_page", ["5.18", "xfs_discard_folio"]], {
    boundary: true,
    run: discard
  })
]);
function toNextBlock(k2, t2, label) {
  while (t2.wbBlock < t2.wbStop && !k2.folios.needsWriteback(t2.wbPage, t2.wbBlock)) t2.wbBlock++;
  t2.pc = t2.wbBlock < t2.wbStop ? label : 65 /* B_FOLIO_END */;
}
function lookup(k2, t2) {
  const block = t2.wbBlock;
  let type = keepsWritebackMap(k2.fixes) ? cachedType(k2, t2, block) : NOT_CACHED;
  if (type === NOT_CACHED) {
    k2.ilock.acquireShared(t2);
    type = k2.extents.type(block);
    if (type !== 1 /* DELALLOC */) loadWritebackMap(k2, t2, block, type);
    k2.ilock.releaseShared(t2);
  }
  if (type === 1 /* DELALLOC */) t2.pc = 63 /* B_CONVERT */;
  else mapped(k2, t2, type);
}
var NOT_CACHED = -1;
function cachedType(k2, t2, block) {
  const { wbValidatesSeq, wbTypeFromBuffers } = k2.fixes;
  if (!wbValidatesSeq) t2.wbEnd = Math.min(t2.wbEnd, k2.blockRoundUp(k2.isize));
  if (wbTypeFromBuffers) {
    const type = k2.extents.type(block);
    if (type === 0 /* HOLE */) t2.clearWritebackMap();
    if (type !== t2.wbType) return NOT_CACHED;
  }
  if (!t2.hasWritebackMap(block, wbValidatesSeq)) return NOT_CACHED;
  return t2.wbType === 1 /* DELALLOC */ ? typeOfAllocated(k2) : t2.wbType;
}
function loadWritebackMap(k2, t2, block, as) {
  const type = k2.extents.type(block);
  if (keepsWritebackMap(k2.fixes)) {
    t2.wbType = k2.fixes.wbTypeFromBuffers ? as : type;
    t2.wbStart = k2.extents.recordStart(block);
    t2.wbEnd = k2.extents.recordEnd(block);
    t2.wbCookie = 1 /* CURRENT */;
  }
  return type;
}
function mapped(k2, t2, type) {
  const from = t2.wbBlock;
  const to = k2.fixes.wbMapsRanges ? rangeEnd(k2, t2, from) : from + 1;
  for (let b = from; b < to; b++) {
    if (type !== 0 /* HOLE */) addToIoend(k2, t2, b, type);
    else if (k2.folios.blockHas(b, 2 /* DIRTIED */)) k2.judge.foundHole(k2, t2, b);
    k2.folios.clearBlock(b, 2 /* DIRTIED */);
  }
  if (type !== 0 /* HOLE */) t2.wbDone = to;
  if (k2.tracer !== null) {
    const range2 = k2.blockBytes(from, to);
    const actual = k2.extents.type(from);
    const stale = actual === type ? "" : ` <- map says ${EXTENT_NAMES[type]}, extent is ${EXTENT_NAMES[actual]}`;
    k2.note(
      t2,
      type === 0 /* HOLE */ ? `${range2} is a HOLE: skipped` : `adds ${range2} ${EXTENT_NAMES[type]} to an ioend${stale}`
    );
  }
  t2.wbBlock = to;
  toNextBlock(k2, t2, 62 /* B_LOOKUP */);
}
function rangeEnd(k2, t2, block) {
  const mapEnd = keepsWritebackMap(k2.fixes) ? t2.wbEnd : k2.extents.recordEnd(block);
  const end = Math.min(mapEnd, t2.wbStop);
  let b = block + 1;
  while (b < end && k2.folios.needsWriteback(t2.wbPage, b)) b++;
  return b;
}
function convert(k2, t2) {
  const { extents } = k2;
  const block = t2.wbBlock;
  k2.ilock.acquire(t2);
  const type = extents.type(block);
  if (type === 0 /* HOLE */) {
    if (k2.folios.blockHas(block, 2 /* DIRTIED */)) k2.judge.foundHole(k2, t2, block);
    warnGone(k2, t2, k2.g.blockCell[block]);
    t2.wbFlags |= 16 /* RACED */;
    mapFailed(k2, t2, 6 /* EAGAIN */, "delalloc is gone");
  } else if (type !== 1 /* DELALLOC */) {
    mapped(k2, t2, loadWritebackMap(k2, t2, block, 1 /* DELALLOC */));
  } else if (k2.fault(2 /* ALLOCATION_FAILURE */, 2) !== 0) {
    mapFailed(k2, t2, 2 /* ENOSPC */, "allocation fails");
  } else {
    const start3 = extents.recordStart(block);
    const end = extents.recordEnd(block);
    const short = k2.fault(1 /* SHORT_ALLOCATION */, end - start3);
    const got = short === 0 ? end : start3 + short;
    if (k2.coveredByWriteMap(start3, got)) k2.reach(ALLOCATED_WHILE_MAPPED);
    const as = typeOfAllocated(k2);
    extents.allocate(start3, got, short !== 0, as);
    if (k2.tracer !== null) {
      k2.note(t2, `${k2.blockBytes(start3, got)} DELALLOC -> ${EXTENT_NAMES[as]}, seq ${extents.sequence}`);
    }
    if (got > block) {
      mapped(k2, t2, loadWritebackMap(k2, t2, block, 1 /* DELALLOC */));
    }
  }
  k2.ilock.release(t2);
}
function warnGone(k2, t2, cell) {
  if (k2.fixes.wbValidatesSeq) k2.judge.warned(k2, t2, cell);
}
function typeOfAllocated(k2) {
  return k2.fixes.delallocToUnwritten ? 2 /* UNWRITTEN */ : 3 /* WRITTEN */;
}
function mapFailed(k2, t2, error, why) {
  t2.wbError = error;
  t2.wbFlags |= 4 /* FAILED */ | 8 /* FOLIO_FAILED */;
  k2.note(t2, `${why}: ${ERROR_NAMES[error]}`);
  t2.pc = 64 /* B_DISCARD */;
}
function discard(k2, t2) {
  const { folios } = k2;
  const isPartial = t2.wbDone !== 0;
  const whole = !k2.fixes.discardOnPartialError;
  const from = whole && !isPartial ? folios.firstBlock(t2.wbPage) : t2.wbBlock;
  const end = folios.endBlock(t2.wbPage);
  k2.reach(DISCARD);
  k2.ilock.acquire(t2);
  let punched;
  if (whole && isPartial) punched = false;
  else if (k2.fixes.discardEnd || from !== folios.firstBlock(t2.wbPage))
    punched = k2.extents.punchDelalloc(from, end);
  else punched = k2.g.cellStart[k2.g.blockCell[from]] === 0 && k2.extents.punchDelalloc(0, k2.g.blocks);
  k2.ilock.release(t2);
  k2.note(t2, punched ? "punches delalloc" : "punches nothing");
  if ((t2.wbFlags & 16 /* RACED */) === 0) k2.judge.writebackFailed(k2, k2.g.blockCell[from], k2.g.blockCell[end]);
  for (let b = from; b < end; b++) folios.clearBlock(b, 2 /* DIRTIED */);
  if (!k2.fixes.wbErrorKeepsFolio && !isPartial) invalidate(k2, t2.wbPage, from);
  t2.pc = 65 /* B_FOLIO_END */;
}
function invalidate({ folios }, page2, from) {
  folios.clear(page2, 2 /* UPTODATE */);
  if (from !== folios.firstBlock(page2)) return;
  for (let b = from; b < folios.endBlock(page2); b++) folios.clearBlock(b, 1 /* UPTODATE */);
}

// src/kernel/paths/mapping-error.ts
function setMappingError(k2) {
  const { descriptions, descriptionCount } = k2.layout;
  k2.s[6 /* PENDING_ERROR */] = 1;
  k2.s.fill(1, descriptions, descriptions + descriptionCount);
  setInodeFlag(k2, 8 /* ERROR_UNSEEN */);
}
function sampleError(k2, t2) {
  if (k2.fixes.errorPerDescription && !hasInodeFlag(k2, 8 /* ERROR_UNSEEN */))
    k2.s[k2.layout.descriptions + k2.descriptionOf(t2)] = 0;
}
function takePendingError(k2) {
  const pending = k2.s[6 /* PENDING_ERROR */] !== 0;
  k2.s[6 /* PENDING_ERROR */] = 0;
  return pending;
}
function reportError(k2, t2) {
  const { descriptions, descriptionCount } = k2.layout;
  const at = descriptions + k2.descriptionOf(t2);
  const unreported = k2.s[at] !== 0;
  if (k2.fixes.errorPerDescription) k2.s[at] = 0;
  else k2.s.fill(0, descriptions, descriptions + descriptionCount);
  k2.s[6 /* PENDING_ERROR */] = 0;
  if (unreported) clearInodeFlag(k2, 8 /* ERROR_UNSEEN */);
  return unreported;
}

// src/kernel/paths/writeback.ts
var atPage2 = (k2, t2) => k2.g.pageCell[t2.wbPage];
var writebackSteps = [
  step(56 /* B_START */, "xfs_vm_writepages", {
    boundary: true,
    run: (k2, t2) => {
      start2(k2, t2, k2.pageOfCell(t2.pos), k2.pageRoundUp(t2.end), 0, 68 /* B_RETURN */);
      nextFolio(k2, t2);
    }
  }),
  step(57 /* B_NEXT */, ["write_cache_pages", ["6.10", "writeback_iter"]], {
    where: atPage2,
    boundary: true,
    run: nextFolio
  }),
  step(58 /* B_LOCK */, ["lock_page", ["5.16", "folio_lock"]], {
    where: atPage2,
    when: (k2, t2) => !k2.folios.isLocked(t2.wbPage),
    run: lockFolio
  }),
  step(59 /* B_WAIT */, ["wait_on_page_writeback", ["5.16", "folio_wait_writeback"]], {
    where: atPage2,
    when: (k2, t2) => !k2.folios.has(t2.wbPage, 8 /* WRITEBACK */),
    run: (_k, t2) => {
      t2.pc = 60 /* B_CLEAR_DIRTY */;
    }
  }),
  step(
    60 /* B_CLEAR_DIRTY */,
    ["iomap_do_writepage", ["6.10", "iomap_writepage_map"], ["6.17", "iomap_writeback_folio"]],
    { where: atPage2, run: clearDirty }
  ),
  step(65 /* B_FOLIO_END */, ["iomap_writepage_map", ["6.17", "iomap_writeback_folio"]], {
    where: atPage2,
    run: folioEnd
  }),
  step(66 /* B_FINISH */, ["iomap_submit_ioend", ["6.17", "iomap_ioend_writeback_submit"]], {
    where: atPage2,
    run: (k2, t2) => {
      submitGrowingIoend(k2, t2, (t2.wbFlags & 4 /* FAILED */) !== 0);
      t2.wbPage = t2.wbFirst;
      t2.clearBatch();
      if (k2.flusherComesBack && comesBack(t2) && !k2.repeats(t2)) {
        t2.wbFlags = 64 /* CAME_BACK */;
        t2.pc = 57 /* B_NEXT */;
      } else if ((t2.wbFlags & 2 /* WAIT */) !== 0) {
        lookUp(k2, t2, 8 /* WRITEBACK */);
        t2.pc = 67 /* B_WAIT_RANGE */;
      } else {
        if (isSync(t2)) checkErrors(k2, t2);
        leave2(k2, t2);
      }
    }
  }),
  step(67 /* B_WAIT_RANGE */, "filemap_fdatawait_range", {
    where: atPage2,
    when: (k2, t2) => t2.wbPage >= t2.wbLast || !waitsFor(k2, t2),
    run: (k2, t2) => {
      while (t2.wbPage < t2.wbLast && !waitsFor(k2, t2)) t2.wbPage++;
      if (t2.wbPage < t2.wbLast) return;
      checkErrors(k2, t2);
      leave2(k2, t2);
    }
  }),
  step(68 /* B_RETURN */, "xfs_vm_writepages", { run: (k2, t2) => returnFromOp(k2, t2, t2.end, 0) })
];
var isSync = (t2) => (t2.wbFlags & 1 /* SYNC_ALL */) !== 0;
function writeAndWait(k2, t2, first, last, ret, waits = true) {
  start2(k2, t2, first, last, 1 /* SYNC_ALL */ | (waits ? 2 /* WAIT */ : 0), ret);
}
function flush(k2, t2, ret, first = 0, last = k2.g.pages) {
  start2(k2, t2, first, last, 0, ret);
}
function waitOnRange(k2, t2, first, last, ret) {
  setRange(k2, t2, first, last, 1 /* SYNC_ALL */ | 2 /* WAIT */, ret);
  lookUp(k2, t2, 8 /* WRITEBACK */);
  t2.pc = 67 /* B_WAIT_RANGE */;
}
function start2(k2, t2, first, last, flags, ret) {
  setRange(k2, t2, first, last, flags, ret);
  t2.pc = 57 /* B_NEXT */;
  forgetTruncation(k2, ret === 98 /* FS_RETURN */);
}
function setRange(k2, t2, first, last, flags, ret) {
  t2.wbFirst = first;
  t2.wbPage = first;
  t2.wbLast = Math.max(first, Math.min(last, k2.g.pages));
  t2.wbFlags = flags;
  t2.wbError = 0;
  t2.wbRet = ret;
}
function hasDirty(k2, first, last) {
  for (let p = first; p < last; p++) if ((k2.folios.flags(p) & dirtyTags(k2)) !== 0) return true;
  return false;
}
function forgetTruncation(k2, anyway = false) {
  if (!k2.layout.hasInodeFlags) return;
  let isDirty = anyway;
  for (let p = 0; p < k2.g.pages; p++) isDirty ||= k2.folios.has(p, 4 /* DIRTY */);
  if (isDirty) clearInodeFlag(k2, 2 /* TRUNCATED */);
}
var LEAVES_ERRORS = [98 /* FS_RETURN */, 100 /* SF_WAITED */, 101 /* SF_RETURN */, 16 /* W_FLUSHED */];
function checkErrors(k2, t2) {
  if (LEAVES_ERRORS.includes(t2.wbRet)) return;
  if (takePendingError(k2) && t2.wbError === 0) t2.wbError = 4 /* EIO */;
}
function leave2(k2, t2) {
  t2.pc = t2.wbRet;
  t2.clearWriteback();
  if (keepsWritebackMap(k2.fixes)) t2.clearWritebackMap();
}
function lookUp(k2, t2, tags) {
  for (let p = t2.wbPage; p < t2.wbLast; p++) if ((k2.folios.flags(p) & tags) !== 0) t2.addToBatch(p);
}
function dirtyTags(k2) {
  return k2.fixes.wbSubmitsAtOnce ? 4 /* DIRTY */ : 4 /* DIRTY */ | 64 /* IN_PASS */;
}
function waitsFor(k2, t2) {
  const page2 = t2.wbPage;
  return k2.folios.has(page2, 8 /* WRITEBACK */) && isNext(k2, t2, page2, 8 /* WRITEBACK */);
}
function nextFolio(k2, t2) {
  const tags = dirtyTags(k2);
  if ((t2.wbFlags & 128 /* LOOKED_UP */) === 0) {
    t2.wbFlags |= 128 /* LOOKED_UP */;
    lookUp(k2, t2, tags);
  }
  let page2 = t2.wbPage;
  while (page2 < t2.wbLast && !isNext(k2, t2, page2, tags)) page2++;
  const isOver2 = page2 >= t2.wbLast;
  if (!isOver2) t2.wbPage = page2;
  t2.pc = isOver2 ? 66 /* B_FINISH */ : 58 /* B_LOCK */;
}
function isNext(k2, t2, page2, tags) {
  return page2 < BATCH_PAGES ? t2.inBatch(page2) : (k2.folios.flags(page2) & tags) !== 0;
}
function nextOfPass(k2, t2) {
  if (t2.pc === 58 /* B_LOCK */) return t2.wbPage;
  const tags = dirtyTags(k2);
  const isNew = (t2.wbFlags & 128 /* LOOKED_UP */) === 0;
  const last = t2.pc === 56 /* B_START */ ? k2.pageRoundUp(t2.end) : t2.wbLast;
  for (let p = t2.pc === 56 /* B_START */ ? k2.pageOfCell(t2.pos) : t2.wbPage; p < last; p++)
    if (isNew ? (k2.folios.flags(p) & tags) !== 0 : isNext(k2, t2, p, tags)) return p;
  return -1;
}
function lockFolio(k2, t2) {
  const { folios } = k2;
  const page2 = t2.wbPage;
  const busy = folios.has(page2, 8 /* WRITEBACK */);
  if (!folios.has(page2, 4 /* DIRTY */) || busy && !isSync(t2)) {
    nextPage2(k2, t2);
    return;
  }
  folios.lock(page2, t2);
  t2.pc = busy ? 59 /* B_WAIT */ : 60 /* B_CLEAR_DIRTY */;
}
function clearDirty(k2, t2) {
  const { g, folios } = k2;
  const page2 = t2.wbPage;
  folios.writeProtect(page2);
  folios.clear(page2, 4 /* DIRTY */);
  const from = folios.firstCell(page2);
  const to = folios.endCell(page2);
  if (from >= k2.isize) {
    if (k2.fixes.wbPastEofSkip) {
      for (let b = folios.firstBlock(page2); b < folios.endBlock(page2); b++)
        folios.clearBlock(b, 2 /* DIRTIED */);
    } else redirty(k2, t2, page2);
    folios.unlock(page2, t2);
    k2.note(t2, `page ${g.cellStart[from]} is past EOF`);
    nextPage2(k2, t2);
    return;
  }
  if (k2.isize < to) folios.fill(k2.isize, to, 0 /* ZERO */);
  t2.wbBlock = folios.firstBlock(page2);
  t2.wbStop = Math.min(k2.blockRoundUp(k2.isize), folios.endBlock(page2));
  if (k2.fixes.dirtyPerBlock && !folios.hasState(page2)) {
    folios.attachState(page2);
    if (folios.hasState(page2)) for (let b = t2.wbBlock; b < t2.wbStop; b++) folios.setBlock(b, 8 /* DIRTY */);
  }
  t2.wbDone = 0;
  folios.set(page2, k2.fixes.wbSubmitsAtOnce ? 64 /* IN_PASS */ | 8 /* WRITEBACK */ : 64 /* IN_PASS */);
  if (k2.tracer !== null) k2.note(t2, `page ${g.cellStart[from]}: clean, write-protected`);
  toNextBlock(k2, t2, 61 /* B_LOOKUP_FIRST */);
}
function redirty(k2, t2, page2) {
  k2.folios.set(page2, 4 /* DIRTY */);
  if ((t2.wbFlags & 64 /* CAME_BACK */) !== 0) k2.judge.wentRound(k2, t2);
  t2.wbFlags |= 32 /* REDIRTIED */;
}
function comesBack(t2) {
  return t2.wbRet === 68 /* B_RETURN */ && (t2.wbFlags & (32 /* REDIRTIED */ | 64 /* CAME_BACK */)) === 32 /* REDIRTIED */;
}
function folioEnd(k2, t2) {
  const page2 = t2.wbPage;
  const failed = (t2.wbFlags & 8 /* FOLIO_FAILED */) !== 0;
  if (failed) setMappingError(k2);
  k2.folios.clear(page2, 64 /* IN_PASS */);
  k2.folios.clearDirtyBits(page2);
  if (!k2.fixes.wbSubmitsAtOnce && t2.wbDone !== 0) k2.folios.set(page2, 8 /* WRITEBACK */);
  k2.folios.unlock(page2, t2);
  if (k2.fixes.wbSubmitsAtOnce) {
    k2.folios.endWriteback(page2);
    endDropbehind(k2, t2, page2);
  } else submitQueuedIoends(k2, t2, failed);
  t2.wbFlags &= ~(8 /* FOLIO_FAILED */ | 16 /* RACED */);
  t2.wbBlock = 0;
  t2.wbStop = 0;
  t2.wbDone = 0;
  if (failed && !isSync(t2)) t2.pc = 66 /* B_FINISH */;
  else nextPage2(k2, t2);
}
function nextPage2(k2, t2) {
  t2.wbPage = k2.folios.end(t2.wbPage);
  t2.pc = t2.wbPage < t2.wbLast ? 57 /* B_NEXT */ : 66 /* B_FINISH */;
}

// src/kernel/paths/zero-range.ts
var atZeroPos = (_k, t2) => t2.zeroPos;
var zeroRangeSteps = stepsAt(atZeroPos, [
  ...firstAndNext(31 /* Z_BEGIN */, 32 /* Z_BEGIN_NEXT */, "xfs_buffered_write_iomap_begin", { run: begin }),
  step(33 /* Z_COOKIE */, "xfs_bmbt_to_iomap", {
    boundary: true,
    run: (_k, t2) => {
      t2.cookie = 1 /* CURRENT */;
      t2.pc = 34 /* Z_LOCK */;
    }
  }),
  step(34 /* Z_LOCK */, "iomap_write_begin", {
    boundary: true,
    when: (k2, t2) => !k2.folios.isLocked(nextPage3(k2, t2)),
    run: (k2, t2) => {
      const page2 = nextPage3(k2, t2);
      const end = Math.min(limit(k2, t2), k2.g.blockCell[t2.mapEnd]);
      getFolio(k2, t2.zeroPos, end);
      k2.folios.lock(page2, t2);
      watchStaleMap(k2, t2);
      if (k2.fixes.validate && t2.cookie === 2 /* BUMPED */) {
        k2.folios.unlock(page2, t2);
        t2.clearMap();
        k2.note(t2, "map is stale");
        t2.pc = 32 /* Z_BEGIN_NEXT */;
        if (!k2.fixes.staleNoWriteFailed)
          truncatePagecacheRange(k2, t2, Math.max(t2.zeroPos, k2.isize), end, 32 /* Z_BEGIN_NEXT */);
        return;
      }
      t2.lockedPage = page2;
      t2.zeroPos = Math.max(t2.zeroPos, k2.folios.firstCell(page2));
      t2.chunkEnd = Math.min(end, k2.folios.endCell(page2));
      writeBegin(k2, t2, page2, t2.zeroPos, t2.chunkEnd);
      t2.pc = 35 /* Z_WRITE */;
    }
  }),
  step(35 /* Z_WRITE */, ["iomap_zero_range_actor", ["5.15", "iomap_zero_iter"]], {
    run: (k2, t2) => {
      const { g, folios } = k2;
      const page2 = t2.lockedPage;
      const from = t2.zeroPos;
      folios.fill(from, t2.chunkEnd, 0 /* ZERO */);
      folios.setBlocksUptodate(page2, g.cellBlock[from], k2.blockRoundUp(t2.chunkEnd));
      folios.dirty(page2, g.cellBlock[from], k2.blockRoundUp(t2.chunkEnd), t2.mapType !== 0 /* HOLE */);
      const oldSize = k2.isize;
      if (!k2.fixes.zeroingKeepsIsize && t2.chunkEnd > oldSize) {
        k2.isize = t2.chunkEnd;
        k2.judge.grew(k2, oldSize);
      }
      folios.unlock(page2, t2);
      if (k2.tracer !== null) k2.note(t2, `zeroes ${k2.bytes(from, t2.chunkEnd)}`);
      t2.setFlag(1 /* DID_ZERO */);
      t2.zeroPos = t2.chunkEnd;
      if (isOfBatch(t2) && nextInBatch(k2, t2) < 0) t2.zeroPos = Math.min(t2.zeroEnd, g.blockCell[t2.mapEnd]);
      t2.chunkEnd = 0;
      t2.lockedPage = NO_PAGE;
      if (t2.zeroPos >= t2.zeroEnd) finish2(k2, t2);
      else if (t2.hasFlag(16 /* ZERO_IN_MEMORY */) && t2.zeroPos >= limit(k2, t2)) {
        t2.clearMap();
        t2.clearFlag(16 /* ZERO_IN_MEMORY */);
        sampleDirty(k2, t2);
        t2.pc = 32 /* Z_BEGIN_NEXT */;
      } else if (t2.zeroPos < g.blockCell[t2.mapEnd]) t2.pc = 34 /* Z_LOCK */;
      else t2.pc = 32 /* Z_BEGIN_NEXT */;
      if (!k2.fixes.zeroingKeepsIsize) pagecacheIsizeExtended(k2, t2, oldSize, from, t2.pc);
    }
  }),
  step(36 /* Z_FLUSHED */, "iomap_zero_iter_flush_and_stale", {
    run: (k2, t2) => {
      t2.setFlag(32 /* RANGE_FLUSHED */);
      t2.status = t2.wbError;
      if (t2.status !== 0) finish2(k2, t2);
      else t2.pc = 32 /* Z_BEGIN_NEXT */;
    }
  }),
  step(37 /* Z_CONVERT */, "xfs_bmapi_convert_delalloc", {
    boundary: true,
    run: (k2, t2) => {
      const block = k2.g.cellBlock[t2.zeroPos];
      t2.status = convertDelalloc(k2, t2, block);
      if (t2.status !== 0) finish2(k2, t2);
      else if (k2.extents.type(block) !== 1 /* DELALLOC */) t2.pc = 32 /* Z_BEGIN_NEXT */;
    }
  })
]);
function convertDelalloc(k2, t2, block) {
  k2.ilock.acquire(t2);
  const { extents } = k2;
  const type = extents.type(block);
  let status = 0;
  if (type === 0 /* HOLE */) {
    if (!k2.fixes.zeroConvertLooksAgain) {
      status = 6 /* EAGAIN */;
      warnGone(k2, t2, t2.zeroPos);
    }
    k2.note(t2, `delalloc past EOF is gone${status === 0 ? "" : ": EAGAIN"}`);
  } else if (type === 1 /* DELALLOC */ && k2.fault(2 /* ALLOCATION_FAILURE */, 2) !== 0) {
    status = 2 /* ENOSPC */;
    k2.note(t2, "allocation fails: ENOSPC");
  } else if (type === 1 /* DELALLOC */) {
    const as = typeOfAllocated(k2);
    const start3 = extents.recordStart(block);
    const end = extents.recordEnd(block);
    const short = k2.fault(1 /* SHORT_ALLOCATION */, end - start3);
    const got = short === 0 ? end : start3 + short;
    extents.allocate(start3, got, short !== 0, as);
    if (k2.tracer !== null) k2.note(t2, `${k2.blockBytes(start3, got)} DELALLOC past EOF -> ${EXTENT_NAMES[as]}`);
  } else k2.note(t2, "delalloc past EOF is allocated already");
  k2.ilock.release(t2);
  return status;
}
function startZeroRange(k2, t2, from, to, ret, trustMap = false) {
  if (from >= to) {
    t2.pc = ret;
    return;
  }
  watchDirtyFolio(k2, from, to);
  t2.zeroPos = from;
  t2.zeroEnd = to;
  t2.zeroRet = ret;
  t2.clearFlag(32 /* RANGE_FLUSHED */ | 16 /* ZERO_IN_MEMORY */);
  t2.pc = 31 /* Z_BEGIN */;
  if (trustMap) {
    t2.setFlag(32 /* RANGE_FLUSHED */);
    return;
  }
  if (k2.fixes.zeroEofInMemory && k2.g.blockCell[k2.g.cellBlock[from]] !== from) {
    t2.setFlag(16 /* ZERO_IN_MEMORY */);
    if (needsWriteback(k2, from, limit(k2, t2))) return;
    t2.clearFlag(16 /* ZERO_IN_MEMORY */);
  }
  sampleDirty(k2, t2);
}
function sampleDirty(k2, t2) {
  if (k2.fixes.zeroingFlushesDirty && !needsWriteback(k2, t2.zeroPos, t2.zeroEnd))
    t2.setFlag(32 /* RANGE_FLUSHED */);
}
function limit(k2, t2) {
  if (!t2.hasFlag(16 /* ZERO_IN_MEMORY */)) return t2.zeroEnd;
  return Math.min(t2.zeroEnd, k2.g.blockCell[k2.blockRoundUp(t2.zeroPos)]);
}
function begin(k2, t2) {
  const { g } = k2;
  const block = g.cellBlock[t2.zeroPos];
  if (k2.fixes.zeroFolioBatch) releaseBatch(k2);
  k2.ilock.acquire(t2);
  loadRecord(k2, t2, block);
  const hasCookie = k2.fixes.validate && t2.mapType !== 0 /* HOLE */;
  if (hasCookie && k2.fixes.cookieUnderIlock) t2.cookie = 1 /* CURRENT */;
  const eofBlock = k2.blockRoundUp(k2.isize);
  const isDelalloc = t2.mapType === 1 /* DELALLOC */ && k2.fixes.zeroConvertPostEof;
  if (isDelalloc && block >= eofBlock) {
    k2.ilock.release(t2);
    t2.clearMap();
    truncatePagecacheRange(k2, t2, t2.zeroPos, g.cells, 37 /* Z_CONVERT */);
    return;
  }
  if ((isDelalloc || k2.fixes.zeroFolioBatch) && block < eofBlock && k2.blockRoundUp(limit(k2, t2)) > eofBlock) {
    t2.mapStart = block;
    t2.mapEnd = Math.min(t2.mapEnd, eofBlock);
  }
  const looksUp = k2.fixes.zeroFolioBatch && isOfBatch(t2) && block < eofBlock;
  const isBatch = looksUp && fillBatch(k2, t2);
  k2.ilock.release(t2);
  if (isBatch || t2.mapType !== 0 /* HOLE */ && t2.mapType !== 2 /* UNWRITTEN */ || t2.hasFlag(16 /* ZERO_IN_MEMORY */)) {
    t2.pc = hasCookie && !k2.fixes.cookieUnderIlock ? 33 /* Z_COOKIE */ : 34 /* Z_LOCK */;
    return;
  }
  const end = Math.min(t2.zeroEnd, g.blockCell[t2.mapEnd]);
  const skips = looksUp || t2.mapType === 0 /* HOLE */ && k2.fixes.zeroHoleNoFlush;
  t2.clearMap();
  if (k2.fixes.zeroingFlushesDirty && !skips && !t2.hasFlag(32 /* RANGE_FLUSHED */)) {
    const first = g.cellPage[t2.zeroPos];
    writeAndWait(k2, t2, first, k2.pageRoundUp(t2.zeroEnd), 36 /* Z_FLUSHED */);
    return;
  }
  if (k2.tracer !== null) k2.note(t2, `skips ${k2.bytes(t2.zeroPos, end)}`);
  t2.zeroPos = end;
  if (t2.zeroPos >= t2.zeroEnd) finish2(k2, t2);
  else t2.pc = 32 /* Z_BEGIN_NEXT */;
}
var isOfBatch = (t2) => t2.mapType === 2 /* UNWRITTEN */ && !t2.hasFlag(16 /* ZERO_IN_MEMORY */);
function fillBatch(k2, t2) {
  const { folios, g } = k2;
  const end = k2.pageRoundUp(Math.min(limit(k2, t2), g.blockCell[t2.mapEnd]));
  let isHeld = false;
  for (let p = g.cellPage[t2.zeroPos]; p < end; p = folios.end(p)) {
    if (!isDirtyOrBusy(k2, p)) continue;
    folios.setBlock(folios.firstBlock(p), 32 /* IN_BATCH */);
    isHeld = true;
  }
  return isHeld;
}
function releaseBatch(k2) {
  for (let p = 0; p < k2.g.pages; p++) k2.folios.clearBlock(k2.folios.firstBlock(p), 32 /* IN_BATCH */);
}
function nextInBatch(k2, t2) {
  const end = k2.pageRoundUp(Math.min(limit(k2, t2), k2.g.blockCell[t2.mapEnd]));
  for (let p = k2.pageOfCell(t2.zeroPos); p < end; p = k2.folios.end(p))
    if (k2.folios.blockHas(k2.folios.firstBlock(p), 32 /* IN_BATCH */)) return p;
  return -1;
}
function nextPage3(k2, t2) {
  return isOfBatch(t2) ? nextInBatch(k2, t2) : k2.g.cellPage[t2.zeroPos];
}
function needsWriteback(k2, from, to) {
  for (let p = k2.g.cellPage[from]; p < k2.pageRoundUp(to); p++) {
    if (isDirtyOrBusy(k2, p)) return true;
  }
  return false;
}
function isDirtyOrBusy(k2, page2) {
  return (k2.folios.flags(page2) & (4 /* DIRTY */ | 8 /* WRITEBACK */)) !== 0 || k2.folios.isLocked(page2);
}
function finish2(k2, t2) {
  if (k2.fixes.zeroFolioBatch) releaseBatch(k2);
  t2.clearMap();
  t2.pc = t2.zeroRet;
  t2.zeroPos = 0;
  t2.zeroEnd = 0;
  t2.zeroRet = 0;
  t2.clearFlag(32 /* RANGE_FLUSHED */ | 16 /* ZERO_IN_MEMORY */);
}
function watchDirtyFolio(k2, from, to) {
  for (let b = k2.g.cellBlock[from]; b < k2.blockRoundUp(to); b++) {
    const type = k2.extents.type(b);
    if ((type === 0 /* HOLE */ || type === 2 /* UNWRITTEN */) && k2.folios.has(k2.folios.pageOf(b), 4 /* DIRTY */)) {
      k2.reach(ZERO_OVER_DIRTY);
      return;
    }
  }
}

// src/kernel/paths/buffered-write.ts
var bufferedWriteSteps = [
  step(1 /* W_IOLOCK */, ["xfs_file_buffered_aio_write", ["5.12", "xfs_file_buffered_write"]], {
    boundary: true,
    when: (k2, t2) => k2.iolock.isFree() || t2.end === 0 && !k2.fixes.appendUnderIolock,
    run: (k2, t2) => {
      const op2 = k2.opOf(t2);
      if (op2.length > 0) {
        const isEarly = !k2.fixes.appendUnderIolock && t2.end === 0;
        if (isEarly || k2.fixes.appendUnderIolock) goToEof(k2, t2, op2);
        if (isEarly) return;
      }
      k2.iolock.acquire(t2);
      k2.judge.changing(k2, k2.isize, k2.g.cells);
      if (t2.pos <= k2.isize) t2.pc = 4 /* W_BEGIN */;
      else if (k2.fixes.eofZeroTakesInvalidateLock) t2.pc = 2 /* W_EOF_LOCK */;
      else startZeroRange(k2, t2, k2.isize, t2.pos, 5 /* W_BEGIN_NEXT */);
    }
  }),
  step(2 /* W_EOF_LOCK */, "xfs_file_write_zero_eof", {
    when: (k2) => k2.invalidate.isFree(),
    run: (k2, t2) => {
      k2.invalidate.acquire(t2);
      startZeroRange(k2, t2, k2.isize, t2.pos, 3 /* W_EOF_ZEROED */);
    }
  }),
  step(3 /* W_EOF_ZEROED */, "xfs_file_write_zero_eof", {
    run: (k2, t2) => {
      k2.invalidate.release(t2);
      t2.pc = 5 /* W_BEGIN_NEXT */;
    }
  }),
  ...firstAndNext(4 /* W_BEGIN */, 5 /* W_BEGIN_NEXT */, "xfs_buffered_write_iomap_begin", { run: begin2 }),
  step(6 /* W_COOKIE */, "xfs_bmbt_to_iomap", {
    boundary: true,
    run: (k2, t2) => {
      t2.cookie = 1 /* CURRENT */;
      t2.pc = 7 /* W_FAULT_IN */;
      if (k2.tracer !== null) k2.note(t2, `samples seq ${k2.extents.sequence} after ILOCK was dropped`);
    }
  }),
  step(7 /* W_FAULT_IN */, ["iov_iter_fault_in_readable", ["5.16", "fault_in_iov_iter_readable"]], {
    boundary: true,
    when: (k2, t2) => k2.fine || cannotFaultIn(k2, t2) || validatesEarly(k2) || !k2.folios.isLocked(k2.g.cellPage[t2.pos]),
    run: (k2, t2) => {
      if (cannotFaultIn(k2, t2)) {
        failIteration(k2, t2, 1 /* EFAULT */);
        t2.pc = 14 /* W_ITER_END */;
        k2.note(t2, "source is not readable: EFAULT");
      } else {
        t2.chunkEnd = faultInEnd(k2, t2);
        t2.pc = validatesEarly(k2) ? 8 /* W_VALIDATE_EARLY */ : 9 /* W_LOCK */;
      }
      if (t2.hasFlag(64 /* CHUNK_LIMITED */)) t2.retryEnd = 0;
      t2.clearFlag(64 /* CHUNK_LIMITED */);
    }
  }),
  step(8 /* W_VALIDATE_EARLY */, "xfs_iomap_valid", {
    run: (k2, t2) => {
      if (t2.cookie === 2 /* BUMPED */) foundStale(k2, t2);
      else t2.pc = 9 /* W_LOCK */;
    }
  }),
  step(9 /* W_LOCK */, "iomap_write_begin", {
    boundary: (f) => f.validate && !f.validateAfterLock,
    when: (k2, t2) => !k2.folios.isLocked(k2.g.cellPage[t2.pos]),
    run: (k2, t2) => {
      if (t2.hasFlag(128 /* KILLED */) || k2.fault(6 /* FATAL_SIGNAL */, 2) !== 0) {
        t2.setFlag(128 /* KILLED */);
        failIteration(k2, t2, 3 /* EINTR */);
        t2.pc = 14 /* W_ITER_END */;
        k2.note(t2, "fatal signal: EINTR");
        return;
      }
      const page2 = k2.g.cellPage[t2.pos];
      getFolio(k2, t2.pos, t2.chunkEnd, k2.opOf(t2).dontcache);
      k2.folios.lock(page2, t2);
      watchStaleMap(k2, t2);
      if (k2.fixes.validate && k2.fixes.validateAfterLock && t2.cookie === 2 /* BUMPED */) {
        k2.folios.unlock(page2, t2);
        foundStale(k2, t2);
        return;
      }
      t2.lockedPage = page2;
      t2.chunkEnd = Math.min(t2.chunkEnd, k2.folios.endCell(page2));
      t2.pc = 10 /* W_INIT */;
    }
  }),
  step(10 /* W_INIT */, "__iomap_write_begin", {
    run: (k2, t2) => {
      writeBegin(k2, t2, t2.lockedPage, t2.pos, t2.chunkEnd);
      t2.pc = 11 /* W_COPY */;
    }
  }),
  step(
    11 /* W_COPY */,
    [
      "iov_iter_copy_from_user_atomic",
      ["5.14", "copy_page_from_iter_atomic"],
      ["6.6", "copy_folio_from_iter_atomic"]
    ],
    {
      boundary: true,
      run: (k2, t2) => {
        const op2 = k2.opOf(t2);
        const to = copyEnd(k2, t2, op2);
        if (op2.does.copies) copyFromPipe(k2, t2, to);
        else {
          k2.folios.fill(t2.pos, to, op2.value);
          k2.judge.copied(k2, t2.pos, to, op2.value);
        }
        t2.copyEnd = to;
        t2.pc = 12 /* W_WRITE_END */;
        if (k2.tracer !== null)
          k2.note(t2, `copies ${k2.bytes(t2.pos, to)}${to < t2.chunkEnd ? " and comes up short" : ""}`);
      }
    }
  ),
  step(12 /* W_WRITE_END */, "iomap_write_end", { run: writeEnd }),
  step(13 /* W_FAILED */, "iomap_write_failed", {
    boundary: true,
    run: (k2, t2) => {
      const ret = t2.status !== 0 || isStale(t2) ? 14 /* W_ITER_END */ : 7 /* W_FAULT_IN */;
      truncatePagecacheRange(k2, t2, Math.max(t2.pos, k2.isize), t2.chunkEnd, ret);
    }
  }),
  step(14 /* W_ITER_END */, "xfs_buffered_write_iomap_end", {
    run: (k2, t2) => {
      if (!startPunch(k2, t2)) t2.pc = 15 /* W_ADVANCE */;
    }
  }),
  step(15 /* W_ADVANCE */, ["iomap_apply", ["5.15", "iomap_iter_advance"]], { run: advance }),
  step(16 /* W_FLUSHED */, "xfs_flush_inodes", {
    run: (k2, t2) => {
      k2.judge.changed(k2);
      k2.iolock.release(t2);
      t2.status = 0;
      t2.pc = 1 /* W_IOLOCK */;
    }
  }),
  step(17 /* W_RETURN */, ["xfs_file_buffered_aio_write", ["5.12", "xfs_file_buffered_write"]], {
    run: (k2, t2) => {
      k2.judge.wrote(k2, t2, t2.pos);
      k2.judge.changed(k2);
      k2.iolock.release(t2);
      const op2 = k2.opOf(t2);
      const start3 = writeStart(k2, t2);
      if (op2.does.copies) afterWrite(k2, t2);
      else if (op2.dontcache && t2.pos > start3 && !k2.fixes.dontcacheKicksFlusher)
        flush(k2, t2, 18 /* W_SYNCED */, k2.g.cellPage[start3], k2.pageRoundUp(t2.pos));
      else returnFromOp(k2, t2, t2.pos, t2.status);
    }
  }),
  step(18 /* W_SYNCED */, "generic_write_sync", { run: (k2, t2) => returnFromOp(k2, t2, t2.pos, t2.status) })
];
var isStale = (t2) => (t2.mapFlags & 2 /* STALE */) !== 0;
var validatesEarly = (k2) => k2.fixes.validate && !k2.fixes.validateAfterLock;
function goToEof(k2, t2, { length: length2 }) {
  t2.pos = k2.isize;
  t2.end = cellAtOrAfter(k2.g, boundaryByte(k2.g, k2.isize) + length2);
}
function writeStart(k2, t2) {
  const { from, length: length2, does } = k2.opOf(t2);
  if (does.copies) return copyStart(k2, t2);
  return length2 === 0 ? from : cellAtOrAfter(k2.g, boundaryByte(k2.g, t2.end) - length2);
}
function failIteration(k2, t2, error) {
  if (t2.pos === t2.iterPos || k2.fixes.writeErrorEndsIteration) t2.status = error;
}
function begin2(k2, t2) {
  if (t2.status !== 0) {
    t2.pc = 17 /* W_RETURN */;
    return;
  }
  t2.iterPos = t2.pos;
  if (!bufferedWriteIomapBegin(k2, t2, k2.g.cellBlock[t2.pos], t2.end)) {
    t2.status = 2 /* ENOSPC */;
    t2.pc = 15 /* W_ADVANCE */;
  } else if (k2.fixes.validate && !k2.fixes.cookieUnderIlock) t2.pc = 6 /* W_COOKIE */;
  else t2.pc = 7 /* W_FAULT_IN */;
}
function faultInEnd(k2, t2) {
  let end = Math.min(t2.end, k2.g.blockCell[t2.mapEnd]);
  if (!k2.fixes.writeLargeChunks) end = Math.min(end, k2.g.pageCell[k2.g.cellPage[t2.pos] + 1]);
  return t2.hasFlag(64 /* CHUNK_LIMITED */) ? Math.min(end, t2.retryEnd) : end;
}
function cannotFaultIn(k2, t2) {
  const { faultAt, does } = k2.opOf(t2);
  if (does.copies) return false;
  return t2.pos >= faultAt || !k2.fixes.faultInPartial && faultInEnd(k2, t2) > faultAt;
}
function foundStale(k2, t2) {
  t2.mapFlags |= 2 /* STALE */;
  if (t2.pos === t2.iterPos) k2.reach(STALE_BEFORE_PROGRESS);
  k2.note(t2, "map is stale");
  const failed = !k2.fixes.staleNoWriteFailed && t2.chunkEnd > Math.max(t2.pos, k2.isize);
  t2.pc = failed ? 13 /* W_FAILED */ : 14 /* W_ITER_END */;
}
function copyFromPipe(k2, t2, to) {
  for (let c2 = t2.pos; c2 < to; c2++) {
    const value = fromPipe(k2, t2, c2);
    copied(k2, t2, c2);
    k2.folios.fill(c2, c2 + 1, value);
    k2.judge.copied(k2, c2, c2 + 1, value);
  }
}
function copyEnd(k2, t2, op2) {
  if (op2.does.copies) return t2.chunkEnd;
  const to = Math.min(t2.chunkEnd, op2.faultAt);
  if (op2.shortCopy > t2.pos && op2.shortCopy < to && !t2.hasFlag(4 /* SHORT_DONE */)) {
    t2.setFlag(4 /* SHORT_DONE */);
    return op2.shortCopy;
  }
  const short = k2.fault(5 /* SHORT_COPY */, to - t2.pos + 1);
  return short === 0 ? to : t2.pos + short - 1;
}
function advance(k2, t2) {
  const progressed = t2.pos > t2.iterPos;
  const stale = isStale(t2);
  const inherited = stale && k2.fixes.propagateNew && (t2.mapFlags & 1 /* NEW */) !== 0;
  t2.clearMap();
  if (t2.status === 2 /* ENOSPC */ && t2.pos === writeStart(k2, t2) && !t2.hasFlag(2 /* CLEARED_SPACE */)) {
    t2.setFlag(2 /* CLEARED_SPACE */);
    writeAndWait(k2, t2, 0, k2.g.pages, 16 /* W_FLUSHED */);
    return;
  }
  if (t2.status !== 0 || t2.pos >= t2.end || !progressed && !(stale && k2.fixes.remapOnZeroProgress)) {
    t2.pc = 17 /* W_RETURN */;
    return;
  }
  t2.iterPos = 0;
  t2.chunkEnd = 0;
  if (inherited) t2.mapFlags = 4 /* INHERITED_NEW */;
  t2.pc = 5 /* W_BEGIN_NEXT */;
}

// src/kernel/paths/truncate.ts
var truncateSteps = [
  step(76 /* TR_LOCK */, "xfs_vn_setattr", takesIolock(77 /* TR_INVALIDATE_LOCK */)),
  step(77 /* TR_INVALIDATE_LOCK */, ["xfs_setattr_size", ["7.2", "xfs_vn_setattr_size"]], {
    when: (k2) => k2.invalidate.isFree(),
    run: (k2, t2) => {
      k2.invalidate.acquire(t2);
      setSize(k2, t2, t2.end);
    }
  }),
  step(78 /* TR_FLUSHED */, ["iomap_truncate_page", ["5.17", "xfs_truncate_page"]], {
    run: (k2, t2) => {
      const blockEnd = k2.g.blockCell[k2.blockRoundUp(t2.end)];
      t2.status = t2.wbError;
      if (t2.status !== 0) t2.pc = 85 /* TR_RETURN */;
      else startZeroRange(k2, t2, t2.end, blockEnd, 79 /* TR_ZEROED */, !caresForEofBlock(k2));
    }
  }),
  step(79 /* TR_ZEROED */, "truncate_setsize", {
    boundary: true,
    run: (k2, t2) => {
      if (t2.status !== 0) t2.pc = 85 /* TR_RETURN */;
      else if (!k2.fixes.truncateSetsSizeFirst && mustWrite(k2, t2)) writeToNewSize(k2, t2, 81 /* TR_WRITTEN_FIRST */);
      else truncateSetsize(k2, t2);
    }
  }),
  step(80 /* TR_ISIZE_SET */, "truncate_pagecache", {
    run: (k2, t2) => truncatePagecacheRange(k2, t2, t2.end, k2.g.cells, 82 /* TR_TRUNCATED */)
  }),
  step(81 /* TR_WRITTEN_FIRST */, "truncate_setsize", {
    boundary: true,
    run: (k2, t2) => {
      t2.status = t2.wbError;
      if (t2.status === 0) {
        truncateSetsize(k2, t2);
        return;
      }
      if (t2.hasFlag(1 /* DID_ZERO */))
        k2.judge.gaveUp(k2, t2.end, Math.min(t2.oldSize, k2.g.blockCell[k2.blockRoundUp(t2.end)]));
      t2.pc = 85 /* TR_RETURN */;
    }
  }),
  step(82 /* TR_TRUNCATED */, "filemap_write_and_wait_range", {
    run: (k2, t2) => {
      if (k2.fixes.truncateSetsSizeFirst && mustWrite(k2, t2)) writeToNewSize(k2, t2, 83 /* TR_WRITTEN */);
      else t2.pc = 84 /* TR_EXTENTS */;
    }
  }),
  step(83 /* TR_WRITTEN */, "filemap_write_and_wait_range", {
    run: (k2, t2) => {
      t2.status = t2.wbError;
      t2.pc = t2.status === 0 ? 84 /* TR_EXTENTS */ : 85 /* TR_RETURN */;
      if (t2.status === 0 || t2.end >= t2.oldSize) return;
      k2.extents.leaveToEofblocks(k2.blockRoundUp(t2.end));
      k2.judge.leftBehind(k2, t2.end);
    }
  }),
  step(84 /* TR_EXTENTS */, "xfs_itruncate_extents", {
    boundary: true,
    run: (k2, t2) => {
      k2.ilock.acquire(t2);
      k2.diskSize = t2.end;
      if (t2.end <= t2.oldSize) {
        k2.extents.unmap(k2.blockRoundUp(t2.end), k2.g.blocks);
        setInodeFlag(k2, 2 /* TRUNCATED */);
      }
      k2.ilock.release(t2);
      t2.pc = 85 /* TR_RETURN */;
    }
  }),
  step(85 /* TR_RETURN */, "xfs_vn_setattr", {
    run: (k2, t2) => {
      if (t2.hasFlag(2 /* SIZE_FIRST */) && t2.status === 0) {
        t2.clearFlag(2 /* SIZE_FIRST */);
        k2.judge.changed(k2);
        t2.pc = k2.opOf(t2).kind === "insert" ? 94 /* FA_SHIFT_TRIM */ : 88 /* FA_ALLOC */;
        return;
      }
      k2.judge.changed(k2);
      k2.invalidate.release(t2);
      k2.iolock.release(t2);
      returnFromOp(k2, t2, t2.end, t2.status);
    }
  })
];
function takesIolock(next) {
  return {
    boundary: true,
    when: (k2) => k2.iolock.isFree() && (k2.fine || k2.invalidate.isFree()),
    run: (k2, t2) => {
      k2.iolock.acquire(t2);
      t2.pc = next;
    }
  };
}
function setSize(k2, t2, size) {
  const old = k2.isize;
  t2.oldSize = old;
  t2.end = size;
  t2.clearFlag(1 /* DID_ZERO */);
  k2.judge.changing(k2, Math.min(old, size), k2.g.cells);
  if (size === 0 && old === 0 && !k2.extents.hasReal()) t2.pc = 85 /* TR_RETURN */;
  else if (size > old) startZeroRange(k2, t2, old, size, 79 /* TR_ZEROED */);
  else if (caresForEofBlock(k2) && !k2.fixes.truncdownZeroFlushes) flushNewEof(k2, t2);
  else {
    t2.wbError = 0;
    t2.pc = 78 /* TR_FLUSHED */;
  }
}
function flushNewEof(k2, t2) {
  const { g } = k2;
  const page2 = k2.pageOfCell(t2.end);
  const isThere2 = page2 < g.pages && g.cellStart[t2.end] === boundaryByte(g, t2.end);
  writeAndWait(k2, t2, page2, isThere2 ? page2 + 1 : page2, 78 /* TR_FLUSHED */);
}
function caresForEofBlock(k2) {
  return k2.fixes.truncdownFlushEof && k2.fixes.truncateSetsSizeFirst;
}
function truncateSetsize(k2, t2) {
  const old = t2.oldSize;
  k2.isize = t2.end;
  if (t2.end < old) k2.judge.zeroed(k2, t2.end, old);
  else k2.judge.grew(k2, old);
  k2.note(t2, "i_size is set");
  pagecacheIsizeExtended(k2, t2, old, t2.end, 80 /* TR_ISIZE_SET */);
}
function mustWrite(k2, t2) {
  if (k2.fixes.flushEmptyRangeNoop && t2.end <= k2.diskSize) return false;
  return t2.hasFlag(1 /* DID_ZERO */) || t2.end > k2.diskSize && t2.oldSize !== k2.diskSize;
}
function writeToNewSize(k2, t2, ret) {
  const first = k2.pageOfCell(k2.diskSize);
  writeAndWait(k2, t2, first, k2.pageRoundUp(t2.end), ret, t2.end > k2.diskSize);
}

// src/kernel/paths/shift-range.ts
var shiftRangeSteps = [
  step(93 /* FA_EOF_CLEAN */, "xfs_falloc_insert_range", {
    run: (k2, t2) => {
      t2.status = t2.wbError;
      if (t2.status !== 0) t2.pc = 85 /* TR_RETURN */;
      else growFirst(k2, t2);
    }
  }),
  step(94 /* FA_SHIFT_TRIM */, "xfs_prepare_shift", {
    boundary: true,
    run: (k2, t2) => {
      freeEofblocks(k2, t2);
      if (k2.fixes.shiftFlushesCache) writeAndWait(k2, t2, firstPage(k2, t2), k2.g.pages, 95 /* FA_SHIFT_FLUSHED */);
      else t2.pc = 96 /* FA_SHIFT */;
    }
  }),
  step(95 /* FA_SHIFT_FLUSHED */, "xfs_flush_unmap_range", {
    boundary: true,
    run: (k2, t2) => {
      t2.status = t2.wbError;
      if (t2.status !== 0) t2.pc = 85 /* TR_RETURN */;
      else truncatePagecacheRange(k2, t2, k2.g.pageCell[firstPage(k2, t2)], k2.g.cells, 96 /* FA_SHIFT */);
    }
  }),
  step(96 /* FA_SHIFT */, "xfs_bmap_shift_update_extent", {
    boundary: true,
    run: (k2, t2) => {
      const { from, to, does } = k2.opOf(t2);
      const [first, end] = [k2.blockOfCell(from), k2.blockOfCell(to)];
      const isUp = does.moves === "up";
      k2.ilock.acquire(t2);
      if (isUp) k2.extents.shift(first, end);
      else k2.extents.shift(end, first);
      k2.ilock.release(t2);
      if (k2.tracer !== null)
        k2.note(t2, `extents behind ${k2.bytes(from, to)} move ${does.moves}, seq ${k2.extents.sequence}`);
      if (isUp) {
        k2.judge.shifted(k2, from, to);
        t2.pc = 85 /* TR_RETURN */;
      } else {
        k2.judge.shifted(k2, to, from);
        setSize(k2, t2, moved(k2, k2.isize, to, from));
      }
    }
  })
];
function canShift({ g, isize }, t2, isUp) {
  const isAligned = [t2.pos, t2.end].every(
    (cell) => cell === g.cells || g.blockCell[g.cellBlock[cell]] === cell
  );
  return isAligned && (isUp ? t2.pos : t2.end) < isize;
}
function startInsert(k2, t2) {
  const page2 = k2.pageOfCell(k2.isize);
  if (k2.fixes.insertFlushesEof) writeAndWait(k2, t2, page2, page2 + 1, 93 /* FA_EOF_CLEAN */);
  else growFirst(k2, t2);
}
function growFirst(k2, t2) {
  t2.setFlag(2 /* SIZE_FIRST */);
  setSize(k2, t2, moved(k2, k2.isize, t2.pos, t2.end));
}
function moved({ g }, at, from, to) {
  return cellAtOrAfter(g, boundaryByte(g, at) + boundaryByte(g, to) - boundaryByte(g, from));
}
function firstPage(k2, t2) {
  const before = k2.fixes.shiftFlushesFromBefore ? 1 : 0;
  return k2.folios.pageOf(Math.max(0, k2.blockOfCell(k2.opOf(t2).from) - before));
}

// src/check/results.ts
function judgeReturn(k2, verdict, t2, done, status) {
  if (k2.draining) return;
  const op2 = k2.opOf(t2);
  if (op2.returns !== void 0 && !op2.returns.includes(resultOf(op2, done, status)))
    verdict.record(3 /* RESULTS */, op2.from, op2.to, op2.value, status, t2.index, OTHER_RESULT);
  if (op2.does.data === "copied") {
    const short = status === 0 && done < t2.end;
    const kind = short ? SHORT_WRITE : WRONG_ERROR;
    if (short || !isExplained(k2, t2, op2, done, status))
      verdict.record(3 /* RESULTS */, done, t2.end, op2.value, status, t2.index, kind);
  } else if (!isExplained(k2, t2, op2, done, status))
    verdict.record(3 /* RESULTS */, op2.from, op2.to, op2.value, status, t2.index, WRONG_ERROR);
  else if (op2.does.durable && status === 0) {
    for (let c2 = op2.from; c2 < Math.min(op2.to, k2.isize); c2++) {
      if (!isDurable(k2, t2, c2))
        verdict.record(3 /* RESULTS */, c2, c2 + 1, expected(k2, c2), k2.throughExtents(c2), t2.index, NOT_DURABLE);
    }
  }
}
function isExplained(k2, t2, op2, done, status) {
  if (status === 0) return true;
  if (status === 9 /* EOPNOTSUPP */) return true;
  if (status === 8 /* EINVAL */) return op2.does.moves !== void 0 && !canShift(k2, t2, op2.does.moves === "up");
  if (status === 1 /* EFAULT */) return op2.faultAt < op2.to;
  if (status === 5 /* SIGBUS */ && k2.pageOfCell(done) >= k2.pageRoundUp(k2.isize)) return true;
  return CAUSES[status].some((choice2) => k2.budget(choice2) < (k2.program.budget[choice2] ?? 0));
}
var CAUSES = {
  [1 /* EFAULT */]: [],
  [2 /* ENOSPC */]: [3 /* RESERVATION_FAILURE */, 2 /* ALLOCATION_FAILURE */],
  [3 /* EINTR */]: [6 /* FATAL_SIGNAL */],
  [4 /* EIO */]: [4 /* DEVICE_ERROR */, 2 /* ALLOCATION_FAILURE */],
  [5 /* SIGBUS */]: [3 /* RESERVATION_FAILURE */],
  [6 /* EAGAIN */]: [],
  [7 /* EFBIG */]: [],
  [8 /* EINVAL */]: [],
  [9 /* EOPNOTSUPP */]: []
};
function judgeSize(k2, verdict, t2, done) {
  if (k2.draining || undefinedTo(k2) === 0) return;
  const start3 = writeStart(k2, t2);
  const old = undefinedFrom(k2);
  const isMisplaced = k2.opOf(t2).length > 0 && start3 !== old;
  const end = isMisplaced ? cellAtOrAfter(k2.g, boundaryByte(k2.g, old) + boundaryByte(k2.g, done) - boundaryByte(k2.g, start3)) : done;
  const size = Math.max(old, done > start3 ? end : 0);
  if (k2.isize === size) return;
  const [from, to] = size < k2.isize ? [size, k2.isize] : [k2.isize, size];
  verdict.record(3 /* RESULTS */, from, to, size, k2.isize, t2.index, WRONG_SIZE);
}
function isDurable(k2, t2, cell) {
  const underWay = 4 /* DIRTY */ | 8 /* WRITEBACK */ | 64 /* IN_PASS */;
  if ((k2.folios.flags(k2.pageOfCell(cell)) & underWay) !== 0 || isUndefined(k2, cell)) return true;
  const onDisk = k2.throughExtents(cell);
  if (isExcused(k2, cell)) return !isOwed(k2, t2) || onDisk === expected(k2, cell);
  return allows(k2, cell, onDisk) || isBeingCopied(k2, cell);
}
function isBeingCopied(k2, cell) {
  return k2.programThreads.some((w) => w.pc === 12 /* W_WRITE_END */ && cell >= w.pos && cell < w.copyEnd);
}

// src/check/warning.ts
function judgeWarning(k2, verdict, cell, thread2) {
  if (!k2.draining) verdict.record(6 /* WARNING */, cell, cell, 0, 0, thread2);
}

// src/check/oracles.ts
var Oracles = class {
  verdict = new Verdict();
  changing(k2, from, to) {
    k2.s[7 /* UNDEFINED_FROM */] = from;
    k2.s[8 /* UNDEFINED_TO */] = to;
  }
  changed(k2) {
    if (k2.s[8 /* UNDEFINED_TO */] === 0) return;
    for (let c2 = Math.max(undefinedFrom(k2), k2.isize); c2 < undefinedTo(k2); c2++) {
      const also = alsoOf(k2, c2);
      if (also === 2 /* LOST */) leaveStale(k2, c2);
      if (also !== 1 /* ANY */) continue;
      expectOnly(k2, c2, 0);
      const value = k2.folios.cell(c2);
      if (value >= 3 /* FIRST_DATA */) allowAlso(k2, c2, value);
    }
    k2.s[7 /* UNDEFINED_FROM */] = 0;
    k2.s[8 /* UNDEFINED_TO */] = 0;
  }
  grew(k2, from) {
    for (let c2 = from; c2 < k2.isize; c2++) if (alsoOf(k2, c2) >= 3 /* STALE */) expectOnly(k2, c2, 0);
  }
  copied(k2, from, to, value) {
    for (let c2 = from; c2 < to; c2++)
      if (k2.folios.blockHas(k2.blockOfCell(c2), 1 /* UPTODATE */)) allowAlso(k2, c2, value);
  }
  accepted(k2, from, to, value) {
    for (let c2 = from; c2 < to; c2++) {
      if (k2.folios.cell(c2) === value) expectOnly(k2, c2, value);
    }
  }
  stored(k2, from, to, value) {
    for (let c2 = from; c2 < to; c2++) {
      if (c2 < k2.isize) expectOnly(k2, c2, value);
      if (isUndefined(k2, c2)) allowAnything(k2, c2);
      else if (c2 >= k2.isize && alsoOf(k2, c2) !== 3 /* STALE */) {
        expectOnly(k2, c2, 0);
        allowAlso(k2, c2, value);
      }
    }
  }
  zeroed(k2, from, to) {
    for (let c2 = from; c2 < to; c2++) {
      const isStale2 = c2 >= k2.isize && alsoOf(k2, c2) === 2 /* LOST */;
      expectOnly(k2, c2, 0);
      if (isStale2) leaveStale(k2, c2);
    }
    const end = to < k2.isize ? k2.blockOfCell(to) : k2.blockRoundUp(to);
    for (let b = k2.blockRoundUp(from); b < end; b++) k2.folios.clearBlock(b, 2 /* DIRTIED */);
  }
  shifted(k2, from, to) {
    const { ghost, also } = k2.layout;
    const { cells: cells2 } = k2.g;
    for (const at of [ghost, also]) {
      k2.s.copyWithin(at + to, at + from, at + cells2 - Math.max(0, to - from));
      if (to > from) k2.s.fill(0, at + from, at + to);
      else k2.s.fill(0, at + cells2 - (from - to), at + cells2);
    }
    for (let c2 = k2.isize; c2 < cells2; c2++) {
      if (expectsExactly(k2, c2, 0)) continue;
      expectOnly(k2, c2, 0);
      leaveStale(k2, c2);
    }
  }
  opened(k2, t2, isTold) {
    if (isTold) paid(k2, t2);
  }
  seen(k2, t2, from, to) {
    const end = Math.min(to, k2.isize);
    for (let c2 = from; c2 < end; c2++) judgeCell(k2, this.verdict, c2, k2.folios.cell(c2), t2.index);
    for (let c2 = Math.max(from, end); c2 < to; c2++)
      judgePastEof(k2, this.verdict, c2, k2.folios.cell(c2), t2.index);
  }
  foundHole(k2, t2, block) {
    judgeHole(k2, this.verdict, block, t2.index);
  }
  wentRound(k2, t2) {
    judgeLivelock(this.verdict, k2.folios.firstCell(t2.wbPage), t2.index);
  }
  warned(k2, t2, cell) {
    judgeWarning(k2, this.verdict, cell, t2.index);
  }
  submitted(k2, t2, from, to) {
    for (let c2 = from; c2 < to; c2++) {
      if (k2.folios.cell(c2) === 1 /* UNINITIALISED */) {
        this.verdict.record(1 /* EXPOSURE */, c2, c2 + 1, expected(k2, c2), 1 /* UNINITIALISED */, t2.index);
      }
    }
  }
  writebackFailed(k2, from, to) {
    for (let c2 = from; c2 < to; c2++) excuse(k2, c2);
    owe(k2);
  }
  gaveUp(k2, from, to) {
    for (let c2 = from; c2 < to; c2++) excuse(k2, c2);
  }
  leftBehind(k2, from) {
    for (let c2 = from; c2 < k2.g.cells; c2++) leaveStale(k2, c2);
  }
  wrote(k2, t2, done) {
    judgeSize(k2, this.verdict, t2, done);
  }
  returned(k2, t2, done, status) {
    judgeReturn(k2, this.verdict, t2, done, status);
    if (status !== 0 && k2.opOf(t2).does.durable) paid(k2, t2);
  }
};

// src/kernel/objects/disk.ts
var Disk = class {
  constructor(s, g, layout) {
    this.s = s;
    this.g = g;
    this.at = layout.disk;
  }
  s;
  g;
  at;
  /** The Value that the disk holds for a cell. */
  cell(cell) {
    return this.s[this.at + cell];
  }
  /** The device takes the Value of one cell. */
  write(cell, value) {
    if (0 /* ON */) checkIndex("cell", cell, this.g.cells);
    this.s[this.at + cell] = value;
  }
  /** Block `block` was allocated afresh. */
  poison(block) {
    this.#fill(block, 2 /* GARBAGE */);
  }
  /** Block `block` belongs to the file no more: what it holds is nobody's business. */
  release(block) {
    this.#fill(block, 0);
  }
  /** Extents move: what cells `from` on held stands at cell `to` on. */
  shift(from, to) {
    const { at, g, s } = this;
    s.copyWithin(at + to, at + from, at + g.cells - Math.max(0, to - from));
    if (to > from) s.fill(0, at + from, at + to);
    else s.fill(0, at + g.cells - (from - to), at + g.cells);
  }
  #fill(block, value) {
    if (0 /* ON */) checkIndex("block", block, this.g.blocks);
    const end = this.g.blockCell[block + 1];
    for (let c2 = this.g.blockCell[block]; c2 < end; c2++) this.s[this.at + c2] = value;
  }
};

// src/kernel/objects/busy-tree.ts
var BusyTree = class {
  #root;
  size = 0;
  /** Disk blocks `[start, end)`, which overlap no others of the tree. */
  insert(start3, end) {
    const node = { start: start3, end, red: true, up: void 0, left: void 0, right: void 0 };
    this.size++;
    for (let at = this.#root; at !== void 0; at = start3 < at.start ? at.left : at.right) node.up = at;
    if (node.up === void 0) this.#root = node;
    else if (start3 < node.up.start) node.up.left = node;
    else node.up.right = node;
    this.#balance(node);
  }
  /**
   * xfs_extent_busy_trim(): the part of `[from, to)` that an allocation of n blocks, and not less, may come from;
   * undefined when there is none.
   */
  trim(from, to, n) {
    let start3 = from;
    let end = to;
    let at = this.#root;
    while (at !== void 0 && end - start3 >= n) {
      if (end <= at.start) at = at.left;
      else if (start3 >= at.end) at = at.right;
      else if (at.start <= start3) {
        if (end <= at.end) return void 0;
        start3 = at.end;
      } else if (at.end >= end || at.start - start3 >= n) end = at.start;
      else if (end - at.end >= 4 * n) start3 = at.end;
      else return void 0;
    }
    return end - start3 >= n ? [start3, end] : void 0;
  }
  #balance(inserted) {
    let node = inserted;
    while (node.up?.red === true && node.up.up !== void 0) {
      const parent = node.up;
      const grand = node.up.up;
      const uncle = parent === grand.left ? grand.right : grand.left;
      if (uncle?.red === true) {
        parent.red = false;
        uncle.red = false;
        grand.red = true;
        node = grand;
        continue;
      }
      const isLeft = parent === grand.left;
      const isInner = node === (isLeft ? parent.right : parent.left);
      const top = isInner ? node : parent;
      if (isInner) this.#rotate(parent, isLeft);
      this.#rotate(grand, !isLeft);
      top.red = false;
      grand.red = true;
      break;
    }
    this.#root.red = false;
  }
  /** The node's right child, or with `toLeft` false its left one, takes its place. */
  #rotate(node, toLeft) {
    const child = toLeft ? node.right : node.left;
    const inner = toLeft ? child.left : child.right;
    if (toLeft) {
      node.right = inner;
      child.left = node;
    } else {
      node.left = inner;
      child.right = node;
    }
    if (inner !== void 0) inner.up = node;
    child.up = node.up;
    if (node.up === void 0) this.#root = child;
    else if (node.up.left === node) node.up.left = child;
    else node.up.right = child;
    node.up = child;
  }
};

// src/kernel/objects/allocator.ts
var FREE = 1;
var DATA = 2;
var LEAF = 3;
var BUSY = 4;
var BUSY_START = 5;
var RECORDS_PER_UNMAP = 2;
var Allocator = class {
  #s;
  #g;
  #extents;
  #phys;
  #use;
  #disk;
  constructor(s, g, layout, disk) {
    this.#s = s;
    this.#g = g;
    this.#extents = layout.extents;
    this.#phys = layout.phys;
    this.#use = layout.diskUse;
    this.#disk = disk;
    for (const [from, to] of disk.free) s.fill(FREE, this.#use + from, this.#use + Math.min(to, disk.blocks));
    for (const [from, to] of disk.busy ?? []) this.#setBusy(from, to);
  }
  /** Finds room for file blocks `[from, to)`, holes or (`delalloc`) of one delalloc record, and marks record starts. */
  allocate(from, to, delalloc) {
    const n = to - from;
    const first = this.#near(Math.max(0, this.#wanted(from, to, delalloc)), n, true);
    for (let i = 0; i < n; i++) {
      this.#s[this.#phys + from + i] = first + i + 1;
      this.#s[this.#use + first + i] = DATA;
      this.#s[this.#extents + from + i] &= ~4 /* BREAK */;
    }
    this.#markStart(from);
    this.#markStart(to);
    this.keepRecords(this.#disk.leafAtInode ? this.#disk.inode : first);
  }
  /**
   * What `[from, to)` holds is taken away, from the last record to the first, each real one a busy extent of its own
   * (__xfs_bunmapi(), fs/xfs/libxfs/xfs_bmap.c). Called before the types change.
   */
  free(from, to) {
    let records = 0;
    for (let end = to; end > from; ) {
      let start3 = end - 1;
      if (this.#type(start3) !== 0 /* HOLE */) {
        while (start3 > from && this.#continues(start3)) start3--;
        const phys = this.#s[this.#phys + start3] - 1;
        if (phys >= 0) this.#setBusy(phys, phys + end - start3);
        this.#s.fill(0, this.#phys + start3, this.#phys + end);
        if (++records % RECORDS_PER_UNMAP === 0) this.keepRecords();
      }
      end = start3;
    }
    this.keepRecords();
  }
  /**
   * Records that do not fit into the inode have a leaf block, taken near `wanted`; when they fit again it is freed
   * (xfs_bmap_extents_to_btree(), xfs_bmap_btree_to_extents()). A second leaf is not modelled.
   */
  keepRecords(wanted = this.#disk.inode) {
    let records = 0;
    for (let b = 0; b < this.#g.blocks; b++)
      if (this.#s[this.#phys + b] !== 0 && !(b > 0 && this.#continues(b))) records++;
    const leaf = this.#s.subarray(this.#use, this.#use + this.#disk.blocks).indexOf(LEAF);
    const isNeeded = records > this.#disk.inodeRecords;
    if (isNeeded && leaf < 0) this.#s[this.#use + this.#near(wanted, 1, false)] = LEAF;
    else if (!isNeeded && leaf >= 0) this.#setBusy(leaf, leaf + 1);
  }
  /** File blocks from `from` on have become those from `to` on, in the extents already. */
  shift(from, to) {
    const end = this.#phys + this.#g.blocks;
    const by = to - from;
    this.#s.copyWithin(this.#phys + to, this.#phys + from, end - Math.max(0, by));
    if (by > 0) this.#s.fill(0, this.#phys + from, this.#phys + to);
    else this.#s.fill(0, end + by, end);
    this.#markStart(to);
    this.keepRecords();
  }
  /** The log reached the disk: what was freed can be taken again. */
  logForce() {
    const end = this.#use + this.#disk.blocks;
    for (let i = this.#use; i < end; i++) if (this.#isBusy(i)) this.#s[i] = FREE;
  }
  /** The file goes: what that leaves busy, in the order in which it is freed. */
  unlink() {
    this.free(0, this.#g.blocks);
    return this.#busyExtents();
  }
  #setBusy(start3, end) {
    this.#s.fill(BUSY, this.#use + start3, this.#use + end);
    this.#s[this.#use + start3] = BUSY_START + this.#busyExtents().length;
  }
  #isBusy(i) {
    return this.#s[i] >= BUSY;
  }
  #type(block) {
    return this.#s[this.#extents + block] & 3 /* TYPE_MASK */;
  }
  /** Whether the block belongs to the record of the one before. */
  #continues(block) {
    if (this.#type(block) !== this.#type(block - 1)) return false;
    const at = this.#phys + block;
    return this.#s[at] === 0 ? this.#s[at - 1] === 0 : this.#s[at - 1] === this.#s[at] - 1;
  }
  #isReal(block) {
    return this.#type(block) >= 2 /* UNWRITTEN */;
  }
  #markStart(block) {
    if (block <= 0 || block >= this.#g.blocks) return;
    const at = this.#phys + block;
    const apart = this.#s[at] !== 0 && this.#s[at - 1] !== 0 && this.#s[at] !== this.#s[at - 1] + 1;
    if (apart) this.#s[this.#extents + block] |= 4 /* BREAK */;
    else this.#s[this.#extents + block] &= ~4 /* BREAK */;
  }
  /** xfs_bmap_adjacent(): beside the neighbouring record that is nearer, else at the inode. */
  #wanted(from, to, delalloc) {
    const n = to - from;
    let prev = from - 1;
    while (delalloc && prev >= 0 && this.#type(prev) === 1 /* DELALLOC */) prev--;
    while (prev >= 0 && this.#type(prev) === 0 /* HOLE */) prev--;
    let next = to;
    while (next < this.#g.blocks && this.#type(next) === 0 /* HOLE */) next++;
    const prevEnd = prev >= 0 && this.#isReal(prev) ? this.#s[this.#phys + prev] : -1;
    const gap = from - 1 - prev;
    if (next === this.#g.blocks && !delalloc) return prevEnd >= 0 ? prevEnd + gap : this.#disk.inode;
    let before = -1;
    let distance = 0;
    if (prevEnd >= 0) {
      before = gap <= 4 * n ? prevEnd + gap : prevEnd;
      distance = gap <= 4 * n ? gap : 2 * gap;
    }
    if (!delalloc && this.#type(next) !== 1 /* DELALLOC */) {
      const start3 = this.#s[this.#phys + next] - 1;
      const space = next - from;
      const near = space <= 4 * n && start3 >= space;
      const after2 = near ? start3 - space : start3 >= n ? start3 - n : start3;
      const afterDistance = near ? space : start3 >= n ? 2 * space - n : 2 * space;
      if (prevEnd < 0 || distance > afterDistance) return after2;
    }
    return prevEnd >= 0 ? before : this.#disk.inode;
  }
  /**
   * Of the free extents that hold n blocks, smallest first, the place nearest to `wanted`: one that lies before it
   * is used from its start for data, and from its end for metadata.
   */
  #near(wanted, n, isData) {
    let best = -1;
    let bestDistance = Number.POSITIVE_INFINITY;
    const busy = new BusyTree();
    for (const [start3, end] of this.#busyExtents()) busy.insert(start3, end);
    for (const [start3, end] of this.#freeExtents(n)) {
      const room = busy.trim(start3, end, n);
      if (room === void 0) continue;
      const place2 = room[0] >= wanted ? room[0] : room[1] >= wanted + n ? wanted : isData ? room[0] : room[1] - n;
      const distance = Math.abs(place2 - wanted);
      if (distance > bestDistance) continue;
      bestDistance = distance;
      best = place2;
      if (distance === 0) break;
    }
    if (best < 0 && busy.size > 0) {
      this.logForce();
      return this.#near(wanted, n, isData);
    }
    if (best < 0 || best + n > this.#disk.blocks) throw new RangeError("the model's disk is too small");
    return best;
  }
  #freeExtents(n) {
    const { blocks } = this.#disk;
    const found = [];
    for (let b = 0; b < blocks; b++) {
      const start3 = b;
      while (b < blocks && (this.#s[this.#use + b] === FREE || this.#isBusy(this.#use + b))) b++;
      const end = b === blocks ? Number.MAX_SAFE_INTEGER : b;
      if (b > start3 && end - start3 >= n) found.push([start3, end]);
    }
    return found.sort((x, y) => x[1] - x[0] - (y[1] - y[0]) || x[0] - y[0]);
  }
  /** In the order in which they were freed. */
  #busyExtents() {
    const found = [];
    const end = this.#use + this.#disk.blocks;
    for (let i = this.#use; i < end; i++) {
      const order = this.#s[i] - BUSY_START;
      if (order < 0) continue;
      const start3 = i - this.#use;
      while (i + 1 < end && this.#s[i + 1] === BUSY) i++;
      found[order] = [start3, i + 1 - this.#use];
    }
    return found;
  }
};

// src/kernel/objects/extents.ts
var Extents = class {
  s;
  g;
  at;
  #disk;
  #cookieAt;
  #allocator;
  #apart;
  /** Changes since the last reset, for traces; no part of the state. */
  sequence = 0;
  constructor(s, g, layout, disk, { disk: modelDisk, apart = [] }) {
    this.s = s;
    this.g = g;
    this.at = layout.extents;
    this.#disk = disk;
    this.#allocator = modelDisk === void 0 ? void 0 : new Allocator(s, g, layout, modelDisk);
    this.#apart = apart;
    const cookies = [];
    layout.threads.forEach((t2, i) => {
      if (i >= layout.programThreads && i !== layout.harness) return;
      if (t2.call !== layout.spare) cookies.push(t2.call + 14 /* COOKIE */);
      if (t2.wbMap !== layout.spare) cookies.push(t2.wbMap + 38 /* WB_COOKIE */);
    });
    this.#cookieAt = Int32Array.from(cookies);
  }
  /** ExtentType of a block. */
  type(block) {
    return this.s[this.at + block] & 3 /* TYPE_MASK */;
  }
  /** Whether speculative preallocation reserved the block. */
  isPrealloc(block) {
    return (this.s[this.at + block] & 8 /* PREALLOC */) !== 0;
  }
  /** First block of the record (or hole) that holds `block`. */
  recordStart(block) {
    const type = this.type(block);
    let b = block;
    while (!this.#startsRecord(b) && this.type(b - 1) === type) b--;
    return b;
  }
  /** Whether the fork has a real extent; delalloc does not count (if_nextents). */
  hasReal() {
    for (let b = 0; b < this.g.blocks; b++) if (this.type(b) >= 2 /* UNWRITTEN */) return true;
    return false;
  }
  /** Block past the record (or hole) that holds `block`. */
  recordEnd(block) {
    const type = this.type(block);
    const n = this.g.blocks;
    let b = block + 1;
    while (b < n && this.type(b) === type && !this.#startsRecord(b)) b++;
    return b;
  }
  #startsRecord(block) {
    const word2 = this.s[this.at + block];
    if (this.g.gapBefore[block] === 0) return (word2 & 4 /* BREAK */) !== 0;
    return block === 0 || (word2 & 3 /* TYPE_MASK */) !== 0 /* HOLE */ && (word2 & 16 /* JOINED */) === 0;
  }
  /** xfs_bmapi_reserve_delalloc() over holes `[from, to)`; blocks from `prealloc` on are preallocation. */
  reserve(from, to, prealloc) {
    if (0 /* ON */) checkRange("blocks", from, to, this.g.blocks);
    for (let b = from; b < to; b++) {
      const joined = b > from && this.g.gapBefore[b] === 1 ? 16 /* JOINED */ : 0;
      this.s[this.at + b] = 1 /* DELALLOC */ | joined | (b >= prealloc ? 8 /* PREALLOC */ : 0);
    }
    this.s[2 /* RESERVED */] += to - from;
    this.bump();
  }
  /**
   * A truncate that fails after it set i_size leaves extents past EOF: their delalloc is left to
   * xfs_free_eofblocks(), as preallocation is.
   */
  leaveToEofblocks(from) {
    for (let b = from; b < this.g.blocks; b++) {
      if (this.type(b) === 1 /* DELALLOC */) this.s[this.at + b] |= 8 /* PREALLOC */;
    }
  }
  /** The record that starts at the block is not what goes on from the one before on disk. */
  startApart(block) {
    this.s[this.at + block] |= 4 /* BREAK */;
  }
  /** xfs_bmapi_allocate(): `[from, to)`, a hole or delalloc, becomes unwritten or written (`as`); the next record starts apart from it. */
  allocate(from, to, breakAfter, as) {
    if (0 /* ON */) checkRange("blocks", from, to, this.g.blocks);
    const isDelalloc = this.type(from) === 1 /* DELALLOC */;
    for (let b = from; b < to; b++) {
      this.s[this.at + b] = this.s[this.at + b] & ~(3 /* TYPE_MASK */ | 8 /* PREALLOC */) | as;
      this.#disk.poison(b);
    }
    if (breakAfter && to < this.g.blocks) this.startApart(to);
    for (const b of this.#apart) if (b >= from && b < to) this.startApart(b);
    if (isDelalloc) this.s[2 /* RESERVED */] -= to - from;
    this.#allocator?.allocate(from, to, isDelalloc);
    this.bump();
  }
  /** xfs_log_force_inode(): busy extents become free. */
  logForce() {
    this.#allocator?.logForce();
  }
  /** The file goes, and with it all that is modelled but its disk blocks: those that are busy then. */
  unlink() {
    return this.#allocator?.unlink() ?? [];
  }
  /**
   * xfs_iomap_write_unwritten(): unwritten blocks of `[from, to)` become written; what a stale map took for unwritten and
   * is not even allocated is allocated as written.
   */
  convert(from, to, bump) {
    if (0 /* ON */) checkRange("blocks", from, to, this.g.blocks);
    for (let b = from; b < to; b++) {
      if (this.type(b) < 2 /* UNWRITTEN */) {
        if (this.type(b) === 1 /* DELALLOC */) this.s[2 /* RESERVED */]--;
        this.s[this.at + b] = 3 /* WRITTEN */;
        this.#disk.poison(b);
        this.#allocator?.allocate(b, b + 1, false);
      } else if (this.type(b) === 2 /* UNWRITTEN */) {
        this.s[this.at + b] = this.s[this.at + b] & ~3 /* TYPE_MASK */ | 3 /* WRITTEN */;
        if (this.#allocator === void 0) continue;
        const isLast = b + 1 === to || this.type(b + 1) !== 2 /* UNWRITTEN */ || this.#startsRecord(b + 1);
        if (isLast) this.#allocator.keepRecords();
      }
    }
    if (bump) this.bump();
  }
  /** xfs_bmap_punch_delalloc_range(): delalloc of `[from, to)` goes, all else stays. Returns whether any went. */
  punchDelalloc(from, to) {
    if (0 /* ON */) checkRange("blocks", from, to, this.g.blocks);
    let punched = false;
    for (let b = from; b < to; b++) {
      if (this.type(b) !== 1 /* DELALLOC */) continue;
      this.s[this.at + b] = 0 /* HOLE */;
      this.s[2 /* RESERVED */]--;
      punched = true;
    }
    if (punched) this.bump();
    return punched;
  }
  /** xfs_bunmapi(): every extent of `[from, to)` goes. */
  unmap(from, to) {
    if (0 /* ON */) checkRange("blocks", from, to, this.g.blocks);
    let changed = false;
    this.#allocator?.free(from, to);
    for (let b = from; b < to; b++) {
      const type = this.type(b);
      if (type === 0 /* HOLE */) continue;
      if (type === 1 /* DELALLOC */) this.s[2 /* RESERVED */]--;
      this.s[this.at + b] = 0 /* HOLE */;
      this.#disk.release(b);
      changed = true;
    }
    if (changed) this.bump();
  }
  /**
   * xfs_bmap_collapse_extents(), xfs_bmap_insert_extents(): the extents from block `from` on move to block `to` on, all of
   * them real but for those that would leave the model. What comes to lie behind another record does not go on from it on disk.
   */
  shift(from, to) {
    const { at, s, g } = this;
    const gone = Math.max(0, to - from);
    if (gone > 0) this.unmap(g.blocks - gone, g.blocks);
    s.copyWithin(at + to, at + from, at + g.blocks - gone);
    if (gone > 0) s.fill(0 /* HOLE */, at + from, at + to);
    else s.fill(0 /* HOLE */, at + g.blocks - (from - to), at + g.blocks);
    if (this.type(to) >= 2 /* UNWRITTEN */) this.startApart(to);
    this.#disk.shift(g.blockCell[from], g.blockCell[to]);
    this.#allocator?.shift(from, to);
    this.bump();
  }
  /** xfs_iext_inc_seq(): every cookie that was sampled no longer equals if_seq. */
  bump() {
    this.sequence++;
    const at = this.#cookieAt;
    for (let i = 0; i < at.length; i++) {
      if (this.s[at[i]] === 1 /* CURRENT */) this.s[at[i]] = 2 /* BUMPED */;
    }
  }
};

// src/kernel/objects/large-folios.ts
var LargeFolios = class extends Folios {
  #dirtyPerBlock;
  constructor(s, g, layout, order, fixes2) {
    super(s, g, layout, order);
    this.#dirtyPerBlock = fixes2.dirtyPerBlock;
  }
  head(page2) {
    let p = page2;
    while ((this.s[this.flagsAt + p] & 128 /* TAIL */) !== 0) p--;
    return p;
  }
  end(page2) {
    const { pages } = this.g;
    let p = page2 + 1;
    while (p < pages && (this.s[this.flagsAt + p] & 128 /* TAIL */) !== 0) p++;
    return p;
  }
  firstCell(page2) {
    return this.g.pageCell[this.head(page2)];
  }
  endCell(page2) {
    return this.g.pageCell[this.end(page2)];
  }
  firstBlock(page2) {
    return this.head(page2) * this.g.blocksPerPage;
  }
  endBlock(page2) {
    return this.end(page2) * this.g.blocksPerPage;
  }
  set(page2, bits) {
    const end = this.end(page2);
    for (let p = this.head(page2); p < end; p++) this.s[this.flagsAt + p] |= bits;
  }
  clear(page2, bits) {
    const end = this.end(page2);
    for (let p = this.head(page2); p < end; p++) this.s[this.flagsAt + p] &= ~bits;
  }
  lock(page2, t2) {
    super.lock(page2, t2);
    this.s.fill(1, this.lockAt + this.head(page2), this.lockAt + this.end(page2));
  }
  unlock(page2, t2) {
    super.unlock(page2, t2);
    this.s.fill(0, this.lockAt + this.head(page2), this.lockAt + this.end(page2));
  }
  insert(page2, pages = 1) {
    if (0 /* ON */) checkRange("pages", page2, page2 + pages, this.g.pages);
    this.s[this.flagsAt + page2] = 1 /* PRESENT */;
    for (let p = page2 + 1; p < page2 + pages; p++)
      this.s[this.flagsAt + p] = 1 /* PRESENT */ | 128 /* TAIL */;
    this.fill(this.g.pageCell[page2], this.g.pageCell[page2 + pages], 1 /* UNINITIALISED */);
  }
  remove(page2) {
    const first = this.head(page2);
    const end = this.end(page2);
    const { blocksPerPage, pageCell } = this.g;
    this.s.fill(0, this.flagsAt + first, this.flagsAt + end);
    this.s.fill(0, this.blockAt + first * blocksPerPage, this.blockAt + end * blocksPerPage);
    this.fill(pageCell[first], pageCell[end], 0);
  }
  attachState(page2) {
    const first = this.firstBlock(page2);
    const end = this.endBlock(page2);
    if (end - first < 2 || this.blockHas(first, 16 /* STATE */)) return;
    this.setBlock(first, 16 /* STATE */);
    if (this.#dirtyPerBlock && this.has(page2, 4 /* DIRTY */))
      for (let b = first; b < end; b++) this.setBlock(b, 8 /* DIRTY */);
  }
  hasState(page2) {
    return this.blockHas(this.firstBlock(page2), 16 /* STATE */);
  }
  dirty(page2, from, to, backed = true) {
    super.dirty(page2, from, to, backed);
    if (this.#dirtyPerBlock && this.hasState(page2))
      for (let b = from; b < to; b++) this.setBlock(b, 8 /* DIRTY */);
  }
  dirtyAllBits(page2) {
    if (!this.#dirtyPerBlock || !this.hasState(page2)) return;
    for (let b = this.firstBlock(page2); b < this.endBlock(page2); b++) this.setBlock(b, 8 /* DIRTY */);
  }
  clearDirtyBits(page2) {
    if (!this.#dirtyPerBlock) return;
    for (let b = this.firstBlock(page2); b < this.endBlock(page2); b++) this.clearBlock(b, 8 /* DIRTY */);
  }
  cleanBlocks(page2, from, to) {
    if (!this.#dirtyPerBlock || !this.hasState(page2)) return;
    for (let b = from; b < to; b++) this.clearBlock(b, 8 /* DIRTY */ | 2 /* DIRTIED */);
  }
  needsWriteback(page2, block) {
    if (!this.#dirtyPerBlock)
      return this.endBlock(page2) - this.firstBlock(page2) === 1 || this.blockHas(block, 1 /* UPTODATE */);
    return !this.hasState(page2) || this.blockHas(block, 8 /* DIRTY */);
  }
  /**
   * The pieces start at `starts` (ascending, the first is the folio's): they inherit uptodate and dirty and lose
   * per-block state and mappings. A dirty folio with per-block state cannot be split.
   */
  split(page2, starts) {
    const head = this.head(page2);
    const end = this.end(page2);
    if (this.hasState(head)) {
      if (this.has(head, 4 /* DIRTY */)) return false;
      const lost = 16 /* STATE */ | 8 /* DIRTY */ | (this.has(head, 2 /* UPTODATE */) ? 0 : 1 /* UPTODATE */);
      for (let b = this.firstBlock(head); b < this.endBlock(head); b++) this.clearBlock(b, lost);
    }
    for (let p = head; p < end; p++) this.unmap(p);
    for (const p of starts) this.s[this.flagsAt + p] &= ~128 /* TAIL */;
    return true;
  }
};

// src/kernel/machine/kernel.ts
var Kernel = class {
  /** With the toggles that are on; `fine`: every boundary is an interleaving point (--fine). */
  constructor(program2, fixes2, judge, fine = false) {
    this.program = program2;
    this.fixes = fixes2;
    this.judge = judge;
    this.fine = fine;
    this.g = program2.geometry;
    this.layout = makeLayout(program2, fixes2);
    this.s = makeState(this.layout);
    const locks = makeLocks(this.s);
    this.iolock = locks.iolock;
    this.invalidate = locks.invalidate;
    this.ilock = locks.ilock;
    this.lockOrder = locks.order;
    this.folios = fixes2.writeLargeFolios || fixes2.dirtyPerBlock ? new LargeFolios(this.s, this.g, this.layout, this.lockOrder, fixes2) : new Folios(this.s, this.g, this.layout, this.lockOrder);
    this.disk = new Disk(this.s, this.g, this.layout);
    this.extents = new Extents(this.s, this.g, this.layout, this.disk, program2);
    this.threads = this.layout.threads.map((registers, i) => new Thread(this.s, registers, i));
    const { programThreads, reclaim } = this.layout;
    this.programThreads = this.threads.slice(0, programThreads);
    this.kworkers = this.threads.slice(programThreads, reclaim);
    this.harness = this.threads[this.layout.harness];
    this.harnessOps = program2.setup;
    this.isize = program2.initialSize;
    this.diskSize = program2.initialSize;
    this.s[9 /* FAULT_CAP */] = program2.faultCap ?? BYTE_LIMIT;
  }
  program;
  fixes;
  judge;
  fine;
  /** What cells, blocks and pages are in bytes. */
  g;
  layout;
  /** The state: all that a schedule can change. */
  s;
  folios;
  extents;
  disk;
  iolock;
  invalidate;
  ilock;
  lockOrder;
  /** In thread order: those of the program, kworkers, reclaim, the harness. */
  threads;
  /** Those of `threads` that run the program, and those that complete an ioend each (idle while there is none). */
  programThreads;
  kworkers;
  /** Runs the setup, and after each schedule the drain (write back all, evict, compare): no schedule chooses it. */
  harness;
  /** Times each window was entered since they were forgotten, and a number that changes whenever one of them does. */
  windows = new Uint32Array(WINDOWS.length);
  entered = 0;
  /** Answers the choices of the step that runs. */
  chooser = DEFAULT_CHOOSER;
  tracer = null;
  /** Operations of the harness: setup or drain. */
  harnessOps;
  /** Off where the flusher is played by sync_file_range(), which makes one pass, whatever that leaves dirty. */
  flusherComesBack = true;
  /** The harness drains: its results are nobody's. */
  draining = false;
  /** i_size, a cell boundary: 0 to `g.cells`. */
  get isize() {
    return this.s[0 /* ISIZE */];
  }
  set isize(cells2) {
    if (0 /* ON */) checkIndex("i_size", cells2, this.g.cells + 1);
    this.s[0 /* ISIZE */] = cells2;
  }
  /** i_disk_size, a cell boundary. */
  get diskSize() {
    return this.s[1 /* DISK_SIZE */];
  }
  set diskSize(cells2) {
    if (0 /* ON */) checkIndex("i_disk_size", cells2, this.g.cells + 1);
    this.s[1 /* DISK_SIZE */] = cells2;
  }
  /** What is left of the budget of a fault. */
  budget(kind) {
    return this.s[10 /* BUDGET */ + kind];
  }
  /** The operation that a program thread or the harness is in. */
  opOf(t2) {
    return t2.index === this.layout.harness ? this.harnessOps[t2.op] : this.program.threads[t2.index][t2.op];
  }
  /** The open file description that a program thread or the harness uses. */
  descriptionOf(t2) {
    return this.program.descriptions?.[t2.index] ?? 0;
  }
  /** Whether the thread does its operations again and again. */
  repeats(t2) {
    return this.program.repeats?.[t2.index] === true;
  }
  /** How many operations the thread has. */
  opCount(t2) {
    return t2.index === this.layout.harness ? this.harnessOps.length : this.program.threads[t2.index].length;
  }
  /** Asks for one of `options`; a forced choice asks nobody. */
  choose(kind, options) {
    return options < 2 ? 0 : this.chooser.choose(kind, options);
  }
  /** A fault of the environment with `options` outcomes (0: none), while its budget lasts. */
  fault(kind, options) {
    if (options < 2 || this.s[10 /* BUDGET */ + kind] === 0 || this.s[9 /* FAULT_CAP */] === 0) return 0;
    const value = this.chooser.choose(kind, options);
    if (value !== 0) {
      this.s[10 /* BUDGET */ + kind]--;
      if (this.program.faultCap !== void 0) this.s[9 /* FAULT_CAP */]--;
    }
    return value;
  }
  /** Counts that the run entered a window, by its number in windows.ts. */
  reach(window2) {
    this.windows[window2]++;
    this.entered++;
  }
  /** From now on windows are counted from 0. */
  forgetWindows() {
    this.windows.fill(0);
    this.entered++;
  }
  /** Tells the trace what the step did. Texts that cost time are made only when there is a tracer. */
  note(t2, text3) {
    this.tracer?.note(t2, text3);
  }
  /** Cells `[from, to)` as bytes for a note: `4096..8192`. */
  bytes(from, to) {
    return `${this.g.cellStart[from]}..${boundaryByte(this.g, to)}`;
  }
  /** Blocks `[from, to)` likewise. */
  blockBytes(from, to) {
    return this.bytes(this.g.blockCell[from], this.g.blockCell[to]);
  }
  /** The page that holds a cell; the page past the last for the end of the file's model. */
  pageOfCell(cell) {
    return cell >= this.g.cells ? this.g.pages : this.g.cellPage[cell];
  }
  /** The block that holds a cell; the block past the last for the end of the file's model. */
  blockOfCell(cell) {
    return cell >= this.g.cells ? this.g.blocks : this.g.cellBlock[cell];
  }
  /** First block that starts at or after a cell boundary. */
  blockRoundUp(cell) {
    return cell === 0 ? 0 : this.g.cellBlock[cell - 1] + 1;
  }
  /** First page that starts at or after a cell boundary. */
  pageRoundUp(cell) {
    return cell === 0 ? 0 : this.g.cellPage[cell - 1] + 1;
  }
  /** What a read of the cell through the extent tree gives: disk where written, else zero. */
  throughExtents(cell) {
    return this.extents.type(this.g.cellBlock[cell]) === 3 /* WRITTEN */ ? this.disk.cell(cell) : 0;
  }
  /** Grants the budgets of the program: setup runs without faults. */
  grantBudgets() {
    for (let i = 0; i < this.program.budget.length; i++) this.s[10 /* BUDGET */ + i] = this.program.budget[i];
  }
  /** Leaves no fault: the drain runs without. */
  withdrawBudgets() {
    for (let i = 0; i < this.program.budget.length; i++) this.s[10 /* BUDGET */ + i] = 0;
  }
  /** Pages that reclaim may still take. */
  get evictionsLeft() {
    return this.s[10 /* BUDGET */ + 7 /* EVICT */];
  }
  /** Whether reclaim and invalidation can drop the folio that starts at the page: nobody uses it or has a reference to it. */
  isEvictable(page2) {
    return this.folios.isEvictable(page2) && !this.#isReferenced(page2);
  }
  /**
   * A fault that has found the folio holds on to it until it is mapped, a writeback pass while it goes through what it looked up,
   * and the pipe of a copy until what was read is written.
   */
  #isReferenced(page2) {
    const end = this.folios.end(page2);
    const threads2 = this.programThreads;
    for (let i = 0; i < threads2.length; i++) {
      const t2 = threads2[i];
      for (let p = page2; p < end; p++) if (t2.inBatch(p)) return true;
      if (isInPipe(this, t2, page2, end)) return true;
      if (!t2.hasFlag(8 /* FAULTED */)) continue;
      const faulted = this.pageOfCell(t2.pos);
      if (faulted >= page2 && faulted < end) return true;
    }
    return false;
  }
  /** The folio that holds the page leaves the page cache, whoever holds on to it: a pass does not take the next one there for it. */
  dropFolio(page2) {
    const head = this.folios.head(page2);
    const end = this.folios.end(page2);
    for (let i = 0; i < this.programThreads.length; i++) {
      const t2 = this.programThreads[i];
      for (let p = head; p < end; p++) t2.leaveBatch(p);
      keepInPipe(this, t2, head, end);
    }
    this.folios.remove(page2);
  }
  /** Whether a writer's cached map covers one of blocks `[from, to)` and was taken for delalloc or unwritten (for windows). */
  coveredByWriteMap(from, to) {
    const threads2 = this.programThreads;
    for (let i = 0; i < threads2.length; i++) {
      const t2 = threads2[i];
      if (t2.mapEnd > from && t2.mapStart < to && (t2.mapType === 1 /* DELALLOC */ || t2.mapType === 2 /* UNWRITTEN */))
        return from < to;
    }
    return false;
  }
};

// src/kernel/paths/close.ts
var RELEASE = ["xfs_release", ["6.12", "xfs_file_release"]];
var closeSteps = [
  step(103 /* CL_RELEASE */, RELEASE, {
    boundary: true,
    run: (k2, t2) => {
      t2.pc = 104 /* CL_TRIM */;
      if (!hasInodeFlag(k2, 2 /* TRUNCATED */)) return;
      clearInodeFlag(k2, 2 /* TRUNCATED */ | 4 /* RELEASED */);
      if (k2.s[2 /* RESERVED */] !== 0) flush(k2, t2, 104 /* CL_TRIM */);
    }
  }),
  step(104 /* CL_TRIM */, RELEASE, {
    boundary: true,
    run: (k2, t2) => {
      if (!k2.fixes.releaseUnderIolock) trim(k2, t2);
      else if (k2.iolock.isFree()) {
        k2.iolock.acquire(t2);
        trim(k2, t2);
        k2.iolock.release(t2);
      } else k2.note(t2, "IOLOCK is held: nothing is freed");
      t2.pc = 105 /* CL_OPEN */;
    }
  }),
  step(105 /* CL_OPEN */, "do_dentry_open", {
    boundary: true,
    run: (k2, t2) => {
      if (k2.descriptionOf(t2) > 0) {
        k2.judge.opened(k2, t2, !hasInodeFlag(k2, 8 /* ERROR_UNSEEN */));
        sampleError(k2, t2);
      }
      returnFromOp(k2, t2, t2.end, 0);
    }
  })
];
function trim(k2, t2) {
  if (hasInodeFlag(k2, 4 /* RELEASED */) || !canFree(k2)) return;
  freeEofblocks(k2, t2);
  if (k2.tracer !== null) k2.note(t2, `frees what lies past EOF, seq ${k2.extents.sequence}`);
  if (k2.fixes.releaseTrimsOnce || k2.s[2 /* RESERVED */] !== 0) setInodeFlag(k2, 4 /* RELEASED */);
}
function canFree(k2) {
  if (k2.s[2 /* RESERVED */] !== 0)
    return k2.fixes.eofblocksKeepsPrealloc || !hasInodeFlag(k2, 1 /* PREALLOC */);
  if (hasInodeFlag(k2, 1 /* PREALLOC */)) return false;
  for (let b = k2.blockRoundUp(k2.isize); b < k2.g.blocks; b++)
    if (k2.extents.type(b) !== 0 /* HOLE */) return true;
  return false;
}

// src/kernel/paths/fallocate.ts
var fallocateSteps = [
  step(86 /* FA_LOCK */, "xfs_file_fallocate", takesIolock(87 /* FA_INVALIDATE_LOCK */)),
  step(87 /* FA_INVALIDATE_LOCK */, "xfs_file_fallocate", {
    when: (k2) => k2.invalidate.isFree(),
    run: (k2, t2) => {
      k2.invalidate.acquire(t2);
      const { kind } = k2.opOf(t2);
      const flushesFirst = kind === "collapse" && k2.fixes.fallocFlushesFirst;
      if (!flushesFirst && !canMove(k2, t2)) fail(t2, 8 /* EINVAL */);
      else if (allocatesOnly(kind)) t2.pc = 88 /* FA_ALLOC */;
      else if (kind === "insert") startInsert(k2, t2);
      else {
        k2.judge.changing(k2, t2.pos, t2.end);
        writeAndWait(k2, t2, k2.pageOfCell(t2.pos), k2.pageRoundUp(t2.end), 89 /* FA_FLUSHED */);
      }
    }
  }),
  step(89 /* FA_FLUSHED */, "xfs_flush_unmap_range", {
    boundary: true,
    run: (k2, t2) => {
      const from = k2.g.pageCell[k2.pageOfCell(t2.pos)];
      const to = k2.g.pageCell[k2.pageRoundUp(t2.end)];
      if (t2.wbError !== 0) fail(t2, t2.wbError);
      else truncatePagecacheRange(k2, t2, from, to, 90 /* FA_UNMAP */);
    }
  }),
  step(90 /* FA_UNMAP */, "xfs_unmap_extent", {
    boundary: true,
    run: (k2, t2) => {
      if (!canMove(k2, t2)) {
        fail(t2, 8 /* EINVAL */);
        return;
      }
      k2.ilock.acquire(t2);
      k2.extents.unmap(k2.blockRoundUp(t2.pos), k2.blockOfCell(t2.end));
      k2.ilock.release(t2);
      const to = Math.min(t2.end, k2.isize);
      if (t2.pos >= to) t2.pc = 92 /* FA_EOF_FLUSHED */;
      else {
        k2.judge.zeroed(k2, t2.pos, to);
        startZeroRange(k2, t2, t2.pos, to, 91 /* FA_ZEROED */);
      }
    }
  }),
  step(91 /* FA_ZEROED */, "xfs_free_file_space", {
    run: (k2, t2) => {
      const to = Math.min(t2.end, k2.isize);
      const page2 = k2.pageRoundUp(to) - 1;
      t2.wbError = 0;
      if (t2.status !== 0) {
        k2.judge.gaveUp(k2, t2.pos, Math.min(to, k2.g.blockCell[k2.blockRoundUp(t2.pos)]));
        k2.judge.gaveUp(k2, Math.max(t2.pos, k2.g.blockCell[k2.blockOfCell(t2.end)]), to);
        fail(t2, t2.status);
      } else if (k2.fixes.zeroingFlushesEofPage && to >= k2.isize && flushesEofPage(k2, to)) {
        writeAndWait(k2, t2, k2.fixes.punchFlushEofPage ? page2 : 0, k2.g.pages, 92 /* FA_EOF_FLUSHED */);
      } else t2.pc = 92 /* FA_EOF_FLUSHED */;
    }
  }),
  step(92 /* FA_EOF_FLUSHED */, "xfs_file_fallocate", {
    run: (k2, t2) => {
      if (t2.wbError !== 0) fail(t2, t2.wbError);
      else {
        const { kind } = k2.opOf(t2);
        k2.judge.changed(k2);
        if (kind === "collapse") t2.pc = 94 /* FA_SHIFT_TRIM */;
        else if (kind === "write_zeroes" && t2.end > k2.isize) {
          t2.setFlag(2 /* SIZE_FIRST */);
          setSize(k2, t2, t2.end);
        } else if (kind === "write_zeroes") t2.pc = 88 /* FA_ALLOC */;
        else t2.pc = kind === "zero" ? 88 /* FA_ALLOC */ : 85 /* TR_RETURN */;
      }
    }
  }),
  step(88 /* FA_ALLOC */, "xfs_alloc_file_space", {
    run: (k2, t2) => {
      k2.ilock.acquire(t2);
      const zeroes = k2.opOf(t2).kind === "write_zeroes";
      if (!zeroes) setInodeFlag(k2, 1 /* PREALLOC */);
      t2.status = zeroes ? writeZeroes(k2, t2) : allocFileSpace(k2, t2);
      k2.ilock.release(t2);
      if (t2.status === 0 && !k2.opOf(t2).keepSize && t2.end > k2.isize) setSize(k2, t2, t2.end);
      else t2.pc = 85 /* TR_RETURN */;
    }
  })
];
function flushesEofPage(k2, to) {
  if (k2.fixes.punchFlushEofPage) return k2.g.pageCell[k2.pageRoundUp(to)] !== to;
  return boundaryByte(k2.g, to) >= k2.g.pageSize;
}
function canMove(k2, t2) {
  const { moves } = k2.opOf(t2).does;
  return moves === void 0 || canShift(k2, t2, moves === "up");
}
var allocatesOnly = (kind) => kind === "fallocate" || kind === "unshare";
function allocationEnd(k2, t2) {
  const end = k2.blockRoundUp(t2.end);
  if (k2.fixes.fallocRoundsTail || !allocatesOnly(k2.opOf(t2).kind)) return end;
  const { blockSize } = k2.g;
  const [from, to] = [boundaryByte(k2.g, t2.pos), boundaryByte(k2.g, t2.end)];
  const first = Math.floor(from / blockSize);
  const blocks = Math.ceil((to - from) / blockSize);
  return first + blocks < Math.ceil(to / blockSize) ? end - 1 : end;
}
function allocFileSpace(k2, t2) {
  const { extents } = k2;
  const to = allocationEnd(k2, t2);
  let apart = -1;
  for (let b = k2.blockOfCell(t2.pos); b < to; ) {
    const type = extents.type(b);
    if (type >= 2 /* UNWRITTEN */) {
      b++;
      continue;
    }
    if (k2.fault(2 /* ALLOCATION_FAILURE */, 2) !== 0) {
      k2.note(t2, "allocation fails: ENOSPC");
      return 2 /* ENOSPC */;
    }
    const isDelalloc = type === 1 /* DELALLOC */;
    const isWhole3 = isDelalloc && !k2.fixes.bmapiWriteTrimsDelalloc;
    const start3 = isWhole3 ? extents.recordStart(b) : b;
    const wanted = isWhole3 ? extents.recordEnd(b) : Math.min(extents.recordEnd(b), to);
    const short = k2.fault(1 /* SHORT_ALLOCATION */, wanted - start3);
    const end = short === 0 ? wanted : start3 + short;
    const as = isDelalloc ? typeOfAllocated(k2) : 2 /* UNWRITTEN */;
    extents.allocate(start3, end, short !== 0 && isDelalloc, as);
    if (start3 === apart) extents.startApart(start3);
    apart = short === 0 ? -1 : end;
    if (k2.tracer !== null && short !== 0) k2.note(t2, `allocates ${k2.blockBytes(start3, end)} only`);
    if (end > b) b = end;
    else if (!k2.fixes.fallocAllocatesOn) {
      k2.note(t2, "none of it is in the range: ENOSPC");
      return 2 /* ENOSPC */;
    }
  }
  return 0;
}
function writeZeroes(k2, t2) {
  const { extents } = k2;
  const to = k2.blockRoundUp(t2.end);
  for (let b = k2.blockOfCell(t2.pos); b < to; ) {
    const type = extents.type(b);
    let end = Math.min(extents.recordEnd(b), to);
    if (type < 2 /* UNWRITTEN */) {
      if (k2.fault(2 /* ALLOCATION_FAILURE */, 2) !== 0) {
        k2.note(t2, "allocation fails: ENOSPC");
        return 2 /* ENOSPC */;
      }
      const short = k2.fault(1 /* SHORT_ALLOCATION */, end - b);
      if (short !== 0) end = b + short;
      extents.allocate(b, end, short !== 0, 3 /* WRITTEN */);
    } else if (type === 2 /* UNWRITTEN */) extents.convert(b, end, true);
    if (type !== 3 /* WRITTEN */)
      for (let c2 = k2.g.blockCell[b]; c2 < k2.g.blockCell[end]; c2++) k2.disk.write(c2, 0 /* ZERO */);
    b = end;
  }
  return 0;
}
function fail(t2, error) {
  t2.status = error;
  t2.pc = 85 /* TR_RETURN */;
}

// src/kernel/paths/fsync.ts
var fsyncSteps = [
  step(97 /* FS_START */, "xfs_file_fsync", { boundary: true, run: (k2, t2) => write(k2, t2, 98 /* FS_RETURN */) }),
  step(98 /* FS_RETURN */, "xfs_file_fsync", {
    run: (k2, t2) => {
      const status = errorOf(k2, t2);
      if (status === 0) k2.extents.logForce();
      returns(k2, t2, status);
    }
  }),
  step(99 /* SF_START */, ["ksys_sync_file_range", ["5.2", "sync_file_range"]], {
    boundary: true,
    run: (k2, t2) => waitOnRange(k2, t2, k2.pageOfCell(t2.pos), k2.pageRoundUp(t2.end), 100 /* SF_WAITED */)
  }),
  step(100 /* SF_WAITED */, "file_fdatawait_range", {
    run: (k2, t2) => {
      const status = errorOf(k2, t2);
      if (status === 0) write(k2, t2, 101 /* SF_RETURN */);
      else returns(k2, t2, status);
    }
  }),
  step(101 /* SF_RETURN */, "file_fdatawait_range", { run: (k2, t2) => returns(k2, t2, errorOf(k2, t2)) })
];
function write(k2, t2, ret) {
  writeAndWait(k2, t2, k2.pageOfCell(t2.pos), k2.pageRoundUp(t2.end), ret);
  nextFolio(k2, t2);
}
function errorOf(k2, t2) {
  const isReported = reportError(k2, t2);
  return t2.wbError !== 0 ? t2.wbError : isReported ? 4 /* EIO */ : 0;
}
function returns(k2, t2, status) {
  if (k2.tracer !== null && status !== 0) k2.note(t2, `returns ${ERROR_NAMES[status]}`);
  returnFromOp(k2, t2, t2.end, status);
}

// src/kernel/paths/io-completion.ts
var atIoend = (k2, t2) => k2.g.blockCell[t2.ioStart];
var ioCompletionSteps = stepsAt(atIoend, [
  step(69 /* C_ENDIO */, ["iomap_writepage_end_bio", ["6.17", "ioend_writeback_end_bio"]], {
    boundary: true,
    when: (_k, t2) => !t2.hasFlag(4 /* QUEUED */),
    run: (k2, t2) => {
      if (!t2.hasFlag(1 /* ERROR */)) {
        if (k2.fault(4 /* DEVICE_ERROR */, 2) !== 0) {
          t2.setFlag(1 /* ERROR */);
          k2.note(t2, "device write error");
        } else writeToDisk(k2, t2);
      }
      if (t2.hasFlag(1 /* ERROR */)) t2.pc = 72 /* C_FINISH */;
      else if (!needsTransaction(t2)) finish3(k2, t2);
      else if (k2.fixes.completeBeforeEndWriteback) t2.pc = transactionLabel(t2);
      else t2.pc = 72 /* C_FINISH */;
    }
  }),
  step(70 /* C_CONVERT */, "xfs_iomap_write_unwritten", {
    boundary: true,
    run: (k2, t2) => {
      if (k2.coveredByWriteMap(t2.ioStart, t2.ioEnd)) k2.reach(CONVERTED_WHILE_MAPPED);
      k2.extents.convert(t2.ioStart, t2.ioEnd, k2.fixes.seqBumpOnConvert);
      raiseDiskSize(k2, t2);
      if (k2.tracer !== null)
        k2.note(t2, `${k2.blockBytes(t2.ioStart, t2.ioEnd)} UNWRITTEN -> WRITTEN, seq ${k2.extents.sequence}`);
      afterTransaction(k2, t2);
    }
  }),
  step(71 /* C_SETSIZE */, "xfs_setfilesize", {
    boundary: true,
    run: (k2, t2) => {
      raiseDiskSize(k2, t2);
      afterTransaction(k2, t2);
    }
  }),
  step(72 /* C_FINISH */, "iomap_finish_ioends", { boundary: true, run: finish3 })
]);
function needsTransaction(t2) {
  return t2.mapType === 2 /* UNWRITTEN */ || t2.hasFlag(2 /* APPEND */);
}
function transactionLabel(t2) {
  return t2.mapType === 2 /* UNWRITTEN */ ? 70 /* C_CONVERT */ : 71 /* C_SETSIZE */;
}
function writeToDisk(k2, t2) {
  const from = k2.g.blockCell[t2.ioStart];
  const to = k2.g.blockCell[t2.ioEnd];
  k2.judge.submitted(k2, t2, from, to);
  for (let c2 = from; c2 < to; c2++)
    if (k2.extents.type(k2.g.cellBlock[c2]) >= 2 /* UNWRITTEN */) k2.disk.write(c2, k2.folios.cell(c2));
  if (k2.tracer !== null) k2.note(t2, `${k2.blockBytes(t2.ioStart, t2.ioEnd)} is on disk`);
}
function raiseDiskSize(k2, t2) {
  const end = Math.min(k2.isize, k2.g.blockCell[t2.ioEnd]);
  if (end > k2.diskSize) k2.diskSize = end;
}
function afterTransaction(k2, t2) {
  if (k2.fixes.completeBeforeEndWriteback) {
    t2.pc = 72 /* C_FINISH */;
    t2.mapType = 0;
    t2.flags = 0;
  } else release2(k2, t2);
}
function finish3(k2, t2) {
  const { folios } = k2;
  const failed = t2.hasFlag(1 /* ERROR */);
  if (failed) setMappingError(k2);
  for (let b = t2.ioStart; b < t2.ioEnd; b++) {
    folios.clearBlock(b, 4 /* WRITEBACK */);
    if (failed && !isWrittenAgain(k2, b)) {
      k2.judge.writebackFailed(k2, k2.g.blockCell[b], k2.g.blockCell[b + 1]);
    }
  }
  for (let p = folios.pageOf(t2.ioStart); p <= folios.pageOf(t2.ioEnd - 1); p++) {
    folios.endWriteback(p);
    endDropbehind(k2, t2, p);
  }
  if (k2.tracer !== null) k2.note(t2, `${k2.blockBytes(t2.ioStart, t2.ioEnd)} ends writeback`);
  if (!failed && !k2.fixes.completeBeforeEndWriteback && needsTransaction(t2)) t2.pc = transactionLabel(t2);
  else release2(k2, t2);
}
function isWrittenAgain(k2, block) {
  const page2 = k2.folios.pageOf(block);
  return k2.folios.has(page2, 4 /* DIRTY */) && k2.folios.needsWriteback(page2, block);
}
function release2(k2, t2) {
  for (let i = t2.base, end = t2.base + SHORT_REGISTERS; i < end; i++) k2.s[i] = 0;
}

// src/kernel/paths/madvise.ts
var madviseSteps = [
  step(102 /* MA_ZAP */, ["zap_page_range", ["6.3", "zap_page_range_single"]], {
    boundary: true,
    run: (k2, t2) => {
      for (let p = k2.pageOfCell(t2.pos); p < k2.pageRoundUp(t2.end); p++) k2.folios.unmap(p);
      returnFromOp(k2, t2, t2.end, 0);
    }
  })
];

// src/kernel/paths/read-folio.ts
function canFill(k2, page2) {
  return (!k2.fixes.fillTakesInvalidateLock || k2.invalidate.isFreeShared()) && !k2.folios.isLocked(page2);
}
function lockForRead(k2, t2, page2) {
  if (k2.fixes.fillTakesInvalidateLock) k2.invalidate.acquireShared(t2);
  lockToFill(k2, t2, page2);
}
function lockToFill(k2, t2, page2) {
  if (!k2.folios.has(page2, 1 /* PRESENT */)) {
    k2.folios.insert(page2);
    watchInsertion(k2, page2);
  }
  k2.folios.lock(page2, t2);
  t2.lockedPage = page2;
}
function fillFolio(k2, t2) {
  const { g, folios, isize } = k2;
  const page2 = t2.lockedPage;
  k2.ilock.acquireShared(t2);
  folios.attachState(page2);
  for (let b = folios.firstBlock(page2); b < folios.endBlock(page2); b++) {
    if (folios.blockHas(b, 1 /* UPTODATE */)) continue;
    const from = g.blockCell[b];
    const to = g.blockCell[b + 1];
    const onDisk = k2.extents.type(b) === 3 /* WRITTEN */ && from < isize;
    for (let c2 = from; c2 < to; c2++) folios.fill(c2, c2 + 1, onDisk ? k2.disk.cell(c2) : 0 /* ZERO */);
    if (k2.tracer !== null) k2.note(t2, `${onDisk ? "reads" : "zero-fills"} ${k2.bytes(from, to)}`);
  }
  folios.setBlocksUptodate(page2, folios.firstBlock(page2), folios.endBlock(page2));
  k2.ilock.releaseShared(t2);
  folios.unlock(page2, t2);
  if ((t2.held & HELD_INVALIDATE_SHARED) !== 0) k2.invalidate.releaseShared(t2);
  t2.lockedPage = NO_PAGE;
}
function watchInsertion(k2, page2) {
  const from = k2.folios.firstBlock(page2);
  for (const t2 of k2.programThreads) {
    if (t2.punchEnd > from && k2.blockOfCell(t2.truncFrom) < k2.folios.endBlock(page2)) {
      k2.reach(INSERTED_DURING_PUNCH);
      return;
    }
  }
}

// src/kernel/paths/page-fault.ts
var store = { boundary: true, when: canStore, turnsInto: storeLabel, run: doStore };
var load = { boundary: true, when: canLoad, turnsInto: loadLabel, run: doLoad };
var pageFaultSteps = [
  step(38 /* S_FAULT */, "xfs_filemap_fault", store),
  step(39 /* S_FAULT_LOCK */, ["lock_page", ["5.16", "folio_lock"]], {
    when: canLock,
    run: (k2, t2) => faultLocked(k2, t2, 38 /* S_FAULT */, 40 /* S_READ_MAP */)
  }),
  step(40 /* S_READ_MAP */, ["iomap_readpage", ["5.19", "iomap_read_folio"]], {
    run: (k2, t2) => {
      fillFolio(k2, t2);
      t2.pc = 38 /* S_FAULT */;
    }
  }),
  step(41 /* S_MKWRITE */, "xfs_filemap_page_mkwrite", store),
  step(42 /* S_MKWRITE_LOCK */, ["lock_page", ["5.16", "folio_lock"]], { when: canLock, run: mkwriteLocked }),
  step(43 /* S_MKWRITE_BEGIN */, "iomap_page_mkwrite", { run: mkwriteBegin }),
  step(44 /* S_MKWRITE_NEXT */, "iomap_page_mkwrite", {
    boundary: true,
    where: (k2, t2) => k2.g.blockCell[t2.mkwriteBlock],
    run: mkwriteBegin
  }),
  step(45 /* S_STORE */, "store", store),
  step(46 /* L_FAULT */, "xfs_filemap_fault", load),
  step(47 /* L_FAULT_LOCK */, ["lock_page", ["5.16", "folio_lock"]], {
    when: canLock,
    run: (k2, t2) => faultLocked(k2, t2, 46 /* L_FAULT */, 48 /* L_READ_MAP */)
  }),
  step(48 /* L_READ_MAP */, ["iomap_readpage", ["5.19", "iomap_read_folio"]], {
    run: (k2, t2) => {
      fillFolio(k2, t2);
      t2.pc = 46 /* L_FAULT */;
    }
  }),
  step(49 /* L_LOAD */, "load", load)
];
function pageOf(k2, t2) {
  return k2.g.cellPage[t2.pos];
}
function isPastEof(k2, page2) {
  return page2 >= k2.pageRoundUp(k2.isize);
}
function canFault(k2, page2) {
  const fills = !isPastEof(k2, page2) && !k2.folios.has(page2, 1 /* PRESENT */ | 2 /* UPTODATE */);
  const takesBoth = fills || !k2.fixes.fillTakesInvalidateLock;
  if (takesBoth && !k2.invalidate.isFreeShared()) return false;
  return isPastEof(k2, page2) || takesBoth && k2.fine || !k2.folios.isLocked(page2);
}
function canLock(k2, t2) {
  return !k2.folios.isLocked(pageOf(k2, t2));
}
function canStore(k2, t2) {
  const page2 = pageOf(k2, t2);
  const label = storeLabel(k2, t2);
  if (label === 45 /* S_STORE */) return true;
  if (label === 41 /* S_MKWRITE */) return k2.invalidate.isFreeShared() && (k2.fine || !k2.folios.isLocked(page2));
  return canFault(k2, page2);
}
function canLoad(k2, t2) {
  const page2 = pageOf(k2, t2);
  return k2.folios.has(page2, 16 /* PTE_PRESENT */) || canFault(k2, page2);
}
function storeLabel(k2, t2) {
  if (t2.hasFlag(8 /* FAULTED */)) return 41 /* S_MKWRITE */;
  const page2 = pageOf(k2, t2);
  if (k2.folios.has(page2, 32 /* PTE_WRITABLE */)) return 45 /* S_STORE */;
  return k2.folios.has(page2, 16 /* PTE_PRESENT */) ? 41 /* S_MKWRITE */ : 38 /* S_FAULT */;
}
function loadLabel(k2, t2) {
  return k2.folios.has(pageOf(k2, t2), 16 /* PTE_PRESENT */) ? 49 /* L_LOAD */ : 46 /* L_FAULT */;
}
function doStore(k2, t2) {
  const page2 = pageOf(k2, t2);
  const label = storeLabel(k2, t2);
  if (label === 41 /* S_MKWRITE */) mkwrite(k2, t2, page2);
  else if (label === 45 /* S_STORE */) putBytes(k2, t2, page2);
  else if (faultIn(k2, t2, page2, 40 /* S_READ_MAP */)) {
    t2.setFlag(8 /* FAULTED */);
    t2.pc = 41 /* S_MKWRITE */;
  }
}
function doLoad(k2, t2) {
  const page2 = pageOf(k2, t2);
  if (loadLabel(k2, t2) === 49 /* L_LOAD */) {
    const to = Math.min(t2.end, k2.g.pageCell[page2 + 1]);
    k2.judge.seen(k2, t2, t2.pos, to);
    afterAccess(k2, t2, to, 46 /* L_FAULT */);
  } else if (faultIn(k2, t2, page2, 48 /* L_READ_MAP */)) {
    k2.folios.map(page2, 16 /* PTE_PRESENT */);
    t2.pc = 49 /* L_LOAD */;
  }
}
function faultIn(k2, t2, page2, read) {
  if (isPastEof(k2, page2)) {
    k2.note(t2, "past EOF: SIGBUS");
    returnFromOp(k2, t2, t2.pos, 5 /* SIGBUS */);
    return false;
  }
  if (k2.fine && k2.folios.isLocked(page2)) {
    waitForFolio(k2, t2, read === 40 /* S_READ_MAP */ ? 39 /* S_FAULT_LOCK */ : 47 /* L_FAULT_LOCK */);
    return false;
  }
  keepFolio(k2, page2);
  if (k2.folios.has(page2, 1 /* PRESENT */ | 2 /* UPTODATE */)) return true;
  k2.invalidate.acquireShared(t2);
  lockToFill(k2, t2, page2);
  t2.pc = read;
  return false;
}
function waitForFolio(k2, t2, at) {
  k2.invalidate.acquireShared(t2);
  t2.setFlag(8 /* FAULTED */);
  t2.pc = at;
}
function faultLocked(k2, t2, fault2, read) {
  const page2 = pageOf(k2, t2);
  t2.clearFlag(8 /* FAULTED */);
  if (isPastEof(k2, page2) || k2.folios.has(page2, 1 /* PRESENT */ | 2 /* UPTODATE */)) {
    k2.invalidate.releaseShared(t2);
    t2.pc = fault2;
    return;
  }
  keepFolio(k2, page2);
  lockToFill(k2, t2, page2);
  t2.pc = read;
}
function putBytes(k2, t2, page2) {
  const to = Math.min(t2.end, k2.g.pageCell[page2 + 1]);
  const value = k2.opOf(t2).value;
  k2.folios.fill(t2.pos, to, value);
  k2.judge.stored(k2, t2.pos, to, value);
  if (k2.tracer !== null) k2.note(t2, `stores ${k2.bytes(t2.pos, to)}`);
  t2.clearFlag(8 /* FAULTED */);
  afterAccess(k2, t2, to, 38 /* S_FAULT */);
}
function afterAccess(k2, t2, to, next) {
  t2.pos = to;
  if (to < t2.end) t2.pc = next;
  else returnFromOp(k2, t2, to, 0);
}
function mkwrite(k2, t2, page2) {
  if (k2.fine && isThere(k2, page2) && k2.folios.isLocked(page2)) {
    waitForFolio(k2, t2, 42 /* S_MKWRITE_LOCK */);
    return;
  }
  k2.invalidate.acquireShared(t2);
  mkwriteLocked(k2, t2);
}
function mkwriteLocked(k2, t2) {
  const page2 = pageOf(k2, t2);
  t2.clearFlag(8 /* FAULTED */);
  if (!isThere(k2, page2) || isPastEof(k2, page2)) {
    k2.invalidate.releaseShared(t2);
    k2.note(t2, "folio is gone: fault again");
    t2.pc = 38 /* S_FAULT */;
    return;
  }
  k2.folios.lock(page2, t2);
  t2.lockedPage = page2;
  t2.mkwriteBlock = k2.folios.firstBlock(page2);
  t2.pc = 43 /* S_MKWRITE_BEGIN */;
}
function isThere({ folios }, page2) {
  if (!folios.has(page2, 1 /* PRESENT */)) return false;
  return folios.has(page2, 2 /* UPTODATE */) || folios.has(page2, 16 /* PTE_PRESENT */);
}
function mkwriteEnd(k2, page2) {
  const end = k2.folios.endCell(page2);
  if (!k2.fixes.mkwriteLengthToEof && boundaryByte(k2.g, k2.isize) < k2.g.pageSize) return end;
  return Math.min(k2.isize, end);
}
function mkwriteBegin(k2, t2) {
  const page2 = t2.lockedPage;
  const end = mkwriteEnd(k2, page2);
  const endBlock = k2.blockRoundUp(end);
  const ok = bufferedWriteIomapBegin(k2, t2, t2.mkwriteBlock, end);
  const next = t2.mapEnd;
  t2.clearMap();
  if (ok) {
    if (end > k2.isize) k2.extents.leaveToEofblocks(k2.blockRoundUp(k2.isize));
    k2.folios.attachState(page2);
    k2.folios.dirtyAllBits(page2);
    k2.folios.dirty(page2, t2.mkwriteBlock, Math.min(next, endBlock));
    if (k2.fixes.wbTypeFromBuffers) k2.folios.setBlocksUptodate(page2, t2.mkwriteBlock, Math.min(next, endBlock));
    if (next < endBlock) {
      t2.mkwriteBlock = next;
      t2.pc = 44 /* S_MKWRITE_NEXT */;
      return;
    }
    k2.folios.map(page2, 16 /* PTE_PRESENT */ | 32 /* PTE_WRITABLE */);
  }
  k2.folios.unlock(page2, t2);
  k2.invalidate.releaseShared(t2);
  t2.lockedPage = NO_PAGE;
  t2.mkwriteBlock = 0;
  if (ok) t2.pc = 45 /* S_STORE */;
  else returnFromOp(k2, t2, t2.pos, 5 /* SIGBUS */);
}

// src/kernel/paths/read.ts
var readSteps = [
  step(50 /* R_IOLOCK */, ["xfs_file_buffered_aio_read", ["5.12", "xfs_file_buffered_read"]], {
    boundary: true,
    when: (k2) => k2.iolock.isFreeShared(),
    run: (k2, t2) => {
      k2.iolock.acquireShared(t2);
      t2.pc = 51 /* R_PAGE */;
    }
  }),
  ...firstAndNext(51 /* R_PAGE */, 52 /* R_PAGE_NEXT */, ["generic_file_buffered_read", ["5.12", "filemap_read"]], {
    when: canRead,
    run: page
  }),
  step(53 /* R_READ_MAP */, ["iomap_readpage", ["5.19", "iomap_read_folio"]], {
    run: (k2, t2) => {
      fillFolio(k2, t2);
      t2.pc = 54 /* R_COPY */;
    }
  }),
  step(54 /* R_COPY */, ["copy_page_to_iter", ["5.16", "copy_folio_to_iter"]], {
    run: (k2, t2) => {
      if (!isCached(k2, t2)) {
        t2.pc = k2.fine ? 52 /* R_PAGE_NEXT */ : 51 /* R_PAGE */;
        return;
      }
      const to = chunkEnd(k2, t2);
      if (to > t2.pos) {
        k2.judge.seen(k2, t2, t2.pos, to);
        if (k2.opOf(t2).does.copies) toPipe(k2, t2, t2.pos, to);
        else endDropbehind(k2, t2, k2.g.cellPage[t2.pos]);
      }
      t2.pos = to;
      t2.pc = to < Math.min(t2.end, k2.isize) ? 52 /* R_PAGE_NEXT */ : 55 /* R_RETURN */;
    }
  }),
  step(55 /* R_RETURN */, ["xfs_file_buffered_aio_read", ["5.12", "xfs_file_buffered_read"]], {
    run: (k2, t2) => {
      k2.iolock.releaseShared(t2);
      if (k2.opOf(t2).does.copies) afterRead(k2, t2);
      else returnFromOp(k2, t2, t2.pos, 0);
    }
  })
];
function chunkEnd(k2, t2) {
  return Math.min(t2.end, k2.isize, k2.g.pageCell[k2.g.cellPage[t2.pos] + 1]);
}
function isCached(k2, t2) {
  const p = k2.g.cellPage[t2.pos];
  if (!k2.folios.has(p, 1 /* PRESENT */)) return false;
  if (k2.folios.has(p, 2 /* UPTODATE */)) return true;
  if (k2.opOf(t2).does.copies) return false;
  const end = Math.min(t2.end, k2.g.pageCell[p + 1]);
  for (let b = k2.g.cellBlock[t2.pos]; b < k2.blockRoundUp(end); b++) {
    if (!k2.folios.blockHas(b, 1 /* UPTODATE */)) return false;
  }
  return true;
}
function canRead(k2, t2) {
  return t2.pos >= Math.min(t2.end, k2.isize) || isCached(k2, t2) || canFill(k2, k2.g.cellPage[t2.pos]);
}
function page(k2, t2) {
  if (t2.pos >= Math.min(t2.end, k2.isize)) t2.pc = 55 /* R_RETURN */;
  else if (isCached(k2, t2)) t2.pc = 54 /* R_COPY */;
  else {
    const p = k2.g.cellPage[t2.pos];
    const isNew = !k2.folios.has(p, 1 /* PRESENT */);
    lockForRead(k2, t2, p);
    if (isNew && k2.opOf(t2).dontcache) markDropbehind(k2, p);
    t2.pc = 53 /* R_READ_MAP */;
  }
}

// src/kernel/paths/reclaim.ts
var reclaimSteps = [
  step(73 /* K_RECLAIM */, ["shrink_page_list", ["6.0", "shrink_folio_list"]], {
    boundary: true,
    when: (k2) => k2.evictionsLeft > 0 && countEvictable(k2) > 0,
    run: (k2, t2) => {
      let skip = k2.choose(7 /* EVICT */, countEvictable(k2));
      for (let p = 0; p < k2.g.pages; p++) {
        if (!k2.isEvictable(p) || skip-- > 0) continue;
        evict(k2, t2, p);
        break;
      }
      k2.s[10 /* BUDGET */ + 7 /* EVICT */]--;
      if (k2.evictionsLeft === 0) t2.pc = 0 /* DONE */;
    }
  }),
  step(74 /* E_FADVISE */, "generic_fadvise", {
    boundary: true,
    run: (k2, t2) => {
      const [first, last] = [k2.pageOfCell(t2.pos), k2.pageRoundUp(t2.end)];
      if (hasDirty(k2, first, last)) {
        flush(k2, t2, 75 /* E_PAGE */, first, last);
        nextFolio(k2, t2);
      } else {
        forgetTruncation(k2);
        dropPage(k2, t2);
      }
    }
  }),
  step(75 /* E_PAGE */, "invalidate_mapping_pages", { boundary: true, run: dropPage })
];
function dropPage(k2, t2) {
  if (isOver(t2)) {
    returnFromOp(k2, t2, t2.end, 0);
    return;
  }
  const page2 = k2.g.cellPage[t2.pos];
  const op2 = k2.opOf(t2);
  const allowed = op2.kind !== "fadvise" || canInvalidate(k2, page2, op2);
  if (allowed && k2.isEvictable(k2.folios.head(page2))) evict(k2, t2, page2);
  else if (k2.tracer !== null) k2.note(t2, `page ${k2.g.cellStart[k2.g.pageCell[page2]]} stays`);
  t2.pos = k2.folios.endCell(page2);
  if (isOver(t2)) returnFromOp(k2, t2, t2.end, 0);
  else t2.pc = 75 /* E_PAGE */;
}
var isOver = (t2) => t2.pos >= t2.end;
function canInvalidate(k2, page2, op2) {
  const last = op2.to === k2.isize ? k2.pageRoundUp(op2.to) : k2.pageOfCell(op2.to);
  if (k2.folios.firstCell(page2) < op2.from || k2.folios.end(page2) > last) return false;
  for (let p = k2.folios.head(page2); p < k2.folios.end(page2); p++)
    if (k2.folios.has(p, 16 /* PTE_PRESENT */)) return false;
  return true;
}
function countEvictable(k2) {
  let n = 0;
  for (let p = 0; p < k2.g.pages; p++) if (k2.isEvictable(p)) n++;
  return n;
}
function evict(k2, t2, page2) {
  if (k2.coveredByWriteMap(k2.folios.firstBlock(page2), k2.folios.endBlock(page2)))
    k2.reach(EVICTED_WHILE_MAPPED);
  k2.folios.remove(page2);
  if (k2.tracer !== null) k2.note(t2, `drops page ${k2.g.cellStart[k2.g.pageCell[page2]]}`);
}

// src/kernel/paths/unsupported.ts
var refuse = {
  boundary: true,
  run: (k2, t2) => {
    k2.note(t2, "no such call on this kernel: EOPNOTSUPP");
    returnFromOp(k2, t2, t2.pos, 9 /* EOPNOTSUPP */);
  }
};
var unsupportedSteps = [
  step(107 /* U_RW_FLAGS */, "kiocb_set_rw_flags", refuse),
  step(108 /* U_FALLOCATE */, "vfs_fallocate", refuse)
];

// src/kernel/paths/index.ts
var STEPS = (() => {
  const steps = [
    bufferedWriteSteps,
    delallocPunchSteps,
    truncatePagecacheSteps,
    zeroRangeSteps,
    pageFaultSteps,
    readSteps,
    writebackSteps,
    mapBlocksSteps,
    ioCompletionSteps,
    reclaimSteps,
    truncateSteps,
    fallocateSteps,
    shiftRangeSteps,
    fsyncSteps,
    madviseSteps,
    closeSteps,
    copyRangeSteps,
    unsupportedSteps,
    lapSteps
  ].flat();
  const table2 = new Array(steps.length + 1).fill(void 0);
  for (const step2 of steps) {
    if (table2[step2.at] !== void 0) throw new Error(`two steps at label ${step2.at}: ${step2.fn}`);
    table2[step2.at] = step2;
  }
  return table2;
})();
var nothing = () => {
};
var WHEN = STEPS.map(
  (d) => d?.at === 109 /* LAP */ ? canBeginLap : d?.when ?? null
);
var RUN = STEPS.map((d) => d?.run ?? nothing);
function canBeginLap(k2, t2) {
  return canEnterLap(k2, t2) && k2.threads.some((other) => canGoOn(k2, other));
}
function canEnterLap(k2, t2) {
  return canRunAt(k2, t2, entryOf(k2.fixes, k2.opOf(t2)));
}
function canGoOn(k2, t2) {
  const { pc } = t2;
  return t2.index < k2.layout.reclaim && pc !== 0 /* DONE */ && pc !== 109 /* LAP */ && canRunAt(k2, t2, pc);
}
function canRunAt(k2, t2, pc) {
  const when = WHEN[pc];
  return when === null || when === void 0 || when(k2, t2);
}
function labelAt(k2, t2, pc) {
  return STEPS[pc]?.turnsInto?.(k2, t2) ?? pc;
}
var STOP = 0;
var GO_ON = 1;
var GO_ON_IF_ENABLED = 2;
function continuations(fixes2, fine) {
  const known = fine ? void 0 : merged.get(fixes2);
  if (known !== void 0) return known;
  const table2 = Uint8Array.from(STEPS, (d) => {
    if (d === void 0 || fine) return STOP;
    if (typeof d.boundary === "function" ? d.boundary(fixes2) : d.boundary) return STOP;
    return d.when === void 0 ? GO_ON : GO_ON_IF_ENABLED;
  });
  if (!fine) merged.set(fixes2, table2);
  return table2;
}
var merged = /* @__PURE__ */ new WeakMap();

// src/explore/run/machine-snapshot.ts
function snapshotOf(engine2) {
  const { k: k2 } = engine2;
  const state2 = k2.s.slice();
  const edges = k2.lockOrder.edges.slice();
  const windows = k2.windows.slice();
  const verdict = new Verdict();
  let sequence = 0;
  let tracer = k2.tracer;
  const save = () => {
    state2.set(k2.s);
    edges.set(k2.lockOrder.edges);
    windows.set(k2.windows);
    verdict.copyFrom(engine2.verdict);
    sequence = k2.extents.sequence;
    tracer = k2.tracer;
  };
  const restore = () => {
    k2.s.set(state2);
    k2.lockOrder.edges.set(edges);
    k2.windows.set(windows);
    engine2.verdict.copyFrom(verdict);
    k2.extents.sequence = sequence;
    k2.tracer = tracer;
  };
  save();
  return { save, restore };
}

// src/explore/run/laps.ts
var MOST_STEPS = 1e4;
var Laps = class {
  #engine;
  #repeating;
  #others;
  #before;
  #start;
  /** Pages that the laps were to write back and that have been dirty all the time. */
  #dirty = [];
  #isTrying = false;
  constructor(engine2) {
    const { k: k2 } = engine2;
    this.#engine = engine2;
    this.#repeating = k2.programThreads.filter((t2) => k2.repeats(t2));
    this.#others = k2.programThreads.filter((t2) => !k2.repeats(t2));
    this.#before = snapshotOf(engine2);
    this.#start = k2.s.slice(0, k2.layout.compared);
  }
  /** A lap has ended: judges the state. */
  judge() {
    if (this.#isTrying || this.#others.some(({ index }) => this.#engine.isEnabled(index))) return;
    if (this.#dirtyPages().length === 0) return;
    this.#try(() => this.#goRound() && this.#isBack());
  }
  /** All others have ended: laps go on until one changes nothing, and what is dirty then stays so. */
  judgeEnd() {
    const most = this.#engine.k.g.blocks + 2;
    this.#try(() => {
      for (let i = 0; i < most && this.#goRound(); i++) {
        this.#engine.completeAll();
        if (this.#isBack()) return true;
      }
      return false;
    });
  }
  /** Pages that laps write back and that are dirty, and not on their way. */
  #dirtyPages() {
    const { folios, g } = this.#engine.k;
    const pages = Array.from({ length: g.pages }, (_, p) => p);
    return pages.filter(
      (p) => folios.has(p, 4 /* DIRTY */) && !folios.has(p, 8 /* WRITEBACK */) && this.#repeating.some((t2) => this.#writesBack(t2, p))
    );
  }
  /** Whether a lap of the thread brings to disk what is dirty in the page. */
  #writesBack({ index }, page2) {
    const { k: k2 } = this.#engine;
    return k2.program.threads[index].some(
      ({ kind, does, from, to }) => (kind === "writeback" || does.durable) && page2 >= k2.pageOfCell(from) && page2 < k2.pageRoundUp(to)
    );
  }
  /** Whether the laps lead back, which leaves no mark: a page that was dirty all the time is one for ever. */
  #try(lead) {
    const { k: k2, verdict } = this.#engine;
    const { watcher } = verdict;
    this.#isTrying = true;
    this.#before.save();
    verdict.watcher = null;
    k2.tracer = null;
    const [page2] = lead() ? this.#dirty : [];
    this.#before.restore();
    verdict.watcher = watcher;
    this.#isTrying = false;
    if (page2 === void 0) return;
    const thread2 = this.#repeating.find((t2) => this.#writesBack(t2, page2));
    judgeLivelock(verdict, k2.folios.firstCell(page2), thread2.index);
  }
  /** A lap of each thread that repeats, alone and without faults; false where one does not get to its end, or is in one. */
  #goRound() {
    const { k: k2 } = this.#engine;
    this.#start.set(k2.s.subarray(0, this.#start.length));
    this.#dirty = this.#dirtyPages();
    return this.#repeating.every(
      (t2) => t2.pc === 109 /* LAP */ ? canEnterLap(k2, t2) && this.#lap(t2) : !this.#engine.isEnabled(t2.index)
    );
  }
  #lap(t2) {
    const { folios } = this.#engine.k;
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      this.#engine.step(t2.index);
      this.#dirty = this.#dirty.filter((p) => folios.has(p, 4 /* DIRTY */));
      if (t2.pc === 109 /* LAP */) return true;
      if (!this.#engine.isEnabled(t2.index)) return false;
    }
    return false;
  }
  /** Whether the laps led back to where they began. */
  #isBack() {
    const { s } = this.#engine.k;
    return this.#start.every((value, i) => s[i] === value);
  }
};

// src/explore/run/engine.ts
function stepLimit({ geometry, threads: threads2 }, operations) {
  return 2e4 + 32 * operations * (geometry.blocks + 8) * (threads2.length + 1);
}
var Engine = class {
  k;
  oracles = new Oracles();
  verdict;
  /** Threads that schedules choose between: program threads, kworkers, reclaim. */
  schedulable;
  reclaim;
  /** Raw decisions of the last run: thread indices, each followed by what its step chose. `decisions` are valid. */
  log = new Uint16Array(128);
  decisions = 0;
  /** Steps of the last run, without setup and drain. */
  steps = 0;
  /** Steps that were computed since the start, those of drains included. */
  computed = 0;
  /** Kinds of choices that steps have asked for, or could have, since the start: a mask over Choice. */
  offered = 0;
  /** Looks at the state that a run ended in, before the drain; what it says stands in `endValue` after the run. */
  atEnd = () => 0;
  endValue = 0;
  #continuation;
  /** Where some thread repeats. */
  laps;
  /** Where each thread's program counter lies in the state. */
  pcAt;
  #start;
  /** i_size after the setup, in cells. */
  startSize;
  #setupVerdict = new Verdict();
  #drain;
  #mostSteps;
  #strategy = null;
  /** Builds the machine and runs the setup; `tracer` watches it. */
  constructor(program2, fixes2, fine = false, tracer = null) {
    this.verdict = this.oracles.verdict;
    this.k = new Kernel(program2, fixes2, this.oracles, fine);
    this.#continuation = continuations(fixes2, fine);
    this.pcAt = new Int32Array(this.k.layout.threads.map((t2) => t2.base + 0 /* PC */));
    this.schedulable = this.k.layout.harness;
    this.reclaim = this.k.layout.reclaim;
    this.#mostSteps = stepLimit(program2, program2.threads.flat().length);
    this.#drain = [kernelOp("fsync", 0, program2.geometry.cells)];
    this.k.tracer = tracer;
    this.#runHarness(program2.setup);
    this.k.tracer = null;
    for (let i = 0; i < program2.threads.length; i++) enterOp(this.k, this.k.threads[i]);
    this.k.grantBudgets();
    if (this.k.evictionsLeft > 0) this.k.threads[this.reclaim].pc = 73 /* K_RECLAIM */;
    this.#start = this.k.s.slice();
    this.startSize = this.k.isize;
    this.#setupVerdict.copyFrom(this.verdict);
    if (program2.repeats !== void 0) this.laps = new Laps(this);
  }
  /** Back to the state after setup. */
  reset() {
    this.k.s.set(this.#start);
    this.verdict.copyFrom(this.#setupVerdict);
    this.k.lockOrder.reset();
    this.decisions = 0;
    this.steps = 0;
  }
  thread(index) {
    return this.k.threads[index];
  }
  isEnabled(index) {
    const pc = this.k.s[this.pcAt[index]];
    if (pc === 0) return false;
    const when = WHEN[pc];
    return when === null || when(this.k, this.k.threads[index]);
  }
  /** Whether the thread repeats and stands between two laps: it is not in the way of others. */
  rests(index) {
    return this.k.s[this.pcAt[index]] === 109 /* LAP */;
  }
  get enabled() {
    const { k: k2, pcAt, schedulable } = this;
    if (schedulable > MOST_IN_MASK) return ASK;
    const { s, threads: threads2 } = k2;
    let mask = 0;
    for (let i = 0; i < schedulable; i++) {
      const pc = s[pcAt[i]];
      if (pc === 0) continue;
      const when = WHEN[pc];
      if (when === null || when(k2, threads2[i])) mask |= 1 << i;
    }
    return mask;
  }
  /** One scheduler step: the thread runs to its next interleaving point; `chooser` is the environment meanwhile. */
  step(index, chooser = DEFAULT_CHOOSER) {
    const { k: k2 } = this;
    if (0 /* ON */) checkIndex("thread", index, k2.threads.length);
    k2.chooser = chooser;
    const t2 = k2.threads[index];
    const at = this.pcAt[index];
    this.computed++;
    let pc = k2.s[at];
    if (pc === 109 /* LAP */) {
      RUN[pc](k2, t2);
      pc = k2.s[at];
    }
    for (; ; ) {
      if (k2.tracer !== null) k2.tracer.step(t2, labelAt(k2, t2, pc));
      RUN[pc](k2, t2);
      pc = k2.s[at];
      const next = this.#continuation[pc];
      if (next === STOP || next !== GO_ON && !WHEN[pc](k2, t2)) break;
    }
    if (pc === 109 /* LAP */) this.laps?.judge();
  }
  /** Runs one schedule to its end and judges it; the verdict stands in `verdict`. `runner` makes its steps. */
  run(strategy, runner = this) {
    this.reset();
    this.#strategy = strategy;
    strategy.begin(runner);
    let last = -1;
    for (; ; ) {
      const next = strategy.next(runner, last);
      if (next < 0) break;
      this.record(next);
      if (next === this.reclaim) this.offered |= 1 << 7 /* EVICT */;
      runner.step(next, this);
      last = next;
      if (++this.steps >= this.#mostSteps) {
        judgeLivelock(this.verdict, 0, next);
        break;
      }
    }
    this.endValue = runner.finish();
  }
  /** Answers a step's choice through the strategy and records it. */
  choose(kind, options) {
    const value = this.#strategy.choose(kind, options);
    this.offered |= 1 << kind;
    this.record(value);
    return value;
  }
  record(decision) {
    this.log = grown(this.log, this.decisions + 1);
    this.log[this.decisions++] = decision;
  }
  /** Judges the end of a schedule: the order of its locks and the state it left. */
  finish() {
    judgeLockOrder(this.k, this.verdict);
    return this.judgeEnd();
  }
  /** Judges the state at the end of a schedule: deadlock, cache, drain, disk, accounting. */
  judgeEnd() {
    const { k: k2 } = this;
    const value = this.atEnd();
    for (let i = 0; i < this.reclaim; i++) {
      if (k2.threads[i].pc !== 0 && !this.rests(i)) {
        judgeDeadlock(this.verdict, i);
        return value;
      }
    }
    this.laps?.judgeEnd();
    judgeCache(k2, this.verdict);
    k2.withdrawBudgets();
    k2.draining = true;
    this.#runHarness(this.#drain);
    k2.draining = false;
    judgeDisk(k2, this.verdict);
    judgeReservations(k2, this.verdict);
    return value;
  }
  /** Runs operations one after the other on the harness, each with all that it starts. */
  #runHarness(ops2) {
    const { k: k2 } = this;
    const { harness } = k2;
    k2.harnessOps = ops2;
    harness.op = 0;
    enterOp(k2, harness);
    for (let left = stepLimit(k2.program, ops2.length); left > 0; left--) {
      const before = harness.op;
      if (this.isEnabled(harness.index)) {
        this.step(harness.index);
        if (harness.op === before && harness.pc !== 0) continue;
      }
      this.completeAll();
      if (harness.pc === 0) return;
    }
    judgeDeadlock(this.verdict, harness.index);
  }
  /** The first kworker that could run, or -1. */
  enabledKworker() {
    for (let i = this.k.layout.programThreads; i < this.reclaim; i++) if (this.isEnabled(i)) return i;
    return -1;
  }
  /** Completes all I/O; whether there was any. */
  completeAll() {
    let any = false;
    for (let i = this.k.layout.programThreads; i < this.reclaim; i++) {
      while (this.isEnabled(i)) {
        this.step(i);
        any = true;
      }
    }
    return any;
  }
};

// src/explore/run/subject.ts
function makeSubject(scenario2, variant2, { fine = false } = {}) {
  const compiled = compile(scenario2);
  const engine2 = new Engine(compiled.program, kernelOf(variant2), fine);
  return { scenario: scenario2, variant: variant2, compiled, engine: engine2 };
}

// src/explore/strategies/rng.ts
var import_alea = __toESM(require_alea(), 1);

// src/scenario/beyond-model.ts
var OTHER_PROGRAM = "what is left is another program, and that it runs clean says nothing of this one";
var ENTRIES2 = [
  [
    "direct",
    "direct direct-io direct-write direct-read dio dio-write dio-read odirect unaligned-dio iomap-dio",
    "direct I/O",
    "what buffered I/O does alone can be written with write and read"
  ],
  [
    "clone",
    "clone clone-range clonerange ficlone ficlonerange reflink reflinked cow cow-fork copy-on-write shared share remap remap-range reflink-range",
    "reflink: no extents are shared, so there is no copy on write",
    `leave it out, but ${OTHER_PROGRAM}`
  ],
  [
    "dedupe",
    "dedupe dedupe-range deduperange fideduperange dedup",
    "dedupe: no extents are shared",
    `leave it out, but ${OTHER_PROGRAM}`
  ],
  [
    "copy",
    "copy copy-file-range",
    "copy_file_range that shares extents",
    "write { copy_range: 0..4k, to: 8k }: without reflink it goes through the page cache"
  ],
  [
    "exchange",
    "exchange exchange-range exchangerange xchg swap swap-range swapext",
    "exchange of ranges",
    `leave it out, but ${OTHER_PROGRAM}`
  ],
  ["atomic", "atomic write-atomic rwf-atomic", "atomic writes", "write a plain write"],
  [
    "crash",
    "crash shutdown power-fail powerfail power-failure power-loss powercut power-cut goingdown godown panic reboot log-recovery recovery journal-replay",
    "crash: the disk is judged when everything has been written back, not in between",
    "end with fsync and look at what is stale with the exposure oracle"
  ],
  [
    "mount",
    "mount umount unmount remount freeze unfreeze thaw fsfreeze syncfs",
    "mounting or freezing: there is one file, open all the time",
    "a remount is close to fsync: {} and evict of the whole file"
  ],
  [
    "nowait",
    "nowait rwf-nowait iocb-nowait nonblock nonblocking non-blocking again-at again eagain",
    "non-blocking I/O",
    "write blocking calls"
  ],
  [
    "dax",
    "dax fsdax xip",
    "DAX: all goes through the page cache",
    "what the page cache does can be tried without it"
  ],
  [
    "realtime",
    "realtime rt rtdev rtinherit rt-inherit real-time realtime-device extsize cowextsize",
    "realtime device and no extent size hints",
    "leave it out: the data device is what is modelled"
  ],
  [
    "open",
    "open reopen close-open closeopen release dup fork exec exit kill",
    "open or processes of its own",
    "close: {} closes the description of the thread and opens the file again"
  ],
  [
    "mmap",
    "mmap munmap mremap mprotect mlock mread mwrite",
    "mmap of its own: the file is mapped all the time",
    "write store and load for what is done through the mapping"
  ],
  [
    "drop-caches",
    "drop-caches dropcaches drop-cache reclaim shrink",
    "drop_caches of its own",
    "evict drops the clean pages of a range, fadvise is posix_fadvise(DONTNEED)"
  ],
  ["sync", "sync fdatasync", "sync or fdatasync of its own", "write fsync"],
  [
    "dontcache",
    "dontcache uncached rwf-dontcache rwf-uncached write-dontcache read-dontcache",
    "uncached I/O but that of write and read",
    "write { write: 0..4k, dontcache: true }, or read"
  ],
  [
    "aio",
    "aio io-uring uring liburing splice sendfile vmsplice writev readv pwritev preadv pwritev2 preadv2",
    "other ways in than one call with one buffer",
    "what ends in a buffered write or read is a write or a read: write those"
  ],
  [
    "seek",
    "lseek seek seek-data seek-hole seek-end fiemap bmap fibmap getbmap stat fstat statx",
    "look at extents or at the size",
    "leave it out: it changes nothing"
  ],
  [
    "names",
    "rename unlink link symlink mkdir rmdir creat mkfile setxattr getxattr chmod chown utimes",
    "other files and no names",
    "leave it out: the model is of one file"
  ],
  [
    "encryption",
    "encrypt encryption fscrypt verity fsverity compress compression inline inline-data swapfile swapon quota edquot",
    "inline data, compression, encryption, verity, quota or swap files",
    "leave it out"
  ]
];
function plain(word2) {
  return word2.trim().toLowerCase().replace(/[_\s]+/g, "-");
}
var BY_WORD = new Map(
  ENTRIES2.flatMap(
    ([name, words2, what, instead]) => words2.split(" ").map((word2) => [word2, { name, what, instead }])
  )
);
var BEYOND_NAMES = ENTRIES2.map(([name]) => name);
function beyondModel(word2) {
  const key = plain(word2);
  if (OP_NAMES.includes(key.replaceAll("-", "_"))) return void 0;
  return BY_WORD.get(key) ?? BY_WORD.get(key.replace(/^(?:o|rwf|iocb|f)-/, ""));
}
function noneOf({ what }) {
  return `the model has no ${what}`;
}

// src/scenario/yaml/place.ts
var import_yaml = __toESM(require_dist(), 1);

// src/scenario/yaml/diagnostic.ts
var LONGEST_QUOTE = 40;
var LONGEST_WORD = 160;
function quoted(text3) {
  const shown = Array.from(text3.slice(0, 2 * LONGEST_QUOTE));
  const cut = shown.length > LONGEST_QUOTE || text3.length > 2 * LONGEST_QUOTE;
  return `"${visible(cut ? `${shown.slice(0, LONGEST_QUOTE - 1).join("")}\u2026` : text3)}"`;
}
function shortened(text3) {
  const cut = (word2) => `${word2.slice(0, LONGEST_WORD - 41)}\u2026${word2.slice(-40)}`;
  return text3.replace(/\S+/g, (word2) => word2.length > LONGEST_WORD ? cut(word2) : word2);
}
function visible(text3) {
  return text3.replace(/\t/g, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\xB7");
}
function listed(words2, last = "or") {
  if (words2.length < 2) return words2.join("");
  return `${words2.slice(0, -1).join(", ")} ${last} ${words2[words2.length - 1]}`;
}

// src/scenario/yaml/place.ts
var Place = class _Place {
  constructor(reading, node, start3, end) {
    this.reading = reading;
    this.node = node;
    this.start = start3;
    this.end = end;
  }
  reading;
  node;
  start;
  end;
  /** The place of a value, or of its key where the value is missing. */
  static of(reading, node, key) {
    if (node !== null && (node.range[1] > node.range[0] || key === void 0)) {
      return new _Place(reading, node, node.range[0], node.range[1]);
    }
    return new _Place(reading, node, key?.start ?? 0, key?.end ?? 1);
  }
  /** Counts from 1. */
  get line() {
    return this.reading.report.lineOf(this.start);
  }
  /** Reports an error here and gives undefined, which is what a field that failed gives. */
  fail(message, hint) {
    return this.reading.report.add(this.start, this.end, message, hint);
  }
  /** Reports a word that was not expected. */
  failWord(word2, message, hint) {
    const refusal2 = this.reading.refusal?.(word2);
    return refusal2 === void 0 ? this.fail(message, hint) : this.fail(refusal2.message, refusal2);
  }
  /** The source text of a scalar; undefined, and reported, for anything else. */
  scalar(expected2) {
    const { node } = this;
    if ((0, import_yaml.isScalar)(node) && node.tag === void 0 && node.anchor === void 0) {
      const text3 = typeof node.value === "string" ? node.value : node.source ?? "";
      return text3 === "" ? this.fail(`expected ${expected2}, found nothing`) : text3;
    }
    return this.failKind(expected2);
  }
  /** Reports that this is not what was expected, by what it is. */
  failKind(expected2, remedy) {
    const { node } = this;
    if ((0, import_yaml.isAlias)(node)) return this.fail(`expected ${expected2}, found a YAML alias`, NO_ALIAS);
    if (node?.tag !== void 0) {
      return this.fail(`expected ${expected2}, found a YAML tag`, { remedy: "write the value without a tag" });
    }
    if (node !== null && "anchor" in node && node.anchor !== void 0) {
      return this.fail(`expected ${expected2}, found a YAML anchor`, NO_ALIAS);
    }
    if ((0, import_yaml.isMap)(node))
      return this.fail(`expected ${expected2}, found a map`, remedy === void 0 ? void 0 : { remedy });
    if ((0, import_yaml.isSeq)(node)) return this.fail(`expected ${expected2}, found a list`);
    const text3 = (0, import_yaml.isScalar)(node) ? String(node.value ?? "") : "";
    const found = text3 === "" ? "nothing" : quoted(text3);
    return this.fail(`expected ${expected2}, found ${found}`, remedy === void 0 ? void 0 : { remedy });
  }
  /** Whether the node is of the kind a field wants and carries neither tag nor anchor. */
  isPlain() {
    const { node } = this;
    return node !== null && !(0, import_yaml.isAlias)(node) && node.tag === void 0 && node.anchor === void 0;
  }
};
var NO_ALIAS = { remedy: "anchors and aliases are not part of the language: write the value out" };

// src/scenario/yaml/source.ts
var import_yaml2 = __toESM(require_dist(), 1);
var MAX_FILE_LENGTH = 1024 * 1024;
var MAX_DIAGNOSTICS = 50;
var MAX_DEPTH = 32;
var MAX_MARKS = 4e4;
var MAX_CHAIN = 200;
var MARKS = /[[\]{},:&*!?|>#%@`"'\t-]/g;
var TOO_DEEP = `expected at most ${MAX_DEPTH} levels of nesting`;
var Reporter = class {
  constructor(text3, file2) {
    this.text = text3;
    this.file = file2;
    for (let at = text3.indexOf("\n"); at >= 0; at = text3.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }
  text;
  file;
  #found = [];
  #starts = [0];
  get failed() {
    return this.#found.length > 0;
  }
  get full() {
    return this.#found.length >= MAX_DIAGNOSTICS;
  }
  /** The line of an offset, from 1. */
  lineOf(offset) {
    return this.#starts.findLastIndex((at) => at <= offset) + 1;
  }
  /** Notes an error at `text[start, end)`, cut to the first line of it. */
  add(start3, end, message, hint) {
    if (this.full) return;
    const line = this.lineOf(start3) - 1;
    const lineStart = this.#starts[line] ?? 0;
    const lineEnd = this.#starts[line + 1] ?? this.text.length + 1;
    const source = this.text.slice(lineStart, lineEnd - 1).replace(/\r$/, "");
    const column = Math.min(start3 - lineStart, source.length);
    const length2 = Math.max(1, Math.min(end - lineStart, source.length) - column);
    this.#found.push({
      offset: start3,
      file: this.file,
      line: line + 1,
      column: column + 1,
      length: length2,
      source,
      message,
      ...hint
    });
  }
  /** Everything found, in the order of the file, each once. */
  diagnostics() {
    const sorted = this.#found.toSorted((a, b) => a.offset - b.offset);
    const first = sorted.filter(
      ({ offset, message }, i) => sorted.findIndex((other) => other.offset === offset && other.message === message) === i
    );
    return first.map(({ offset, ...diagnostic }) => diagnostic);
  }
};
function withoutMark(text3) {
  return text3.startsWith("\uFEFF") ? text3.slice(1) : text3;
}
function checkText(report, limit2 = MAX_FILE_LENGTH) {
  const { text: text3 } = report;
  const hint = { remedy: "is this the right file?" };
  const nul = text3.indexOf("\0");
  if (text3.length > limit2) report.add(0, 1, `expected a file of at most ${limit2 / 2 ** 20} MiB`, hint);
  else if (nul >= 0) report.add(nul, nul + 1, "expected text, found a NUL byte", hint);
  return !report.failed;
}
function parseYaml(report, what) {
  if (!checkText(report) || !checkShape(report)) return void 0;
  const document = documentOf(report);
  for (const error of document?.errors.slice(0, 2 * MAX_DIAGNOSTICS) ?? []) reportYamlError(report, error);
  if (document === void 0 || report.failed) return void 0;
  if (document.contents === null) {
    report.add(0, 1, `expected ${what}, found an empty file`, { remedy: `begin with "name: ..."` });
    return void 0;
  }
  return document.contents;
}
function documentOf(report) {
  try {
    return (0, import_yaml2.parseDocument)(report.text, {
      schema: "failsafe",
      prettyErrors: false,
      uniqueKeys: false,
      // Not "silent": that would also silence the error about a second document.
      logLevel: "error"
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const marks = (line) => line.match(MARKS)?.length ?? 0;
    const lines2 = report.text.split("\n");
    const fullest = lines2.reduce((best, line, i) => marks(line) > marks(lines2[best] ?? "") ? i : best, 0);
    const start3 = lines2.slice(0, fullest).join("\n").length + (fullest > 0 ? 1 : 0);
    const at = start3 + Math.max(0, (lines2[fullest] ?? "").search(MARKS));
    return report.add(at, at + 1, TOO_DEEP);
  }
}
function checkShape(report) {
  const { text: text3 } = report;
  const refuse2 = (at, message) => {
    report.add(at, at + 1, message);
    return false;
  };
  const tooMuch = "expected a scenario, found far more YAML than one can hold";
  const indents = [];
  let marks = 0;
  let flow = 0;
  let chain = 0;
  for (const line of text3.matchAll(/^([ \t]*)((?:[-?:][ \t]+)*)(.*)$/gm)) {
    marks += 1;
    if (marks > MAX_MARKS) return refuse2(line.index, tooMuch);
    const [whole, indent = "", markers = "", rest = ""] = line;
    if (markers === "" && rest.trim() === "") continue;
    while ((indents.at(-1) ?? -1) >= indent.length) indents.pop();
    indents.push(indent.length);
    if (indents.length + markers.length / 2 > MAX_DEPTH) return refuse2(line.index, TOO_DEEP);
    for (const mark of whole.matchAll(MARKS)) {
      marks += 1;
      if (/[:?]/.test(mark[0])) chain += flow > 0 ? 1 : 0;
      else if (/[,[\]{}]/.test(mark[0])) chain = 0;
      if (mark[0] === "[" || mark[0] === "{") flow += 1;
      else if ((mark[0] === "]" || mark[0] === "}") && flow > 0) flow -= 1;
      if (marks > MAX_MARKS) return refuse2(line.index + mark.index, tooMuch);
      if (flow > MAX_DEPTH || chain > MAX_CHAIN) return refuse2(line.index + mark.index, TOO_DEEP);
    }
  }
  return true;
}
var YAML_MESSAGES = {
  TAB_AS_INDENT: "expected spaces as indentation, found a tab",
  MULTIPLE_DOCS: "expected one YAML document per file, found a second one",
  BLOCK_AS_IMPLICIT_KEY: "expected one value after the key, found a second key on the same line",
  BAD_SCALAR_START: "expected a value; one that starts with this character must be quoted"
};
function reportYamlError(report, error) {
  if (error.code === "TAG_RESOLVE_FAILED") return;
  const unclosed = /^(Flow (?:map|sequence) in|Missing closing).*?([\]}]|["'])/s.exec(error.message)?.[2];
  const message = unclosed === void 0 ? YAML_MESSAGES[error.code] ?? `not valid YAML: ${shortened(error.message.replace(/\s+/g, " "))}` : `expected a closing ${unclosed}`;
  const start3 = Math.min(error.pos[0], report.text.trimEnd().length);
  report.add(start3, Math.max(start3, error.pos[1]), message);
}

// src/scenario/language/scenario-keys.ts
var import_yaml8 = __toESM(require_dist(), 1);

// src/scenario/budget.ts
function emptyBudget() {
  return Object.fromEntries(FAULTS.map(({ key }) => [key, 0]));
}

// src/scenario/limits.ts
var DEFAULT_BLOCK = 4096;
var DEFAULT_PAGE = 4096;
var MAX_THREADS = 16;
var MAX_OPS_PER_THREAD = 64;
var MAX_PAGES_TOUCHED = 64;
var MAX_CELLS = 3e4;
var MOST_PER_BUDGET = 255;
var MOST_FAULTS = BYTE_LIMIT - 1;
function tooManyCells(program2) {
  const cells2 = floatingCells(program2);
  if (cells2 <= MAX_CELLS) return void 0;
  return `with collapse, insert, append or copy_range a file of at most ${MAX_CELLS} pieces, found ${cells2}: make ranges and lengths rounder`;
}
function pagesTouched(ops2, pageSize, size = 0) {
  const end = endOfFloating([...ops2], size);
  if (end !== void 0) return Math.ceil(end / pageSize);
  const named = [...ops2].filter((op2) => OPS[op2.kind].covers !== "nothing");
  return unitsTouched(named.flatMap(rangesOf), pageSize);
}
function unitsTouched(ranges, unit) {
  let units = 0;
  let counted = 0;
  for (const range2 of ranges.toSorted((a, b) => a.from - b.from)) {
    const to = Math.ceil(range2.to / unit);
    units += Math.max(0, to - Math.max(Math.floor(range2.from / unit), counted));
    counted = Math.max(counted, to);
  }
  return units;
}

// src/scenario/yaml/collections.ts
var import_yaml3 = __toESM(require_dist(), 1);

// src/scenario/yaml/nearest.ts
var LONGEST_WORD2 = 48;
var LEAST_BEGINNING = 4;
function nearestWord(word2, candidates) {
  if (word2.length === 0 || word2.length > LONGEST_WORD2) return void 0;
  let best;
  let bestDistance = Math.max(1, Math.floor(word2.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word2.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  if (best !== void 0 || word2.length < LEAST_BEGINNING) return best;
  const begun = candidates.filter((candidate) => candidate.startsWith(word2));
  return begun.length === 1 ? begun[0] : void 0;
}
function editDistance(a, b) {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i, j) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const least = Math.min(replaced, at(i - 1, j) + 1, at(i, j - 1) + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(swapped ? Math.min(least, at(i - 2, j - 2) + 1) : least);
    }
  }
  return at(a.length, b.length);
}

// src/scenario/yaml/collections.ts
var LIST = "a list is written [ ONE, ANOTHER ], or a line with - each";
function list(item, { least = 0, most, what, lone = false }) {
  const expected2 = `a list of ${what}`;
  return {
    expected: expected2,
    read(at) {
      const { node } = at;
      if (lone && ((0, import_yaml3.isScalar)(node) || (0, import_yaml3.isMap)(node))) {
        const value = item.read(at);
        return value === void 0 ? void 0 : [value];
      }
      if (!(0, import_yaml3.isSeq)(node) || !at.isPlain()) return at.failKind(expected2, LIST);
      if (node.items.length < least) return at.fail(`expected a list of ${what} that is not empty`);
      if (node.items.length > most) {
        return at.fail(`expected at most ${most} ${what}, found ${node.items.length}`);
      }
      const values = node.items.map((entry) => item.read(Place.of(at.reading, entry, at)));
      return values.filter((value) => value !== void 0);
    },
    schema(vocabulary) {
      const items = item.schema(vocabulary);
      const whole = { type: "array", items, minItems: least, maxItems: most };
      return lone ? { anyOf: [items, whole] } : whole;
    }
  };
}
function wordSet(item, least, what) {
  const words2 = list(item, { least, most: 64, what, lone: true });
  return {
    ...words2,
    read(at) {
      const values = words2.read(at);
      const twice = values?.find((value, i) => values.indexOf(value) !== i);
      return twice === void 0 ? values : at.fail(`expected each of the ${what} once, found ${quoted(twice)} twice`);
    }
  };
}
function entries(at, expected2) {
  const { node } = at;
  if (!(0, import_yaml3.isMap)(node) || !at.isPlain()) return at.failKind(expected2);
  const seen2 = /* @__PURE__ */ new Set();
  return node.items.flatMap((pair) => {
    const keyAt = Place.of(at.reading, pair.key, at);
    const key = keyAt.scalar("a word as key");
    if (key === void 0) return [];
    if (seen2.has(key)) {
      keyAt.fail(`expected each key once, found ${quoted(key)} again`);
      return [];
    }
    seen2.add(key);
    return [{ key, keyAt, valueAt: Place.of(at.reading, pair.value, keyAt) }];
  });
}
function mapOf(key, value, what, build3) {
  const expected2 = `a map of ${what}`;
  return {
    expected: expected2,
    read(at) {
      return entries(at, expected2)?.flatMap((entry) => {
        const name = key.read(entry.keyAt);
        const content = value.read(entry.valueAt);
        return name === void 0 || content === void 0 ? [] : [build3(name, content, entry.keyAt)];
      });
    },
    schema: (vocabulary) => ({
      type: "object",
      propertyNames: key.schema(vocabulary),
      additionalProperties: value.schema(vocabulary)
    })
  };
}
function record(definition) {
  const { what, fields, required = [], about = {}, build: build3 } = definition;
  const keys = Object.keys(fields);
  const expected2 = `a map with ${listed(keys)}`;
  const aKey = `a key of ${what}: ${listed(keys)}`;
  return {
    expected: expected2,
    read(at) {
      const found = entries(at, expected2);
      if (found === void 0) return void 0;
      const values = {};
      const places = {};
      const meant = /* @__PURE__ */ new Set();
      for (const { key, keyAt, valueAt } of found) {
        const name = keys.find((known) => known === key);
        if (name === void 0) {
          const nearest = nearestWord(key, keys);
          keyAt.failWord(key, `expected ${aKey}, found ${quoted(key)}`, { nearest });
          meant.add(nearest ?? "");
          continue;
        }
        places[name] = valueAt;
        const value = fields[name]?.read(valueAt);
        if (value !== void 0) values[name] = value;
      }
      for (const key of required) {
        if (places[key] !== void 0 || meant.has(key)) continue;
        (found[0]?.keyAt ?? at).fail(`expected ${what} to have the key ${quoted(key)}`);
      }
      return build3(values, places, at);
    },
    schema(vocabulary) {
      const properties = {};
      for (const [key, field] of Object.entries(fields)) {
        const description = about[key];
        const schema = field.schema(vocabulary);
        properties[key] = description === void 0 ? schema : { description, ...schema };
      }
      return { type: "object", properties, required: [...required], additionalProperties: false };
    }
  };
}

// src/scenario/yaml/units.ts
var KIB = 1024;
var MIB = KIB * KIB;
var MAX_OFFSET = Number.MAX_SAFE_INTEGER;
var QUANTITY_PATTERN = "^(0[xX][0-9a-fA-F]+|(0|[1-9][0-9]*)[kKmM]?)$";
var RANGE_PATTERN = `^${QUANTITY_PATTERN.slice(1, -1)}\\.\\.${QUANTITY_PATTERN.slice(1, -1)}$`;
var QUANTITY = new RegExp(QUANTITY_PATTERN);
function parseQuantity(text3) {
  if (!QUANTITY.test(text3)) return { ok: false, problem: whyNoQuantity(text3) };
  const suffix = text3.slice(-1).toLowerCase();
  const isHex = /^0x/i.test(text3);
  const factor = isHex ? 1 : suffix === "k" ? KIB : suffix === "m" ? MIB : 1;
  const value = Number(factor === 1 ? text3 : text3.slice(0, -1)) * factor;
  if (value > MAX_OFFSET) return { ok: false, problem: "offsets and sizes must be below 2^53" };
  return { ok: true, value };
}
function printQuantity(bytes) {
  if (bytes >= MIB && bytes % MIB === 0) return `${bytes / MIB}m`;
  if (bytes >= KIB && bytes % KIB === 0) return `${bytes / KIB}k`;
  return bytes < KIB ? String(bytes) : `0x${bytes.toString(16)}`;
}
function parseRange(text3) {
  const dots = text3.indexOf("..");
  if (dots < 0) return { ok: false, problem: "expected a byte range from..to such as 0..12k" };
  const from = parseQuantity(text3.slice(0, dots));
  if (!from.ok) return { ok: false, problem: `the start of the range: ${from.problem}` };
  const to = parseQuantity(text3.slice(dots + 2));
  if (!to.ok) return { ok: false, problem: `the end of the range: ${to.problem}` };
  if (from.value < to.value) return { ok: true, value: { from: from.value, to: to.value } };
  const problem = "the range is empty: its end must lie after its start";
  if (from.value === to.value)
    return { ok: false, problem, remedy: "a range is half-open: 4k..8k is one page" };
  return { ok: false, problem, remedy: `write ${printRange({ from: to.value, to: from.value })}` };
}
function printRange(range2) {
  return `${printQuantity(range2.from)}..${printQuantity(range2.to)}`;
}
function whyNoQuantity(text3) {
  if (/^-\d/.test(text3)) return "expected a quantity of bytes that is not negative";
  if (/^\d+[.,]\d/.test(text3)) return "expected a whole number of bytes";
  if (/^0\d/.test(text3)) return "expected a quantity of bytes without leading zeros";
  return "expected a quantity of bytes such as 512, 12k, 1m or 0x600";
}

// src/scenario/yaml/fields.ts
function scalarField(expected2, parse, schema) {
  return {
    expected: expected2,
    read(at) {
      const source = at.scalar(expected2);
      return source === void 0 ? void 0 : parse(source, at);
    },
    schema
  };
}
var UNSEEN = /(?!\n)[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/u;
function text(expected2, longest) {
  return scalarField(
    expected2,
    (source, at) => {
      const value = source.trim();
      if (value === "") return at.fail(`expected ${expected2}, found nothing`);
      if (value.length > longest) return at.fail(`expected ${expected2} of at most ${longest} characters`);
      if (UNSEEN.test(value)) return at.fail(`expected ${expected2} without control characters`);
      return value;
    },
    () => ({ type: "string", minLength: 1, maxLength: longest })
  );
}
var MOST_LISTED = 800;
function word(expected2, pattern, words2, hint) {
  return scalarField(
    expected2,
    (value, at) => {
      const { vocabulary } = at.reading;
      return checkWord(at, value, expected2, words2?.(vocabulary) ?? pattern, hint?.(vocabulary, value));
    },
    (vocabulary) => {
      const known = words2?.(vocabulary);
      return { type: "string", ...known === void 0 ? { pattern: pattern.source } : { enum: known } };
    }
  );
}
function checkWord(at, value, expected2, allowed, hint) {
  const isForm = allowed instanceof RegExp;
  if (isForm ? allowed.test(value) : allowed.includes(value)) return value;
  const nearest = isForm || hint !== void 0 ? void 0 : nearestWord(value, allowed);
  const all2 = isForm ? "" : allowed.join(", ");
  const remedy = hint ?? (nearest === void 0 && all2 !== "" && all2.length < MOST_LISTED && !namesAll(expected2, allowed) ? `there are ${all2}` : void 0);
  return at.fail(`expected ${expected2}, found ${quoted(value)}`, { nearest, remedy });
}
function namesAll(expected2, allowed) {
  return !(allowed instanceof RegExp) && allowed.every((one) => expected2.includes(one));
}
function choice(expected2, words2) {
  return scalarField(
    expected2,
    (value, at) => checkWord(at, value, expected2, words2),
    () => ({ type: "string", enum: words2 })
  );
}
var flag = scalarField(
  "true or false",
  (value, at) => {
    if (value === "true" || value === "false") return value === "true";
    return at.fail(`expected true or false, found ${quoted(value)}`);
  },
  () => ({ type: "boolean" })
);
function count(most) {
  const expected2 = `a whole number from 0 to ${most}`;
  return scalarField(
    expected2,
    (value, at) => {
      if (/^(0|[1-9]\d{0,14})$/.test(value) && Number(value) <= most) return Number(value);
      return at.fail(`expected ${expected2}, found ${quoted(value)}`);
    },
    () => ({ type: "integer", minimum: 0, maximum: most })
  );
}
function parsedAt(at, source, parsed) {
  if (parsed.ok) return parsed.value;
  const word2 = /^[A-Za-z_-]+/.exec(source)?.[0] ?? "";
  return at.failWord(word2, `${parsed.problem}, found ${quoted(source)}`, { remedy: parsed.remedy });
}
var quantity = scalarField(
  "a quantity of bytes such as 512, 12k, 1m or 0x600",
  (source, at) => parsedAt(at, source, parseQuantity(source)),
  () => ({
    anyOf: [
      { type: "integer", minimum: 0 },
      { type: "string", pattern: QUANTITY_PATTERN }
    ]
  })
);
function powerOfTwo(least, most) {
  const expected2 = `a power of two from ${printQuantity(least)} to ${printQuantity(most)}`;
  return scalarField(
    expected2,
    (source, at) => {
      const value = parsedAt(at, source, parseQuantity(source));
      if (value === void 0) return void 0;
      if (value >= least && value <= most && Number.isInteger(Math.log2(value))) return value;
      return at.fail(`expected ${expected2}, found ${printQuantity(value)}`);
    },
    () => {
      const sizes = [];
      for (let size = least; size <= most; size *= 2) sizes.push(size);
      return { enum: sizes.flatMap((size) => [.../* @__PURE__ */ new Set([size, String(size), printQuantity(size)])]) };
    }
  );
}
var range = scalarField(
  "a byte range from..to such as 0..12k",
  (source, at) => parsedAt(at, source, parseRange(source)),
  () => ({ type: "string", pattern: RANGE_PATTERN })
);

// src/scenario/language/operations.ts
var import_yaml4 = __toESM(require_dist(), 1);
var wholeOrRange = {
  expected: "{} for the whole file, or a byte range from..to",
  read(at) {
    if ((0, import_yaml4.isMap)(at.node) && at.isPlain() && at.node.items.length === 0) return "whole";
    return (0, import_yaml4.isScalar)(at.node) ? range.read(at) : at.failKind(wholeOrRange.expected);
  },
  schema: (known) => ({ anyOf: [{ type: "object", maxProperties: 0 }, range.schema(known)] })
};
var length = {
  expected: `${quantity.expected}, but not 0`,
  read(at) {
    const bytes = quantity.read(at);
    return bytes === 0 ? at.fail("expected at least one byte") : bytes;
  },
  schema: (known) => ({ allOf: [quantity.schema(known), { not: { enum: [0, "0"] } }] })
};
var nothing2 = {
  expected: "{}",
  read(at) {
    if ((0, import_yaml4.isMap)(at.node) && at.isPlain() && at.node.items.length === 0) return "whole";
    return at.failKind(nothing2.expected);
  },
  schema: () => ({ type: "object", maxProperties: 0 })
};
var ARGUMENTS = {
  range,
  "range or whole": wholeOrRange,
  size: quantity,
  length,
  nothing: nothing2
};
var VALUES = { offset: quantity, flag };
var MODIFIER_WORDS = Object.values(MODIFIERS).map(({ word: word2 }) => word2);
function modifierFields(kind) {
  const fields = OPS[kind].modifiers.map(
    (name) => [MODIFIERS[name].word, VALUES[MODIFIERS[name].takes]]
  );
  return Object.fromEntries(fields);
}
function neededWords(kind) {
  return OPS[kind].modifiers.flatMap((name) => MODIFIERS[name].isNeeded ? [MODIFIERS[name].word] : []);
}
var ABOUT_MODIFIERS = {
  "fault-at": "Source bytes from this file offset on cannot be read (EFAULT).",
  "short-copy": "The first atomic copy that reaches this file offset stops there, and is retried.",
  "keep-size": "FALLOC_FL_KEEP_SIZE: the size stays as it is.",
  dontcache: "RWF_DONTCACHE: what it brings into the page cache goes when it is clean; since 6.16.",
  to: "File offset that the range is copied to; it may not overlap."
};
var op = {
  expected: "an operation such as { write: 0..12k }",
  read: readOp,
  schema: (vocabulary) => ({
    type: "object",
    title: "operation",
    description: "One operation, and what modifies it.",
    minProperties: 1,
    properties: Object.fromEntries([
      ...OP_NAMES.map((word2) => {
        const { about, takes } = OPS[word2];
        return [word2, { title: word2, description: about, ...ARGUMENTS[takes].schema(vocabulary) }];
      }),
      ...OP_NAMES.flatMap(
        (word2) => Object.entries(modifierFields(word2)).map(([key, field]) => [
          key,
          { title: key, description: ABOUT_MODIFIERS[key], ...field.schema(vocabulary) }
        ])
      )
    ]),
    additionalProperties: false,
    // One condition per operation, so that what is wrong with one is one message.
    allOf: OP_NAMES.map((word2) => ({
      if: { required: [word2] },
      // biome-ignore lint/suspicious/noThenProperty: the word of JSON Schema.
      then: {
        propertyNames: { enum: [word2, ...Object.keys(modifierFields(word2))] },
        ...neededWords(word2).length === 0 ? {} : { required: neededWords(word2) }
      }
    }))
  })
};
function isOp(word2) {
  return Object.hasOwn(OPS, word2);
}
function readOp(at) {
  const word2 = (0, import_yaml4.isScalar)(at.node) ? String(at.node.value) : "";
  if (isOp(word2) && /whole|nothing/.test(OPS[word2].takes)) {
    return at.fail(`expected ${op.expected}, found ${quoted(word2)}`, { remedy: `write { ${word2}: {} }` });
  }
  const found = entries(at, op.expected);
  if (found === void 0) return void 0;
  const [first, second] = found.filter((entry) => isOp(entry.key));
  if (first === void 0) return failNoOp(at, found);
  if (second !== void 0) {
    const message = `expected one operation per entry, found ${quoted(second.key)} beside ${quoted(first.key)}`;
    second.keyAt.fail(message, { remedy: "begin a new list entry for it" });
  }
  const kind = first.key;
  const { node } = first.valueAt;
  const isNothing = node === null || (0, import_yaml4.isScalar)(node) && node.source === "";
  if (isNothing && /whole|nothing/.test(OPS[kind].takes))
    return first.keyAt.fail(`expected what ${quoted(kind)} takes, found nothing`, {
      remedy: `write { ${kind}: {} }`
    });
  const value = ARGUMENTS[OPS[kind].takes].read(first.valueAt);
  const fields = modifierFields(kind);
  const given = /* @__PURE__ */ new Map();
  for (const { key, keyAt, valueAt } of found) {
    if (isOp(key)) continue;
    const field = Object.hasOwn(fields, key) ? fields[key] : void 0;
    if (field !== void 0) {
      given.set(key, { value: field.read(valueAt), at: valueAt });
      continue;
    }
    const known = Object.keys(fields);
    const takes = known.length === 0 ? "nothing else" : listed(known);
    keyAt.failWord(key, `${kind} takes ${takes}, found ${quoted(key)}`, { nearest: nearestWord(key, known) });
  }
  for (const word3 of neededWords(kind))
    if (!given.has(word3)) {
      const remedy = `write { ${kind}: 0..4k, ${word3}: 8k }`;
      return at.fail(`expected ${quoted(word3)} beside ${quoted(kind)}`, { remedy });
    }
  return value === void 0 ? void 0 : build(kind, value, given);
}
function failNoOp(at, found) {
  const entry = found.find(({ key }) => !MODIFIER_WORDS.includes(key)) ?? found[0];
  const expected2 = `expected an operation: ${listed(OP_NAMES)}`;
  if (entry === void 0) return at.fail(`${expected2}; found an empty map`);
  if (entry.key === "repeat")
    return entry.keyAt.fail(`${expected2}; found "repeat"`, {
      remedy: "a whole thread repeats: NAME: { repeat: [{ writeback: 0..8k }] }"
    });
  return entry.keyAt.failWord(entry.key, `${expected2}; found ${quoted(entry.key)}`, {
    nearest: nearestWord(entry.key, OP_NAMES)
  });
}
var bytesIn = (kind, value) => ({
  from: OPS[kind].takes === "size" ? value : 0,
  to: value
});
var PLACES = {
  "start included": "inside",
  strictly: "strictly inside",
  apart: "so far off that the copy lies outside",
  anywhere: ""
};
var REASONS = {
  "start included": " (its start included)",
  strictly: "",
  apart: " (EINVAL)",
  anywhere: ""
};
function build(kind, value, given) {
  const bytes = value === "whole" ? WHOLE : typeof value === "number" ? bytesIn(kind, value) : value;
  const modifiers = [];
  for (const name of OPS[kind].modifiers) {
    const { word: word2, inside } = MODIFIERS[name];
    const { value: value2, at } = given.get(word2) ?? {};
    if (value2 === void 0 || value2 === false) continue;
    modifiers.push([name, value2]);
    if (value2 === true || isInside(name, value2, bytes)) continue;
    at?.fail(
      `expected ${inside === "apart" ? quoted(word2) : word2} ${PLACES[inside]} the range of the ${kind}${REASONS[inside]}`
    );
  }
  return { kind, ...bytes, ...Object.fromEntries(modifiers) };
}

// src/scenario/language/schedule.ts
var import_yaml5 = __toESM(require_dist(), 1);
var THREAD_NAME = /^(?:[A-Za-z_][\w-]{0,39}|writeback\/[1-9]\d?)$/;
var STEP_NAME = /^[A-Za-z_][\w.-]{0,79}$/;
var CHOICE_NAME = /^[A-Za-z_][\w-]{0,79}$/;
var MOST_STEPS2 = 1e6;
function isBornThread(name) {
  return /^kworker\/[1-9]\d{0,5}$/.test(name);
}
var ITEM = "a schedule entry: THREAD until STEP, THREAD end, THREAD step N or { choose: NAME=VALUE }";
var scheduleItem = {
  expected: ITEM,
  read(at) {
    if ((0, import_yaml5.isMap)(at.node)) return readChoose(at);
    const source = at.scalar(ITEM);
    if (source === void 0) return void 0;
    const bad = () => at.fail(`expected ${ITEM}, found ${quoted(source)}`);
    const words2 = [...source.matchAll(/\S+/g)];
    const [first, second, third] = words2;
    if (first === void 0 || second === void 0 || words2.length > 3) return bad();
    const [thread2] = first;
    const [verb] = second;
    const argument = third?.[0];
    if (!useThread(at, thread2, first.index)) return void 0;
    const argumentAt = () => part(at, third?.index ?? 0, argument ?? "");
    if (verb === "end" && argument === void 0) return { kind: "end", thread: thread2 };
    if (verb === "step") {
      const count2 = Number(argument ?? "1");
      if (argument !== void 0 && !(/^[1-9]\d{0,9}$/.test(argument) && count2 <= MOST_STEPS2)) {
        return argumentAt().fail(`expected a number of steps, found ${quoted(argument)}`);
      }
      return { kind: "step", thread: thread2, count: count2 };
    }
    if (verb === "until" && argument !== void 0) {
      const step2 = readStep(argumentAt(), argument);
      return step2 === void 0 ? void 0 : { kind: "until", thread: thread2, ...step2 };
    }
    return bad();
  },
  schema: () => ({
    anyOf: [
      { type: "string", pattern: "^\\S+ +(end|step( +[1-9][0-9]*)?|until +\\S+)$" },
      {
        type: "object",
        properties: { choose: { type: "string", pattern: "^[A-Za-z_][\\w-]*=(0|[1-9][0-9]*)$" } },
        required: ["choose"],
        additionalProperties: false
      }
    ]
  })
};
var ORDER = "an order such as writer:STEP@8k < flusher:STEP";
var orderConstraint = scalarField(
  ORDER,
  (source, at) => {
    const [left, right, ...more] = source.split("<");
    if (left === void 0 || right === void 0 || more.length > 0)
      return at.fail(`expected ${ORDER}, found ${quoted(source)}`);
    const before = readStepRef(at, left, 0);
    const after2 = readStepRef(at, right, left.length + 1);
    if (before === void 0 || after2 === void 0) return void 0;
    if (printStepRef(before) === printStepRef(after2)) return at.fail("expected two different steps around <");
    return { before, after: after2 };
  },
  () => ({ type: "string", pattern: "^\\s*\\S+:\\S+\\s*<\\s*\\S+:\\S+\\s*$" })
);
function printStepRef(ref) {
  return `${ref.thread}:${printStep(ref)}`;
}
function printStep({ step: step2, at }) {
  return at === void 0 ? step2 : `${step2}@${printQuantity(at)}`;
}
function readChoose(at) {
  const found = entries(at, ITEM);
  if (found === void 0) return void 0;
  const [entry] = found;
  if (entry === void 0 || found.length !== 1 || entry.key !== "choose") return at.fail(`expected ${ITEM}`);
  const { valueAt } = entry;
  const source = valueAt.scalar("NAME=VALUE");
  if (source === void 0) return void 0;
  const [, choice2, value] = /^([^=]*)=(0|[1-9]\d{0,8})$/.exec(source) ?? [];
  if (choice2 === void 0)
    return valueAt.fail(`expected NAME=VALUE with a whole number, found ${quoted(source)}`);
  const allowed = at.reading.vocabulary.choices ?? CHOICE_NAME;
  if (!checkWord(valueAt, choice2, "the name of a choice", allowed)) return void 0;
  return { kind: "choose", choice: choice2, value: Number(value) };
}
function readStepRef(at, side, offset) {
  const source = side.trim();
  const start3 = offset + side.length - side.trimStart().length;
  const colon = source.indexOf(":");
  if (colon < 1) return part(at, start3, source).fail(`expected THREAD:STEP, found ${quoted(source)}`);
  const thread2 = source.slice(0, colon);
  if (!useThread(at, thread2, start3)) return void 0;
  const name = source.slice(colon + 1).trimStart();
  const step2 = readStep(part(at, start3 + source.length - name.length, name), name);
  return step2 === void 0 ? void 0 : { thread: thread2, ...step2 };
}
function readStep(at, source) {
  const [step2 = "", offset, ...more] = source.split("@");
  const expected2 = "a step: the name of a kernel function, or FUNCTION@OFFSET";
  if (more.length > 0) return at.fail(`expected ${expected2}, found ${quoted(source)}`);
  if (!checkWord(at, step2, expected2, at.reading.vocabulary.steps ?? STEP_NAME)) return void 0;
  if (offset === void 0) return { step: step2 };
  const byte = parsedAt(at, offset, parseQuantity(offset));
  return byte === void 0 ? void 0 : { step: step2, at: byte };
}
function useThread(at, name, offset) {
  const here = part(at, offset, name);
  if (!THREAD_NAME.test(name) && !isBornThread(name)) {
    here.fail(`expected the name of a thread, found ${quoted(name)}`);
    return false;
  }
  at.reading.threadUses.push({ name, at: here });
  return true;
}
function part(at, offset, piece) {
  const source = at.reading.report.text;
  const quote = source[at.start] === '"' || source[at.start] === "'" ? 1 : 0;
  const start3 = at.start + quote + offset;
  if (!source.startsWith(piece, start3)) return at;
  return new Place(at.reading, at.node, start3, start3 + Math.max(1, piece.length));
}

// src/scenario/language/thread-spec.ts
var import_yaml6 = __toESM(require_dist(), 1);
var RESERVED_NAMES = ["setup", "kworker", "writeback", "drain"];
var SOME = { least: 1, most: MAX_OPS_PER_THREAD, what: "operations" };
var program = list(op, SOME);
var lap = list(
  {
    ...op,
    read(at) {
      const found = op.read(at);
      if (found === void 0 || !isFloating(found)) return found;
      return at.fail(`expected no ${found.kind} in a thread that repeats: where its bytes go has no end`);
    }
  },
  SOME
);
var threadName = word(
  "the name of a thread: letters, digits, _ and -, not beginning with a digit",
  THREAD_NAME
);
var thread = {
  expected: program.expected,
  read(at) {
    if ((0, import_yaml6.isMap)(at.node)) return threadRecord.read(at);
    const list3 = program.read(at);
    return list3 === void 0 ? void 0 : { ops: list3 };
  },
  schema: (vocabulary) => ({ anyOf: [program.schema(vocabulary), recordSchema(vocabulary)] })
};
var threadRecord = record({
  what: "a thread",
  fields: { fd: choice("own or shared", ["own", "shared"]), ops: program, repeat: lap },
  about: {
    fd: "own: it opened the file itself and is told of each writeback error; shared (unless said): it uses the setup's",
    ops: "the operations of the thread, in order",
    repeat: "the same, again and again for as long as others go on"
  },
  build({ fd, ops: ops2, repeat }, places, at) {
    const { ops: once, repeat: again } = places;
    if (once !== void 0 && again !== void 0) again.fail("expected ops or repeat, found both");
    const isMissing = once === void 0 && again === void 0 && !at.reading.report.failed;
    if (isMissing) return at.fail('expected a thread to have the key "ops" or "repeat"');
    return {
      ops: ops2 ?? repeat ?? [],
      ...fd === "own" ? { ownFd: true } : {},
      ...once === void 0 ? { repeats: true } : {}
    };
  }
});
var recordSchema = (vocabulary) => ({
  ...threadRecord.schema(vocabulary),
  oneOf: [{ required: ["ops"] }, { required: ["repeat"] }]
});
var threads = {
  expected: "a map from thread names to lists of operations",
  read(at) {
    const found = entries(at, threads.expected);
    if (found !== void 0 && found.length > MAX_THREADS) {
      at.fail(`expected at most ${MAX_THREADS} threads, found ${found.length}`);
    }
    return found?.flatMap(({ key, keyAt, valueAt }) => {
      const name = threadName.read(keyAt);
      if (RESERVED_NAMES.includes(key))
        keyAt.fail(`expected another name for the thread: ${quoted(key)} is reserved`);
      const of = thread.read(valueAt);
      return name === void 0 || of === void 0 ? [] : [{ name, ...of }];
    });
  },
  schema: (vocabulary) => ({
    type: "object",
    maxProperties: MAX_THREADS,
    propertyNames: { pattern: THREAD_NAME.source, not: { enum: RESERVED_NAMES } },
    additionalProperties: thread.schema(vocabulary)
  })
};

// src/scenario/language/verdicts.ts
var import_yaml7 = __toESM(require_dist(), 1);
var NAME = /^[A-Za-z0-9][\w.-]{0,79}$/;
var kernelName = word(
  "the name of a kernel",
  NAME,
  (known) => known.kernels,
  ({ nearestKernels }, name) => nearestKernels?.(name)
);
var fixName = word("the name of a fix", NAME, (known) => known.fixes);
var oracleSet = wordSet(
  choice(`an oracle (${ORACLE_NAMES.join(", ")})`, ORACLE_NAMES),
  1,
  "oracles"
);
var VERDICT = `ok, mismatch, or the oracles that must be violated (${ORACLE_NAMES.join(", ")})`;
var verdictWord = choice(VERDICT, ["ok", "mismatch", ...ORACLE_NAMES]);
var expectation = {
  expected: VERDICT,
  read(at) {
    if ((0, import_yaml7.isSeq)(at.node)) return oracleSet.read(at);
    const value = verdictWord.read(at);
    return value === void 0 || value === "ok" || value === "mismatch" ? value : [value];
  },
  schema: (known) => ({ anyOf: [verdictWord.schema(known), oracleSet.schema(known)] })
};
var anyKind = text("the kind that a bad verdict must show", 200);
var findingKind = {
  ...anyKind,
  read(at) {
    const kind = anyKind.read(at);
    const form = at.reading.vocabulary.kinds;
    if (kind === void 0 || form === void 0 || form.test(kind)) return kind;
    return at.fail(`expected ${anyKind.expected}, found ${quoted(kind)}, which no finding has`, {
      remedy: `for example "content: store -> zero"; findings show theirs`
    });
  },
  schema: (known) => ({
    ...anyKind.schema(known),
    ...known.kinds === void 0 ? {} : { pattern: known.kinds.source }
  })
};
function checkKind(verdict, kind, at) {
  if (verdict === "ok")
    at?.fail("expected no kind beside the verdict ok", { remedy: "only a finding has a kind" });
  const oracle2 = kind === void 0 ? void 0 : oracleOf(kind);
  if (oracle2 === void 0 || verdict === void 0 || typeof verdict === "string") return;
  const [first] = ORACLE_NAMES.filter((name) => verdict.includes(name));
  if (oracle2 !== first)
    at?.fail(`expected a kind of ${first}, the first oracle of the verdict; found one of ${oracle2}`);
}
function oracleOf(kind) {
  return ORACLE_NAMES.find((name) => kind.startsWith(`${name}: `));
}
var WRITERS = OP_NAMES.filter((name) => OPS[name].data !== "none");
var lines = /* @__PURE__ */ new WeakMap();
function state(kernel, statement, at) {
  const { expect, kind } = statement;
  lines.set(statement, at.line);
  const oracle2 = kind === void 0 ? void 0 : oracleOf(kind);
  const oracles = typeof expect === "string" ? [oracle2].filter((name) => name !== void 0) : expect;
  at.reading.stated.push({ kernel: identityOf(kernel), name: variantName(kernel), oracles, kind, at });
  return statement;
}
function identityOf(kernel) {
  const known = findRelease(kernel.base) !== void 0 && [...kernel.with, ...kernel.without].every(isFixName);
  const toggles = known ? [...fixesOf(kernel)].sort() : [kernel.with.toSorted(), kernel.without.toSorted()];
  return JSON.stringify([kernel.base, toggles]);
}
function checkStated(stated, judged, judgedAt, ops2) {
  const first = /* @__PURE__ */ new Map();
  for (const one of stated) {
    const other = first.get(one.kernel);
    first.set(one.kernel, other ?? one);
    if (other !== void 0)
      for (const [a, b] of [[other, one], [one, other]])
        a.at.fail(`expected one verdict for a kernel, found another for ${b.name} in line ${b.at.line}`);
    const silent = judged && one.oracles.find((name) => !judged.includes(name));
    if (silent !== void 0) {
      const message = `expected what is judged, found ${silent}, which "oracles" in line ${judgedAt?.line} leaves out`;
      one.at.fail(message);
      judgedAt?.fail(`expected ${silent} too, for the verdict in line ${one.at.line}`);
    }
    const [, op2] = /: ([\w-]+) -> /.exec(one.kind ?? "") ?? [];
    if (op2 !== void 0 && WRITERS.includes(op2) && !ops2.has(op2))
      one.at.fail(`expected a kind of this program, found one of ${op2}, which it has none of`);
  }
}
var CALL = /^[A-Za-z_][\w/-]{0,39}\.[1-9]\d{0,4}$/;
var RESULT = `a number of bytes, ok, or an error or signal (${ERROR_NAMES.slice(1).join(", ")})`;
var result = {
  expected: RESULT,
  read(at) {
    const text3 = at.scalar(RESULT);
    if (text3 === void 0 || ERROR_NAMES.includes(text3)) return text3;
    const bytes = parseQuantity(text3);
    if (bytes.ok) return bytes.value;
    return at.fail(`expected ${RESULT}, found ${quoted(text3)}`, { nearest: nearestWord(text3, ERROR_NAMES) });
  },
  schema: () => ({ anyOf: [{ enum: ERROR_NAMES }, { type: "integer", minimum: 0 }, { type: "string" }] })
};
var returns2 = mapOf(
  word("the name of a call, thread.number", CALL),
  list(result, { least: 1, most: 9, what: "results", lone: true }),
  "results by call",
  (call, values, keyAt) => {
    keyAt.reading.calls.push({ call, at: keyAt });
    return { call, values };
  }
);
function checkCalls(calls, names) {
  for (const { call, at } of calls)
    if (!names.includes(call))
      at.fail(`expected a call of this program, found ${quoted(call)}, which it has none of`, {
        nearest: nearestWord(call, names)
      });
}
var judgementMap = record({
  what: "an expectation",
  fields: { verdict: expectation, kind: findingKind, returns: returns2 },
  required: ["verdict"],
  build({ verdict, kind, returns: returns3 }, places) {
    checkKind(verdict, kind, places.kind);
    return { expect: verdict ?? "ok", kind, ...returns3 === void 0 ? {} : { returns: returns3 } };
  }
});
var judgement = {
  expected: VERDICT,
  read(at) {
    if ((0, import_yaml7.isMap)(at.node)) return judgementMap.read(at);
    const expect = expectation.read(at);
    return expect === void 0 ? void 0 : { expect };
  },
  schema: (known) => ({ anyOf: [expectation.schema(known), judgementMap.schema(known)] })
};
var expectations = mapOf(
  kernelName,
  judgement,
  "verdicts by kernel",
  (kernel, judged, keyAt) => state({ base: kernel, with: [], without: [] }, { kernel, ...judged }, keyAt)
);
var fixes = wordSet(fixName, 0, "fixes");
var differences = { base: kernelName, with: fixes, without: fixes };
function kernelOf2(values, places) {
  const { base = "", with: added = [], without: removed = [] } = values;
  const both = added.find((name) => removed.includes(name));
  if (both !== void 0)
    places.without?.fail(`expected a fix in with or in without, found ${quoted(both)} in both`);
  return { base, with: added, without: removed };
}
var variant = record({
  what: "a variant",
  fields: { ...differences, expect: expectation, kind: findingKind, returns: returns2 },
  required: ["base", "expect"],
  build(values, places, at) {
    const kernel = kernelOf2(values, places);
    checkKind(values.expect, values.kind, places.kind);
    if (places.with === void 0 && places.without === void 0) {
      at.fail("expected a variant to add fixes (with) or to remove some (without)", {
        remedy: "the verdict of a plain kernel belongs into expect"
      });
    }
    const stated = values.returns === void 0 ? {} : { returns: values.returns };
    return state(kernel, { ...kernel, expect: values.expect ?? "ok", kind: values.kind, ...stated }, at);
  }
});
var variants = list(variant, { most: 256, what: "variants" });
var kernelVariant = record({
  what: "a variant file",
  fields: { name: word("a name", NAME), ...differences },
  required: ["base"],
  build: (values, places) => ({ name: values.name, ...kernelOf2(values, places) })
});

// src/scenario/language/scenario-keys.ts
var MOST_AMBIENT_THREADS = 8;
var SCENARIO_NAME = /^[A-Za-z0-9][\w.+-]{0,79}$/;
var file = record({
  what: "file",
  fields: { size: quantity, block: powerOfTwo(512, 65536), page: powerOfTwo(4096, 65536) },
  required: ["size"],
  about: {
    size: "the file is truncated to this size before setup: all hole",
    block: "block size of the file system, at most the page size (4k unless said)",
    page: "page size (4k unless said)"
  },
  build({ size = 0, block = DEFAULT_BLOCK, page: page2 = DEFAULT_PAGE }, places) {
    if (block > page2) places.block?.fail(`expected a block of at most the page size, ${printQuantity(page2)}`);
    return { size, block, page: page2 };
  }
});
var times = count(MOST_PER_BUDGET);
function perFault(value) {
  return Object.fromEntries(FAULTS.map((fault2) => [fault2.name, value(fault2)]));
}
var budget = record({
  what: "budget",
  fields: { ...perFault(() => times), faults: count(MOST_FAULTS) },
  about: {
    ...perFault(({ about }) => about),
    faults: "how many of all these there may be together, evictions apart"
  },
  build(values) {
    const result3 = emptyBudget();
    if (values.faults !== void 0) result3.faults = values.faults;
    for (const { key, name } of FAULTS) result3[key] = values[name] ?? 0;
    return result3;
  }
});
var background = record({
  what: "background",
  fields: { writeback: count(MOST_AMBIENT_THREADS), evictions: times },
  about: {
    writeback: "how many ambient threads make one writeback pass over the whole file each",
    evictions: "how many clean pages ambient reclaim may drop"
  },
  build: ({ writeback = 0, evictions = 0 }) => ({ writeback, evictions })
});
var ops = list(op, { most: MAX_OPS_PER_THREAD, what: "operations" });
var windowName = word("the name of a window", /^[A-Za-z_][\w-]{0,79}$/, (known) => known.windows);
var FIELDS = {
  name: word("a name: letters, digits and . _ + -", SCENARIO_NAME),
  about: text("a text that says what the scenario is about", 4e3),
  source: text("a text that says where the scenario comes from", 4e3),
  file,
  setup: ops,
  threads,
  budget,
  background,
  oracles: oracleSet,
  expect: expectations,
  variants,
  reached: list(windowName, { most: 64, what: "windows", lone: true }),
  schedule: list(scheduleItem, { most: 4096, what: "schedule entries" }),
  order: list(orderConstraint, { most: 64, what: "constraints" })
};
var scenario = record({
  what: "a scenario",
  fields: FIELDS,
  required: ["name", "file"],
  about: {
    name: "a short name, also used for files",
    about: "what the scenario is about, in a sentence",
    source: "where it comes from",
    file: "the file under test",
    setup: "runs alone, in order, and waits for everything it starts",
    threads: "the threads that race, each with its operations in order",
    budget: "what may go wrong by a choice of the environment, and how often",
    background: "threads and evictions to add, each with how many: { writeback: 1, evictions: 2 }",
    oracles: "what is judged; all oracles unless said",
    expect: "the verdict per kernel",
    variants: "the verdict of kernels with fixes added or removed",
    reached: "windows that must have been entered, or a clean run says nothing",
    schedule: "an exact interleaving",
    order: "happens-before constraints; the rest is left to the search"
  },
  build: build2
});
function build2(values, places, at) {
  const { name = "", setup = [], background: background2 = { writeback: 0, evictions: 0 }, ...given } = values;
  const { file: file2 = { size: 0, block: DEFAULT_BLOCK, page: DEFAULT_PAGE }, budget: budget2 = emptyBudget() } = values;
  checkSize({ setup, threads: given.threads ?? [], file: file2 }, background2.writeback, places, at);
  const kinds = new Set(allOps({ setup, threads: given.threads ?? [] }).map((op2) => op2.kind));
  checkStated(at.reading.stated, given.oracles, places.oracles, kinds);
  checkCalls(at.reading.calls, callNames(given.threads ?? []));
  const threads2 = withWriteback(file2, setup, given.threads ?? [], background2.writeback, places.background);
  if (threads2.length > 0 && threads2.every(({ repeats }) => repeats))
    (places.threads ?? at).fail(
      "expected a thread that does not repeat: laps go on for as long as one does",
      {
        remedy: "write one as a list, NAME: [{ write: 0..4k }]"
      }
    );
  const ambient = Math.min(MOST_PER_BUDGET, budget2.evictions + background2.evictions);
  if (ambient > 0 && threads2.some((thread2) => thread2.name === "reclaim")) {
    const where = budget2.evictions > 0 ? places.budget : places.background;
    where?.fail("expected no evictions beside a thread named reclaim: both would be called reclaim", {
      remedy: "rename the thread"
    });
  }
  if (places.threads === void 0 || given.threads !== void 0) checkThreadUses(at, threads2);
  return {
    ...NOTHING_STATED,
    ...given,
    name,
    file: file2,
    setup,
    threads: threads2,
    budget: { ...budget2, evictions: ambient }
  };
}
function withWriteback(file2, setup, threads2, more, where) {
  const ops2 = allOps({ setup, threads: threads2 });
  const to = Math.max(1, file2.size, ...ops2.flatMap(rangesOf).map((bytes) => bytes.to));
  const added = Array.from({ length: more }, (_, i) => ({
    name: `writeback/${i + 1}`,
    ops: [{ kind: "writeback", from: 0, to }]
  }));
  if (threads2.length + more > MAX_THREADS) where?.fail(`expected at most ${MAX_THREADS} threads in all`);
  if (added.some(({ name }) => threads2.some((thread2) => thread2.name === name)))
    where?.fail("expected no thread of the file to be named as one of the background");
  return [...threads2, ...added];
}
function checkSize(program2, ambient, places, at) {
  const pages = pagesTouched(allOps(program2), program2.file.page, program2.file.size);
  if (pages > MAX_PAGES_TOUCHED) {
    const where2 = places.threads ?? places.setup ?? at;
    where2.fail(`expected operations to touch at most ${MAX_PAGES_TOUCHED} pages, found ${pages}`, {
      remedy: "make ranges shorter: only near their ends do pages differ; command lines of xfs_io may touch more"
    });
  }
  const where = places.threads ?? places.setup ?? at;
  const cells2 = pages > MAX_PAGES_TOUCHED ? void 0 : tooManyCells(program2);
  if (cells2 !== void 0) where.fail(`expected ${cells2}`);
  const isToldAlready = where === at ? hasUnknownKey(at) : at.reading.report.failed;
  const isEmpty = ambient === 0 && allOps(program2).length === 0 && !isToldAlready;
  if (isEmpty) where.fail("expected at least one operation, in setup or in threads");
}
function hasUnknownKey({ node }) {
  return (0, import_yaml8.isMap)(node) && node.items.some(({ key }) => !Object.hasOwn(FIELDS, String(key)));
}
function checkThreadUses(at, threads2) {
  const names = threads2.map((thread2) => thread2.name);
  const known = ["setup", "reclaim", ...names];
  for (const use of at.reading.threadUses) {
    if (isBornThread(use.name) || known.includes(use.name)) continue;
    const message = `expected a thread of this file, setup, reclaim or kworker/N; found ${quoted(use.name)}`;
    use.at.fail(message, { nearest: nearestWord(use.name, known) });
  }
}

// src/scenario/language/parse.ts
function parseScenario(text3, fileName, vocabulary = {}) {
  const read = readFile(text3, fileName, vocabulary, scenario, "a scenario");
  return "value" in read ? { scenario: read.value } : read;
}
function refusal(word2) {
  const beyond = beyondModel(word2);
  return beyond === void 0 ? void 0 : { message: noneOf(beyond), remedy: beyond.instead };
}
function readFile(text3, fileName, vocabulary, field, what) {
  const report = new Reporter(withoutMark(text3), fileName);
  const root = parseYaml(report, what);
  if (root === void 0) return { diagnostics: report.diagnostics() };
  const reading = { report, vocabulary, threadUses: [], stated: [], calls: [], refusal };
  const value = field.read(Place.of(reading, root));
  if (value === void 0 || report.failed) return { diagnostics: report.diagnostics() };
  return { value };
}

// src/dev/bench/sampling.ts
function subjectOn(file2, kernel) {
  const parsed = parseScenario(readFileSync(file2, "utf8"), file2);
  if ("diagnostics" in parsed) throw new Error(`${file2} is not valid`);
  return makeSubject(parsed.scenario, { base: kernel, with: [], without: [] });
}

// src/explore/search/hash-keys.ts
var A = 2654435761 | 0;
var B = 2246822519 | 0;
var C = 3266489917 | 0;

// src/explore/search/canonical.ts
var HIGH_BITS = 2097151;
function finish4(x) {
  let h = x ^ x >>> 16;
  h = Math.imul(h, 2246822507);
  h ^= h >>> 13;
  h = Math.imul(h, 3266489909);
  return h ^ h >>> 16;
}
var NOTHING = new Int32Array(0);
var MARK = 668265263 | 0;
var Canonical = class {
  low = 0;
  high = 0;
  /** A thread that plays a part of its own, so that states are equal only if theirs look alike; -1: none. */
  marked = -1;
  /** Threads that swap with others: for each program thread the first of its kind. */
  kind;
  #k;
  #symmetry;
  #words;
  /** Words of the common part, cells included unless they are hashed one by one. */
  #commonEnd;
  /** First and past the last word of each program thread, and a seed that its kind shares. */
  #from;
  #to;
  #seed;
  #reclaimAt;
  #workerAt;
  /** Some values belong to interchangeable threads. */
  #ownedData;
  #cellsFrom;
  #alsoFrom;
  #cellsTo;
  /** End of what comes after the cells and before the threads: a modelled disk. */
  #dataTo;
  /** Per data value: the thread whose view it is in, or -1; and its number among that thread's. */
  #owner;
  #local;
  #viewLow;
  #viewHigh;
  constructor(k2, symmetry) {
    this.#k = k2;
    this.#symmetry = symmetry;
    const { layout, program: program2 } = k2;
    const n = layout.programThreads;
    const perWord = 4 / k2.s.BYTES_PER_ELEMENT;
    this.#words = new Int32Array(k2.s.buffer);
    const hasCopies = program2.threads.some((ops2) => ops2.some(({ does }) => does.copies));
    this.kind = Int32Array.from(
      program2.threads,
      (ops2, i) => symmetry && !hasCopies && (program2.descriptions?.[i] ?? 0) === 0 ? program2.threads.findIndex(
        (other, j) => (program2.descriptions?.[j] ?? 0) === 0 && program2.repeats?.[j] === program2.repeats?.[i] && sameOps(other, ops2)
      ) : i
    );
    const owned = /* @__PURE__ */ new Map();
    program2.threads.forEach((ops2, thread2) => {
      if (this.kind.filter((kind) => kind === this.kind[thread2]).length < 2) return;
      ops2.forEach((op2, local) => {
        if (OPS[op2.kind].data !== "none") owned.set(op2.value, { thread: thread2, local: local + 1 });
      });
    });
    const values = program2.values + 4 /* VALUE */;
    this.#owner = Int32Array.from({ length: values }, (_, v) => owned.get(v)?.thread ?? -1);
    this.#local = Int32Array.from({ length: values }, (_, v) => owned.get(v)?.local ?? 0);
    this.#ownedData = owned.size > 0;
    this.#cellsFrom = layout.cache;
    this.#alsoFrom = layout.also;
    this.#cellsTo = layout.also + program2.geometry.cells;
    const registers = layout.threads.slice(0, n);
    this.#reclaimAt = layout.threads[layout.reclaim].base;
    this.#dataTo = registers[0]?.base ?? this.#reclaimAt;
    this.#commonEnd = (this.#ownedData ? layout.cache : registers[0]?.base ?? this.#reclaimAt) / perWord;
    this.#from = Int32Array.from(registers, (r) => r.base / perWord);
    this.#to = Int32Array.from(registers, (r) => Math.ceil((r.base + r.length) / perWord));
    this.#seed = Int32Array.from(this.kind, (kind) => finish4(Math.imul(kind + 1, C)));
    this.#workerAt = Int32Array.from({ length: layout.kworkers }, (_, i) => layout.threads[n + i].base);
    this.#viewLow = new Int32Array(n);
    this.#viewHigh = new Int32Array(n);
  }
  /**
   * Hashes the state as it is now, and the numbers `beside` it, into `low` and `high`. Two words a round, each into its
   * half, with the halves mixed in between; a round is a bijection of the halves.
   */
  // biome-ignore lint/complexity/noExcessiveLinesPerFunction: the hottest loop of the search, kept in one piece.
  hash(beside = NOTHING) {
    const words2 = this.#words;
    const s = this.#k.s;
    const viewLow = this.#viewLow;
    const viewHigh = this.#viewHigh;
    const n = viewLow.length;
    const { marked } = this;
    let a = marked === n + this.#workerAt.length ? MARK : 0;
    let b = Math.imul(~s[this.#reclaimAt], C);
    for (let i = 0; i < beside.length; i++) {
      a = Math.imul(a ^ beside[i], A);
      b = (b << 13 | b >>> 19) + a | 0;
      a ^= b >>> 15;
    }
    const end = this.#commonEnd;
    let j = 0;
    for (; j + 1 < end; j += 2) {
      a = Math.imul(a ^ words2[j], A);
      b = Math.imul(b ^ words2[j + 1], B);
      a ^= b >>> 15;
      b = (b << 13 | b >>> 19) + a | 0;
    }
    if (j < end) a = Math.imul(a ^ words2[j], A);
    const seeds = this.#seed;
    for (let i = 0; i < n; i++) {
      viewLow[i] = seeds[i];
      viewHigh[i] = seeds[i];
    }
    if (marked >= 0 && marked < n) viewHigh[marked] ^= MARK;
    if (this.#ownedData) {
      this.#cells();
      a = a + this.#cellsLow | 0;
      b = b + this.#cellsHigh | 0;
    }
    const workerAt = this.#workerAt;
    const slotMatters = this.#symmetry ? 0 : 1 << 16;
    for (let i = 0, workers = workerAt.length; i < workers; i++) {
      const at = workerAt[i];
      const pc = s[at + 0 /* PC */];
      if (pc === 0) continue;
      let u = Math.imul((pc | s[at + 1 /* POS */] << 16) ^ C, A);
      let v = Math.imul((s[at + 2 /* END */] | s[at + 3 /* FLAGS */] << 16) ^ A, B);
      u ^= v >>> 15;
      v = (v << 13 | v >>> 19) + u | 0;
      u = finish4(u ^ (s[at + 4 /* MAP_TYPE */] | Math.imul(i + 1, slotMatters)));
      if (marked === n + i) v ^= MARK;
      v = finish4(v + u | 0);
      const owner = s[at + 5 /* HELD */] - 1;
      if (owner >= 0) {
        viewLow[owner] = viewLow[owner] + u | 0;
        viewHigh[owner] = viewHigh[owner] + v | 0;
      } else {
        a = a + u | 0;
        b = b + v | 0;
      }
    }
    a = finish4(a);
    b = finish4(b);
    const from = this.#from;
    const past = this.#to;
    for (let i = 0; i < n; i++) {
      let x = viewLow[i];
      let y = viewHigh[i];
      const to = past[i];
      let w = from[i];
      for (; w + 1 < to; w += 2) {
        x = Math.imul(x ^ words2[w], A);
        y = Math.imul(y ^ words2[w + 1], B);
        x ^= y >>> 15;
        y = (y << 13 | y >>> 19) + x | 0;
      }
      if (w < to) x = Math.imul(x ^ words2[w], A);
      y = finish4(y ^ x >>> 7);
      x = finish4(x);
      viewLow[i] = x;
      viewHigh[i] = y;
      a = a + x | 0;
      b = b + y | 0;
    }
    this.low = finish4(a ^ b >>> 3);
    this.high = finish4(b + Math.imul(a, C) | 0);
  }
  #cellsLow = 0;
  #cellsHigh = 0;
  /** Adds up the cells: values of interchangeable threads in those threads' views, all others in `#cellsLow` and `-High`. */
  #cells() {
    const { s } = this.#k;
    const viewLow = this.#viewLow;
    const viewHigh = this.#viewHigh;
    const owners = this.#owner;
    const locals = this.#local;
    const alsoFrom = this.#alsoFrom;
    let low = 0;
    let high = 0;
    const cellsTo = this.#cellsTo;
    for (let e = this.#cellsFrom, end = this.#dataTo; e < end; e++) {
      const v = s[e];
      const value = e < alsoFrom ? v : e < cellsTo ? v - 4 /* VALUE */ : 0;
      const owner = value >= 3 /* FIRST_DATA */ ? owners[value] : -1;
      let x = Math.imul((e << 16) + (owner >= 0 ? locals[value] : v) ^ C, A);
      x = Math.imul(x ^ x >>> 15, B);
      const y = Math.imul(x ^ x >>> 13, C);
      if (owner >= 0) {
        viewLow[owner] = viewLow[owner] + x | 0;
        viewHigh[owner] = viewHigh[owner] + y | 0;
      } else {
        low = low + x | 0;
        high = high + y | 0;
      }
    }
    this.#cellsLow = low;
    this.#cellsHigh = high;
  }
  /** For hash-code.ts. */
  get shape() {
    return {
      state: this.#k.s,
      words: this.#words,
      symmetry: this.#symmetry,
      commonEnd: this.#commonEnd,
      from: this.#from,
      to: this.#to,
      seed: this.#seed,
      reclaimAt: this.#reclaimAt,
      workerAt: this.#workerAt,
      ownedData: this.#ownedData,
      cellsFrom: this.#cellsFrom,
      alsoFrom: this.#alsoFrom,
      cellsTo: this.#cellsTo,
      dataTo: this.#dataTo,
      owner: this.#owner,
      local: this.#local
    };
  }
  /** 53 bits of what `hash` made, as one number. */
  get number() {
    return (this.high & HIGH_BITS) * 2 ** 32 + (this.low >>> 0);
  }
  /** The state as an exact string that is the same for symmetric states. */
  key(beside = NOTHING) {
    const { s, layout } = this.#k;
    const n = this.#viewLow.length;
    const views = [];
    for (let i = 0; i < n; i++) {
      const { base, length: length2 } = layout.threads[i];
      views.push(`${i === this.marked ? "*" : ""}${this.kind[i]}:${text2(s, base, base + length2)}`);
    }
    const reclaims = this.marked === n + layout.kworkers ? "*" : "";
    let common = `${beside.join()},${text2(s, 0, this.#cellsFrom)}${s[this.#reclaimAt]}${reclaims}`;
    for (let e = this.#cellsFrom; e < this.#dataTo; e++) {
      const v = s[e];
      const value = e < this.#alsoFrom ? v : e < this.#cellsTo ? v - 4 /* VALUE */ : 0;
      const owner = value >= 3 /* FIRST_DATA */ ? this.#owner[value] : -1;
      if (owner >= 0) views[owner] += `@${e}.${this.#local[value]}`;
      common += owner >= 0 ? "#" : String.fromCharCode(v);
    }
    const free = [];
    const queued = views.map(() => []);
    for (let i = 0; i < layout.kworkers; i++) {
      const at = layout.threads[n + i].base;
      if (s[at + 0 /* PC */] === 0) continue;
      const mark = this.marked === n + i ? "*" : "";
      const word2 = `${mark}${this.#symmetry ? "" : i}!${text2(s, at, at + 5 /* HELD */)}`;
      (s[at + 5 /* HELD */] > 0 ? queued[s[at + 5 /* HELD */] - 1] : free).push(word2);
    }
    const full = views.map((view, i) => `${view}${queued[i].sort().join("")}`);
    return `${common}|${free.sort().join("")}|${full.sort().join("|")}`;
  }
};
function text2(s, from, to) {
  let out2 = "";
  for (let i = from; i < to; i++) out2 += String.fromCharCode(s[i]);
  return out2;
}
function sameOps(a, b) {
  return a.length === b.length && a.every((op2, i) => sameOp(op2, b[i]));
}
function sameOp(a, b) {
  return Object.keys(a).every((field) => field === "value" || a[field] === b[field]);
}

// src/explore/search/hash-code.ts
var finish5 = (v) => `${v} ^= ${v} >>> 16; ${v} = Math.imul(${v}, 0x85ebca6b); ${v} ^= ${v} >>> 13; ${v} = Math.imul(${v}, 0xc2b2ae35); ${v} ^= ${v} >>> 16;`;
function rounds(a, b, from, to) {
  const lines2 = [];
  for (let w = from; w < to; w += 2) {
    lines2.push(`${a} = Math.imul(${a} ^ words[${w}], ${A});`);
    if (w + 1 === to) break;
    lines2.push(`${b} = Math.imul(${b} ^ words[${w + 1}], ${B}); ${a} ^= ${b} >>> 15;`);
    lines2.push(`${b} = (((${b} << 13) | (${b} >>> 19)) + ${a}) | 0;`);
  }
  return lines2;
}
function cellHash(cell, value) {
  const x = Math.imul((cell << 16) + value ^ C, A);
  const low = Math.imul(x ^ x >>> 15, B);
  return [low, Math.imul(low ^ low >>> 13, C)];
}
function cellTables({ owner, local, seed }, from, to, base) {
  const values = base + owner.length;
  const ownerOf = (v) => v - base >= 3 /* FIRST_DATA */ ? owner[v - base] : -1;
  const views = Int32Array.from({ length: values }, (_, v) => ownerOf(v) < 0 ? seed.length : ownerOf(v));
  const halves2 = Array.from({ length: (to - from) * values }, (_, i) => {
    const v = i % values;
    return cellHash(from + (i - v) / values, ownerOf(v) < 0 ? v : local[v - base]);
  });
  const of = (half) => Int32Array.from(halves2, (both) => both[half]);
  return { views, lows: of(0), highs: of(1) };
}
function cells({ cellsFrom, alsoFrom, cellsTo, dataTo, seed }, values, alsoValues) {
  const lines2 = [`lows[${seed.length}] = highs[${seed.length}] = 0;`];
  for (let e = cellsFrom; e < cellsTo; e++) {
    const [name, at] = e < alsoFrom ? ["cell", (e - cellsFrom) * values] : ["also", (e - alsoFrom) * alsoValues];
    lines2.push(
      `v = s[${e}]; o = ${name}Views[v]; lows[o] = (lows[o] + ${name}Lows[${at} + v]) | 0;`,
      `highs[o] = (highs[o] + ${name}Highs[${at} + v]) | 0;`
    );
  }
  lines2.push(`a = (a + lows[${seed.length}]) | 0; b = (b + highs[${seed.length}]) | 0;`);
  for (let e = cellsTo; e < dataTo; e++)
    lines2.push(
      `u = Math.imul((${e << 16} + s[${e}]) ^ ${C}, ${A}); u = Math.imul(u ^ (u >>> 15), ${B});`,
      `a = (a + u) | 0; b = (b + Math.imul(u ^ (u >>> 13), ${C})) | 0;`
    );
  return lines2;
}
function worker({ workerAt, symmetry }, i) {
  const at = workerAt[i];
  const slot = symmetry ? 0 : Math.imul(i + 1, 1 << 16);
  return `v = s[${at}];
  if (v !== 0) {
    u = Math.imul((v | (s[${at + 1 /* POS */}] << 16)) ^ ${C}, ${A});
    w = Math.imul((s[${at + 2 /* END */}] | (s[${at + 3 /* FLAGS */}] << 16)) ^ ${A}, ${B});
    u ^= w >>> 15; w = (((w << 13) | (w >>> 19)) + u) | 0;
    u ^= s[${at + 4 /* MAP_TYPE */}] | ${slot}; ${finish5("u")}
    w = (w + u) | 0; ${finish5("w")}
    o = s[${at + 5 /* HELD */}] - 1;
    if (o >= 0) { lows[o] = (lows[o] + u) | 0; highs[o] = (highs[o] + w) | 0; }
    else { a = (a + u) | 0; b = (b + w) | 0; }
  }`;
}
function compileHash(shape) {
  const { state: state2, words: words2, from, to, seed } = shape;
  const cell = cellTables(shape, shape.cellsFrom, shape.alsoFrom, 0);
  const also = cellTables(shape, shape.alsoFrom, shape.cellsTo, 4 /* VALUE */);
  const views = [...seed.keys()];
  const lines2 = [
    `let a = 0, b = Math.imul(~s[${shape.reclaimAt}], ${C}), o = 0, u = 0, v = 0, w = 0, x = 0, y = 0;`,
    ...rounds("a", "b", 0, shape.commonEnd),
    ...views.map((i) => `lows[${i}] = highs[${i}] = ${seed[i]};`),
    ...shape.ownedData ? cells(shape, cell.views.length, also.views.length) : [],
    ...[...shape.workerAt.keys()].map((i) => worker(shape, i)),
    finish5("a"),
    finish5("b"),
    ...views.flatMap((i) => [
      `x = lows[${i}]; y = highs[${i}];`,
      ...rounds("x", "y", from[i], to[i]),
      `y ^= x >>> 7; ${finish5("y")} ${finish5("x")} a = (a + x) | 0; b = (b + y) | 0;`
    ]),
    `x = a ^ (b >>> 3); ${finish5("x")} y = (b + Math.imul(a, ${C})) | 0; ${finish5("y")}`,
    `result.low = x; result.high = y;`
  ];
  const result3 = { low: 0, high: 0 };
  const sums = () => new Int32Array(new ArrayBuffer(4 * (seed.length + 1)));
  const used = {
    s: state2,
    words: words2,
    lows: sums(),
    highs: sums(),
    cellViews: cell.views,
    cellLows: cell.lows,
    cellHighs: cell.highs,
    alsoViews: also.views,
    alsoLows: also.lows,
    alsoHighs: also.highs,
    result: result3
  };
  const make = new Function(...Object.keys(used), `return () => {
${lines2.join("\n")}
};`);
  return { hash: make(...Object.values(used)), result: result3 };
}

// src/explore/search/transitions.ts
var LOOKS = (() => {
  const table2 = new Uint8Array(256);
  table2.fill(2 /* AT_NONE */, 56 /* B_START */, 68 /* B_RETURN */ + 1);
  table2.fill(2 /* AT_NONE */, 69 /* C_ENDIO */, 72 /* C_FINISH */ + 1);
  table2.fill(2 /* AT_NONE */, 97 /* FS_START */, 101 /* SF_RETURN */ + 1);
  for (const pc of [1 /* W_IOLOCK */, 4 /* W_BEGIN */, 5 /* W_BEGIN_NEXT */, 6 /* W_COOKIE */, 11 /* W_COPY */])
    table2[pc] = 2 /* AT_NONE */;
  for (const pc of [7 /* W_FAULT_IN */, 9 /* W_LOCK */]) table2[pc] = 1 /* AT_ONE */;
  return table2;
})();
var Transitions = class {
  engine;
  /** Of the program, which is plain, some orders of steps are left out. */
  isReduced;
  /**
   * Transition numbers: threads below `reclaim`, then one per page, then one per program thread before whose step the
   * ioend of the folio that it looks at ends, or reclaim takes the folio, or both.
   */
  reclaim;
  most;
  #late;
  /** Answers to the choices of the step that runs or ran last, and how many options each had. */
  picks = new Uint16Array(64);
  options = new Uint16Array(64);
  /** Answers that were asked for, and those that the next run is forced to. */
  asked = 0;
  forced = 0;
  /** Who made the steps of the last run, and how many answers had been taken before each. */
  #made = new Int16Array(3);
  #askedBefore = new Int16Array(3);
  #steps = 0;
  /** An ioend ends with the end of writeback. */
  #endsLate;
  constructor(engine2, isReduced = false) {
    this.engine = engine2;
    this.isReduced = isReduced;
    this.reclaim = engine2.reclaim;
    this.#late = engine2.reclaim + engine2.k.g.pages;
    this.most = this.#late + (isReduced ? engine2.k.layout.programThreads : 0);
    this.#endsLate = engine2.k.fixes.completeBeforeEndWriteback;
  }
  /** Kinds of choices that were asked for: a mask over Choice. */
  offered = 0;
  /** Writes the enabled transitions to `list` from `at`; 0 when nothing but reclaim could run. */
  enabled(list3, at) {
    const { engine: engine2 } = this;
    const { k: k2, pcAt } = engine2;
    const { s, threads: threads2 } = k2;
    const alone = this.isReduced ? this.#alone() : 2 /* ALL */;
    const skipped = this.#endsLate && alone === 0 /* NOTHING */ ? 72 /* C_FINISH */ : 0 /* DONE */;
    let n = at;
    for (let i = 0; i < this.reclaim; i++) {
      const pc = s[pcAt[i]];
      if (pc === 0 /* DONE */ || pc === skipped) continue;
      const when = WHEN[pc];
      if (when === null || when(k2, threads2[i])) list3[n++] = i;
    }
    if (n === at) return 0;
    if (alone === 2 /* ALL */) {
      if (k2.evictionsLeft === 0) return n - at;
      for (let p = 0; p < k2.g.pages; p++) if (k2.isEvictable(p)) list3[n++] = this.reclaim + p;
      return n - at;
    }
    const { programThreads } = k2.layout;
    for (let j = at, end = n; j < end && list3[j] < programThreads; j++)
      if (this.#comesAfter(list3[j], alone === 0 /* NOTHING */)) list3[n++] = this.#late + list3[j];
    return n - at;
  }
  /** Reclaim has to be able to come before any step where some thread may look at any folio, or one step may be left. */
  #alone() {
    const { k: k2, pcAt } = this.engine;
    const { s } = k2;
    let waits = !this.#endsLate;
    let alive = 0;
    let last = 0;
    for (let i = 0; i < this.reclaim; i++) {
      const pc = s[pcAt[i]];
      if (pc === 0 /* DONE */ || pc === 72 /* C_FINISH */ && this.#endsLate) continue;
      if (LOOKS[pc] === 0 /* AT_ANY */) return 2 /* ALL */;
      waits ||= waitsForIo(k2.threads[i], pc);
      alive++;
      last = i;
    }
    if (alive === 0 || alive === 1 && this.#mayBeLast(last)) return 2 /* ALL */;
    return waits ? 1 /* ENDS */ : 0 /* NOTHING */;
  }
  /** Whether a kworker has nothing to do any more but to end writeback. */
  #isEnding(thread2) {
    return this.#endsLate && this.engine.k.s[this.engine.pcAt[thread2]] === 72 /* C_FINISH */;
  }
  /** Whether the next step of the thread may be its last. */
  #mayBeLast(thread2) {
    const { k: k2 } = this.engine;
    if (thread2 >= k2.layout.programThreads) return true;
    const t2 = k2.threads[thread2];
    if (t2.op + 1 < k2.opCount(t2)) return false;
    const { pc } = t2;
    if (pc === 11 /* W_COPY */) return t2.chunkEnd >= t2.end;
    if (LOOKS[pc] === 1 /* AT_ONE */) return t2.cookie === 2 /* BUMPED */ && !k2.fixes.remapOnZeroProgress;
    return pc !== 1 /* W_IOLOCK */ && pc !== 5 /* W_BEGIN_NEXT */ && pc !== 6 /* W_COOKIE */;
  }
  /** Whether the step of the thread looks at something that reclaim or the end of an ioend could change before. */
  #comesAfter(thread2, endsLate) {
    const { k: k2 } = this.engine;
    const page2 = this.#pageOf(thread2);
    if (page2 < 0) return false;
    const flags = k2.folios.flags(page2);
    if (!endsLate && (flags & 8 /* WRITEBACK */) !== 0) return false;
    if (LOOKS[k2.threads[thread2].pc] === 1 /* AT_ONE */)
      return k2.evictionsLeft > 0 && this.#isEvictable(page2, flags);
    const isSkipped = 4 /* DIRTY */ | 8 /* WRITEBACK */;
    return (flags & isSkipped) === isSkipped && !k2.folios.isLocked(page2) && this.#canEnd(page2);
  }
  /** Whether reclaim could take the folio, if need be after its writeback has ended. */
  #isEvictable(page2, flags) {
    const { k: k2 } = this.engine;
    if ((flags & 8 /* WRITEBACK */) === 0) return k2.isEvictable(page2);
    if (!this.#canEnd(page2)) return false;
    k2.folios.clear(page2, 8 /* WRITEBACK */);
    const isEvictable = k2.isEvictable(page2);
    k2.folios.set(page2, 8 /* WRITEBACK */);
    return isEvictable;
  }
  /** The folio at which the next step of a program thread looks, as far as that counts; -1: none. */
  #pageOf(thread2) {
    const { k: k2 } = this.engine;
    const t2 = k2.threads[thread2];
    const { pc } = t2;
    if (LOOKS[pc] === 1 /* AT_ONE */) return k2.g.cellPage[t2.pos];
    return pc === 56 /* B_START */ || pc === 57 /* B_NEXT */ || pc === 58 /* B_LOCK */ ? nextOfPass(k2, t2) : -1;
  }
  #canEnd(page2) {
    const i = this.#ioendOf(page2);
    return i >= 0 && this.#isEnding(i);
  }
  /** The kworker that will end the writeback of a folio, which is one block; -1: none. */
  #ioendOf(page2) {
    const { k: k2 } = this.engine;
    for (let i = k2.layout.programThreads; i < this.reclaim; i++) {
      const w = k2.threads[i];
      if (w.pc !== 0 /* DONE */ && w.ioStart <= page2 && page2 < w.ioEnd) return i;
    }
    return -1;
  }
  /** Whether a transition is possible in the state as it is, where not only reclaim is. */
  isPossible(transition) {
    const { engine: engine2 } = this;
    const { k: k2 } = engine2;
    if (transition < this.reclaim) return engine2.isEnabled(transition);
    if (transition < this.#late) return k2.evictionsLeft > 0 && k2.isEvictable(transition - this.reclaim);
    return this.#comesAfter(transition - this.#late, true) && engine2.isEnabled(transition - this.#late);
  }
  /** Runs a transition from the state as it is, with the first `forced` answers of `picks`. */
  run(transition) {
    if (0 /* ON */) checkIndex("transition", transition, this.most);
    const { k: k2, pcAt } = this.engine;
    this.asked = 0;
    this.#steps = 0;
    if (transition < this.reclaim) {
      const isSent = this.isReduced && k2.s[pcAt[transition]] === 69 /* C_ENDIO */;
      this.#step(transition);
      if (isSent && k2.s[pcAt[transition]] !== 0 /* DONE */) this.#step(transition);
    } else if (transition < this.#late) this.#evict(transition - this.reclaim);
    else {
      const thread2 = transition - this.#late;
      const page2 = this.#pageOf(thread2);
      const takes = LOOKS[k2.s[pcAt[thread2]]] === 1 /* AT_ONE */;
      if (k2.folios.has(page2, 8 /* WRITEBACK */)) this.#step(this.#ioendOf(page2));
      if (takes) this.#evict(page2);
      this.#step(thread2);
    }
  }
  #step(thread2) {
    this.#made[this.#steps] = thread2;
    this.#askedBefore[this.#steps++] = this.asked;
    this.engine.step(thread2, this);
  }
  /** Which page it is is the transition's number, so there is no other answer to try. */
  #evict(page2) {
    const { k: k2 } = this.engine;
    let rank = 0;
    let evictable = 0;
    for (let p = 0; p < k2.g.pages; p++) {
      if (!k2.isEvictable(p)) continue;
      if (p < page2) rank++;
      evictable++;
    }
    if (evictable > 1) this.picks[0] = rank;
    this.forced = Math.max(this.forced, evictable > 1 ? 1 : 0);
    this.offered |= 1 << 7 /* EVICT */;
    this.#step(this.reclaim);
    this.options[0] = 0;
  }
  /** Adds what the last run decided, as a run's raw decisions. */
  addDecisions(out2) {
    for (let i = 0; i < this.#steps; i++) {
      const end = i + 1 < this.#steps ? this.#askedBefore[i + 1] : this.asked;
      out2.push(this.#made[i], ...this.picks.subarray(this.#askedBefore[i], end));
    }
  }
  /** After a run: forces the next combination of answers; false when all were tried. */
  next() {
    let n = this.asked;
    while (n > 0 && this.picks[n - 1] + 1 >= this.options[n - 1]) n--;
    this.forced = n;
    if (n === 0) return false;
    this.picks[n - 1]++;
    return true;
  }
  /** The move of a transition that took the answers that come after `combination` others. */
  move(transition, combination) {
    const move = transition + this.most * combination;
    if (transition < 0 || transition >= this.most || move !== (move | 0))
      throw new Error(`no transition ${transition} of ${this.most} with answers ${combination}`);
    return move;
  }
  choose(kind, options) {
    this.offered |= 1 << kind;
    const i = this.asked++;
    if (i >= this.picks.length) {
      this.picks = grown(this.picks, i + 1);
      this.options = grown(this.options, i + 1);
    }
    this.options[i] = options;
    if (i >= this.forced) this.picks[i] = 0;
    return this.picks[i];
  }
};
function waitsForIo(t2, pc) {
  if (pc >= 97 /* FS_START */ && pc <= 101 /* SF_RETURN */) return true;
  return pc >= 56 /* B_START */ && pc <= 68 /* B_RETURN */ && (t2.wbFlags & 1 /* SYNC_ALL */) !== 0;
}

// src/explore/search/dead-values.ts
var BACKED = 4 /* DIRTY */ | 2 /* UPTODATE */;
var DeadValues = class {
  #engine;
  #writers;
  #passes;
  /** Where the program counters of kworkers and of those that write lie in the state, and where pages' cells begin on disk. */
  #kworkerPcs;
  #writerPcs;
  #diskOf;
  /** Folios are taken by other means than reclaim. */
  #evicts;
  /** Pages that begin below EOF. */
  #pages;
  /** A pass that finds its map stale goes on, whether or not it got anywhere. */
  #remaps;
  /** For a plain program. */
  constructor(engine2) {
    const { k: k2, startSize } = engine2;
    this.#engine = engine2;
    this.#writers = k2.programThreads.filter(
      (_, i) => k2.program.threads[i].some(({ does }) => does.data === "copied")
    );
    this.#kworkerPcs = Int32Array.from(k2.kworkers, ({ index }) => engine2.pcAt[index]);
    this.#writerPcs = Int32Array.from(this.#writers, ({ index }) => engine2.pcAt[index]);
    this.#passes = k2.programThreads.filter((t2) => t2.wb !== k2.layout.spare);
    this.#evicts = k2.program.threads.some((ops2) => ops2.some(({ kind }) => kind === "evict"));
    this.#pages = k2.pageRoundUp(startSize);
    this.#diskOf = Int32Array.from(k2.g.pageCell, (cell) => k2.layout.disk + cell);
    this.#remaps = !k2.fixes.validate || k2.fixes.remapOnZeroProgress;
  }
  /** Clears what is dead in the state as it is. */
  clear() {
    const { k: k2 } = this.#engine;
    const { s } = k2;
    const { folioFlags } = k2.layout;
    const kworkerPcs = this.#kworkerPcs;
    for (let i = 0; i < kworkerPcs.length; i++)
      if (s[kworkerPcs[i]] === 69 /* C_ENDIO */ && isWritten(k2.kworkers[i])) this.#sent(k2.kworkers[i]);
    const diskOf = this.#diskOf;
    for (let p = 0, pages = this.#pages; p < pages; p++) {
      if ((s[folioFlags + p] & BACKED) !== BACKED) continue;
      for (let at = diskOf[p], end = diskOf[p + 1]; at < end; at++) s[at] = 0;
    }
    const writerPcs = this.#writerPcs;
    for (let i = 0; i < writerPcs.length; i++) {
      const pc = s[writerPcs[i]];
      if (pc === 7 /* W_FAULT_IN */) this.#beforeLock(this.#writers[i]);
      else if (pc === 11 /* W_COPY */) this.#beforeCopy(this.#writers[i]);
    }
    if (k2.evictionsLeft > 0 || this.#evicts) return;
    for (let i = 0; i < this.#passes.length; i++) {
      const t2 = this.#passes[i];
      for (let p = 0; p < t2.wbPage; p++) t2.leaveBatch(p);
    }
  }
  /** The device takes the bytes of an ioend, unless that is a finding. */
  #sent(t2) {
    const { g, folios, disk } = this.#engine.k;
    const from = g.blockCell[t2.ioStart];
    const to = g.blockCell[t2.ioEnd];
    for (let c2 = from; c2 < to; c2++) if (folios.cell(c2) === 1 /* UNINITIALISED */) return;
    for (let c2 = from; c2 < to; c2++) disk.write(c2, folios.cell(c2));
    t2.pc = 72 /* C_FINISH */;
    t2.mapType = 0;
  }
  #beforeLock(t2) {
    const { k: k2 } = this.#engine;
    const gives = givesBack(t2);
    const block = k2.g.cellBlock[t2.pos];
    t2.chunkEnd = 0;
    t2.mapStart = block;
    if (t2.pos > t2.iterPos || this.#remaps && !gives) t2.iterPos = 0;
    if (t2.cookie !== 2 /* BUMPED */ || gives || !k2.fixes.validateAfterLock) return;
    t2.mapType = 0 /* HOLE */;
    t2.mapEnd = block + 1;
  }
  #beforeCopy(t2) {
    const { g } = this.#engine.k;
    t2.iterPos = 0;
    if (t2.chunkEnd >= t2.end || t2.chunkEnd >= g.blockCell[t2.mapEnd]) {
      t2.clearMap();
      return;
    }
    t2.mapStart = g.cellBlock[t2.pos];
    if (t2.cookie === 2 /* BUMPED */ && !givesBack(t2)) t2.mapType = 0 /* HOLE */;
  }
};
function isWritten(t2) {
  return t2.flags === 0 && t2.mapType === 3 /* WRITTEN */;
}
function givesBack(t2) {
  return t2.mapType === 1 /* DELALLOC */ && (t2.mapFlags & 1 /* NEW */) !== 0;
}

// parts.tmp.ts
var { engine } = subjectOn(`/tmp/wt/D.scratch/g/p4w3k3.yaml`, "cured");
var { k } = engine;
var t = new Transitions(engine, true);
var c = new Canonical(k, true);
var dead = new DeadValues(engine);
var W = k.layout.compared / 4;
var words = new Int32Array(k.s.buffer, 0, W);
var list2 = new Int16Array(t.most);
var { hash, result: result2 } = compileHash(c.shape);
var N = 2e3;
var stack = [];
var seen = /* @__PURE__ */ new Set();
var keep = [];
var after = [];
engine.reset();
dead.clear();
hash();
stack.push(words.slice());
var cnt = 0;
while (keep.length < N) {
  const r = stack.pop();
  cnt++;
  const kp = cnt % 300 === 0;
  if (kp) keep.push(r);
  words.set(r);
  const n = t.enabled(list2, 0);
  const l = list2.slice(0, n);
  for (const tr of l) {
    t.forced = 0;
    do {
      words.set(r);
      t.run(tr);
      if (kp && after.length < 2 * N) after.push(words.slice());
      dead.clear();
      hash();
      const key = (result2.high & 1048575) * 2 ** 32 + (result2.low >>> 0);
      if (!seen.has(key)) {
        seen.add(key);
        stack.push(words.slice());
      }
    } while (t.next());
  }
}
console.log("states", cnt, "kept", keep.length, after.length);
var out = new Int32Array(W);
function time(name, per, f) {
  for (let i = 0; i < 30; i++) f();
  let best = 1e9;
  for (let i = 0; i < 8; i++) {
    const a = process.cpuUsage();
    for (let q = 0; q < 10; q++) f();
    const b = process.cpuUsage(a);
    best = Math.min(best, b.user + b.system);
  }
  console.log(name.padEnd(30), (best * 100 / per).toFixed(1), "ns");
}
var acc = 0;
time("set in", after.length, () => {
  for (const s of after) {
    words.set(s);
    acc ^= words[3];
  }
});
time("set in + out", after.length, () => {
  for (const s of after) {
    words.set(s);
    out.set(words);
    acc ^= out[3];
  }
});
time("set + dead", after.length, () => {
  for (const s of after) {
    words.set(s);
    dead.clear();
    acc ^= words[3];
  }
});
time("set + hash", after.length, () => {
  for (const s of after) {
    words.set(s);
    hash();
    acc ^= result2.low;
  }
});
time("set + enabled, per state", keep.length, () => {
  for (const s of keep) {
    words.set(s);
    acc += t.enabled(list2, 0);
  }
});
var trans = 0;
var runs = () => {
  trans = 0;
  for (const s of keep) {
    words.set(s);
    const n = t.enabled(list2, 0);
    for (let j = 0; j < n; j++) {
      t.forced = 0;
      do {
        t.run(list2[j]);
        trans++;
        words.set(s);
      } while (t.next());
    }
  }
};
runs();
time("enabled+run+restore per trans", trans, runs);
console.log("trans per state", trans / keep.length);
var all = () => {
  for (const s of keep) {
    words.set(s);
    const n = t.enabled(list2, 0);
    for (let j = 0; j < n; j++) {
      t.forced = 0;
      do {
        t.run(list2[j]);
        dead.clear();
        hash();
        out.set(words);
        acc ^= result2.low;
        words.set(s);
      } while (t.next());
    }
  }
};
time("all but table, per trans", trans, all);
console.log(acc);
