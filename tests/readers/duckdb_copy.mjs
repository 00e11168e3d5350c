// duckdb_copy.mjs FOLDER: what DuckDB, with one thread, takes to write the rows of FOLDER/set.parquet.
import { DuckDBInstance } from '@duckdb/node-api'
import { statSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
const connection = await (await DuckDBInstance.create(join(folder, 'duck.db'))).connect()
await connection.run('SET threads = 1')
await connection.run('CREATE OR REPLACE TABLE post AS SELECT * FROM read_parquet($path)', { path: join(folder, 'set.parquet') })
const rows = Number((await connection.runAndReadAll('SELECT count(*) FROM post')).getRowsJS()[0][0])

for (const [name, options] of [['duck.jsonl', 'FORMAT json'], ['duck.parquet', 'FORMAT parquet, COMPRESSION zstd']]) {
  const path = join(folder, name)
  let least = Infinity
  for (let round = 0; round < 2; round++) {
    rmSync(path, { force: true })
    const before = process.cpuUsage()
    await connection.run(`COPY post TO '${path}' (${options})`)
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1e6)
  }
  const megabytes = statSync(path).size / 1e6
  console.log(`${name.padEnd(14)} ${megabytes.toFixed(1).padStart(9)} ${(rows / least).toFixed(0).padStart(9)}    (DuckDB's COPY, one thread)`)
}
