import tseslint from 'typescript-eslint';

const ban = (regex, message) => ({ regex, message });
/** Imports point only down: see the layer diagram in README.md. */
const layer = (files, ...patterns) => ({
  files,
  ignores: ['**/*.test.ts', '**/*.test.tsx', '**/test-kit.ts'],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

export default tseslint.config(
  {
    ignores: [
      'app/models/wasm/assembly/**',
      'dist/**',
      'node_modules/**',
      '.venv/**',
      'test-results/**',
      'playwright-report/**',
      'runs/**',
    ],
  },
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
    },
  },
  { files: ['*.config.{js,ts}'], rules: { 'no-restricted-syntax': 'off' } },
  layer(
    ['src/norm/**'],
    ban(
      '^react|^zustand|/app/|/pipeline/|^node:|^@tensorflow/(?!tfjs-core$)',
      'src/norm is layer 0: tfjs-core and itself only.',
    ),
  ),
  layer(
    ['app/models/**'],
    ban(
      '^react|^zustand|/components/|/store/|/pipeline/|^node:',
      'app/models is layer 1: src/norm and tfjs only.',
    ),
  ),
  layer(
    ['src/pipeline/**'],
    ban('^react|^zustand|/components/|/store/|^node:', 'src/pipeline is layer 2: no UI, no store.'),
  ),
  layer(
    ['app/store/**'],
    ban(
      '^react|^zustand$|/components/|^@tensorflow/|/norm/|/models/',
      'app/store is layer 3: plain data; use zustand/vanilla.',
    ),
  ),
  layer(
    ['app/components/**', 'app/*.tsx'],
    ban('^@tensorflow/|/norm/|/models/', 'Components ask the store; they never touch tensors.'),
  ),
  layer(
    ['cli/**', 'bench/**'],
    ban('^react|^zustand|/components/|/store/', 'cli and bench use layers 0-2 only.'),
  ),
);
