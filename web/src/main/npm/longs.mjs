// Java's long where the browser has no BigInt (Safari before 14): the functions of TeaVM's runtime
// with JSBI instead. pack.mjs puts this before the app's script and lets it choose.
import JSBI from 'jsbi';

const signed = (value) => JSBI.asIntN(64, value);
const unsigned = (value) => JSBI.asUintN(64, value);
const big = (number) => JSBI.BigInt(number);
const compare = (a, b) => (JSBI.lessThan(a, b) ? -1 : JSBI.greaterThan(a, b) ? 1 : 0);

export const withoutBigInt = () => ({
  Long_ZERO: big(0),
  Long_create: (lo, hi) => signed(JSBI.bitwiseOr(JSBI.leftShift(big(hi), big(32)), big(lo >>> 0))),
  Long_fromInt: (value) => big(value | 0),
  Long_fromNumber: (value) => signed(big(Math.trunc(value))),
  Long_toNumber: (value) => JSBI.toNumber(value),
  Long_hi: (value) => JSBI.toNumber(JSBI.asIntN(32, JSBI.signedRightShift(value, big(32)))),
  Long_lo: (value) => JSBI.toNumber(JSBI.asIntN(32, value)),
  Long_eq: JSBI.equal,
  Long_ne: JSBI.notEqual,
  Long_gt: JSBI.greaterThan,
  Long_ge: JSBI.greaterThanOrEqual,
  Long_lt: JSBI.lessThan,
  Long_le: JSBI.lessThanOrEqual,
  Long_compare: compare,
  Long_ucompare: (a, b) => compare(unsigned(a), unsigned(b)),
  Long_add: (a, b) => signed(JSBI.add(a, b)),
  Long_neg: (a) => signed(JSBI.unaryMinus(a)),
  Long_sub: (a, b) => signed(JSBI.subtract(a, b)),
  Long_mul: (a, b) => signed(JSBI.multiply(a, b)),
  Long_div: (a, b) => signed(JSBI.divide(a, b)),
  Long_udiv: (a, b) => signed(JSBI.divide(unsigned(a), unsigned(b))),
  Long_rem: (a, b) => signed(JSBI.remainder(a, b)),
  Long_urem: (a, b) => signed(JSBI.remainder(unsigned(a), unsigned(b))),
  Long_and: JSBI.bitwiseAnd,
  Long_or: JSBI.bitwiseOr,
  Long_xor: JSBI.bitwiseXor,
  Long_not: JSBI.bitwiseNot,
  Long_shl: (a, b) => signed(JSBI.leftShift(a, big(b & 63))),
  Long_shr: (a, b) => JSBI.signedRightShift(a, big(b & 63)),
  Long_shru: (a, b) => signed(JSBI.signedRightShift(unsigned(a), big(b & 63))),
});
