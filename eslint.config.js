import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'test/fixtures', 'bench/floors', '*.js', '*.config.ts'] },
  ...tseslint.configs.recommendedTypeChecked,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Doors and stores are closures: none of their functions has a `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      'max-params': ['error', 3],
      'no-control-regex': 'off',
    },
  },
  { files: ['test/**', 'bench/**'], rules: { 'max-params': 'off' } },
);
