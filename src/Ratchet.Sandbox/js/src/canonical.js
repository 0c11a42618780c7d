// A text that is the same for equal JSON values: object keys are sorted, 1.0 and 1 are the same number.
export const canonical = (value) => {
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(",")}]`;
  }
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
};

// Values in enum and const are replaced by such texts before the validator sees them: it must not take an "$id" in them
// for an identifier. The mark tells them from the values in the built-in metaschemas, which are not replaced.
const mark = "\u0000json ";
export const encode = (value) => mark + canonical(value);
export const decode = (value) => typeof value === "string" && value.startsWith(mark) ? value.slice(mark.length) : canonical(value);
