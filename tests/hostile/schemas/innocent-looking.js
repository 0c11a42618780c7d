// The head of the file ends the function that it is put into and begins another.
// raw: yes
// expect: output {"outside":"undefined"}
// same: output {"outside":"undefined"}
function main() { return { outside: typeof host }; } return main; }); (function (module, exports) { function main() { return { outside: typeof host }; }
