// Math.random: xoshiro128** 1.1 (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021) from a seed of the run's own, so that
// a run can be given the same numbers again. It is no source of secrets; V8's is none either.
const { imul } = Math;
const states = new Map();
let state, stateOf = -1;

const seeded = run => {
  const seed = host.seed(), fresh = new Uint32Array(4);
  for (let i = 0; i < 16; i++) fresh[i >> 2] |= charCodeAt(seed, i) << 8 * (i & 3);
  mapSet(states, run, fresh);
  return fresh;
};

const next32 = s => {
  const scrambled = imul(s[1], 5), result = imul(scrambled << 7 | scrambled >>> 25, 9), t = s[1] << 9;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = s[3] << 11 | s[3] >>> 21;
  return result;
};

Math.random = {
  random() {
    const run = here();
    if (stateOf !== run) {
      state = mapGet(states, run) ?? seeded(run);
      stateOf = run;
    }
    return ((next32(state) >>> 5) * 67_108_864 + (next32(state) >>> 6)) / 9_007_199_254_740_992;
  },
}.random;

const forgetRandom = run => {
  if (mapSize(states) > 0) mapDelete(states, run);
  if (stateOf === run) stateOf = -1;
};

// What a task makes keys of: `count` bytes, up to 65,536, as text with a code unit a byte.
const randomBytes = count => { here(); return host.random(count); };
