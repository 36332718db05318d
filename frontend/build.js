import { build } from 'esbuild'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const target = process.argv[2] ?? fileURLToPath(new URL('../static/js', import.meta.url))
const LICENCES = 'minutes-editor.licences.txt'

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: { 'minutes-editor': 'src/main.js', 'sign-out': 'src/sign-out-page.js' },
  outdir: target,
  bundle: true,
  minify: true,
  metafile: true,
  format: 'iife',
  target: ['es2022'],
  charset: 'utf8',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: { js: `/* Built from frontend/src by frontend/build.js: change the sources. Licences: ${LICENCES} */` },
})

/** The licence of each package whose code is in the bundle, as its terms ask. */
async function licences() {
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap(path => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  )
  const texts = []
  for (const name of [...packages].sort()) {
    const folder = `${here}node_modules/${name}`
    const { version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
    const file = (await readdir(folder)).find(entry => /^licen[cs]e/i.test(entry))
    texts.push(`${name} ${version} (${license})\n\n${file ? (await readFile(`${folder}/${file}`, 'utf8')).trim() : ''}`)
  }
  return `${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

await writeFile(`${target}/${LICENCES}`, await licences())
