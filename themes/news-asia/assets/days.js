// The rates of any day, from the files of the banks: the last one of each currency up to that day, and where a year has
// none yet, of the year before.
const form = document.querySelector("[data-days]")
const { source, date } = form?.elements ?? {}
const told = form?.querySelector("[role=status]"), table = form?.querySelector("table")
const files = new Map()

// The rows of a year, each [date, currency, nominal, value].
async function rows(year) {
  const option = source.selectedOptions[0]
  if (!option.dataset.years.split(" ").includes(String(year))) return []
  const href = option.value.replace("YEAR", year)
  if (!files.has(href)) {
    const answer = await fetch(href, { cache: "no-cache" })
    if (!answer.ok) throw new Error(answer.status)
    files.set(href, (await answer.text()).trim().split("\n").slice(1).map(line => line.split(",")))
  }
  return files.get(href)
}

async function standing(day) {
  const found = new Map(), year = Number(day.slice(0, 4))
  for (const before of [year - 1, year]) {
    for (const row of await rows(before)) if (row[0] <= day) found.set(row[1], row)
  }
  return [...found.values()].sort((one, other) => one[1] < other[1] ? -1 : 1)
}

async function show() {
  if (!date.value) return
  const asked = source.value + date.value, home = source.selectedOptions[0].dataset.home
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 10 })
  const found = await standing(date.value).catch(() => null)
  if (asked !== source.value + date.value) return // another day was chosen meanwhile
  const lines = (found ?? []).map(([day, code, nominal, value]) => {
    const line = document.createElement("tr")
    for (const text of [number.format(nominal), code, `${number.format(value)} ${home}`, day]) line.insertCell().textContent = text
    return line
  })
  table.tBodies[0].replaceChildren(...lines)
  table.hidden = !lines.length
  told.textContent = lines.length ? "" : found ? form.dataset.none : form.dataset.failed
}

if (form) {
  form.hidden = false
  form.addEventListener("submit", event => { event.preventDefault(); show() })
  form.addEventListener("change", show)
  date.value = new URLSearchParams(location.search).get("date") ?? ""
  show()
}
