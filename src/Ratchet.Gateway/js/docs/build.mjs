// Packs the one file that the pages need. It is served as it is packed here, so the best that Brotli can do is worth its seconds.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const script = readFileSync(new URL('node_modules/@scalar/api-reference/dist/browser/standalone.js', import.meta.url));
writeFileSync(join(process.argv[2], 'docs.js.br'), brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 } }));
