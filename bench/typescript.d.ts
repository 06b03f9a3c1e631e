/** CommonJS of a TypeScript text; `filename` is for stack traces. Loading the module makes Node.js run TypeScript. */
export function compile(text: string, filename: string): string;
/** Runs the compiled text as this module. */
export function run(module: NodeJS.Module, code: string, filename: string): void;
