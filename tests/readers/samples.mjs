// What the checks of all readers share: pairs of NAME.parquet and NAME.jsonl in a folder, which hold the same rows.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'

/** Calls `read` with each Parquet file's path, and holds the rows it gives against the JSON Lines beside it. */
export async function checkSamples(folder, read) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.parquet')).sort()
  let rows = 0
  for (const name of names) {
    const expected = linesOf(join(folder, name.replace(/\.parquet$/, '.jsonl')))
    const got = (await read(join(folder, name))).map(asJson)
    if (got.length !== expected.length) fail(name, `${got.length} rows, not ${expected.length}`)
    got.forEach((row, index) => {
      if (isDeepStrictEqual(row, expected[index])) return
      fail(name, `row ${index} is\n${JSON.stringify(row)}\nnot\n${JSON.stringify(expected[index])}`)
    })
    rows += got.length
  }
  if (names.length === 0) fail(folder, 'no samples')
  console.log(`${names.length} files, ${rows} rows: all equal`)
}

/** A value as its JSON has it: moments as text, integers as numbers. */
export function asJson(value) {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z')
  if (Array.isArray(value)) return value.map(asJson)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asJson(member)]))
}

function linesOf(path) {
  return readFileSync(path, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line))
}

/** Ends the check. */
export function fail(where, what) {
  console.error(`${where}: ${what}`)
  process.exit(1)
}
