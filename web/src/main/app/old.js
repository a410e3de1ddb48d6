// TeaVM keeps Java's long in BigInt, which browsers have since 2018 (Chrome 67) to 2021 (Safari 15).
// Where it is missing the page says so, and nothing else starts.
if (typeof BigInt === 'undefined' || typeof BigInt64Array === 'undefined') {
  document.getElementById('old').hidden = false;
  document.getElementById('start').hidden = true;
}
