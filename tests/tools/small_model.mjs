// A real language model end to end: SmolLM2 with 135 million parameters, which a grammar holds to the schema and nobody holds to sense. What it answers is
// well-formed nonsense, and whatever that is, redan writes something that passes its rules, or nothing, and says what it refused and why.
//
// usage: node small_model.mjs NODE-LLAMA-CPP/dist/index.js MODEL.gguf REDAN FOLDER   (a fresh FOLDER for the repository)

import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'

const [library, weights, redan, folder] = process.argv.slice(2).map((path) => resolve(path))
const { getLlama, LlamaChatSession, LlamaLogLevel } = await import(library)
const repository = join(folder, 'links')
const replies = []
const wrong = []
let passed = 0

const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.error })
const model = await llama.loadModel({ modelPath: weights })

// Short lists and texts, so that a small model comes to an end; no redan holds it to these.
const short = (schema) => {
  if (schema.type === 'array') return { type: 'array', items: short(schema.items), minItems: 1, maxItems: 1 }
  if (schema.type === 'object') {
    const properties = Object.fromEntries(Object.entries(schema.properties).map(([key, value]) => [key, short(value)]))
    return { type: 'object', properties, required: schema.required, additionalProperties: false }
  }
  return schema.enum ? { type: 'string', enum: schema.enum } : { type: 'string', maxLength: 30 }
}

const answer = async ({ messages, response_format: format }) => {
  const grammar = await llama.createGrammarForJsonSchema(short(format.json_schema.schema))
  const context = await model.createContext({ contextSize: 2048, threads: 1 })
  const session = new LlamaChatSession({ contextSequence: context.getSequence(), systemPrompt: messages[0].content.slice(0, 600) })
  const text = await session.prompt(messages.at(-1).content.slice(0, 1800), { grammar, maxTokens: 600, temperature: 0, repeatPenalty: { penalty: 1.1 } })
  await context.dispose()
  replies.push(text)
  return { choices: [{ message: { role: 'assistant', content: text }, finish_reason: 'stop' }], usage: { prompt_tokens: 1, completion_tokens: 1 } }
}

// One after the other, with one thread: more of them wait for each other on a busy machine.
let last = Promise.resolve()
const server = createServer(async (request, response) => {
  let body = ''
  for await (const piece of request) body += piece
  last = last.then(() => answer(JSON.parse(body)))
  const [status, said] = await last.then((said) => [200, said]).catch((error) => [500, { error: { message: String(error) } }])
  last = last.catch(() => {})
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(said))
})
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))

const person = { NAME: 'Ada', EMAIL: 'ada@example.org' }
const identity = Object.fromEntries(['AUTHOR', 'COMMITTER'].flatMap((who) => Object.entries(person).map(([what, value]) => [`GIT_${who}_${what}`, value])))
const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', NO_COLOR: '1', ...identity }
const git = (...words) => execFileSync('git', words, { cwd: repository, env, encoding: 'utf8' })

const run = (...words) =>
  new Promise((done) => {
    const child = spawn(redan, words, { cwd: repository, env })
    let said = ''
    child.stdout.on('data', (text) => (said += text))
    child.stderr.on('data', (text) => (said += text))
    child.on('close', (code) => done({ code, said }))
  })

const expect = (what, holds, seen) => {
  if (holds) passed += 1
  else wrong.push(`${what}: ${JSON.stringify(seen)}`)
}

mkdirSync(folder, { recursive: true })
cpSync('examples/small', repository, { recursive: true })
cpSync('examples/descriptions/library-release/description.md', join(repository, 'docs/release.md'))
const settings = `[engine]\nuse = "openai/smollm2-135m"\nurl = "http://127.0.0.1:${server.address().port}/v1"\nstream = false\ntries = 1\n`
git('init', '--quiet', '-b', 'main')
writeFileSync(join(repository, 'redan.toml'), settings, { flag: 'a' })
git('add', '--all')
git('commit', '--quiet', '-m', 'Add the threat model')

for (const words of [
  ['generate', '--from', 'docs/release.md', '--yes'],
  ['refine', 'link-shortener', 'Restructure the model for API security', '--yes'],
]) {
  const [what, before] = [words[0], replies.length]
  const { code, said } = await run(...words)
  const changed = git('status', '--porcelain').trim()
  const told = said.split('\n').filter((line) => /refused|not taken|asked again|error|hint/.test(line))
  console.log(`${what}: exit ${code}, ${replies.length - before} replies; ${changed ? 'it wrote' : 'it wrote nothing'}\n  ${told.slice(0, 12).join('\n  ')}`)
  expect(`${what} asks the model`, replies.length > before, said)
  expect(`${what} ends as documented`, code === 0 || code === 7, { code, said })
  if (code === 0) {
    const check = await run('check')
    expect(`what ${what} wrote passes`, check.code === 0, check)
  } else {
    expect(`${what} wrote nothing`, changed === '', changed)
    expect(`${what} says why`, told.length > 0, said)
  }
}

const parsed = replies.filter((text) => {
  try {
    return JSON.parse(text)
  } catch {
    return false
  }
})
console.log(`small model: ${replies.length} replies, ${parsed.length} of them JSON; ${passed} passed, ${wrong.length} wrong`)
for (const line of wrong) console.log(`  ${line}`)
process.exit(wrong.length ? 1 : 0)
