import { TextDecoder as Decoder, TextEncoder } from "@exodus/bytes/encoding-lite.js";

// Their tables are 150 KB. A page in one of them is rare enough; one that says so is better than one that reads wrong.
const withoutTables = ["big5", "euc-kr", "euc-jp", "iso-2022-jp", "shift_jis", "gbk", "gb18030"];

export class TextDecoder extends Decoder {
  constructor(label, options) {
    super(label, options);
    if (withoutTables.includes(this.encoding)) throw new RangeError(`The encoding '${this.encoding}' is not supported here: UTF-8, UTF-16 and the single-byte encodings are`);
  }
}

export { TextEncoder };
