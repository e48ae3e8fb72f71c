import { expect, test } from 'vitest'
import { quantityOf } from '../../src/input/quantity.ts'

const none = undefined

/** What resource.Quantity of Kubernetes makes of each: Value and MilliValue, or an error. */
test.each<[unknown, number | undefined, number | undefined]>([
  ['512Mi', 536870912, 536870912000], ['1.5Gi', 1610612736, 1610612736000], ['128974848', 128974848, 128974848000], ['129M', 129000000, 129000000000],
  ['100Ki', 102400, 102400000], ['0.1Ki', 103, 102400], ['1Ti', 1099511627776, 1099511627776000], ['2k', 2000, 2000000], ['1G', 1e9, 1e12],
  ['100m', 1, 100], ['512m', 1, 512], ['1500m', 2, 1500], ['0.5', 1, 500], ['.5', 1, 500], ['1.', 1, 1000], ['1.G', 1e9, 1e12], ['0.0001', 1, 1],
  ['100u', 1, 1], ['1n', 1, 1], ['0.1n', 1, 1], ['1e3', 1000, 1e6], ['1E3', 1000, 1e6], ['1e+3', 1000, 1e6], ['5e-1', 1, 500], ['12E-2', 1, 120],
  ['1P', 1e15, 1e18], ['0', 0, 0], ['0m', 0, 0], ['0Gi', 0, 0], ['000', 0, 0], ['0007Mi', 7340032, 7340032000], ['-0', 0, 0],
  ['+5', 5, 5000], ['-512Mi', -536870912, -536870912000], ['-1500m', -2, -1500], [' 512Mi ', 536870912, 536870912000],
  [512, 512, 512000], [0.25, 1, 250], [2n, 2, 2000], [1e21, 9223372036854775807, 9223372036854775807], ['9Ei', 9223372036854775807, 9223372036854775807],
  ['', none, none], ['512MB', none, none], ['512mb', none, none], ['512mi', none, none], ['512MiB', none, none], ['1 Gi', none, none], ['1g', none, none],
  ['100K', none, none], ['1e', none, none], ['1e2.5', none, none], ['1e2Ki', none, none], ['1.1.M', none, none], ['--5', none, none], ['0x10', none, none],
  ['1_000', none, none], ['1,5', none, none], ['unlimited', none, none], ['NaN', none, none], ['1Gi\n', none, none], ['\uff11', none, none],
  [NaN, none, none], [Infinity, none, none], [true, none, none], [null, none, none], [undefined, none, none], [['1Gi'], none, none], [{}, none, none],
])('%s', (written, ones, thousandths) => {
  expect([quantityOf(written, 'one'), quantityOf(written, 'thousandth')]).toEqual([ones, thousandths])
})

test('exponents and texts of any size are read at once', () => {
  expect(quantityOf('1e999999999999999999', 'one')).toBe(9223372036854775807)
  expect(quantityOf('1e-999999999999999999', 'one')).toBe(1)
  expect(quantityOf('9'.repeat(1_000_000), 'one')).toBeUndefined()
})
