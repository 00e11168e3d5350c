// hyparquet.mjs FOLDER: holds the samples of FOLDER against what hyparquet reads.
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { checkSamples } from './samples.mjs'

await checkSamples(process.argv[2], async (path) =>
  parquetReadObjects({ file: await asyncBufferFromFile(path), compressors }))
