// Lines with what terminals, databases and readers of logs take for something else.
// expect: output "logged"
function attack() { console.log('\0\x1b[2J\x1b]0;mine\x07\r\n\ud800\u202e{"level":"error"}\u2028'); console.log('%', '%%%s%d%', '%c'); console.log(); return 'logged'; }
