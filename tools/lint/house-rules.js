/**
 * The rules of this house that oxlint has no rule for, as a plugin of its own. Plain JavaScript, so that
 * an editor on an older Node can load it too. `.oxlintrc.json` says where each applies.
 */
import { basename } from 'node:path';

/**
 * @import { RuleTester } from 'oxlint/plugins-dev'
 * @typedef {Extract<Parameters<RuleTester['run']>[1], { create: unknown }>} Rule
 * @typedef {Rule['create']} Create
 * @typedef {NonNullable<Parameters<Parameters<Create>[0]['report']>[0]['node']>} Place
 */

const VAGUE_NAME = /^(?:.+-)?(?:utils?|helpers?|common|types?|misc|shared|stuff)$/;

/** State of a module is shared by everything in the process: tests, trials and two desks side by side. */
const noModuleLet = rule((context) => ({
  VariableDeclaration(node) {
    if (!isTopLevel(node) || node.kind === 'const') return;
    context.report({
      node,
      message: 'State does not live in a module: keep it in the closure of a factory, `createX(settings, deps)`.',
    });
  },
}));

/** Declared functions can stand below what calls them, so that a file is read from its purpose downwards. */
const functionDeclarations = rule((context) => ({
  VariableDeclarator(node) {
    const { init, id, parent } = node;
    if (!isTopLevel(parent) || init === null || id.typeAnnotation) return;
    if (init.type !== 'ArrowFunctionExpression' && init.type !== 'FunctionExpression') return;
    context.report({ node, message: 'A function of the module is declared: `function name() {}`.' });
  },
}));

/** A file is named for the one thing it exports. */
const noVagueFileName = rule((context) => ({
  Program(node) {
    const name = basename(context.filename).replace(/\..*$/, '');
    if (!VAGUE_NAME.test(name)) return;
    context.report({ node, message: `"${name}" says nothing: name the file for the one thing that it exports.` });
  },
}));

/** Factories make everything else; `extends` lets errors through, and what a library asks to be extended. */
const noClassWithoutBase = rule((context) => ({
  ClassBody(node) {
    if (hasBase(node.parent)) return;
    context.report({ node, message: 'Classes are for errors: write a factory, `createX(settings, deps)`.' });
  },
}));

/** Only what wires the service reads the clock. */
const noClock = rule((context) => {
  /** @param {Place} node */
  function refuse(node) {
    context.report({
      node,
      message: 'The time is passed in (`Now` of src/ports/now.ts), so that tests and trials can set it.',
    });
  }
  return {
    MemberExpression(node) {
      const read = isNamed(node.object, 'Temporal') ? 'Now' : isNamed(node.object, 'Date') ? 'now' : null;
      if (read !== null && isNamed(node.property, read)) refuse(node);
    },
    NewExpression(node) {
      if (isNamed(node.callee, 'Date') && node.arguments.length === 0) refuse(node);
    },
    CallExpression(node) {
      if (isNamed(node.callee, 'Date')) refuse(node);
    },
  };
});

/** The judgement is a computation: everything that must be waited for is a fact, gathered before. */
const noAsync = rule((context) => {
  /** @param {Place & { async?: boolean }} node */
  function checkFunction(node) {
    if (node.async) refuse(node);
  }
  /** @param {Place} node */
  function refuse(node) {
    context.report({ node, message: 'Nothing waits in here: gather it before, and pass it in as a fact.' });
  }
  return {
    FunctionDeclaration: checkFunction,
    FunctionExpression: checkFunction,
    ArrowFunctionExpression: checkFunction,
    ForOfStatement(node) {
      if (node.await) refuse(node);
    },
    AwaitExpression: refuse,
  };
});

/** oxlint asks a plugin for its default export. */
export default {
  meta: { name: 'house' },
  rules: {
    'no-module-let': noModuleLet,
    'function-declarations': functionDeclarations,
    'no-vague-file-name': noVagueFileName,
    'no-class-without-base': noClassWithoutBase,
    'no-clock': noClock,
    'no-async': noAsync,
  },
};

/**
 * @param {Create} create
 * @returns {Rule}
 */
function rule(create) {
  return { meta: { type: 'problem', schema: [] }, create };
}

/** @param {{ parent: { type: string } | null }} declaration */
function isTopLevel({ parent }) {
  return parent?.type === 'Program' || parent?.type === 'ExportNamedDeclaration';
}

/** @param {object} node */
function hasBase(node) {
  return 'superClass' in node && node.superClass !== null;
}

/**
 * @param {object} node
 * @param {string} name
 */
function isNamed(node, name) {
  return 'name' in node && node.name === name;
}
