import { readFileSync } from 'node:fs';

/** The version that is installed, not the one that was asked for. */
export const versionOf = name => JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;
