// large.mjs FOLDER: holds FOLDER/set.parquet, of any size, against the rows of FOLDER/set.jsonl.
import { DuckDBInstance } from '@duckdb/node-api'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { asJson, fail } from './samples.mjs'

const parquet = join(process.argv[2], 'set.parquet')
const jsonl = join(process.argv[2], 'set.jsonl')

/** Lines of a file. Node's readline would also end them at U+2028. */
async function* linesOf(path) {
  let rest = ''
  for await (const piece of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop()
    yield* lines
  }
}

/** Rows of hyparquet, a row group in memory. */
async function* hyparquetRows() {
  const file = await asyncBufferFromFile(parquet)
  const metadata = await parquetMetadataAsync(file)
  let rowStart = 0
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows)
    yield* await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors })
    rowStart = rowEnd
  }
}

/** Rows of DuckDB, in the file's order. */
async function* duckdbRows() {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const result = await connection.stream('SELECT * FROM read_parquet($path)', { path: parquet })
  for await (const rows of result.yieldRowObjectJs()) yield* rows
}

for (const [name, rows] of [['hyparquet', hyparquetRows()], ['DuckDB', duckdbRows()]]) {
  let count = 0
  for await (const line of linesOf(jsonl)) {
    const { value, done } = await rows.next()
    if (done) fail(name, `only ${count} rows`)
    if (!isDeepStrictEqual(asJson(value), JSON.parse(line))) fail(name, `row ${count} differs:\n${line}`)
    count++
  }
  if (!(await rows.next()).done) fail(name, `more than ${count} rows`)
  console.log(`${name}: ${count} rows, all equal`)
}
