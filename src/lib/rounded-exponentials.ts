// JavaScript leaves the last bit of Math.log and Math.exp to the engine. Numbers that are compared with published ones to
// the last digit are computed here with 160 binary places and rounded once.

const places = 160n
const one = 1n << places

/** The natural logarithm of a number between 2⁻¹⁰⁰ and 2⁵⁰, correctly rounded. */
export function roundedLog(value: number): number {
  let mantissa = BigInt(value * 2 ** 160)
  let power = 0n
  for (; mantissa < one; power--) mantissa <<= 1n
  for (; mantissa >= 2n * one; power++) mantissa >>= 1n
  return toNumber(2n * areaTangent(((mantissa - one) << places) / (mantissa + one)) + power * logOfTwo)
}

/** e to the power of a number between −700 and 0, correctly rounded. */
export function roundedExp(value: number): number {
  const exponent = BigInt(Math.round(value * 2 ** 100)) << (places - 100n)
  const power = exponent / logOfTwo
  const rest = exponent - power * logOfTwo
  let sum = one
  let term = one
  for (let index = 1n; term !== 0n; index++) {
    term = ((term * rest) >> places) / index
    // A shift rounds down, so that what is below nought never gets to it.
    if (term === -1n) break
    sum += term
  }
  return toNumber(sum) * 2 ** Number(power)
}

function areaTangent(value: bigint): bigint {
  const square = (value * value) >> places
  let sum = 0n
  let power = value
  for (let divisor = 1n; power / divisor !== 0n; divisor += 2n) {
    sum += power / divisor
    power = (power * square) >> places
  }
  return sum
}

const logOfTwo = 2n * areaTangent(one / 3n)

function toNumber(fixed: bigint): number {
  return Number(fixed) / 2 ** 160
}
