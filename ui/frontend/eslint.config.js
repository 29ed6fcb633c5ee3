import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["dist"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2025, globals: { ...globals.browser } },
    rules: {
      complexity: ["error", 16],
      eqeqeq: "error",
      "max-lines": ["error", 300],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  { files: ["*.js", "tests/**"], languageOptions: { globals: globals.node } },
];
