// duckdb.mjs FOLDER: holds the samples of FOLDER against what DuckDB reads.
import { DuckDBInstance } from '@duckdb/node-api'
import { checkSamples, fail } from './samples.mjs'

const connection = await (await DuckDBInstance.create(':memory:')).connect()

await checkSamples(process.argv[2], async (path) => {
  const reader = await connection.runAndReadAll('SELECT * FROM read_parquet($path)', { path })
  const rows = reader.getRowObjectsJS()
  await checkStatistics(path, rows)
  return rows
})

/** DuckDB leaves out row groups by their statistics: a wrong bound would hide rows that are there. */
async function checkStatistics(path, rows) {
  for (const row of [rows[0], rows[rows.length >> 1], rows[rows.length - 1]]) {
    for (const [column, value] of Object.entries(row ?? {})) {
      if (!['string', 'bigint', 'number', 'boolean'].includes(typeof value)) continue
      const expected = rows.filter((other) => other[column] === value).length
      const found = await connection.runAndReadAll(
        `SELECT count(*) FROM read_parquet($path) WHERE "${column}" = $value`, { path, value })
      const count = Number(found.getRowsJS()[0][0])
      if (count !== expected) fail(path, `${count} rows have ${column} = ${value}, not ${expected}`)
    }
  }
}
