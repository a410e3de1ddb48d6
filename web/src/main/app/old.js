// Browsers before 2020 (Safari 14, Chrome 67) have no BigInt, in which TeaVM keeps Java's long. What the
// app counts in it are pixels and checksums: numbers do, exact to 53 bits in sums and 32 in bit operations.
if (typeof BigInt === 'undefined') {
  self.BigInt = function(value) { return Math.trunc(Number(value)); };
  self.BigInt.asIntN = function(bits, value) { return bits === 32 ? value | 0 : value; };
  self.BigInt.asUintN = self.BigInt.asIntN;
}
if (typeof BigInt64Array === 'undefined') {
  self.BigInt64Array = function(of) { return new Float64Array(of); };
}
