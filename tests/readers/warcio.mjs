// warcio.mjs FOLDER: holds FOLDER/sample.warc.gz and its index against what warcio reads, and its
// digests against Node's own. sample.json has the pages that were written.
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { strict as assert } from 'node:assert'
import { WARCParser } from 'warcio'

const folder = process.argv[2]
const warc = `${folder}/sample.warc.gz`
const expected = JSON.parse(readFileSync(`${folder}/sample.json`, 'utf8'))

const base32 = (bytes) => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const digits = (bits.match(/.{1,5}/g) ?? []).map((five) => parseInt(five.padEnd(5, '0'), 2))
  const text = digits.map((digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[digit]).join('')
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=')
}
const digest = (bytes) => `sha256:${base32(createHash('sha256').update(bytes).digest())}`

// The records from `start` on, to the file's end or only the first.
const read = async (options, onlyFirst) => {
  const records = []
  for await (const record of new WARCParser(createReadStream(warc, options))) {
    records.push({
      type: record.warcType,
      url: record.warcTargetURI,
      date: record.warcDate,
      id: record.warcHeader('WARC-Record-ID'),
      refersTo: record.warcHeader('WARC-Refers-To'),
      digest: record.warcHeader('WARC-Payload-Digest'),
      packing: record.httpHeaders?.headers.get('content-encoding'),
      body: Buffer.from(await record.readFully(false)),
    })
    if (onlyFirst) break
  }
  return records
}

const [info, ...records] = await read({}, false)
assert.equal(info.type, 'warcinfo')
assert.equal(records.length, expected.length)
const first = new Map()
records.forEach((record, index) => {
  const page = expected[index]
  assert.equal(record.url, page.url)
  assert.equal(record.date, page.date)
  assert.equal(record.digest, digest(page.body))
  assert.equal(record.packing ?? null, null)
  const earlier = first.get(page.body)
  if (earlier) {
    assert.equal(record.type, 'revisit')
    assert.equal(record.refersTo, earlier)
    assert.equal(record.body.length, 0)
  } else {
    assert.equal(record.type, 'response')
    assert.equal(record.body.toString('utf8'), page.body)
    first.set(page.body, record.id)
  }
})
assert.equal(new Set(records.map((record) => record.id)).size, records.length)

const lines = readFileSync(`${warc}.cdxj`, 'utf8').trimEnd().split('\n')
assert.equal(lines.length, records.length)
assert.deepEqual([...lines].sort(), lines)
for (const line of lines) {
  const fields = JSON.parse(line.slice(line.indexOf('{')))
  const start = Number(fields.offset)
  const [record] = await read({ start, end: start + Number(fields.length) - 1 }, true)
  assert.equal(record.url, fields.url)
  assert.equal(record.digest, fields.digest)
}
console.log(`warcio reads ${records.length} records, and each by its line of the index`)
