// format is an assertion in every draft, for every format known in any draft. Unknown formats are ignored.
import { addFormat, setFormatHandler } from "@hyperjump/json-schema/experimental";
import * as formats from "@hyperjump/json-schema-formats";

// Accepts a leap second where it can be one: at 23:59:60 UTC
const isTime = (time) => {
  const leap = /^(\d\d):(\d\d):60(\.\d+)?(?:[zZ]|([+-])(\d\d):(\d\d))$/.exec(time);
  if (leap === null) {
    return formats.isTime(time);
  }
  const [, hour, minute, , sign, offsetHour = "0", offsetMinute = "0"] = leap;
  const offset = (sign === "-" ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute));
  const utc = Number(hour) * 60 + Number(minute) - offset;
  return formats.isTime(time.replace(":60", ":59")) && (utc + 2880) % 1440 === 1439;
};

// The parser of IRIs reads an address of a future IP version and then gives up; such an address is valid
const orFutureAddress = (check) => (iri) => {
  try {
    return check(iri);
  } catch (error) {
    return error.message.startsWith("Unsupported IP version");
  }
};

const handlers = {
  "date-time": formats.isDateTime,
  "date": formats.isDate,
  "time": isTime,
  "duration": formats.isDuration,
  "email": formats.isEmail,
  "idn-email": formats.isIdnEmail,
  "hostname": formats.isAsciiIdn,
  "idn-hostname": formats.isIdn,
  "ipv4": formats.isIPv4,
  "ipv6": formats.isIPv6,
  "uri": formats.isUri,
  "uri-reference": formats.isUriReference,
  "iri": orFutureAddress(formats.isIri),
  "iri-reference": orFutureAddress(formats.isIriReference),
  "uuid": formats.isUuid,
  "uri-template": formats.isUriTemplate,
  "json-pointer": formats.isJsonPointer,
  "relative-json-pointer": formats.isRelativeJsonPointer,
  "regex": formats.isRegex,
  // The hostname of draft-04 and draft-06 is without internationalized names
  "draft-04/hostname": formats.isHostname
};

const safely = (check) => (value) => {
  if (typeof value !== "string") {
    return true;
  }
  try {
    return check(value);
  } catch {
    return false;
  }
};

for (const [name, check] of Object.entries(handlers)) {
  addFormat({ id: `https://json-schema.org/format/${name}`, handler: safely(check) });
}

const keywords = ["draft-04/format", "draft-06/format", "draft-07/format", "draft-2019-09/format",
  "draft-2019-09/format-assertion", "draft-2020-12/format", "draft-2020-12/format-assertion"];
for (const keyword of keywords) {
  for (const name of Object.keys(handlers)) {
    if (!name.includes("/") && !(name === "hostname" && /draft-0[46]/.test(keyword))) {
      setFormatHandler(`https://json-schema.org/keyword/${keyword}`, name, `https://json-schema.org/format/${name}`);
    }
  }
}
