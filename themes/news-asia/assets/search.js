// The search page: asks the indexes of Pagefind (https://pagefind.app) that `aryk search` made, the newest first, and older
// ones when the reader wants to go further back. What is asked for stands in the page's address; without words the page
// lists what was chosen. Nothing is loaded before the reader begins.
const [form, choices, narrowed, clear, list, found, more, back, template] =
  ["search", "choices", "narrowed", "clear", "results", "found", "more", "back", "result"].map((id) => document.getElementById(id))
const { index, ...said } = form.dataset
const baseUrl = index.replace(/search\/[a-z]+\/$/, "")
const fields = form.elements, filed = ["country", "topic", "outlet"], narrowing = [...filed, "year"]
const loaded = new Map(), items = new Map()
const few = 10
let listed, pagefind, turn = 0, results = [], shown = few, depth = 1

const yearOf = (shard) => shard.name.slice(0, 4)
const namesOf = new Map(filed.flatMap((name) => [...fields[name].options].slice(1).map((one) => [one.value, one.text])))

// The indexes that there are, none before the first was made; told once, and again after a failure.
function shards() {
  listed ??= fetched().catch((error) => { listed = null; throw error })
  return listed
}

async function fetched() {
  const answer = await fetch(`${index}shards.json`, { cache: "no-cache" })
  if (!answer.ok && answer.status !== 404) throw new Error(answer.statusText)
  const { shards } = answer.ok ? await answer.json() : { shards: [] }
  const chosen = fields.year.value || asked().year
  for (const year of new Set(shards.map(yearOf))) fields.year.add(new Option(year, year))
  fields.year.value = chosen ?? ""
  return shards
}

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

function asked() {
  const all = [...new URLSearchParams(location.search)]
  return Object.fromEntries(all.filter(([name, value]) => fields[name] && value.trim()))
}

function membersOf(name, value) {
  const option = [...fields[name].options].find((one) => one.value === value)
  return option?.dataset.with?.split(" ") ?? []
}

async function search(wanted, names) {
  const filters = {}
  for (const name of filed) if (wanted[name]) filters[name] = { any: [wanted[name], ...membersOf(name, wanted[name])] }
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
  more.hidden = back.hidden = true
  list.ariaBusy = true
  if (!["q", ...narrowing].some((name) => wanted[name])) return tellNothing("")
  found.textContent = said.busy
  const all = await shards()
  if (mine !== turn) return
  if (!all.length) return tellNothing(said.missing)
  const chosen = wanted.year ? all.filter((shard) => yearOf(shard) === wanted.year) : all
  let hits = [], reach = wanted.year ? chosen.length : depth
  for (; reach <= chosen.length; reach++) {
    const reached = chosen.slice(0, reach)
    for (const shard of reached) await load(shard)
    hits = await search(wanted, reached.map((shard) => shard.name))
    if (mine !== turn) return
    if (hits.length || reach >= 3) break
  }
  results = hits
  depth = Math.min(reach, chosen.length)
  const years = [...new Set(chosen.slice(0, depth).map(yearOf).sort())]
  const span = years.length > 1 ? `${years[0]}–${years.at(-1)}` : years[0] ?? wanted.year
  await show(mine)
  if (mine !== turn) return
  found.textContent = `${results.length ? said.found : said.none} `
    .replace("{count}", results.length.toLocaleString(document.documentElement.lang)) + `(${span})`
  if (depth < chosen.length) back.lastElementChild.textContent = yearOf(chosen[depth])
  back.dataset.left = chosen.length - depth
  offer(wanted)
}

function tellNothing(words) {
  results = []
  list.replaceChildren()
  list.ariaBusy = false
  found.textContent = words
}

async function show(mine) {
  const cards = await Promise.all(results.slice(0, shown).map(card))
  if (mine !== turn) return
  list.replaceChildren(...cards.filter(Boolean))
  list.ariaBusy = false
  history.replaceState({ shown, depth }, "")
}

