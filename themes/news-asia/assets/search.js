// The search page: asks the indexes of Pagefind (https://pagefind.app) that `aryk search` made, the newest first, and older
// ones when the reader wants to go further back. Without words it lists what was chosen.
const [form, list, found, more, back, template] =
  ["search", "results", "found", "more", "back", "result"].map((id) => document.getElementById(id))
const { index, ...said } = form.dataset
const baseUrl = index.replace(/search\/[a-z]+\/$/, "")
const filed = ["country", "topic", "outlet"]
const loaded = new Map(), items = new Map()
const few = 10
let shards = [], pagefind, turn = 0, results = [], shown = few, depth = 1

const yearOf = (shard) => shard.name.slice(0, 4)
const namesOf = new Map([...form.country.options].map((one) => [one.value, one.text]))

// The first index that is asked for brings Pagefind's program, the others join it.
function load(shard) {
  if (!loaded.has(shard.name)) loaded.set(shard.name, join(shard.name))
  return loaded.get(shard.name)
}

async function join(name) {
  const options = { baseUrl, mergeFilter: { shard: name } }
  if (pagefind) return (await pagefind).mergeIndex(`${index}${name}/`, options)
  pagefind = begun(name, options)
  await pagefind
}

async function begun(name, options) {
  const program = await import(`${index}${name}/pagefind.js`)
  await program.options({ ...options, noWorker: true })
  return program
}

const membersOf = (name) => form[name].selectedOptions[0].dataset.with?.split(" ") ?? []

const asked = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()))

async function search(wanted, names) {
  const filters = {}
  for (const name of filed) if (wanted[name]) filters[name] = { any: [wanted[name], ...membersOf(name)] }
  const words = wanted.q ?? null
  const { search } = await pagefind
  if (wanted.order) return (await search(words, { filters: { ...filters, shard: { any: names } } })).results
  const each = []  // places in the order of dates are counted within an index
  for (const shard of names) {
    each.push(...(await search(words, { filters: { ...filters, shard }, sort: { date: "desc" } })).results)
  }
  return each
}

async function run() {
  const mine = ++turn, wanted = asked()
  const chosen = wanted.year ? shards.filter((shard) => yearOf(shard) === wanted.year) : shards
  const isAsked = wanted.q || wanted.year || filed.some((name) => wanted[name])
  list.ariaBusy = true
  let hits = [], reach = wanted.year ? chosen.length : depth
  for (; isAsked && reach <= chosen.length; reach++) {
    const reached = chosen.slice(0, reach)
    for (const shard of reached) await load(shard)
    hits = await search(wanted, reached.map((shard) => shard.name))
    if (mine !== turn) return
    if (hits.length || reach >= 3) break
  }
  results = hits
  depth = Math.min(reach, chosen.length)
  const years = [...new Set(chosen.slice(0, depth).map(yearOf).sort())]
  const span = years.length > 1 ? `${years[0]}–${years.at(-1)}` : years[0]
  await show(mine)
  if (mine !== turn) return
  found.textContent = !isAsked ? "" : `${results.length ? said.found : said.none} `
    .replace("{count}", results.length.toLocaleString(document.documentElement.lang)) + `(${span})`
  back.hidden = !isAsked || depth >= chosen.length
  if (!back.hidden) back.lastElementChild.textContent = yearOf(chosen[depth])
}

async function show(mine) {
  const cards = await Promise.all(results.slice(0, shown).map(card))
  if (mine !== turn) return
  list.replaceChildren(...cards.filter(Boolean))
  list.ariaBusy = false
  more.hidden = shown >= results.length
}

// A story that was taken back while this page was open has no text any more, and no card.
function card(result) {
  if (!items.has(result.id)) items.set(result.id, result.data().then(drawn).catch(() => null))
  return items.get(result.id)
}

function drawn({ url, meta, filters }) {
  const item = template.content.cloneNode(true).firstElementChild
  const [countries, time, link, lead] = ["span", "time", "a", ".lead"].map((name) => item.querySelector(name))
  countries.textContent = (filters.country ?? []).map((href) => namesOf.get(href)).filter(Boolean).join(", ")
  time.dateTime = meta.date
  time.textContent = meta.day
  link.href = url
  link.textContent = meta.title
  lead.textContent = meta.lead ?? ""
  return item
}

async function tell(work) {
  try {
    await work()
  } catch (error) {
    console.info(error)
    list.ariaBusy = false
    found.textContent = said.failed
  }
}

function begin() {
  shown = few
  depth = 1
  return tell(run)
}

function fill() {
  const asks = new URLSearchParams(location.search)
  for (const field of form.elements) if (field.name) field.value = asks.get(field.name) ?? ""
}

form.addEventListener("submit", (event) => {
  event.preventDefault()
  history.pushState(null, "", `?${new URLSearchParams(asked())}`)
  begin()
})
form.addEventListener("change", (event) => event.target.name !== "q" && form.requestSubmit())
addEventListener("popstate", () => { fill(); begin() })
more.addEventListener("click", () => tell(async () => {
  const first = list.children.length
  shown += few
  await show(turn)
  list.children[first]?.querySelector("a").focus()
}))
back.addEventListener("click", () => { depth += 1; tell(run) })

document.getElementById("without").remove()
await tell(async () => {
  const answer = await fetch(`${index}shards.json`, { cache: "no-cache" })
  if (answer.ok) ({ shards } = await answer.json())
  else if (answer.status !== 404) throw new Error(answer.statusText)
  for (const year of new Set(shards.map(yearOf))) form.year.add(new Option(year, year))
  fill()
  if (shards.length) await begin()
  else found.textContent = said.missing
})
