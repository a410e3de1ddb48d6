// TeaVM stores Java's long in BigInt, which browsers have supported since 2018 (Chrome 67) to 2021
// (Safari 15). Without it the page says so, and nothing else starts.
if (typeof BigInt === 'undefined' || typeof BigInt64Array === 'undefined') {
  document.getElementById('old').hidden = false;
  document.getElementById('start').hidden = true;
}
