// fetch while the task is loaded, where no execution could be blamed.
// expect: ConfigurationError
// same: ConfigurationError
const answer = fetch('http://127.0.0.1:1/');
function attack() { return answer; }