// In the order of dates older years come after the last of these.
function offer(wanted) {
  more.hidden = shown >= results.length
  back.hidden = back.dataset.left === "0" || !(more.hidden || wanted.order)
}

// A story that was taken back while this page was open has no text any more, and no card; a line that broke is told.
function card(result) {
  if (!items.has(result.id)) items.set(result.id, result.data().catch(withoutText).then((text) => text && drawn(text)))
  return items.get(result.id)
}

function withoutText(error) {
  if (error instanceof TypeError) throw error // so fetch says that there is no connection
  return null
}

function drawn({ url, meta, filters }) {
  const item = template.content.cloneNode(true).firstElementChild, story = item.firstElementChild
  const [kicker, time, link, lead, from, thumb] =
    [".kicker", "time", ".headline a", ".lead", ".from", ".thumb"].map((name) => item.querySelector(name))
  const links = (name) => (filters[name] ?? []).filter((href) => namesOf.has(href)).map(linked)
  time.dateTime = meta.date
  time.textContent = meta.day
  const marks = [...links("country").slice(0, 3), ...links("topic").slice(0, 1)]
  if (meta.label) marks.unshift(element("strong", "label", meta.label))
  if (meta.kind) marks.push(element("span", "kind", meta.kind))
  for (const mark of marks) kicker.append(" ", mark)
  link.href = thumb.href = url
  link.textContent = meta.title
  if (meta.lang) link.lang = lead.lang = meta.lang
  if (meta.lead) lead.textContent = meta.lead
  else lead.remove()
  const outlets = links("outlet").flatMap((outlet, place) => place ? [", ", outlet] : [outlet])
  if (outlets.length) from.append(...outlets)
  else from.remove()
  if (meta.thumb) thumb.firstElementChild.src = meta.thumb
  else thumb.remove()
  story.classList.toggle("pictured", Boolean(meta.thumb))
  story.classList.toggle("paid", Boolean(meta.label))
  return item
}

const element = (name, className, textContent) => Object.assign(document.createElement(name), { className, textContent })

const linked = (href) => Object.assign(element("a", "", namesOf.get(href)), { href })

async function tell(work, failed = () => tellNothing(said.failed)) {
  try {
    await work()
  } catch (error) {
    console.info(error)
    failed()
  }
}

// When no more can be had, what was found before stays, and the reader is led to what is said above it.
function stay() {
  list.ariaBusy = false
  found.textContent = said.failed
  found.focus()
}

// Shows what the address asks for, as far as the reader had come.
function begin(come) {
  ({ shown, depth } = come ?? { shown: few, depth: 1 })
  const wanted = asked()
  for (const field of fields) if (field.name) field.value = wanted[field.name] ?? ""
  const names = narrowing.map((name) => wanted[name] && (namesOf.get(wanted[name]) ?? wanted[name])).filter(Boolean)
  narrowed.textContent = names.join(", ")
  clear.hidden = !names.length
  return tell(run)
}

form.addEventListener("submit", (event) => {
  event.preventDefault()
  const wanted = String(new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim())))
  const address = wanted ? `?${wanted}` : location.pathname
  if (address !== location.search) history.pushState(null, "", address)
  begin()
})
for (const part of [form, choices]) part.addEventListener("focusin", () => shards().catch(() => {}))
choices.addEventListener("change", () => form.requestSubmit())
clear.addEventListener("click", () => {
  for (const name of narrowing) fields[name].value = ""
  choices.firstElementChild.focus()
  form.requestSubmit()
})
addEventListener("popstate", ({ state }) => begin(state))
more.addEventListener("click", () => tell(async () => {
  const first = list.children.length
  shown += few
  await show(turn)
  offer(asked())
  list.children[first]?.querySelector("h2 a").focus()
}, stay))
back.addEventListener("click", () => tell(async () => {
  depth += 1
  await run()
  if (!back.hidden) back.focus()
  else (more.hidden ? found : more).focus()
}, stay))

document.getElementById("without").remove()
choices.open = matchMedia("(min-width: 64rem)").matches
begin(history.state)
