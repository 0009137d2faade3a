// Holds `redan comment` and the issue of `redan ci` against somebody else's idea of GitHub: the npm package `emulate`, a stateful REST server on loopback.
// It knows no GraphQL, no limit of 65,536 characters and no wrong token, so suggestions are left out and redan is told whose comments are its own.
//
// usage: node emulate.mjs EMULATE/dist/api.js REDAN FOLDER   (a fresh FOLDER for the repository)

import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const [api, redan, folder] = process.argv.slice(2).map((path) => resolve(path))
const { createEmulator } = await import(api)
const repository = join(folder, 'links')
const model = join(repository, 'threat-models/link-shortener/model.toml')
let passed = 0
const wrong = []

const person = { NAME: 'Ada', EMAIL: 'ada@example.org' }
const identity = Object.fromEntries(['AUTHOR', 'COMMITTER'].flatMap((who) => Object.entries(person).map(([what, value]) => [`GIT_${who}_${what}`, value])))
const bare = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', NO_COLOR: '1', ...identity }
const git = (...words) => execFileSync('git', words, { cwd: repository, env: bare, encoding: 'utf8' })

mkdirSync(folder, { recursive: true })
cpSync('examples/small', repository, { recursive: true })
git('init', '--quiet', '-b', 'main')
git('add', '--all')
git('commit', '--quiet', '-m', 'Add the threat model')
git('switch', '--quiet', '-c', 'topic')

const github = await createEmulator({
  service: 'github',
  port: 4000 + (process.pid % 20000),
  seed: {
    tokens: { 'a-token': { login: 'ada', scopes: ['repo'] }, another: { login: 'eve', scopes: ['repo'] } },
    github: { users: [{ login: 'ada' }, { login: 'eve' }], repos: [{ owner: 'ada', name: 'links', auto_init: true }] },
  },
})

const ask = async (method, path, body, token = 'a-token') => {
  const answer = await fetch(`${github.url}/repos/ada/links/${path}`, { method, headers: { authorization: `Bearer ${token}` }, body: body && JSON.stringify(body) })
  return answer.json()
}

// Not synchronous: the server lives in this process.
const run = (words, more = {}) =>
  new Promise((done) => {
    const env = { ...bare, GITHUB_TOKEN: 'a-token', GITHUB_API_URL: github.url, GITHUB_REPOSITORY: 'ada/links', ...more }
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

const change = (from, to) => {
  writeFileSync(model, readFileSync(model, 'utf8').replace(from, to))
  git('commit', '--quiet', '-am', 'Change the threat model')
}

try {
  const main = await ask('GET', 'git/ref/heads/main')
  await ask('POST', 'git/refs', { ref: 'refs/heads/topic', sha: main.object.sha })
  await ask('PUT', 'contents/x.txt', { message: 'x', content: 'eA==', branch: 'topic' })
  const pull = await ask('POST', 'pulls', { title: 'A change', head: 'topic', base: 'main' })
  const comments = () => ask('GET', `issues/${pull.number}/comments?per_page=100`)
  const quoted = await ask('POST', `issues/${pull.number}/comments`, { body: '<!-- redan:1 key=all -->\nlook' }, 'another')
  const comment = (more) => run(['comment', '--pr', String(pull.number), '--base', 'main', '--no-suggestions', '--author', 'ada'], more)

  const silent = await comment()
  expect('nothing to say is no comment', silent.code === 0 && (await comments()).length === 1, silent)
  change('name = "Click counts"', 'name = "Marketing newsletter"')
  const first = await comment()
  expect('the first run comments', first.code === 0 && first.said.startsWith('commented: '), first)
  const second = await comment()
  expect('an equal run writes nothing', second.said.startsWith('unchanged: '), second)
  change('name = "Marketing newsletter"', 'name = "Clicks"')
  const third = await comment()
  const there = await comments()
  expect('a changed run edits the same comment', third.said.startsWith('edited: ') && there.length === 2, third)
  const theirs = there.find((one) => one.id === quoted.id)
  expect('a person who quotes the marker keeps the words', theirs?.body === '<!-- redan:1 key=all -->\nlook', theirs)

  const accept = ['accept', 'CO-A1-T1', '--owner', 'ada', '--reason', 'a pilot', '--review-by', '2026-03-31', '--at', '2026-01-01']
  git('switch', '--quiet', 'main')
  expect('a decision with a last day', (await run(accept)).code === 0, accept)
  git('add', '--all')
  git('commit', '--quiet', '-m', 'Accept it for now')
  writeFileSync(join(folder, 'event.json'), '{"repository":{"default_branch":"main"}}')
  const audit = (day) => run(['ci', '--as-of', day, '--author', 'ada', '--require-comment'], { GITHUB_EVENT_NAME: 'schedule', GITHUB_EVENT_PATH: join(folder, 'event.json') })
  const issues = async () => (await ask('GET', 'issues?state=all&labels=threat-model')).map((one) => `${one.state} ${one.title}`)
  for (const [day, code, wanted] of [
    ['2026-02-01', 0, []],
    ['2026-03-10', 0, ['open Threat model: 1 within 30 days']],
    ['2026-03-11', 0, ['open Threat model: 1 within 30 days']],
    ['2026-04-01', 1, ['open Threat model: 1 past their day']],
    ['2026-02-01', 0, ['closed Threat model: 1 past their day']],
    ['2026-04-02', 1, ['open Threat model: 1 past their day']],
  ]) {
    const ran = await audit(day)
    const seen = await issues()
    expect(`the issue on ${day}`, ran.code === code && JSON.stringify(seen) === JSON.stringify(wanted), { ...ran, seen })
  }
} finally {
  await github.close()
}
wrong.forEach((line) => console.error(line))
console.log(`emulate: ${passed} passed, ${wrong.length} failed`)
process.exitCode = wrong.length > 0 ? 1 : 0
