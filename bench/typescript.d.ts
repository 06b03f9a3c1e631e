/** CommonJS of a TypeScript text; `filename` is for stack traces. Loading the module makes Node.js run TypeScript. */
export function compile(text: string, filename: string): string;
