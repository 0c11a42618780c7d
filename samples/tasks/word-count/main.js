const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu;

function frequencies(words) {
  const counts = new Map();
  for (const word of words) {
    const key = word.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([word, count]) => ({ word, count }));
}

function main(input) {
  const words = input.text.match(WORD) ?? [];
  const frequent = frequencies(words)
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, input.top ?? 3);
  return {
    lines: input.text === '' ? 0 : input.text.split('\n').length,
    words: words.length,
    characters: [...input.text].length,
    frequent,
  };
}

module.exports = { main };
