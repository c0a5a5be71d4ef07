// Renders each case of a file with liquidjs: node reference.js <cases> <results>
// A case is a line of JSON, {template, data, partials, escape}, the data as a text of JSON; a result is a line, "=" and the output or "!" and the
// error, as UTF-16 in Base64, since outputs may hold half a surrogate pair.
const fs = require('fs')
const path = require('path')
const { Liquid } = require(path.join(process.cwd(), 'node_modules', 'liquidjs'))

const now = Date.parse('2026-03-05T06:07:08.090Z')
Date.now = () => now

const written = (mark, text) => mark + Buffer.from(String(text), 'utf16le').toString('base64')

const results = fs.readFileSync(process.argv[2], 'utf8').trim().split('\n').map(line => {
  const { template, data, partials, escape } = JSON.parse(line)
  const options = { strictFilters: true, locale: 'en-US', templates: partials }
  if (escape) options.outputEscape = 'escape'
  try {
    return written('=', new Liquid(options).parseAndRenderSync(template, JSON.parse(data)))
  } catch (error) {
    return written('!', error.message)
  }
})
fs.writeFileSync(process.argv[3], results.join('\n') + '\n')
